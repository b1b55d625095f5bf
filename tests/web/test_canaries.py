"""Canaries: a free text, a name and an address that stand out are followed through everything that the
application writes and shows. The text belongs to whoever wrote it; name and address are never in logs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import Visitor
from crowd import SKILL, WILL, asked_of_many
from permission_world import MISSING, NOBODY, OTHER, ROLES, Kept, World, make
from small_organisation import NOON
from test_permission_matrix import may_do, own, parameters, routes, values_of

from assess import jobs
from assess.mail.writing import write
from assess.outbox import letters
from assess.store import Store
from assess.web.logging import JsonLines
from questionnaires.definition import RatingItem, TextItem

if TYPE_CHECKING:
    from flask import Flask

    from assess.settings import Settings

TEXT, NAME, ADDRESS = "canary-of-an-answer", "Canaryname", "canary-of-an-address@example.org"
FAULT = "canary-of-a-fault"
OF_ANSWERS = frozenset({"answers", "profiles"})
"""Tables in which what was answered is kept."""


def canary_world(store: Store) -> World:
    """The other employee has the canary's name and address, and can write a comment."""
    ratings = tuple(
        RatingItem(id=item, options="fit", reason="…", reverse=item == "will-6") for item in (*SKILL, *WILL)
    )
    remark = TextItem(id="remark", reason="…", max_length=30)
    world = World(store, definition=asked_of_many(items=(*ratings, remark)))
    with world.store.engine.transaction(write=True) as connection:
        connection.execute(
            "UPDATE people SET name = ?, first_name = ?, email = ? WHERE id = ?",
            (NAME, NAME, ADDRESS, world.people_of[OTHER]),
        )
    return world


@pytest.fixture(scope="module")
def kept(sqlite_template: Path, font_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    from serving import settings as make_settings

    folder = tmp_path_factory.mktemp("canaries")
    settings: Settings = make_settings.__wrapped__(sqlite_template, font_folder, folder)  # type: ignore[attr-defined]
    return make(settings, parameters, canary_world)


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """Everything that is logged, down to DEBUG, as the process writes it and as it was meant."""
    caplog.set_level(logging.DEBUG)
    return lambda: [
        f"{JsonLines().format(record)} {record.getMessage()} {record.args}"
        for record in (*caplog.get_records("setup"), *caplog.records)
    ]


@pytest.fixture
def app(kept: Kept, quick_folder: Path, lines: Callable[[], list[str]]) -> Iterator[Flask]:
    """The canary has written a comment, wrongly and rightly, and submitted; one of our faults quoted it."""
    del lines  # listens from here on
    with kept.copy(quick_folder / "copy") as app:
        answer(app, kept)
        yield app
    jobs.close_queues()


def visitor_of(app: Flask, kept: Kept, role: str) -> Visitor:
    visitor = Visitor(app)
    for name, value in kept.browsers[role].cookies.items():
        visitor.client.set_cookie(name, value, domain="127.0.0.1")
    return visitor


def answer(app: Flask, kept: Kept) -> None:
    visitor, token = visitor_of(app, kept, OTHER), kept.browsers[OTHER].token
    sheet = f"/answer/{kept.values['answer.sheet_id'][OTHER]}"
    for number in range(1, 30):
        page = visitor.open(f"{sheet}/page/{number}")
        if page.status != 200:
            break
        form = {"csrf_token": token}
        asked = {name for one in page.forms for name in one.choices if name.startswith("answer-")}
        form |= dict.fromkeys(asked, "4")
        if "answer-remark" in page.html:
            wrong = visitor.post(f"{sheet}/page/{number}", form | {"answer-remark": f"{TEXT} " * 5})
            assert wrong.status in {400, 422}
            form["answer-remark"] = TEXT
        assert visitor.post(f"{sheet}/page/{number}", form).status == 200
    visitor.post(f"{sheet}/check", {"csrf_token": token, "share": "no"})
    checked = visitor.open(f"{sheet}/check")
    assert TEXT in checked.html, "the canary has written its comment"

    def broken() -> str:
        raise RuntimeError(f"{FAULT} {TEXT} {NAME} {ADDRESS}")

    before = app.view_functions["public.front"]
    broken.__dict__.update(vars(before))
    app.view_functions["public.front"] = broken
    page = visitor.open("/")
    assert page.status == 500
    assert not any(canary in page.html for canary in (FAULT, TEXT, NAME, ADDRESS))
    app.view_functions["public.front"] = before


def test_nothing_of_it_is_in_the_log(app: Flask, kept: Kept, lines: Callable[[], list[str]]) -> None:
    for role in ROLES:
        for path in ("/me", "/admin/people", f"/answer/{MISSING}/check", f"/a/{TEXT}", f"/sign-in/{TEXT}"):
            visitor_of(app, kept, role).open(path)
    visitor = visitor_of(app, kept, NOBODY)
    visitor.open("/sign-in")
    visitor.post("/sign-in", {"csrf_token": visitor.token, "email": ADDRESS, "address": ADDRESS})
    logged = lines()
    assert len(logged) > len(ROLES)
    assert any("RuntimeError" in line for line in logged), "the fault itself is logged"
    for canary in (TEXT, NAME, ADDRESS, FAULT):
        assert [line for line in logged if canary in line] == []


def test_a_comment_is_on_no_page_but_its_writers(app: Flask, kept: Kept) -> None:
    """Every page that anybody may open, and the page of what is not there."""
    seen_by: dict[str, list[str]] = {}
    opened = 0
    for rule in routes(app):
        if "GET" not in (rule.methods or set()):
            continue
        for role in may_do(app, rule):
            values = {name: own(values_of(kept, rule, name), role) for name in rule.arguments}
            path = rule.rule
            for name, value in values.items():
                path = path.replace(f"<int:{name}>", value or "1").replace(f"<{name}>", value or MISSING)
            page = visitor_of(app, kept, role).open(path)
            opened += 1
            if TEXT.encode() in page.content:
                seen_by.setdefault(role, []).append(path)
    assert opened > len(ROLES)
    assert set(seen_by) == {OTHER}, seen_by


def test_the_comment_is_kept_where_answers_are_and_nowhere_else(
    app: Flask, kept: Kept, quick_folder: Path
) -> None:
    del kept
    found = list(tables_with(quick_folder / "copy" / "assess.sqlite", app, TEXT))
    assert "answers" in found
    assert set(found) <= OF_ANSWERS, found
    assert set(tables_with(quick_folder / "copy" / "assess.sqlite", app, NAME)) == {"people"}
    assert set(tables_with(quick_folder / "copy" / "assess.sqlite", app, ADDRESS)) == {"people"}


def tables_with(database: Path, app: Flask, canary: str) -> Iterator[str]:
    """The tables that hold a text in any column."""
    from assess.web.services import KEY

    assert database.exists()
    store = app.extensions[KEY].store
    with store.engine.transaction(write=False) as connection:
        for table in sorted(store.engine.tables()):
            rows = connection.execute(f"SELECT * FROM {table}").fetchall()
            if any(canary in as_text(cell) for row in rows for cell in row):
                yield table


def as_text(cell: object) -> str:
    return cell.decode(errors="replace") if isinstance(cell, bytes) else str(cell)


def test_mails_carry_no_answer_and_the_address_only_on_the_envelope(app: Flask, kept: Kept) -> None:
    from assess.web.services import KEY

    store, settings = app.extensions[KEY].store, app.extensions[KEY].settings
    with store.write() as q:
        [person] = q.people_who_may_sign_in(email=ADDRESS)
        letter_to = letters.Letter("sign-in", "sign-in:canary", person["id"], person["organisation_id"])
        letters.put(store, q, letter_to, NOON)
    written = []
    while (letter := letters.take(store, NOON)) is not None:
        written.append(write(store, settings, letter, NOON))
    assert len(written) > 1
    to_canary = 0
    for message in written:
        parts = [part.get_content() for part in message.walk() if part.get_content_type().startswith("text/")]
        whole = "\n".join([*parts, *(f"{name}: {value}" for name, value in message.items())])
        assert TEXT not in whole
        is_to_canary = ADDRESS in str(message["To"])
        to_canary += is_to_canary
        assert not any(ADDRESS in part for part in parts)
        assert is_to_canary or ADDRESS not in whole
    assert to_canary >= 1
