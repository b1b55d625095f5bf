"""A leader's own style beside the maturity of the people led: what is in it, and for whose eyes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from leading import leading
from small_organisation import NOON, later
from team import Team, always, fitting, maturity, tiny_maturity

from assess.answering import export, results, sharing, sheets
from assess.answering.ordering import REPORT_JOB
from assess.answering.types import PersonMatch, Session
from assess.campaigns import waves
from assess.people import changing, register
from assess.rights import Actor
from assess.scoring.match import match
from assess.store.ids import time_text
from assess.store.queries import Queries
from assess.team_profiles.profile import team_profile
from questionnaires.definition import Situations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assess.store import Store


@pytest.fixture
def team(store: Store) -> Team:
    return Team(store)


@pytest.fixture
def leader(team: Team) -> Session:
    """Bo's own style, submitted: what is called for, throughout."""
    session = team.enter_own_style()
    team.give(session, fitting)
    return session


def matches(team: Team, leader: Session) -> tuple[PersonMatch, ...]:
    return results.results(team.store, leader, later(hours=1)).matches


def views(found: Sequence[PersonMatch]) -> list[tuple[str, str, list[str]]]:
    """Who, in what, seen by whom."""
    return [
        (
            one.person.first_name,
            one.job_area.name("da") if one.job_area else "",
            [view.perspective for view in one.match.views],
        )
        for one in found
    ]


def report_job(team: Team, session: Session) -> str | None:
    """When the session's report is due, as the store says it."""
    with team.store.read() as q:
        job = q.job_of(kind=REPORT_JOB, subject=session.task.id)
    return None if job is None else str(job["due_at"])


# --- what is in a match ----------------------------------------------------------------------------


def test_the_match_is_that_of_the_profiles_that_the_leader_sees(team: Team, leader: Session) -> None:
    employee, manager = team.enter_pair(team.employee_id)
    team.give(employee, maturity(5, 2, wishes=(1, 3)), share=True)
    team.give(manager, maturity(5, 4))
    [one] = matches(team, leader)
    style = results.results(team.store, leader, NOON).areas[0].own
    [area] = results.results(team.store, manager, NOON).areas
    assert style is not None
    assert style.profile.styles is not None
    assert area.own is not None
    assert area.other is not None
    assert isinstance(team.style.questionnaire.scoring, Situations)
    assert one.match == match(
        style.profile.styles,
        team.style.questionnaire.scoring,
        team.definition.questionnaire,
        area.other.profile,
        area.own.profile,
        0.90,
    )
    assert one.match.wishes == {"S1": "less", "S4": "more"}
    assert [view.level for view in one.match.views] == ["M4", "M3"]


def test_before_the_leader_has_submitted_there_is_no_match(team: Team) -> None:
    _, manager = team.enter_pair(team.employee_id)
    team.give(manager, maturity(4, 4))
    leader = team.enter_own_style()
    assert matches(team, leader) == ()
    sheet_id = team.give(leader, fitting, submit=False)
    assert matches(team, leader) == ()
    sheets.submit(team.store, leader, sheet_id, NOON)
    assert views(matches(team, leader)) == [("Amina", "Bage brød", ["manager"])]


def test_a_leader_without_ratings_has_no_match_and_neither_has_a_rating_by_somebody_else(
    team: Team, leader: Session
) -> None:
    eva = team.add_person("Eva", "Eva Eng", "da", "e")
    task_id = waves.assign(
        team.store,
        team.wave_id,
        team.content_hash,
        "manager",
        respondent_id=eva,
        subject_id=team.employee_id,
        job_area_ids=team.area_ids[:1],
        now=NOON,
    )
    team.give(team.enter(task_id), maturity(3, 3))
    assert matches(team, leader) == ()


def test_a_rating_in_another_organisation_is_not_in_the_match(team: Team, leader: Session) -> None:
    elsewhere = register.add_organisation(team.store, "Elsewhere", customer="customer", now=NOON)
    wave_id = waves.open_wave(
        team.store, elsewhere, "W", [team.content_hash], job_areas="given", max_job_areas=3, now=NOON
    )
    _, manager = team.enter_pair(team.employee_id, wave_id=wave_id)
    team.give(manager, maturity(3, 3))
    assert matches(team, leader) == ()


def test_a_questionnaire_without_levels_has_no_match(store: Store) -> None:
    team = Team(store, definition=tiny_maturity(classification=None))
    leader = team.enter_own_style()
    team.give(leader, fitting)
    _, manager = team.enter_pair(team.employee_id)
    team.give(manager, maturity(3, 3))
    assert matches(team, leader) == ()


def test_only_the_leaders_own_results_hold_matches(team: Team, leader: Session) -> None:
    employee, manager = team.enter_pair(team.employee_id)
    team.give(employee, maturity(5, 2), share=True)
    team.give(manager, maturity(5, 4))
    for session in (employee, manager):
        assert results.results(team.store, session, NOON).matches == ()
    assert "Amina" not in json.dumps(export.export(team.store, leader, NOON), ensure_ascii=False)


def test_matches_stand_in_the_alphabet_of_the_leader_whatever_came_first(team: Team, leader: Session) -> None:
    for number, name in enumerate(
        ("Örjan Ek", "Zoë Alm", "Åsa Berg", "zacharias Ek", "Ärla Fors", "Émile Bo")
    ):
        person_id = team.add_person(name.split()[0], name, "sv", f"n{number}")
        _, manager = team.enter_pair(person_id, areas=(1, 0))
        for sheet in (0, 1):
            team.give(manager, maturity(3, 4), sheet=sheet)
    found = views(matches(team, leader))
    assert [(name, area) for name, area, _ in found] == [
        (name, area)
        for name in ("Émile", "zacharias", "Zoë", "Åsa", "Ärla", "Örjan")  # Bo reads Swedish
        for area in ("Bage brød", "Betjene kunder")
    ]


def test_of_two_waves_the_newest_rating_counts_with_the_profile_from_its_own_wave(
    team: Team, leader: Session
) -> None:
    first, second = team.enter_pair(team.employee_id), None
    team.give(first[0], maturity(5, 5), share=True)
    team.give(first[1], maturity(1, 1), at=later(minutes=1))
    second = team.enter_pair(team.employee_id, wave_id=team.open_wave())
    assert [view.level for view in matches(team, leader)[0].match.views] == ["M1", "M4"]
    team.give(second[1], maturity(5, 1), at=later(minutes=2))
    [one] = matches(team, leader)
    assert [(view.perspective, view.level) for view in one.match.views] == [("manager", "M3")]
    team.give(second[0], maturity(1, 5), at=later(minutes=3), share=True)
    [one] = matches(team, leader)
    assert [view.level for view in one.match.views] == ["M3", "M2"]


def test_each_match_says_of_which_wave_the_rating_is_and_when_the_leader_gave_it(
    team: Team, leader: Session
) -> None:
    """Also in the report of an older wave: what counts is the newest rating."""
    team.give(team.enter_pair(team.employee_id)[1], maturity(1, 1), at=later(minutes=1))
    assert [(one.wave, one.rated_at) for one in matches(team, leader)] == [("Autumn", later(minutes=1))]
    spring = team.open_wave(name="Spring")
    employee, manager = team.enter_pair(team.employee_id, wave_id=spring)
    team.give(manager, maturity(5, 1), at=later(minutes=2))
    team.give(employee, maturity(5, 1), at=later(minutes=9), share=True)
    assert [(one.wave, one.rated_at) for one in matches(team, leader)] == [("Spring", later(minutes=2))]


def test_a_report_knows_that_the_leader_has_answered_about_the_own_style_again(
    team: Team, leader: Session
) -> None:
    team.give(team.enter_pair(team.employee_id)[1], maturity(1, 1))
    first = results.results(team.store, leader, NOON)
    results.keep_document(team.store, first, "personal-report", "da", b"the newest", NOON)
    team.wave_id = team.open_wave()
    again = team.enter_own_style()
    team.give(again, always("S4"), at=later(minutes=5), submit=False)
    assert results.results(team.store, leader, later(minutes=6)).answered_again is None, (
        "half of it is nothing"
    )
    sheets.submit(team.store, again, team.task(again).sheets[0].sheet_id, later(minutes=7))

    older = results.results(team.store, leader, later(minutes=8))
    assert older.answered_again == later(minutes=7)
    assert results.document(team.store, leader, "personal-report", "da", later(minutes=8)) is None
    assert results.results(team.store, again, later(minutes=8)).answered_again is None
    # and the page of the team goes by the newest, as the newest report does
    found = team_profile(team.store, Actor(team.manager_id), "en", later(minutes=8))
    assert found.style_at == later(minutes=7)


# --- for whose eyes --------------------------------------------------------------------------------


def test_unshared_unanswered_and_undecided_look_the_same_in_the_match(store: Store) -> None:
    found = {}
    for number, way in enumerate(("unanswered", "half-way", "declined", "taken back", "shared")):
        style = leading(version=f"1.0.{number}")
        team = Team(store, style=style, now=later(days=number))
        team.manager_id = team.add_person("Eva", "Eva Eng", "da", "m")
        leader = team.enter_own_style()
        team.give(leader, fitting)
        employee, manager = team.enter_pair(team.employee_id)
        team.give(manager, maturity(3, 4))
        if way == "half-way":
            team.give(employee, maturity(5, 2), submit=False)
        if way in {"declined", "taken back", "shared"}:
            team.give(employee, maturity(5, 2), share=way != "declined")
        if way == "taken back":
            sharing.unshare(store, employee, team.now)
        [one] = results.results(store, leader, team.now).matches
        found[way] = (one.person.name, one.job_area and one.job_area.names, one.match, one.own_task)
    assert found["unanswered"] == found["half-way"] == found["declined"] == found["taken back"]
    assert found["unanswered"][3] is None
    assert found["shared"] != found["declined"]


def test_an_own_profile_is_in_the_match_only_when_both_have_finished(team: Team, leader: Session) -> None:
    employee, manager = team.enter_pair(team.employee_id, areas=(0, 1))
    team.give(employee, maturity(5, 2), share=True)
    team.give(manager, maturity(4, 4))
    team.give(manager, maturity(4, 4), sheet=1)
    assert [seen for _, _, seen in views(matches(team, leader))] == [["manager"]] * 2
    team.give(employee, maturity(5, 2), sheet=1)
    assert [seen for _, _, seen in views(matches(team, leader))] == [["manager", "self"]] * 2


def test_an_area_that_only_the_employee_has_answered_about_is_no_match(team: Team, leader: Session) -> None:
    employee, manager = team.enter_pair(team.employee_id, areas=(0,), manager_areas=(1,))
    team.give(employee, maturity(5, 2), share=True)
    assert matches(team, leader) == ()
    team.give(manager, maturity(4, 4))
    assert views(matches(team, leader)) == [("Amina", "Betjene kunder", ["manager"])]
    assert not any(one.match.advice_allowed for one in matches(team, leader))


def test_looking_at_a_profile_by_way_of_the_match_is_told_to_its_owner(team: Team, leader: Session) -> None:
    employee, manager = team.enter_pair(team.employee_id)
    team.give(manager, maturity(4, 4))
    for minutes in (0, 1):
        results.results(team.store, leader, later(minutes=minutes))
    assert looks(team, employee) == []  # the own rating is nobody else's
    team.give(employee, maturity(5, 2), share=True)
    for minutes in (2, 3, 61):  # one look
        results.results(team.store, leader, later(minutes=minutes))
    results.results(team.store, leader, later(minutes=63))
    assert looks(team, employee) == [("Bo Ørsted", "see-match")] * 2
    results.results(team.store, manager, later(minutes=64))  # the whole profile: another look
    results.results(team.store, leader, later(minutes=65))
    assert looks(team, employee) == [*[("Bo Ørsted", "see-match")] * 2, ("Bo Ørsted", "see-profile")]


def test_a_look_at_several_job_areas_of_one_person_is_one_look(team: Team, leader: Session) -> None:
    employee, manager = team.enter_pair(team.employee_id, areas=(0, 1))
    for sheet in (0, 1):
        team.give(employee, maturity(5, 2), share=True, sheet=sheet)
        team.give(manager, maturity(4, 4), sheet=sheet)
    assert len(matches(team, leader)) == 2
    assert looks(team, employee) == [("Bo Ørsted", "see-match")]


def test_the_export_tells_that_a_profile_was_seen_in_the_match_and_nothing_of_the_leaders_style(
    team: Team,
) -> None:
    employee, manager = team.enter_pair(team.employee_id)
    team.give(manager, maturity(4, 4))
    team.give(employee, maturity(5, 2), share=True)
    before = export.export(team.store, employee, later(hours=2))
    leader = team.enter_own_style()
    team.give(leader, always("S1"))
    results.results(team.store, leader, later(hours=1))
    after = export.export(team.store, employee, later(hours=2))
    [look] = after["who_has_looked"]
    assert look == {
        "at": time_text(later(hours=1)),
        "who": "Bo Ørsted",
        "what": "see-match",
        "shown": export.SHOWN["see-match"],
    }
    assert before == after | {"who_has_looked": []}


def test_a_leaders_style_without_a_look_at_a_shared_profile_leaves_no_trace(
    team: Team, leader: Session
) -> None:
    """Whether a manager has answered about leading is the manager's own; so is the rating in the match."""
    employee, manager = team.enter_pair(team.employee_id)
    team.give(employee, maturity(5, 2), share=False)
    team.give(manager, maturity(4, 4))
    assert views(matches(team, leader)) == [("Amina", "Bage brød", ["manager"])]
    assert looks(team, employee) == []


def looks(team: Team, employee: Session) -> list[tuple[str, str]]:
    data = export.export(team.store, employee, later(hours=3))
    return [(look["who"], look["what"]) for look in data["who_has_looked"]]


# --- the leader's report ---------------------------------------------------------------------------


def test_a_rating_a_share_and_its_withdrawal_order_the_leaders_report_anew(
    team: Team, leader: Session
) -> None:
    employee, manager = team.enter_pair(team.employee_id)
    due = [report_job(team, leader)]
    team.give(manager, maturity(4, 4), at=later(minutes=1))
    due.append(report_job(team, leader))
    team.give(employee, maturity(5, 2), at=later(minutes=2), share=True)
    due.append(report_job(team, leader))
    sharing.unshare(team.store, employee, later(minutes=3))
    due.append(report_job(team, leader))
    assert None not in due
    assert due == sorted(set(due), key=str)


def test_submitting_a_style_orders_nobody_elses_report(team: Team) -> None:
    employee, manager = team.enter_pair(team.employee_id)
    leader = team.enter_own_style()
    team.give(leader, fitting)
    assert report_job(team, leader) is not None
    assert report_job(team, employee) is report_job(team, manager) is None


def test_a_withdrawn_share_deletes_the_leaders_report_at_once(team: Team, leader: Session) -> None:
    employee, manager = team.enter_pair(team.employee_id)
    team.give(employee, maturity(5, 2), share=True)
    team.give(manager, maturity(4, 4))
    found = results.results(team.store, leader, NOON)
    results.keep_document(team.store, found, "personal-report", "da", b"with Amina's view", NOON)
    assert results.document(team.store, leader, "personal-report", "da", NOON) is not None
    sharing.unshare(team.store, employee, NOON)
    assert documents(team) == 0
    # One that was being made meanwhile is not kept either.
    results.keep_document(team.store, found, "personal-report", "da", b"with Amina's view", NOON)
    assert documents(team) == 0


def test_a_share_that_nobody_has_seen_is_taken_back_without_a_trace(team: Team, leader: Session) -> None:
    """A report that takes longer once more would tell the leader that somebody has decided something."""
    employee, manager = team.enter_pair(team.employee_id, areas=(0, 1))
    team.give(manager, maturity(4, 4))
    team.give(manager, maturity(4, 4), sheet=1)
    for session in (leader, manager):
        found = results.results(team.store, session, NOON)
        results.keep_document(team.store, found, "personal-report", "da", b"own view", NOON)
    team.give(employee, maturity(5, 2), share=True)  # the first of two areas: the manager sees nothing yet
    due = [report_job(team, session) for session in (leader, manager)]
    sharing.unshare(team.store, employee, later(minutes=1))
    assert documents(team) == 2
    team.give(employee, maturity(5, 2), sheet=1, at=later(minutes=2))
    assert documents(team) == 2
    assert [report_job(team, session) for session in (leader, manager)] == due


def test_what_is_not_shared_orders_no_report_for_anybody_else(team: Team, leader: Session) -> None:
    """The worker makes only what lacks: one that is ready in a language not asked for before would tell."""
    employee, manager = team.enter_pair(team.employee_id)
    due = report_job(team, leader)
    team.give(employee, maturity(5, 2), at=later(minutes=1), share=False)
    assert report_job(team, employee) is not None
    assert report_job(team, manager) is None
    assert report_job(team, leader) == due


def documents(team: Team) -> int:
    with team.store.engine.transaction(write=False) as connection:
        return int(connection.execute("SELECT COUNT(*) FROM documents").fetchone()[0])


def test_a_report_is_served_only_while_its_matches_are_those_of_now(team: Team, leader: Session) -> None:
    employee, manager = team.enter_pair(team.employee_id)
    found = results.results(team.store, leader, NOON)
    results.keep_document(team.store, found, "personal-report", "da", b"no match", NOON)
    team.give(manager, maturity(4, 4))
    assert results.document(team.store, leader, "personal-report", "da", NOON) is None
    found = results.results(team.store, leader, NOON)
    results.keep_document(team.store, found, "personal-report", "da", b"one view", NOON)
    team.give(employee, maturity(5, 2), share=False)  # says nothing to the leader
    kept = results.document(team.store, leader, "personal-report", "da", NOON)
    assert kept is not None
    assert kept.content == b"one view"
    sharing.share(team.store, employee, NOON)
    assert results.document(team.store, leader, "personal-report", "da", NOON) is None


def test_a_leader_of_one_style_has_a_match_too(team: Team) -> None:
    leader = team.enter_own_style()
    team.give(leader, always("S2"))
    _, manager = team.enter_pair(team.employee_id)
    team.give(manager, maturity(5, 5))
    [one] = matches(team, leader)
    [view] = one.match.views
    assert (view.level, view.leaning) == ("M4", "over-leading")


# --- many people -----------------------------------------------------------------------------------


def test_many_people_cost_no_more_queries_than_one(
    team: Team, leader: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []
    names: list[str] = []
    plain = Queries.__getattr__

    def noted(self: Queries, name: str) -> object:
        names.append(name)
        return plain(self, name)

    monkeypatch.setattr(Queries, "__getattr__", noted)
    for number in (1, 9):
        for place in range(number):
            _, manager = team.enter_pair(
                team.add_person(f"P{number}{place}", f"P{number}{place} B", "da", f"{number}-{place}")
            )
            team.give(manager, maturity(3, 4))
        names.clear()
        found = matches(team, leader)
        counts.append((len(found), list(names)))
    assert [people for people, _ in counts] == [1, 10]
    assert counts[0][1] == counts[1][1]


def test_whoever_has_left_is_not_matched_any_more(team: Team, leader: Session) -> None:
    _, manager = team.enter_pair(team.employee_id)
    team.give(manager, maturity(3, 4))
    assert len(matches(team, leader)) == 1
    administrator = Actor(team.manager_id, frozenset({team.organisation_id}))
    changing.end_person(team.store, administrator, team.organisation_id, team.employee_id, NOON)
    assert matches(team, leader) == ()
