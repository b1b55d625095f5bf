"""Saving answers: one at a time or a page at once, never lost, never overwritten silently."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from small_organisation import NOON

from assess.answering import sheets
from assess.answering.errors import InvalidAnswers
from assess.answering.types import Answer, Given, Session
from assess.campaigns import waves
from assess.errors import NotAllowed, NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from small_organisation import Bakery

WRITERS = 50


@pytest.fixture
def session(bakery: Bakery) -> Session:
    return bakery.enter(bakery.assign(bakery.wave()))


@pytest.fixture
def sheet_id(bakery: Bakery, session: Session) -> str:
    return bakery.task(session).sheets[0].sheet_id


def stored(bakery: Bakery, session: Session, sheet_id: str) -> Mapping[str, Answer]:
    return sheets.sheet(bakery.store, session, sheet_id, NOON).answers


def test_each_answer_counts_its_own_changes(bakery: Bakery, session: Session, sheet_id: str) -> None:
    def save(position: int, seen: int) -> int:
        given = {"skill-1": Given(position=position, seen=seen)}
        return sheets.save(bakery.store, session, sheet_id, given, NOON).revisions["skill-1"]

    assert [save(2, 0), save(3, 1), save(3, 2), save(4, 2)] == [1, 2, 2, 3]
    assert stored(bakery, session, sheet_id) == {"skill-1": Answer(4, None, 3)}


def test_cannot_say_and_cleared_are_told_apart(bakery: Bakery, session: Session, sheet_id: str) -> None:
    sheets.save(
        bakery.store, session, sheet_id, {"skill-1": Given(position=0), "will-1": Given(position=5)}, NOON
    )
    sheets.save(bakery.store, session, sheet_id, {"will-1": Given(seen=1)}, NOON)
    sheet = sheets.sheet(bakery.store, session, sheet_id, NOON)
    assert sheet.is_answered("skill-1")
    assert not sheet.is_answered("will-1")
    assert sheet.missing == ("skill-2", "will-1", "will-2", "tenure")
    assert bakery.task(session).sheets[0].answered == 1


def test_a_text_is_kept_as_it_was_written(bakery: Bakery, session: Session, sheet_id: str) -> None:
    given = {"remark": Given(text="  <b>'Tid'\r\ntil 🥖 ")}
    sheets.save(bakery.store, session, sheet_id, given, NOON)
    assert stored(bakery, session, sheet_id)["remark"].text == "<b>'Tid'\ntil 🥖"


def test_a_stale_page_is_told_what_changed_and_stores_nothing(
    bakery: Bakery, session: Session, sheet_id: str
) -> None:
    sheets.save(bakery.store, session, sheet_id, {"skill-1": Given(position=2)}, NOON)
    stale = {"skill-1": Given(position=5, seen=0), "skill-2": Given(position=5, seen=0)}

    saved = sheets.save(bakery.store, session, sheet_id, stale, NOON)
    [conflict] = saved.conflicts
    assert (conflict.item_id, conflict.stored, conflict.given) == (
        "skill-1",
        Answer(2, None, 1),
        stale["skill-1"],
    )
    assert set(stored(bakery, session, sheet_id)) == {"skill-1"}

    chosen = sheets.save(bakery.store, session, sheet_id, stale, NOON, overwrite=True)
    assert (chosen.conflicts, chosen.revisions) == ((), {"skill-1": 2, "skill-2": 1})
    assert stored(bakery, session, sheet_id)["skill-1"].position == 5


def test_a_stale_page_that_says_the_same_is_no_conflict(
    bakery: Bakery, session: Session, sheet_id: str
) -> None:
    sheets.save(bakery.store, session, sheet_id, {"skill-1": Given(position=2)}, NOON)
    saved = sheets.save(bakery.store, session, sheet_id, {"skill-1": Given(position=2, seen=0)}, NOON)
    assert (saved.conflicts, saved.revisions) == ((), {"skill-1": 1})


def test_clearing_an_answer_that_another_tab_gave_is_a_conflict(
    bakery: Bakery, session: Session, sheet_id: str
) -> None:
    sheets.save(bakery.store, session, sheet_id, {"skill-1": Given(position=2)}, NOON)
    assert sheets.save(bakery.store, session, sheet_id, {"skill-1": Given(seen=0)}, NOON).conflicts


@pytest.mark.parametrize(
    ("item_id", "given", "fault"),
    [
        ("nobody-asked", Given(position=1), "unknown"),
        ("", Given(position=1), "unknown"),
        ("skill-1", Given(position=6), "range"),
        ("skill-1", Given(position=-1), "range"),
        ("skill-1", Given(position=2**70), "range"),
        ("skill-1", Given(text="3"), "kind"),
        ("skill-1", Given(position=True), "kind"),
        ("skill-1", Given(position=2.0), "kind"),  # type: ignore[arg-type]
        ("tenure", Given(position=0), "range"),
        ("tenure", Given(position=3), "range"),
        ("fresh", Given(position=12), "range"),
        ("fresh", Given(position=0), "range"),
        ("remark", Given(position=1), "kind"),
        ("remark", Given(text="x" * 21), "too-long"),
        ("remark", Given(text="nul\0"), "kind"),
        ("remark", Given(text="half a character \ud83e"), "kind"),
        ("remark", Given(text=b"bytes"), "kind"),  # type: ignore[arg-type]
    ],
)
def test_what_the_form_cannot_have_sent_is_refused_whole(
    bakery: Bakery, session: Session, sheet_id: str, item_id: str, given: Given, fault: str
) -> None:
    with pytest.raises(InvalidAnswers) as refused:
        sheets.save(bakery.store, session, sheet_id, {"skill-2": Given(position=3), item_id: given}, NOON)
    assert refused.value.faults == {item_id: fault}
    assert stored(bakery, session, sheet_id) == {}
    assert "nul" not in str(refused.value)


def test_every_fault_of_a_request_is_named(bakery: Bakery, session: Session, sheet_id: str) -> None:
    with pytest.raises(InvalidAnswers) as refused:
        sheets.save(
            bakery.store, session, sheet_id, {"a": Given(position=1), "skill-1": Given(position=9)}, NOON
        )
    assert refused.value.faults == {"a": "unknown", "skill-1": "range"}


def test_an_item_of_the_full_form_is_unknown_in_the_short_one(bakery: Bakery) -> None:
    session = bakery.enter(bakery.assign(bakery.wave(), areas=2))
    second = bakery.task(session).sheets[1].sheet_id
    with pytest.raises(InvalidAnswers):
        sheets.save(bakery.store, session, second, {"will-1": Given(position=1)}, NOON)


def test_a_manager_is_not_asked_what_only_the_employee_can_tell(bakery: Bakery) -> None:
    session = bakery.enter(bakery.assign(bakery.wave(), "manager"))
    sheet = bakery.task(session).sheets[0].sheet_id
    with pytest.raises(InvalidAnswers):
        sheets.save(bakery.store, session, sheet, {"remark": Given(text="…")}, NOON)


def test_a_sheet_of_another_task_does_not_exist(bakery: Bakery) -> None:
    wave_id = bakery.wave()
    employee = bakery.enter(bakery.assign(wave_id))
    manager = bakery.enter(bakery.assign(wave_id, "manager"))
    foreign = bakery.task(employee).sheets[0].sheet_id
    with pytest.raises(NotFound):
        sheets.sheet(bakery.store, manager, foreign, NOON)
    with pytest.raises(NotFound):
        sheets.save(bakery.store, manager, foreign, {"skill-1": Given(position=1)}, NOON)
    with pytest.raises(NotFound):
        sheets.submit(bakery.store, manager, foreign, NOON)


def test_a_closed_wave_takes_no_answers(bakery: Bakery) -> None:
    wave_id = bakery.wave()
    session = bakery.enter(bakery.assign(wave_id))
    sheet_id = bakery.answer_all(session)
    waves.close_wave(bakery.store, wave_id)
    with pytest.raises(NotAllowed):
        sheets.save(bakery.store, session, sheet_id, {"skill-1": Given(position=1, seen=1)}, NOON)
    with pytest.raises(NotAllowed):
        sheets.submit(bakery.store, session, sheet_id, NOON)
    assert stored(bakery, session, sheet_id)["skill-1"].position == 4


def test_fifty_devices_at_once_lose_no_answer(bakery: Bakery) -> None:
    """25 people with two devices each, all saving together, every item once."""
    wave_id, start = bakery.wave(), threading.Barrier(WRITERS)
    people = [bakery.add_person(f"P{n}", f"P{n} Person", "da", f"p{n}") for n in range(WRITERS // 2)]
    devices: list[tuple[Session, str, list[str]]] = []
    for person_id in people:
        task_id = waves.assign(
            bakery.store,
            wave_id,
            bakery.content_hash,
            "self",
            respondent_id=person_id,
            subject_id=person_id,
            job_area_ids=bakery.area_ids[:1],
            now=NOON,
        )
        for items in (["skill-1", "will-1"], ["skill-2", "will-2"]):
            session = bakery.enter(task_id)
            devices.append((session, bakery.task(session).sheets[0].sheet_id, items))

    def save(device: tuple[Session, str, list[str]]) -> None:
        session, sheet_id, items = device
        start.wait()
        for item in items:
            sheets.save(bakery.store, session, sheet_id, {item: Given(position=3)}, NOON)

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(save, devices))
    found: list[Any] = [stored(bakery, session, sheet_id) for session, sheet_id, _ in devices]
    assert all(set(answers) == {"skill-1", "skill-2", "will-1", "will-2"} for answers in found)


def test_of_two_devices_that_answer_the_same_item_at_once_one_is_told(
    bakery: Bakery, session: Session, sheet_id: str
) -> None:
    start = threading.Barrier(2)

    def save(position: int) -> bool:
        start.wait()
        given = {"skill-1": Given(position=position)}
        return bool(sheets.save(bakery.store, session, sheet_id, given, NOON).conflicts)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(save, [1, 5])) == [False, True]
