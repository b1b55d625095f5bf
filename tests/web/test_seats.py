"""Work that holds a thread for seconds has seats: so many, so many each, given back whatever happens."""

from __future__ import annotations

import ast
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from assess.web.seats import AlreadyFetching, NoSeat, Seats

PATIENCE = 30.0
"""Of a test whose threads wait for each other; nothing takes so long that goes right."""
WEB = Path(__file__).parents[2] / "assess" / "web"


class Watched(Seats):
    """Tells when somebody begins to wait for a press."""

    def __init__(self, threads: int, patience: float) -> None:
        super().__init__(threads, patience)
        self._waiting = threading.Semaphore(0)

    def wait_for_waiting(self, many: int) -> None:
        for _ in range(many):
            assert self._waiting.acquire(timeout=PATIENCE)

    def _has_press(self, who: str) -> bool:
        has = super()._has_press(who)
        if not has:
            self._waiting.release()
        return has


@contextmanager
def held(work: Callable[[], AbstractContextManager[None]]) -> Iterator[None]:
    """The work is at its seat in another thread, until the block ends."""
    begun, done = threading.Event(), threading.Event()

    def hold() -> None:
        with work():
            begun.set()
            assert done.wait(PATIENCE)

    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(hold)
        try:
            assert begun.wait(PATIENCE)
            yield
        finally:
            done.set()
        future.result(PATIENCE)


@pytest.mark.parametrize(
    ("threads", "most", "most_of_one", "presses"),
    [(1, 1, 1, 1), (2, 1, 1, 1), (3, 1, 1, 1), (4, 2, 1, 2), (8, 4, 2, 2), (16, 8, 4, 2)],
)
def test_at_most_half_of_the_threads_and_of_these_half_for_one(
    threads: int, most: int, most_of_one: int, presses: int
) -> None:
    seats = Seats(threads)
    assert (seats.most, seats.most_of_one, seats.presses) == (most, most_of_one, presses)


def test_who_finds_no_press_is_told_so_after_a_while() -> None:
    seats = Seats(8, patience=0.0)
    with held(lambda: seats.press("amina")), held(lambda: seats.press("bo")):
        with pytest.raises(NoSeat), seats.press("clara"):
            pytest.fail("there are two presses")
        assert seats.taken == 2
    with seats.press("clara"):
        assert seats.taken == 1
    assert seats.taken == 0


def test_who_waits_gets_the_press_that_comes_free() -> None:
    seats = Watched(8, patience=PATIENCE)
    printed: list[str] = []

    def clara() -> None:
        with seats.press("clara"):
            printed.append("clara")

    with ThreadPoolExecutor(1) as pool:
        with held(lambda: seats.press("amina")), held(lambda: seats.press("bo")):
            future = pool.submit(clara)
            seats.wait_for_waiting(1)
            assert printed == []
        future.result(PATIENCE)
    assert printed == ["clara"]


def test_those_who_wait_hold_seats_too_so_that_half_of_the_threads_stay_free() -> None:
    seats = Watched(8, patience=PATIENCE)
    with ThreadPoolExecutor(2) as pool:
        with held(lambda: seats.press("amina")), held(lambda: seats.press("bo")):
            waiting = [pool.submit(_print, seats, who) for who in ("clara", "dana")]
            seats.wait_for_waiting(2)
            assert seats.taken == 4
            with pytest.raises(NoSeat), seats.press("emil"):
                pytest.fail("at once, without waiting")
            with pytest.raises(NoSeat), seats.fetching("emil"):
                pytest.fail("at once, without waiting")
        assert [future.result(PATIENCE) for future in waiting] == ["clara", "dana"]
    assert seats.taken == 0


def _print(seats: Seats, who: str) -> str:
    with seats.press(who):
        return who


def test_one_person_has_one_press_and_never_all_seats() -> None:
    seats = Watched(8, patience=PATIENCE)
    with ThreadPoolExecutor(1) as pool:
        with held(lambda: seats.press("amina")):
            again = pool.submit(_print, seats, "amina")
            seats.wait_for_waiting(1)
            assert not again.done(), "a press is free, but not a second one of the same person"
            with pytest.raises(NoSeat), seats.press("amina"):
                pytest.fail("that would be the third")
            assert _print(seats, "bo") == "bo"
        assert again.result(PATIENCE) == "amina"


def test_one_person_fetches_one_file_at_a_time_and_prints_beside_it() -> None:
    seats = Seats(8)
    with held(lambda: seats.fetching("amina")):
        with pytest.raises(AlreadyFetching), seats.fetching("amina"):
            pytest.fail("one at a time")
        with seats.fetching("bo"), seats.press("amina"):
            assert seats.taken == 3
    with seats.fetching("amina"):
        assert seats.taken == 1
    assert seats.taken == 0


@pytest.mark.parametrize("kind", ["press", "fetching"])
def test_an_error_gives_the_seat_back(kind: str) -> None:
    seats = Seats(2, patience=0.0)
    for _ in range(3):
        with pytest.raises(KeyError), getattr(seats, kind)("amina"):
            raise KeyError("something went wrong at work")
        assert seats.taken == 0


def test_a_refusal_takes_nothing() -> None:
    seats = Seats(8, patience=0.0)
    with held(lambda: seats.press("amina")):
        for _ in range(3):
            with pytest.raises(NoSeat), seats.press("amina"):
                pytest.fail("she prints already")
            assert seats.taken == 1


def test_pages_set_pdfs_nowhere_but_at_a_press() -> None:
    """Whatever imports what sets PDFs also asks for a press."""
    setting = {"render", "render_document", "print_cards", "print_forms"}
    found: dict[str, bool] = {}
    for path in sorted(WEB.rglob("*.py")):
        names = {
            (node.module, alias.name)
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        if any((module or "").startswith("reports") and name in setting for module, name in names):
            found[path.name] = path.name == "printing.py" or ("assess.web.printing", "press") in names
    assert found == {"downloads.py": True, "paper.py": True, "printing.py": True}
