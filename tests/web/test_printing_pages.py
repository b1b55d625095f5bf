"""Pages that make documents when many are being made: calm, soon over, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from browsing import Visitor
from small_organisation import Bakery
from test_batch_pages import files_in, make, ordered, rated

from assess.web.services import KEY

if TYPE_CHECKING:
    from flask import Flask

    from assess.settings import Settings
    from assess.store import Store
    from assess.web.seats import Seats

__all__ = ["rated"]
SignedIn = Callable[[str], Visitor]


@pytest.fixture
def seats(app: Flask) -> Seats:
    found: Seats = app.extensions[KEY].seats
    return found


@contextmanager
def busy(seats: Seats) -> Iterator[None]:
    """Others hold every seat."""
    with ExitStack() as stack:
        for number in range(seats.most):
            stack.enter_context(seats.fetching(f"somebody else {number}"))
        yield


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("English", "Many documents are being made just now"),
        ("Dansk", "Der bliver lavet mange dokumenter lige nu"),
        ("Svenska", "Många dokument skapas just nu"),
    ],
)
def test_a_document_while_many_are_being_made(
    rated: Bakery, signed_in: SignedIn, seats: Seats, language: str, title: str
) -> None:
    bo = signed_in(rated.manager_id)
    bo.open("/team")
    if language != "English":
        bo.press(language)
    with busy(seats):
        page = bo.open("/team/report.pdf?area=bread")
    assert page.status == 503
    assert page.response.headers["Retry-After"] == "10"
    assert page.says(title)
    assert 'href="/team/report.pdf?area=bread"' in page.html, "the way on is the same document"
    assert bo.open("/team/report.pdf").status == 200


def test_pages_are_served_while_all_seats_are_taken(rated: Bakery, signed_in: SignedIn, seats: Seats) -> None:
    bo = signed_in(rated.manager_id)
    with busy(seats):
        assert bo.open("/team").status == 200


@pytest.fixture
def address(
    rated: Bakery, store: Store, settings: Settings, clock: Any, signed_in: SignedIn
) -> tuple[Visitor, str]:
    """Bo, and where his file is."""
    bo = signed_in(rated.manager_id)
    path = bo.post("/batches", ordered(rated, bo)).path
    make(store, settings, clock)
    return bo, f"{path}/file.zip"


def test_one_file_at_a_time_for_each_person(address: tuple[Visitor, str], seats: Seats) -> None:
    bo, file = address
    first = bo.client.get(file, base_url=bo.base_url, buffered=False)
    assert first.status_code == 200
    page = bo.open(file)
    assert (page.status, page.response.headers["Retry-After"]) == (429, "10")
    assert page.says("You are fetching a file already", "One file at a time")
    # When the first is whole, then the next can be fetched
    assert files_in(first.get_data())
    first.close()
    assert seats.taken == 0
    assert bo.open(file).status == 200


def test_whoever_breaks_a_download_off_can_begin_it_anew(address: tuple[Visitor, str], seats: Seats) -> None:
    bo, file = address
    first = bo.client.get(file, base_url=bo.base_url, buffered=False)
    assert next(iter(first.response))
    first.close()
    assert seats.taken == 0
    assert bo.open(file).status == 200


def test_asking_for_the_head_alone_holds_nothing(address: tuple[Visitor, str], seats: Seats) -> None:
    bo, file = address
    with bo.client.head(file, base_url=bo.base_url) as head:
        assert head.status_code == 200
    assert seats.taken == 0


def test_an_error_after_the_view_gives_the_seat_back(
    app: Flask, address: tuple[Visitor, str], seats: Seats
) -> None:
    bo, file = address

    def fail(response: Any) -> Any:
        if response.mimetype == "application/zip":
            raise KeyError("after the view")
        return response

    app.after_request_funcs.setdefault(None, []).append(fail)
    assert bo.open(file).status == 500
    assert seats.taken == 0


def test_a_connection_that_is_gone_takes_no_seat(address: tuple[Visitor, str], seats: Seats) -> None:
    bo, file = address

    class Gone:
        def settimeout(self, seconds: float) -> None:
            raise OSError(9, "Bad file descriptor")

    page = bo.client.get(file, base_url=bo.base_url, environ_overrides={"gunicorn.socket": Gone()})
    assert (page.status_code, seats.taken) == (500, 0)


def test_a_file_while_many_documents_are_being_made(address: tuple[Visitor, str], seats: Seats) -> None:
    bo, file = address
    with busy(seats):
        assert bo.open(file).status == 503
    assert bo.open(file).status == 200


def test_who_stops_taking_what_is_sent_does_not_hold_a_thread(address: tuple[Visitor, str]) -> None:
    bo, file = address
    told: list[float] = []

    class Connection:
        def settimeout(self, seconds: float) -> None:
            told.append(seconds)

    bo.client.get(file, base_url=bo.base_url, environ_overrides={"gunicorn.socket": Connection()})
    assert told == [120.0]
