"""Submitting: once, whole, with profile and report job; then read only."""

from __future__ import annotations

import hashlib
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from small_organisation import NOON, later

from assess.answering import export, results, sheets, tasks
from assess.answering.errors import Incomplete, InvalidChoice
from assess.answering.types import Given
from assess.errors import NotAllowed, NotFound, StoreUnavailable
from assess.scoring.profile import make_profile
from assess.store import open_store
from questionnaires.definition import content_hash, decode, encode

if TYPE_CHECKING:
    from small_organisation import Bakery

    from assess.settings import Settings


def test_what_is_missing_is_listed_in_the_order_of_asking(bakery: Bakery) -> None:
    session = bakery.enter(bakery.assign(bakery.wave()))
    sheet_id = bakery.task(session).sheets[0].sheet_id
    sheets.save(bakery.store, session, sheet_id, {"will-1": Given(position=1)}, NOON)
    with pytest.raises(Incomplete) as refused:
        sheets.submit(bakery.store, session, sheet_id, NOON)
    assert refused.value.missing == ("skill-1", "skill-2", "will-2", "tenure")
    assert not refused.value.needs_share
    assert results.results(bakery.store, session, NOON).areas == ()


def test_with_a_manager_asked_the_decision_to_share_is_needed_once(bakery: Bakery) -> None:
    wave_id = bakery.wave()
    session = bakery.enter(bakery.assign(wave_id, areas=2))
    bakery.assign(wave_id, "manager", areas=2)
    first, second = bakery.answer_all(session), bakery.answer_all(session, sheet=1)
    with pytest.raises(Incomplete) as refused:
        sheets.submit(bakery.store, session, first, NOON)
    assert (refused.value.missing, refused.value.needs_share) == ((), True)

    sheets.submit(bakery.store, session, first, NOON, share=False)
    sharing = bakery.task(session).sharing
    assert sharing is not None
    assert (sharing.decision, sharing.decided_at) == (False, NOON)
    assert sheets.submit(bakery.store, session, second, NOON).first_time


def test_a_doubled_submit_changes_nothing_and_says_so(bakery: Bakery) -> None:
    session = bakery.enter(bakery.assign(bakery.wave()))
    sheet_id = bakery.answer_all(session)
    sheets.submit(bakery.store, session, sheet_id, NOON)
    again = sheets.submit(bakery.store, session, sheet_id, later(hours=1))
    assert (again.first_time, again.submitted_at) == (False, NOON)


def test_a_profile_keeps_the_hash_of_its_wave_when_an_upgrade_would_encode_another_one(
    bakery: Bakery,
) -> None:
    """As a version stored it that wrote every key, also those that equal their default."""
    plain = json.loads(encode(bakery.definition))
    plain["questionnaire"] |= {"shuffled": False, "interval": 0.90}
    stored = json.dumps(plain)
    before = hashlib.sha256(stored.encode()).hexdigest()
    assert decode(stored) == bakery.definition
    assert before != content_hash(bakery.definition)
    with bakery.store.write() as q:
        q.add_questionnaire_version(
            content_hash=before, questionnaire_id="tiny", version="1.0", definition=stored, added_at="2026"
        )
    bakery.content_hash = before
    session = bakery.enter(bakery.assign(bakery.wave()))
    bakery.finish(session)
    [area] = results.results(bakery.store, session, NOON).areas
    assert area.own is not None
    assert area.own.profile.content_hash == before
    assert export.export(bakery.store, session, NOON)["questionnaire"]["content_hash"] == before


def test_submits_at_the_same_time_make_one_profile_and_one_job(bakery: Bakery) -> None:
    session, start = bakery.enter(bakery.assign(bakery.wave())), threading.Barrier(8)
    sheet_id = bakery.answer_all(session)

    def submit(_: int) -> bool:
        start.wait()
        return sheets.submit(bakery.store, session, sheet_id, NOON).first_time

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(submit, range(8))) == [False] * 7 + [True]
    with bakery.store.read() as q:
        assert len(q.profiles_of_task(task_id=session.task.id)) == 1
        assert q.job_of(kind="report", subject=session.task.id)["state"] == "waiting"


def test_two_who_submit_at_the_same_moment_both_get_a_report_with_both_views(bakery: Bakery) -> None:
    wave_id = bakery.wave()
    pair = [bakery.enter(bakery.assign(wave_id)), bakery.enter(bakery.assign(wave_id, "manager"))]
    sheet_ids, start = [bakery.answer_all(session) for session in pair], threading.Barrier(2)

    def submit(number: int) -> bool:
        start.wait()
        share = True if number == 0 else None
        return sheets.submit(bakery.store, pair[number], sheet_ids[number], NOON, share=share).first_time

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(submit, range(2))) == [True, True]
    assert [results.results(bakery.store, session, NOON).both for session in pair] == [True, True]
    with bakery.store.read() as q:
        states = [q.job_of(kind="report", subject=session.task.id)["state"] for session in pair]
    assert states == ["waiting", "waiting"]


def test_a_submit_that_finds_the_database_busy_stores_nothing_and_works_later(
    bakery: Bakery, settings: Settings
) -> None:
    session = bakery.enter(bakery.assign(bakery.wave()))
    sheet_id = bakery.answer_all(session)
    with open_store(settings, busy_ms=50) as impatient:
        with bakery.store.write() as q:
            q.lock_sheet(id=sheet_id)
            with pytest.raises(StoreUnavailable):
                sheets.submit(impatient, session, sheet_id, NOON)
        assert bakery.task(session).sheets[0].submitted_at is None
        assert results.results(impatient, session, NOON).areas == ()
        assert sheets.submit(impatient, session, sheet_id, NOON).first_time


def test_a_submit_that_fails_in_the_middle_stores_nothing(
    bakery: Bakery, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = bakery.enter(bakery.assign(bakery.wave()))
    sheet_id = bakery.answer_all(session)

    def broken(*_: object, **_named: object) -> None:
        raise StoreUnavailable("The disk or the database is full.")

    monkeypatch.setattr("assess.answering.submitting.order_reports", broken)
    with pytest.raises(StoreUnavailable):
        sheets.submit(bakery.store, session, sheet_id, NOON)
    monkeypatch.undo()
    assert bakery.task(session).sheets[0].submitted_at is None
    with bakery.store.read() as q:
        assert q.profiles_of_task(task_id=session.task.id) == []
    assert sheets.submit(bakery.store, session, sheet_id, NOON).first_time


def test_an_answer_changed_while_scoring_is_in_the_profile(
    bakery: Bakery, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The profile is made before the transaction; what changes in between must not be missed."""
    session = bakery.enter(bakery.assign(bakery.wave()))
    sheet_id = bakery.answer_all(session, position=4)
    calls: list[int] = []

    def make_and_change(*arguments: Any, **options: Any) -> Any:
        calls.append(1)
        profile = make_profile(*arguments, **options)
        if len(calls) == 1:
            given = {"skill-1": Given(position=1, seen=1)}
            sheets.save(bakery.store, session, sheet_id, given, NOON)
        return profile

    monkeypatch.setattr("assess.answering.submitting.make_profile", make_and_change)
    sheets.submit(bakery.store, session, sheet_id, NOON)
    [area] = results.results(bakery.store, session, NOON).areas
    assert area.own is not None
    assert area.own.profile.scale("skill").score == (1 + 4) / 2
    assert area.own.profile.given["skill-1"] == 1


def test_a_submitted_sheet_is_read_only(bakery: Bakery) -> None:
    session = bakery.enter(bakery.assign(bakery.wave()))
    sheet_id = bakery.answer_all(session)
    sheets.submit(bakery.store, session, sheet_id, NOON)
    with pytest.raises(NotAllowed):
        sheets.save(bakery.store, session, sheet_id, {"skill-1": Given(position=1, seen=1)}, NOON)
    sheet = sheets.sheet(bakery.store, session, sheet_id, NOON)
    assert (sheet.answers["skill-1"].position, sheet.submitted_at) == (4, NOON)


def test_cannot_say_counts_as_answered_but_not_as_a_number(bakery: Bakery) -> None:
    session = bakery.enter(bakery.assign(bakery.wave()))
    sheet_id = bakery.answer_all(session, position=4)
    given = {"skill-2": Given(position=0, seen=1), "will-1": Given(position=0, seen=1)}
    sheets.save(bakery.store, session, sheet_id, given | {"will-2": Given(position=0, seen=1)}, NOON)
    sheets.submit(bakery.store, session, sheet_id, NOON)
    [area] = results.results(bakery.store, session, NOON).areas
    assert area.own is not None
    skill, will = (area.own.profile.scale(name) for name in ("skill", "will"))
    assert (skill.score, skill.answered) == (4.0, 1)
    assert (will.score, will.answered) == (None, 0)


def test_a_stored_profile_carries_the_four_that_it_is_derived_from(bakery: Bakery) -> None:
    session = bakery.enter(bakery.assign(bakery.wave()))
    bakery.finish(session)
    with bakery.store.engine.transaction(write=False) as connection:
        row = connection.execute(
            "SELECT p.content_hash, p.engine_version, p.record_id, r.source, r.figures FROM profiles p "
            "JOIN precision_records r ON r.content_hash = p.content_hash "
            "AND r.perspective = p.perspective AND r.id = p.record_id"
        ).fetchone()
    assert row[0] == bakery.content_hash
    assert row[1]
    assert row[3] == "provisional"
    assert '"reliability":0.84' in row[4]


def test_job_areas_are_chosen_from_the_list_and_keep_what_is_answered(bakery: Bakery) -> None:
    session = bakery.enter(bakery.assign(bakery.wave(job_areas="chosen"), areas=0))
    one, two, three = bakery.area_ids

    def choose(*areas: str) -> list[str]:
        task = tasks.choose_job_areas(bakery.store, session, areas, NOON)
        return [sheet.job_area.id for sheet in task.sheets if sheet.job_area]

    for areas, fault in [((), "none"), ((one, two, three), "too-many"), (("elsewhere",), "unknown")]:
        with pytest.raises(InvalidChoice) as refused:
            choose(*areas)
        assert refused.value.fault == fault
    assert choose(one, two) == [one, two]
    assert choose(two) == [two]
    sheet_id = bakery.answer_all(session)
    assert choose(two, three) == [two, three]
    with pytest.raises(NotAllowed):
        choose(three)
    assert bakery.task(session).sheets[0].sheet_id == sheet_id

    sheets.submit(bakery.store, session, sheet_id, NOON)
    with pytest.raises(NotAllowed):  # else the new one could be answered after the manager's was seen
        choose(two, one)


def test_given_job_areas_cannot_be_chosen(bakery: Bakery) -> None:
    session = bakery.enter(bakery.assign(bakery.wave()))
    with pytest.raises(NotAllowed):
        tasks.choose_job_areas(bakery.store, session, [bakery.area_ids[1]], NOON)


def test_a_document_is_served_only_while_it_was_made_of_the_present_results(bakery: Bakery) -> None:
    wave_id = bakery.wave()
    session, manager = bakery.enter(bakery.assign(wave_id)), bakery.enter(bakery.assign(wave_id, "manager"))
    with pytest.raises(NotFound):
        results.document(bakery.store, session, "personal-report", "da", NOON)
    bakery.finish(session, share=True)
    assert results.document(bakery.store, session, "personal-report", "da", NOON) is None

    found = results.results(bakery.store, session, NOON)
    results.keep_document(bakery.store, found, "personal-report", "da", b"%PDF", NOON)
    kept = results.document(bakery.store, session, "personal-report", "da", NOON)
    assert kept is not None
    assert kept.content == b"%PDF"
    assert results.document(bakery.store, session, "personal-report", "sv", NOON) is None

    bakery.finish(manager)  # now there are two views to show
    assert results.document(bakery.store, session, "personal-report", "da", NOON) is None


def test_a_document_of_another_program_is_not_served_and_made_anew_in_its_place(
    bakery: Bakery, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The results are the same; the words that the page has for them are not."""
    session = bakery.enter(bakery.assign(bakery.wave()))
    bakery.finish(session, share=True)

    def keep(content: bytes) -> None:
        found = results.results(bakery.store, session, NOON)
        results.keep_document(bakery.store, found, "personal-report", "da", content, NOON)

    def kept() -> bytes | None:
        found = results.document(bakery.store, session, "personal-report", "da", NOON)
        return None if found is None else found.content

    keep(b"old words")
    assert kept() == b"old words"
    monkeypatch.setattr(results, "made_by", lambda: "the program after an upgrade")
    assert kept() is None
    keep(b"new words")
    assert kept() == b"new words"
