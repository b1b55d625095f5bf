"""Who sees a rating, and when, through the use cases themselves (decision 0006)."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from small_organisation import NOON, Bakery, later, tiny

from assess.answering import export, results, sharing, sheets
from assess.answering.types import Given, Results, Session
from assess.campaigns import waves
from assess.errors import NotAllowed

if TYPE_CHECKING:
    from assess.store import Store


@pytest.fixture
def pair(bakery: Bakery) -> tuple[Session, Session]:
    """Sessions of the employee and of the manager, about the same two job areas."""
    wave_id = bakery.wave()
    return (
        bakery.enter(bakery.assign(wave_id, areas=2)),
        bakery.enter(bakery.assign(wave_id, "manager", areas=2)),
    )


def seen(bakery: Bakery, session: Session) -> Results:
    return results.results(bakery.store, session, NOON)


def others(bakery: Bakery, session: Session) -> list[bool]:
    return [area.other is not None for area in seen(bakery, session).areas]


def submit_one(bakery: Bakery, session: Session, sheet: int, share: bool | None = None) -> None:
    sheet_id = bakery.answer_all(session, sheet=sheet)
    sheets.submit(bakery.store, session, sheet_id, NOON, share=share)


def test_nobody_sees_the_other_before_both_have_submitted_everything(
    bakery: Bakery, pair: tuple[Session, Session]
) -> None:
    employee, manager = pair
    submit_one(bakery, employee, 0, share=True)
    bakery.finish(manager)
    assert others(bakery, employee) == [False]  # the second area is still open
    assert others(bakery, manager) == [False, False]
    submit_one(bakery, employee, 1)
    assert others(bakery, employee) == [True, True]
    assert others(bakery, manager) == [True, True]


def test_what_is_open_when_the_wave_closes_holds_nothing_back(
    bakery: Bakery, pair: tuple[Session, Session]
) -> None:
    employee, manager = pair
    submit_one(bakery, employee, 0, share=True)
    bakery.finish(manager)
    waves.close_wave(bakery.store, employee.task.wave_id)
    assert others(bakery, employee) == [True, True]
    assert others(bakery, manager) == [True, False]


def test_unshared_unanswered_and_undecided_look_the_same_to_a_manager(store: Store) -> None:
    views: list[Any] = []
    for number, decision in enumerate(("unanswered", "half-way", "declined", "taken back")):
        bakery = Bakery(store, definition=tiny(version=f"1.{number}"), now=later(days=number))
        bakery.manager_id = bakery.add_person("Eva", "Eva Eng", "da", "m")
        wave_id = bakery.wave()
        employee = bakery.enter(bakery.assign(wave_id))
        manager = bakery.enter(bakery.assign(wave_id, "manager"))
        bakery.finish(manager)
        if decision == "half-way":
            sheet_id = bakery.task(employee).sheets[0].sheet_id
            sheets.save(store, employee, sheet_id, {"skill-1": Given(position=1)}, bakery.now)
        if decision in {"declined", "taken back"}:
            bakery.finish(employee, share=decision == "taken back")
        if decision == "taken back":
            sharing.unshare(store, employee, bakery.now)
        found = results.results(store, manager, bakery.now)
        task = bakery.task(manager)
        views.append(
            (
                [
                    (area.job_area and area.job_area.names, area.other, area.comparison)
                    for area in found.areas
                ],
                found.other and found.other.name,
                [
                    replace(sheet, sheet_id="", job_area=None, submitted_at=None, started_at=None)
                    for sheet in task.sheets
                ],
                (task.sharing, task.choice),
                {
                    key: value
                    for key, value in export.export(store, manager, bakery.now).items()
                    if key in {"answered_about_me", "shared", "who_has_looked"}
                },
            )
        )
    assert views[0] == views[1] == views[2] == views[3]


def test_a_share_counts_from_the_next_view_on_in_both_directions(
    bakery: Bakery, pair: tuple[Session, Session]
) -> None:
    employee, manager = pair
    bakery.finish(employee, share=False)
    bakery.finish(manager)
    for decide, visible in [(sharing.share, True), (sharing.unshare, False), (sharing.share, True)] * 2:
        decide(bakery.store, employee, NOON)
        assert others(bakery, manager) == [visible, visible]


def test_a_manager_cannot_share_and_without_manager_there_is_nothing_to_share(bakery: Bakery) -> None:
    wave_id = bakery.wave()
    employee = bakery.enter(bakery.assign(wave_id))
    assert bakery.task(employee).sharing is None
    with pytest.raises(NotAllowed):
        sharing.share(bakery.store, employee, NOON)
    manager = bakery.enter(bakery.assign(wave_id, "manager"))
    with pytest.raises(NotAllowed):
        sharing.share(bakery.store, manager, NOON)
    with pytest.raises(NotAllowed):
        sharing.unshare(bakery.store, manager, NOON)


def test_taking_a_share_back_deletes_the_managers_report(
    bakery: Bakery, pair: tuple[Session, Session]
) -> None:
    employee, manager = pair
    bakery.finish(employee, share=True)
    bakery.finish(manager)
    results.keep_document(bakery.store, seen(bakery, manager), "personal-report", "sv", b"both views", NOON)
    sharing.unshare(bakery.store, employee, NOON)
    with bakery.store.engine.transaction(write=False) as connection:
        assert connection.execute("SELECT COUNT(*) FROM documents").fetchone()[0] == 0


def test_saying_no_leaves_the_managers_report_alone(bakery: Bakery, pair: tuple[Session, Session]) -> None:
    """A report made anew would tell the manager by its time that the employee has decided."""
    employee, manager = pair
    bakery.finish(manager)
    results.keep_document(bakery.store, seen(bakery, manager), "personal-report", "sv", b"own view", NOON)
    bakery.finish(employee, share=False)
    kept = results.document(bakery.store, manager, "personal-report", "sv", NOON)
    assert kept is not None
    assert kept.content == b"own view"


def test_a_report_that_was_being_made_when_the_share_was_taken_back_is_not_kept(
    bakery: Bakery, pair: tuple[Session, Session]
) -> None:
    employee, manager = pair
    bakery.finish(employee, share=True)
    bakery.finish(manager)
    made_of = seen(bakery, manager)
    sharing.unshare(bakery.store, employee, NOON)
    results.keep_document(bakery.store, made_of, "personal-report", "sv", b"both views", NOON)
    with bakery.store.engine.transaction(write=False) as connection:
        assert connection.execute("SELECT COUNT(*) FROM documents").fetchone()[0] == 0


def test_the_export_names_the_rating_at_once_and_holds_it_when_it_can_no_longer_influence(
    bakery: Bakery, pair: tuple[Session, Session]
) -> None:
    employee, manager = pair

    def rating() -> list[Any]:
        data = export.export(bakery.store, employee, NOON)
        json.dumps(data)
        return list(data["answered_about_me"])

    assert rating() == []
    bakery.finish(manager, position=2)
    assert rating() == [{"perspective": "manager", "by": "Bo Ørsted", "sheets": export.WITHHELD}]
    waves.close_wave(bakery.store, employee.task.wave_id)
    sheet = rating()[0]["sheets"][0]
    assert sheet["answers"][0]["statement"] == "Amina does skill-1 with Bage brød (da)"
    assert {answer["position"] for answer in sheet["answers"]} == {2}


def test_a_managers_export_holds_nothing_of_the_employees_even_when_shared(
    bakery: Bakery, pair: tuple[Session, Session]
) -> None:
    employee, manager = pair
    sheet_id = bakery.task(employee).sheets[0].sheet_id
    canary = "canary 9f3"
    sheets.save(bakery.store, employee, sheet_id, {"remark": Given(text=canary)}, NOON)
    bakery.finish(employee, share=True)
    bakery.finish(manager)
    assert canary in json.dumps(export.export(bakery.store, employee, NOON))
    assert canary not in json.dumps(export.export(bakery.store, manager, NOON))


def test_who_has_looked_is_logged_without_answers_and_told_to_the_subject(
    bakery: Bakery, pair: tuple[Session, Session]
) -> None:
    employee, manager = pair
    bakery.finish(employee, share=True)
    bakery.finish(manager)
    for minutes in (0, 1, 59):  # one look
        results.results(bakery.store, manager, later(minutes=minutes))
    results.results(bakery.store, manager, later(minutes=61))
    looks = export.export(bakery.store, employee, later(hours=3))["who_has_looked"]
    assert [(look["who"], look["what"]) for look in looks] == [("Bo Ørsted", "see-profile")] * 2
    assert looks[0]["at"] < looks[1]["at"]


def test_of_a_confidential_questionnaire_nobody_sees_a_profile(store: Store) -> None:
    bakery = Bakery(store, definition=tiny(privacy="confidential"))
    wave_id = bakery.wave()
    employee = bakery.enter(bakery.assign(wave_id))
    manager = bakery.enter(bakery.assign(wave_id, "manager"))
    bakery.finish(employee)
    bakery.finish(manager)
    assert seen(bakery, employee).areas == ()
    assert seen(bakery, manager).areas == ()
    assert export.export(store, employee, NOON)["answered_about_me"] == [
        {"perspective": "manager", "by": "Bo Ørsted", "sheets": export.WITHHELD}
    ]
