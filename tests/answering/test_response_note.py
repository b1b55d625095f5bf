"""The friendly note: for whom, when, and that nothing keeps it, on both engines."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from crowd import SKILL, WILL, Crowd
from small_organisation import NOON, later

from assess.answering import export, results, sheets
from assess.answering.response_note import note
from assess.answering.timing import LONGEST_GAP, timing
from assess.answering.types import Given, Session
from assess.campaigns import waves
from assess.errors import NotFound
from assess.store.ids import time_text

if TYPE_CHECKING:
    from assess.store import Store

ITEMS = (*SKILL, *WILL)
DIFFERENT = (1, 5, 2, 4, 3, 1, 4, 2, 5, 3, 1, 4)


@pytest.fixture
def crowd(store: Store) -> Crowd:
    return Crowd(store)


def begin(crowd: Crowd) -> tuple[Session, str]:
    task_id = waves.assign(
        crowd.store,
        crowd.wave(job_areas="chosen"),
        crowd.content_hash,
        "self",
        respondent_id=crowd.employee_id,
        subject_id=crowd.employee_id,
        now=NOON,
    )
    session = crowd.enter(task_id)
    return session, crowd.task(session).sheets[0].sheet_id


def answer(crowd: Crowd, session: Session, sheet_id: str, positions: tuple[int, ...], seconds: float) -> None:
    for place, (item_id, position) in enumerate(zip(ITEMS, positions, strict=False)):
        at = NOON + timedelta(seconds=seconds * place)
        sheets.save(crowd.store, session, sheet_id, {item_id: Given(position=position)}, at)


@pytest.mark.parametrize(
    ("positions", "seconds", "signs"),
    [
        (DIFFERENT, 6.0, ()),
        (DIFFERENT, 1.0, ("rushed",)),
        ((4,) * 12, 6.0, ("alike",)),
        ((4,) * 12, 1.0, ("rushed", "alike")),
        ((4,) * 9, 1.0, ()),  # so few may well be alike, or quick
    ],
)
def test_the_signs_of_a_sheet(
    crowd: Crowd, positions: tuple[int, ...], seconds: float, signs: tuple[str, ...]
) -> None:
    session, sheet_id = begin(crowd)
    answer(crowd, session, sheet_id, positions, seconds)
    assert note(crowd.store, session, sheet_id, NOON) == signs


def test_looking_again_and_changing_takes_the_note_away(crowd: Crowd) -> None:
    session, sheet_id = begin(crowd)
    answer(crowd, session, sheet_id, (4,) * 12, 6.0)
    changes = {item_id: Given(position=2, seen=1) for item_id in ITEMS[1:6:2]}
    sheets.save(crowd.store, session, sheet_id, changes, later(minutes=3))
    assert note(crowd.store, session, sheet_id, NOON) == ()


def test_it_is_for_the_own_sheet_alone_and_only_until_it_is_submitted(crowd: Crowd) -> None:
    session, sheet_id = begin(crowd)
    stranger, _ = begin(crowd)
    answer(crowd, session, sheet_id, (4,) * 12, 1.0)
    with pytest.raises(NotFound):
        note(crowd.store, stranger, sheet_id, NOON)
    sheets.submit(crowd.store, session, sheet_id, NOON)
    assert note(crowd.store, session, sheet_id, NOON) == ()


def test_nothing_keeps_it(crowd: Crowd, caplog: pytest.LogCaptureFixture) -> None:
    """With and without having looked at it everything in the database is the same."""
    session, sheet_id = begin(crowd)
    answer(crowd, session, sheet_id, (4,) * 12, 1.0)
    before = _everything(crowd)
    with caplog.at_level(logging.DEBUG):
        assert note(crowd.store, session, sheet_id, NOON) == ("rushed", "alike")
    assert _everything(crowd) == before
    sheets.submit(crowd.store, session, sheet_id, NOON)
    found = json.dumps(export.export(crowd.store, session, NOON)) + repr(
        results.results(crowd.store, session, NOON)
    )
    stored = found + _everything(crowd) + caplog.text
    for sign in ("rushed", "alike", "longest_run", "flagged", "seconds_per_item"):
        assert sign not in stored


def _everything(crowd: Crowd) -> str:
    with crowd.store.engine.transaction(write=False) as connection:
        return "".join(
            f"{table}{connection.execute(f'SELECT * FROM {table}').fetchall()}"
            for table in sorted(crowd.store.engine.tables())
        )


# --- how long -----------------------------------------------------------------------------------------


def timed(*seconds: float) -> tuple[float, int]:
    found = timing(
        np.zeros(len(seconds), np.intp), [time_text(NOON + timedelta(seconds=one)) for one in seconds], 1
    )
    return float(found.seconds[0]), int(found.timed[0])


def test_a_pause_counts_for_two_minutes() -> None:
    assert timed(0, 5, 12) == (pytest.approx(12), 2)
    assert timed(12, 0, 5) == (pytest.approx(12), 2)
    assert timed(0, 5, 5 + 3600, 3615) == (pytest.approx(5 + LONGEST_GAP + 10), 3)
    assert timed(0, 0, 0, 8, 8) == (pytest.approx(8), 2)  # page by page: the first page has no known time
    assert timed(7) == (0.0, 0)
    assert timed() == (0.0, 0)


def test_times_of_many_sheets_are_those_of_each_alone() -> None:
    random = np.random.default_rng(1)
    offsets = [np.cumsum(random.exponential(40, size)) for size in (12, 0, 30, 1, 11)]
    sheet = np.concatenate([np.full(len(one), number) for number, one in enumerate(offsets)])
    moments = np.concatenate(offsets)
    mixed = random.permutation(len(moments))
    found = timing(
        sheet[mixed].astype(np.intp),
        [time_text(NOON + timedelta(seconds=float(one))) for one in moments[mixed]],
        5,
    )
    for number, one in enumerate(offsets):
        seconds, answers = timed(*one.tolist())
        assert found.seconds[number] == pytest.approx(seconds, abs=1e-4)
        assert found.timed[number] == answers
    assert np.isnan(found.per_answer).tolist() == [False, True, False, True, False]
