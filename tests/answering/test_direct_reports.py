"""What direct reports say about their leader is confidential: with the leader's rights nothing of it can be
reached, and everything that the leader can reach is the same with and without it (decision 0008)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from small_organisation import NOON, later
from team import Team, always, fitting, maturity

from assess.answering import export, results, sharing, sheets, tasks
from assess.answering.types import Given, Session
from assess.campaigns import waves
from assess.errors import AssessError, NotAllowed, NotFound

if TYPE_CHECKING:
    from assess.store import Store

NAMES = ("Carla", "Dan", "Eva", "Finn", "Gro", "Hans")
TABLES_OF_LEADERS = {
    "jobs": "SELECT id, kind, subject, state, attempts, due_at FROM jobs ORDER BY id",
    "documents": "SELECT task_id, kind, language, made_of FROM documents ORDER BY 1, 2, 3",
    "profiles": "SELECT id, sheet_id, profile FROM profiles ORDER BY id",
    "log": "SELECT at, actor_id, action, object_id, about_id FROM access_log "
    "WHERE about_id = '{leader}' ORDER BY id",
}


@pytest.fixture
def team(store: Store) -> Team:
    return Team(store)


def outcome(call: Callable[[], Any]) -> Any:
    """What a use case gives, or which error it raises with which words."""
    try:
        return call()
    except AssessError as error:
        return type(error).__name__, str(error)


def reach_of(team: Team, *sessions: Session) -> str:
    """Everything that the leader's sessions give, and the tables that something could be derived from."""
    store, now = team.store, later(hours=2)
    reached: list[Any] = []
    for session in sessions:
        task = tasks.task(store, session, now)
        reached += [task, results.results(store, session, now)]
        reached.append(json.dumps(export.export(store, session, now), ensure_ascii=False))
        reached += [
            outcome(lambda s=session, lang=lang: results.document(store, s, "personal-report", lang, now))  # type: ignore[misc]
            for lang in ("da", "sv", "en")
        ]
        reached += [sheets.sheet(store, session, sheet.sheet_id, now) for sheet in task.sheets]
        reached.append(outcome(lambda s=session: sharing.share(store, s, now)))  # type: ignore[misc]
    with store.engine.transaction(write=False) as connection:
        for query in TABLES_OF_LEADERS.values():
            rows = connection.execute(query.format(leader=team.manager_id)).fetchall()
            reached.append([tuple(row) for row in rows if not _is_own_export(tuple(row), team)])
    return repr(reached)


def _is_own_export(row: tuple[Any, ...], team: Team) -> bool:
    """Reaching is logged itself."""
    return row[1:3] == (team.manager_id, "export")


def forget_direct_reports(team: Team) -> None:
    """As if they had never been asked."""
    tasks_of = "(SELECT id FROM tasks WHERE perspective = 'direct-report')"
    assignments = f"(SELECT id FROM assignments WHERE task_id IN {tasks_of})"
    sheets_of = f"(SELECT id FROM sheets WHERE assignment_id IN {assignments})"
    with team.store.engine.transaction(write=True) as connection:
        for statement in (
            f"DELETE FROM answers WHERE sheet_id IN {sheets_of}",
            f"DELETE FROM sheets WHERE assignment_id IN {assignments}",
            f"DELETE FROM assignments WHERE task_id IN {tasks_of}",
            f"DELETE FROM sessions WHERE task_id IN {tasks_of}",
            f"DELETE FROM link_tokens WHERE task_id IN {tasks_of}",
            "DELETE FROM tasks WHERE perspective = 'direct-report'",
        ):
            connection.execute(statement)


@pytest.mark.parametrize("is_closed", [False, True])
def test_all_that_a_leader_reaches_is_the_same_with_and_without_direct_reports(
    team: Team, is_closed: bool
) -> None:
    own, pair = team.enter_own_style(), team.enter_pair(team.employee_id)
    team.give(own, fitting)
    team.give(pair[0], maturity(4, 2), share=True)
    team.give(pair[1], maturity(4, 4))
    found = results.results(team.store, own, NOON)
    results.keep_document(team.store, found, "personal-report", "da", b"report", NOON)
    before = reach_of(team, own, pair[1])

    people = [team.add_person(name, f"{name} Test", "da", name) for name in NAMES]
    reports = [team.enter_report(person_id) for person_id in people]
    assert reach_of(team, own, pair[1]) == before  # asked
    team.give(reports[0], always("S1"), submit=False)
    assert reach_of(team, own, pair[1]) == before  # begun
    for number, session in enumerate(reports[:5]):
        sheet = team.task(session).sheets[0]
        if sheet.answered == 0:
            team.give(session, always("S3"), submit=False)
        sheets.submit(team.store, session, sheet.sheet_id, later(minutes=number))
        export.export(team.store, session, later(minutes=number))
        assert reach_of(team, own, pair[1]) == before  # submitted and downloaded

    if is_closed:
        waves.close_wave(team.store, team.wave_id)
    with_them = reach_of(team, own, pair[1])
    forget_direct_reports(team)
    assert reach_of(team, own, pair[1]) == with_them


def test_with_the_leaders_session_a_direct_reports_sheet_is_not_found(team: Team) -> None:
    own, report = team.enter_own_style(), team.enter_report(team.employee_id)
    sheet_id = team.give(report, always("S2"), submit=False)
    item_id = team.style.questionnaire.items[0].id
    for is_submitted in (False, True):
        for call in (
            lambda: sheets.sheet(team.store, own, sheet_id, NOON),
            lambda: sheets.save(
                team.store, own, sheet_id, {item_id: Given(position=1)}, NOON, overwrite=True
            ),
            lambda: sheets.submit(team.store, own, sheet_id, NOON),
            lambda: sheets.submit(team.store, own, sheet_id, NOON, share=True),
        ):
            with pytest.raises(NotFound):
                call()
        if not is_submitted:
            sheets.submit(team.store, report, sheet_id, NOON)


def test_of_a_direct_reports_sheet_no_profile_is_made_and_no_report_ordered(team: Team) -> None:
    report = team.enter_report(team.employee_id)
    sheet_id = team.give(report, always("S2"))
    with team.store.engine.transaction(write=False) as connection:
        for table in ("profiles", "jobs", "documents", "shares"):
            assert connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] == 0
    assert not sheets.submit(team.store, report, sheet_id, later(hours=1)).first_time
    found = results.results(team.store, report, NOON)
    assert (found.areas, found.other, found.matches) == ((), None, ())
    assert team.task(report).sharing is None
    with pytest.raises(NotFound):
        results.document(team.store, report, "personal-report", "da", NOON)
    for decide in (sharing.share, sharing.unshare):
        with pytest.raises(NotAllowed):
            decide(team.store, report, NOON)


def test_a_direct_report_keeps_the_own_answers_and_downloads_them(team: Team) -> None:
    report = team.enter_report(team.employee_id)
    sheet_id = team.give(report, always("S2"))
    sheet = sheets.sheet(team.store, report, sheet_id, NOON)
    assert len(sheet.answers) == 12
    data = export.export(team.store, report, NOON)
    [exported] = data["sheets"]
    assert len(exported["answers"]) == 12
    assert exported["answers"][0]["answer"].startswith("Bo take way 1")
    assert (exported["profile"], data["about"]) == (None, "Bo Ørsted")
    assert (data["answered_about_me"], data["who_has_looked"], data["shared"]) == ([], [], [])


def test_one_direct_report_reaches_nothing_of_another(team: Team) -> None:
    first = team.enter_report(team.employee_id)
    second = team.enter_report(team.add_person("Carla", "Carla Test", "da", "c"))
    sheet_id = team.give(first, always("S1"))
    team.give(second, always("S4"))
    with pytest.raises(NotFound):
        sheets.sheet(team.store, second, sheet_id, NOON)
    assert "Amina" not in json.dumps(export.export(team.store, second, NOON), ensure_ascii=False)


def test_an_unfinished_direct_report_says_what_is_missing(team: Team) -> None:
    report = team.enter_report(team.employee_id)
    sheet_id = team.task(report).sheets[0].sheet_id
    with pytest.raises(AssessError) as refused:
        sheets.submit(team.store, report, sheet_id, NOON)
    assert len(refused.value.missing) == 12  # type: ignore[attr-defined]
