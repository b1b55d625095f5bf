"""The friendly note on the page where answers are checked: for the respondent alone, before submitting."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from browsing import Page, Visitor
from crowd import SKILL, WILL, Crowd

from assess.answering import sheets
from assess.answering.types import Given

if TYPE_CHECKING:
    from assess.store import Store

ASKED = "Would you like to look at your answers once more?"
VARIED = (4, 2, 5, 3, 4, 1, 3, 5, 2, 4, 3, 2)


@pytest.fixture
def bakery(store: Store) -> Crowd:
    return Crowd(store)


@pytest.fixture
def answered(bakery: Crowd, enter: Callable[[str], Visitor]) -> Callable[..., tuple[Visitor, str]]:
    """Amina, who has answered, and the address of the page where she checks her answers."""

    def by(positions: tuple[int, ...], seconds: float) -> tuple[Visitor, str]:
        task = bakery.assign(bakery.wave(job_areas="chosen"), areas=0)
        session = bakery.enter(task)
        sheet = bakery.task(session).sheets[0].sheet_id
        for number, (item_id, position) in enumerate(zip((*SKILL, *WILL), positions, strict=True)):
            at = bakery.now + timedelta(seconds=seconds * number)
            sheets.save(bakery.store, session, sheet, {item_id: Given(position=position)}, at)
        return enter(task), f"/answer/{sheet}/check"

    return by


def note(page: Page) -> str:
    return page.text.split(ASKED, 1)[1].split("Submit my answers")[0] if page.says(ASKED) else ""


@pytest.mark.parametrize(
    ("positions", "seconds", "words"),
    [
        ((4,) * 12, 8.0, "Many of your answers are alike."),
        (VARIED, 0.4, "You went through the questions quickly."),
        ((4,) * 12, 0.4, "You went through the questions quickly, and many of your answers are alike."),
    ],
)
def test_rushed_or_alike_answers_may_be_looked_at_again(
    positions: tuple[int, ...],
    seconds: float,
    words: str,
    answered: Callable[..., tuple[Visitor, str]],
) -> None:
    someone, check = answered(positions, seconds)
    page = someone.open(check)
    assert words in note(page)
    assert "Only you see this, and only here. It is not stored, and nobody is told." in note(page)
    assert check.replace("check", "page/1") in page.html
    # It keeps nobody from submitting, and is gone afterwards, from the export too
    page = someone.press("Submit my answers")
    assert page.path.startswith("/answer/profile")
    assert not page.says(ASKED)
    assert not someone.open(check).says(ASKED)
    exported = json.dumps(json.loads(someone.open("/answer/data.json").content))
    assert "rushed" not in exported
    assert "alike" not in exported


def test_answers_given_with_time_and_thought_have_no_note(
    answered: Callable[..., tuple[Visitor, str]],
) -> None:
    someone, check = answered(VARIED, 8.0)
    page = someone.open(check)
    assert page.says("Check your answers")
    assert not page.says(ASKED)


def test_the_note_waits_until_everything_is_answered(bakery: Crowd, enter: Callable[[str], Visitor]) -> None:
    task = bakery.assign(bakery.wave(job_areas="chosen"), areas=0)
    session = bakery.enter(task)
    sheet = bakery.task(session).sheets[0].sheet_id
    given = {item_id: Given(position=4) for item_id in (*SKILL, *WILL)[:-1]}
    sheets.save(bakery.store, session, sheet, given, bakery.now)
    page = enter(task).open(f"/answer/{sheet}/check")
    assert page.says("still open")
    assert not page.says(ASKED)
