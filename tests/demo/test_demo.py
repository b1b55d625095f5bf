"""The demo organisation: filled through the real use cases, the same for the same seed."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from small_organisation import NOON, later

from assess import demo
from assess.answering import links, results, sessions
from assess.answering.loading import load_task
from assess.answering.types import Task
from assess.audit.chain import verify
from assess.demo.staff import ORGANISATION, UNITS
from assess.errors import NotAllowed
from assess.evidence import norms, precision
from assess.evidence.errors import NotEnough
from assess.evidence.measure import measurement
from assess.evidence.pools import wave_measurements
from assess.outbox import lists
from assess.people import administrators, organisation, signing_in
from assess.people import sessions as people_sessions
from assess.people.tree import Member, UnitTree
from assess.personal_data.coaching import coached
from assess.personal_data.looks import looks
from assess.personal_data.sharing import sharing_now
from assess.releases.reading import all_groups, releases_for
from assess.rights import Actor
from assess.store import Store, open_store
from assess.store.ids import parse_time
from assess.team_profiles.profile import team_profile

if TYPE_CHECKING:
    from small_organisation import Bakery

    from assess.settings import Settings

only_sqlite = pytest.mark.parametrize("engine", ["sqlite"])


def contents(store: Store) -> list[Any]:
    """Everything that the seed decides, without ids."""
    with store.engine.transaction(write=False) as connection:
        return [
            tuple(row)
            for query in (
                "SELECT name, email, language FROM people ORDER BY employee_number",
                "SELECT p.employee_number, t.perspective, j.names, n.item_id, n.position, n.text, n.saved_at "
                "FROM answers n JOIN sheets s ON s.id = n.sheet_id "
                "JOIN assignments a ON a.id = s.assignment_id "
                "JOIN job_areas j ON j.id = a.job_area_id JOIN tasks t ON t.id = a.task_id "
                "JOIN people p ON p.id = t.subject_id ORDER BY 1, 2, 3, 4, 7",
                # Each half-way leader has an own order: the number is the same, the situations are not.
                "SELECT p.employee_number, r.employee_number, t.perspective, COUNT(n.item_id) FROM tasks t "
                "JOIN assignments a ON a.task_id = t.id JOIN sheets s ON s.assignment_id = a.id "
                "LEFT JOIN answers n ON n.sheet_id = s.id JOIN people p ON p.id = t.subject_id "
                "JOIN people r ON r.id = t.respondent_id "
                "GROUP BY p.employee_number, r.employee_number, t.perspective, t.wave_id ORDER BY 1, 2, 3, 4",
                "SELECT p.employee_number, r.employee_number, n.item_id, n.position FROM answers n "
                "JOIN sheets s ON s.id = n.sheet_id AND s.submitted_at IS NOT NULL "
                "JOIN assignments a ON a.id = s.assignment_id AND a.job_area_id IS NULL "
                "JOIN tasks t ON t.id = a.task_id JOIN people p ON p.id = t.subject_id "
                "JOIN people r ON r.id = t.respondent_id ORDER BY 1, 2, 3, n.saved_at",
                "SELECT p.employee_number, s.shared FROM shares s JOIN tasks t ON t.id = s.task_id "
                "JOIN people p ON p.id = t.subject_id ORDER BY 1, s.decided_at",
            )
            for row in connection.execute(query)
        ]


@only_sqlite
def test_forty_four_people_stand_in_a_tree_of_units(filled: Store) -> None:
    tree, people = organised(filled, NOON)
    assert len(people) == sum(len(unit.people) for unit in UNITS) == 44
    assert [tree[root].name for root in tree.roots] == [ORGANISATION]
    assert tree.path(people["Ahmed Saleh"].unit_id) == (ORGANISATION, "Butik Nørrebro", "Kaffevognen")
    assert people["Agnieszka Nowak"].language == "en"
    assert people["Nils Åberg"].email == "nils.aaberg@kornoghavn.example"


@only_sqlite
def test_between_the_waves_one_has_moved_one_has_left_and_one_has_come(filled: Store) -> None:
    tree, people = organised(filled, NOON)
    _, then = organised(filled, later(days=-180))
    assert len(then) == 44
    assert people.keys() - then.keys() == {"Ebba Lindqvist"}
    assert then.keys() - people.keys() == {"Bent Kofoed"}
    moved = [name for name in then.keys() & people.keys() if then[name].unit_id != people[name].unit_id]
    assert moved == ["Victoria Friis"]
    units = (tree.path(one["Victoria Friis"].unit_id)[-1] for one in (then, people))
    assert list(units) == ["Butik Nørrebro", "Butik Aarhus Ø"]
    with filled.read() as q:
        [found] = q.organisations()
        rows = q.tasks_of_organisation(organisation_id=found["id"])
        tasks = [load_task(q, row["id"], NOON) for row in rows]
    leaders = {
        task.wave.is_over: task.respondent.name
        for task in tasks
        if task.perspective == "manager" and task.subject.name == "Victoria Friis"
    }
    assert leaders == {True: "Mette Frost", False: "Thomas Vang"}


def organised(store: Store, at: datetime) -> tuple[UnitTree, dict[str, Member]]:
    """The tree and the people by name, as they were at a moment."""
    with store.read() as q:
        [found] = q.organisations()
        people = organisation.members(q, found["id"], at)
        return organisation.unit_tree(q, found["id"]), {one.name: one for one in people}


def test_most_have_finished_some_are_half_way_some_have_not_begun(filled: Store) -> None:
    seen: Counter[str] = Counter()
    closed: Counter[str] = Counter()
    with filled.read() as q:
        [organisation] = q.organisations()
        for row in q.tasks_of_organisation(organisation_id=organisation["id"]):
            task = load_task(q, row["id"], NOON)
            found = results.results_of(q, task, NOON)
            if task.wave.is_over:
                closed[f"{task.definition.questionnaire.id} {task.perspective}"] += 1
                assert all(sheet.submitted_at for sheet in task.sheets), task.key
            elif task.definition.questionnaire.id == "job-maturity":
                progress = "done" if found.areas else "half" if task.sheets else "none"
                seen[f"{task.perspective} {progress}"] += 1
                seen[f"{task.perspective} sees both"] += found.both
    assert seen == {
        "self done": 31,
        "self half": 6,
        "self none": 7,
        "self sees both": 22,
        "manager done": 28,
        "manager none": 15,
        "manager sees both": 16,
    }
    assert closed == {
        "job-maturity self": 44,
        "job-maturity manager": 43,
        "leadership-style self": 7,
        "leadership-style direct-report": 43,
    }


@only_sqlite
def test_the_earlier_wave_has_figures_and_publishing_says_what_is_missing(filled: Store) -> None:
    [birgit] = administrators.administrators(filled)
    assert birgit.name == "Birgit Holst"
    actor = Actor(birgit.person_id, frozenset({birgit.organisation_id}))
    pools = wave_measurements(filled, actor, birgit.organisation_id, NOON)
    told = {
        (pool.definition.questionnaire.id, pool.perspective): pool.reason
        for pool in pools
        if pool.wave.is_over and pool.short_form is None
    }
    assert told == {
        ("job-maturity", "self"): None,
        ("job-maturity", "manager"): None,
        ("leadership-style", "self"): "n-under-10",
        ("leadership-style", "direct-report"): None,
    }
    assert {pool.reason for pool in pools if not pool.wave.is_over} == {"wave-open"}
    [own] = [
        pool
        for pool in pools
        if pool.sheets and pool.wave.is_over and (pool.perspective, pool.short_form) == ("self", None)
    ]
    where = (own.wave.id, own.content_hash, own.perspective)
    found = measurement(filled, actor, *where, NOON)
    assert found.reliability is not None
    assert all(scale.alpha is not None and scale.alpha > 0 for scale in found.reliability.scales)
    for refused, reason in ((precision.publish, "sheets-under-100"), (norms.build, "people-under-200")):
        with pytest.raises(NotEnough) as error:
            refused(filled, actor, [own.wave.id], *where[1:], NOON)  # type: ignore[operator]
        assert (error.value.reason, error.value.found) == (reason, 44)


@only_sqlite
def test_nothing_is_made_of_the_earlier_wave_before_somebody_asks(filled: Store) -> None:
    with filled.engine.transaction(write=False) as connection:
        ordered = connection.execute(
            "SELECT COUNT(*) FROM jobs j JOIN tasks t ON t.id = j.subject JOIN waves w ON w.id = t.wave_id "
            "WHERE w.state = 'closed'"
        ).fetchone()[0]
    assert ordered <= 7  # leaders' reports hold what is submitted now


def leadership_tasks(store: Store) -> list[Task]:
    with store.read() as q:
        [organisation] = q.organisations()
        rows = q.tasks_of_organisation(organisation_id=organisation["id"])
        found = [load_task(q, row["id"], NOON) for row in rows]
    return [
        task for task in found if task.definition.questionnaire.id == "leadership-style" and task.wave.is_open
    ]


@only_sqlite
def test_leaders_and_those_whom_they_lead_have_answered_about_leading(filled: Store) -> None:
    seen: Counter[str] = Counter()
    reports: Counter[str] = Counter()
    for task in leadership_tasks(filled):
        [sheet] = task.sheets
        assert sheet.asked == {"self": 20, "direct-report": 12}[task.perspective]
        progress = "done" if sheet.submitted_at else "half" if sheet.answered else "none"
        assert progress != "half" or sheet.answered == sheet.asked // 2
        seen[f"{task.perspective} {progress}"] += 1
        reports[task.subject.name] += sheet.submitted_at is not None and task.perspective == "direct-report"
    assert {name: number for name, number in seen.items() if name.startswith("self")} == {
        "self done": 5,
        "self half": 1,
        "self none": 1,
    }
    assert min(seen[f"direct-report {progress}"] for progress in ("done", "half", "none")) >= 3
    assert len(reports) == 7
    assert sum(number >= 5 for number in reports.values()) >= 3  # enough for a group, later


@only_sqlite
def test_the_leaders_of_the_demo_differ(filled: Store) -> None:
    styles = {}
    for task in leadership_tasks(filled):
        with filled.read() as q:
            found = results.results_of(q, task, NOON)
        for area in found.areas:
            assert area.own is not None
            styles[task.respondent.name] = area.own.profile.styles
    assert {name: style and style.pattern for name, style in styles.items()} == {
        "Karen Holm": "flexible-and-fitting",
        "Jonas Bruun": "narrow-not-fitting",
        "Mette Frost": "flexible-not-fitting",
        "Elin Sandström": "narrow-and-fitting",
        "Johan Mørk": "flexible-and-fitting",
    }
    mostly = styles["Jonas Bruun"]
    assert mostly is not None
    assert mostly.primary == ("S2",)
    assert mostly.uses[1].count > 10


@only_sqlite
@pytest.mark.parametrize(
    ("months_on", "name", "before"),
    [(0, "Efterår 2026", "Forår 2026"), (4, "Forår 2027", "Efterår 2026")],
)
def test_the_wave_is_named_in_the_organisations_language(
    store: Store, settings: Settings, months_on: int, name: str, before: str
) -> None:
    now = later(days=31 * months_on)
    demo.fill(store, settings, now, seed=demo.SEED, say=lambda _: None)
    with store.read() as q:
        [organisation] = q.organisations()
        tasks = q.tasks_of_organisation(organisation_id=organisation["id"])
        assert {load_task(q, row["id"], now).wave.name for row in tasks} == {name, before}


@only_sqlite
def test_nothing_happened_in_the_future(filled: Store) -> None:
    with filled.engine.transaction(write=False) as connection:
        saved, submitted, seen = (
            connection.execute(query).fetchone()[0]
            for query in (
                "SELECT MAX(saved_at) FROM answers",
                "SELECT MAX(submitted_at) FROM sheets",
                "SELECT MAX(seen_at) FROM sessions",
            )
        )
    assert max(map(parse_time, (saved, submitted, seen))) < NOON


@only_sqlite
def test_the_same_seed_gives_the_same_answers_and_another_one_others(
    settings: Settings, filled: Store, quick_folder: Any, sqlite_template: Any
) -> None:
    import shutil
    from dataclasses import replace

    def fill(name: str, seed: int) -> list[Any]:
        path = quick_folder / name
        shutil.copy(sqlite_template, path)
        with open_store(replace(settings, database=str(path))) as store:
            demo.fill(store, settings, NOON, seed=seed, say=lambda _: None)
            return contents(store)

    first = contents(filled)
    assert fill("same.sqlite", demo.SEED) == first
    assert fill("other.sqlite", demo.SEED + 1) != first


def test_fresh_links_open_the_door_for_each_kind_of_user(filled: Store) -> None:
    links_made = demo.fresh_links(filled, later(minutes=1))
    made = [link for link in links_made if link.place == "a"]
    who = r"(Employee|Manager|Leader|Direct report) [\w ]+:"
    kinds = [re.sub(who, r"\1:", link.description) for link in made]
    assert [kind.split(",")[0] for kind in kinds] == [
        "Employee: has not begun",
        "Employee: half-way through the questions",
        "Employee: finished",
        f"Manager: to rate {made[3].description.partition('rate ')[2]}",
        "Manager: finished",
        "Leader: own leadership style",
        "Leader: to begin the situations",
        "Leader: half-way through the situations",
        f"Direct report: to answer about {leader_of(made[8])} as a leader",
    ]
    for link in made:
        now = later(minutes=1)
        session = sessions.find(filled, links.exchange(filled, link.token, now), now)
        assert session is not None
        found = results.results(filled, session, now)
        assert found.both == ("finished" in link.description)
        assert bool(found.matches) == ("own leadership style" in link.description)
        if found.matches:
            assert any(len(one.match.views) == 2 for one in found.matches)
            assert any(len(one.match.views) == 1 for one in found.matches)


@only_sqlite
def test_each_role_signs_in_and_has_something_to_see(filled: Store, settings: Settings) -> None:
    now = later(minutes=2)
    signed_in = {}
    for link in demo.fresh_links(filled, later(minutes=1)):
        if link.place == "sign-in":
            found = people_sessions.find(filled, signing_in.sign_in(filled, link.token, now), now)
            assert found is not None
            signed_in[link.description.partition(":")[0]] = found.actor
    employee, manager, coach, representative, administrator = signed_in.values()
    assert list(signed_in)[1:] == [
        "Manager Mette Frost",
        "Coach Dorte Nygaard",
        "Employees' representative Omar Haddad",
        "Administrator Birgit Holst",
    ]
    shared = sharing_now(filled, employee, "en", now)
    assert {one.task.wave.name for one in shared} >= {"Efterår 2026"}
    assert any(receiver.since and receiver.role == "coach" for receiver in shared[0].receivers)
    assert {look.action for look in looks(filled, employee, "en")} >= {"see-profile", "share"}
    mine = team_profile(filled, manager, "en", now)
    assert mine.shared
    assert [wave.name for wave in mine.progress] == ["Efterår 2026", "Forår 2026"]
    people = coached(filled, coach, "da", now)
    assert len(people) >= 4
    assert "Dorte Nygaard" not in {one.person.name for one in people}
    for reader in (manager, representative, administrator):
        assert any(one.units for one in releases_for(filled, reader, administrator.organisation_id, now))
    assert administrator.administers


@only_sqlite
def test_the_three_of_the_coffee_cart_are_shown_together_with_others(filled: Store) -> None:
    [birgit] = administrators.administrators(filled)
    actor = Actor(birgit.person_id, frozenset({birgit.organisation_id}))
    found = releases_for(filled, actor, birgit.organisation_id, NOON)
    assert {one.about.wave_name for one in found} == {"Forår 2026"}
    [about_maturity] = [one for one in found if one.definition.questionnaire.id == "job-maturity"]
    _, groups = all_groups(filled, actor, about_maturity.id, NOON)
    shown = {unit.name: figures for unit, figures in groups}
    assert shown[ORGANISATION].people == 43  # one has left too much open for one of the figures
    assert shown["Kaffevognen"].people > 3
    assert len(shown["Kaffevognen"].unit_ids) > 1
    # The head of the chain is counted with one of the others, whichever comes first
    assert sum(len(figures.unit_ids) == 1 for figures in shown.values()) >= 3
    assert all(figures.people >= 5 for figures in shown.values())


@only_sqlite
def test_the_open_wave_has_its_invitations_and_the_closed_one_none_that_wait(filled: Store) -> None:
    with filled.engine.transaction(write=False) as connection:
        rows = connection.execute(
            "SELECT w.state, l.kind, l.state, COUNT(*) FROM outbox l JOIN waves w ON w.id = l.wave_id "
            "GROUP BY 1, 2, 3 ORDER BY 1"
        ).fetchall()
    assert rows == [("closed", "invitation", "cancelled", 44), ("open", "invitation", "waiting", 44)]


@only_sqlite
def test_letters_about_talks_that_are_over_are_no_news(filled: Store) -> None:
    with filled.read() as q:
        [organisation] = q.organisations()
        letters = [one for one in lists.latest(q, organisation["id"], 1_000) if one.kind.startswith("talk-")]
        told = {q.talk_of_letter(id=q.letter(id=one.id)["key"].split(":")[1])["state"] for one in letters}
    assert told == {"planned"}
    assert {one.state for one in letters} == {"sent"}, "everybody has heard of them"


def test_the_log_of_half_a_year_is_one_unbroken_chain(filled: Store) -> None:
    found = verify(filled)
    assert found.broken_at is None
    assert found.lines > 100


def leader_of(link: demo.DemoLink) -> str:
    return link.description.partition("about ")[2].partition(" as ")[0]


@only_sqlite
def test_each_call_mints_new_links(filled: Store) -> None:
    first, second = (demo.fresh_links(filled, NOON) for _ in range(2))
    assert [link.description for link in first] == [link.description for link in second]
    assert {link.token for link in first}.isdisjoint(link.token for link in second)


@only_sqlite
def test_a_database_with_something_in_it_is_left_alone(bakery: Bakery, settings: Settings) -> None:
    assert not demo.is_empty(bakery.store)
    with pytest.raises(NotAllowed):
        demo.fill(bakery.store, settings, NOON, seed=1, say=lambda _: None)
    with bakery.store.read() as q:
        assert [row["name"] for row in q.organisations()] == ["Rugbrød & Co."]
    assert demo.fresh_links(bakery.store, NOON) == []


@only_sqlite
def test_filling_says_what_it_does(store: Store, settings: Settings) -> None:
    assert demo.is_empty(store)
    said: list[str] = []
    demo.fill(store, settings, NOON, seed=demo.SEED, say=said.append)
    assert ORGANISATION in said[0]
    assert "44 people" in said[0]
    assert "7 leaders" in said[-1]
    assert len(said) == 6
