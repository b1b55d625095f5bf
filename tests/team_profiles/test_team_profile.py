"""What a leader sees of the team: whom, which numbers, and in how many queries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from small_organisation import NOON
from team import Team, fitting, maturity

from assess.answering import results, sharing
from assess.answering.types import Session
from assess.campaigns import waves
from assess.errors import NotFound
from assess.people import appointments, changing, register
from assess.profiles_seen.loading import looked, seen_profiles
from assess.releases import making
from assess.rights import Actor
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries
from assess.team_profiles.profile import shown_profiles, team_profile
from assess.team_profiles.types import TeamProfile

LATER = NOON + timedelta(days=1)


@dataclass
class Led(Team):
    """Bo leads the shop that everybody belongs to."""

    sessions: dict[str, tuple[Session, Session]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__post_init__()
        register.join_unit(self.store, self.manager_id, self.unit_id, role="leader", now=self.now)

    @property
    def bo(self) -> Actor:
        return Actor(self.manager_id, organisation_id=self.organisation_id)

    @property
    def administrator(self) -> Actor:
        return Actor(self.manager_id, frozenset({self.organisation_id}))

    def rate(
        self,
        person_id: str,
        scores: tuple[int, int],
        own: tuple[int, int] | None = None,
        *,
        share: bool = True,
        areas: tuple[int, ...] = (0,),
        wave_id: str = "",
    ) -> tuple[Session, Session]:
        """Bo's rating in each of the areas, and the person's own view where there is one."""
        pair = self.enter_pair(person_id, areas, wave_id)
        for sheet in range(len(areas)):
            if own is not None:
                self.give(pair[0], maturity(*own), share=share, sheet=sheet)
            self.give(pair[1], maturity(*scores), sheet=sheet)
        return pair

    def people(self, number: int, start: int = 0) -> list[str]:
        return [
            self.add_person(f"P{place:02}", f"P{place:02} Berg", "da", f"n{place}")
            for place in range(start, start + number)
        ]

    def wave_named(self, name: str, days_ago: int) -> str:
        return waves.open_wave(
            self.store,
            self.organisation_id,
            name,
            [self.content_hash],
            job_areas="given",
            max_job_areas=3,
            now=self.now,
            opens_at=self.now - timedelta(days=days_ago),
        )

    def seen(self, actor: Actor | None = None, **parts: Any) -> TeamProfile:
        return team_profile(self.store, actor or self.bo, "da", parts.pop("now", LATER), **parts)


@pytest.fixture
def team(store: Store) -> Led:
    return Led(store)


def names(found: TeamProfile) -> list[str]:
    return [one.person.first_name for one in found.people]


# --- whom ------------------------------------------------------------------------------------------


def test_whoever_leads_nobody_has_no_team(team: Led) -> None:
    with pytest.raises(NotFound):
        team.seen(Actor(team.employee_id))


def test_a_team_of_which_nothing_is_known(team: Led) -> None:
    found = team.seen()
    assert (found.definition, found.people, found.expected, found.facets) == (None, (), (), ())
    assert (found.others, found.units) == (1, ("Butik Nord",))


def test_people_stand_alphabetically_with_both_views_of_one_wave(team: Led) -> None:
    zoe = team.add_person("Åse", "Åse Ås", "da", "1003")
    team.rate(zoe, (2, 2))
    team.rate(team.employee_id, (5, 2), (3, 4))
    found = team.seen()
    assert names(found) == ["Amina", "Åse"]
    [area] = found.people[0].areas
    assert area.manager is not None
    assert area.own is not None
    assert area.comparison is not None
    assert [one.difference for one in area.comparison.scales] == [-2.0, 2.0]
    [alone] = found.people[1].areas
    assert (alone.own, alone.comparison) == (None, None)
    assert found.people[0].unit == "Butik Nord"


def test_unanswered_declined_and_undecided_are_one_and_the_same(team: Led) -> None:
    employee, manager = team.enter_pair(team.employee_id)
    team.give(manager, maturity(3, 4))
    unanswered = team.seen()
    team.give(employee, maturity(5, 2), submit=False)
    assert team.seen() == unanswered
    team.give(employee, maturity(5, 2), share=False)
    assert team.seen() == unanswered
    sharing.share(team.store, employee, LATER)
    assert team.seen() != unanswered


def test_a_share_that_is_taken_back_is_gone_at_the_next_call(team: Led) -> None:
    employee, _ = team.rate(team.employee_id, (3, 4), (5, 2), share=False)
    before = team.seen()
    sharing.share(team.store, employee, LATER)
    assert team.seen().people[0].areas[0].own is not None
    sharing.unshare(team.store, employee, LATER)
    assert team.seen() == before


def test_whoever_has_left_is_gone_at_the_next_call(team: Led) -> None:
    team.rate(team.employee_id, (3, 4), (5, 2))
    other = team.add_person("Dag", "Dag Dahl", "da", "1004")
    team.rate(other, (3, 4))
    changing.end_person(team.store, team.administrator, team.organisation_id, team.employee_id, LATER)
    found = team.seen()
    assert names(found) == ["Dag"]
    assert found.others == 0
    assert [one.total for one in found.expected] == [1]


def test_whoever_is_in_another_team_now_is_gone_at_the_next_call(team: Led) -> None:
    team.rate(team.employee_id, (3, 4))
    elsewhere = register.add_unit(team.store, team.organisation_id, "Butik Syd", parent_id=None, now=NOON)
    changing.move(
        team.store, team.administrator, team.organisation_id, team.employee_id, elsewhere, "member", NOON
    )
    assert names(team.seen()) == []


def test_ratings_of_long_ago_are_no_team_of_today(team: Led) -> None:
    team.rate(team.employee_id, (3, 4), wave_id=team.wave_named("Old", 300))
    other = team.add_person("Dag", "Dag Dahl", "da", "1004")
    for name, days in (("Newer", 200), ("Newest", 100)):
        team.rate(other, (3, 4), wave_id=team.wave_named(name, days))
    assert names(team.seen()) == ["Dag"]


def test_the_filter_holds_for_people_and_not_for_what_can_be_chosen(team: Led) -> None:
    other = team.add_person("Dag", "Dag Dahl", "da", "1004")
    team.rate(team.employee_id, (3, 4), areas=(0, 1))
    team.rate(other, (3, 4), areas=(0,))
    found = team.seen()
    assert [area.name("da") for area in found.job_areas] == ["Bage brød", "Betjene kunder"]
    filtered = team.seen(job_area_id=team.area_ids[1])
    assert (names(filtered), filtered.job_area_id) == (["Amina"], team.area_ids[1])
    assert filtered.job_areas == found.job_areas
    assert (filtered.things, filtered.facets) == (found.things, found.facets)
    assert team.seen(job_area_id="no such area") == found


def test_what_is_to_do_names_nobody_whom_the_filter_hides(team: Led) -> None:
    other = team.add_person("Dag", "Dag Dahl", "da", "1004")
    team.rate(team.employee_id, (2, 2), (5, 5), areas=(0,))
    team.rate(other, (3, 4), areas=(1,))
    [thing] = [one for one in team.seen().things if one.kind == "views-differ"]
    assert [one.id for one in thing.people] == [team.employee_id]
    assert thing in team.seen(job_area_id=team.area_ids[0]).things
    assert thing.kind not in {one.kind for one in team.seen(job_area_id=team.area_ids[1]).things}


def test_whom_to_rate_anew_is_in_no_other_thing_until_it_is_done(team: Led) -> None:
    team.rate(team.employee_id, (2, 2), (5, 5), wave_id=team.wave_named("Before", 200))
    assert [one.kind for one in team.seen().things] == ["views-differ"]
    _, again = team.enter_pair(team.employee_id)
    assert [one.kind for one in team.seen().things] == ["rate"]
    team.give(again, maturity(2, 2))
    assert team.seen().things == ()


def test_a_rating_of_the_newer_wave_stays_though_an_older_one_waits(team: Led) -> None:
    team.rate(team.employee_id, (2, 2), (5, 5))
    team.enter_pair(team.employee_id, wave_id=team.wave_named("Before", 200))
    assert {one.kind for one in team.seen().things} == {"rate", "views-differ"}


def test_each_area_leads_to_the_task_of_its_own_wave(team: Led) -> None:
    _, then = team.rate(team.employee_id, (3, 4), areas=(0,), wave_id=team.wave_named("Before", 200))
    _, now = team.rate(team.employee_id, (3, 4), areas=(1,))
    areas = {area.area_id: area.task_id for area in team.seen().people[0].areas}
    assert areas == {team.area_ids[0]: then.task.id, team.area_ids[1]: now.task.id}


def test_an_own_view_is_only_set_beside_a_rating_of_its_own_wave(team: Led) -> None:
    team.rate(team.employee_id, (3, 4), (5, 2), wave_id=team.wave_named("Before", 200))
    team.rate(team.employee_id, (4, 4), (5, 2), share=False)
    [area] = team.seen().people[0].areas
    assert area.manager is not None
    assert (area.manager.wave_name, area.own, area.own_change) == ("Autumn", None, None)
    assert area.change is not None


# --- which numbers ---------------------------------------------------------------------------------


def test_expected_counts_are_the_sums_of_the_probabilities(team: Led) -> None:
    people = [team.employee_id, *team.people(3)]
    scores = [(5, 5), (3, 4), (2, 2), (4, 1)]
    for person_id, score in zip(people, scores, strict=True):
        team.rate(person_id, score, score)
    found = team.seen()
    assert [one.perspective for one in found.expected] == ["manager", "self"]
    for expected, view in zip(found.expected, ("manager", "own"), strict=True):
        profiles = [getattr(area, view).profile for one in found.people for area in one.areas]
        for level in ("M1", "M2", "M3", "M4"):
            by_hand = sum(profile.classification.probabilities[level] for profile in profiles)
            assert expected.counts[level] == pytest.approx(by_hand, abs=1e-12)
        assert (expected.total, sum(expected.counts.values())) == (4, pytest.approx(4))


def test_expected_counts_by_hand(team: Led) -> None:
    """Skill 3.5 lies on the cut: half; will 5 is five standard errors above it. So M2 and M4 half each."""
    pair = team.enter_pair(team.employee_id)
    team.give(pair[1], {"skill-1": 3, "skill-2": 4, "will-1": 5, "will-2": 1})
    [expected] = team.seen().expected
    assert expected.counts == pytest.approx({"M1": 0.0, "M2": 0.5, "M3": 0.0, "M4": 0.5}, abs=1e-6)


def test_the_matches_are_those_of_the_result_page(team: Led) -> None:
    style = team.enter_own_style()
    team.give(style, fitting)
    team.rate(team.employee_id, (5, 2), (4, 4), areas=(0, 1))
    team.rate(team.add_person("Dag", "Dag Dahl", "da", "1004"), (2, 2), (4, 4), share=False)
    found = team.seen()
    assert found.has_style
    shown = {
        (one.person.id, one.job_area.id if one.job_area else ""): one.match
        for one in results.results(team.store, style, LATER).matches
    }
    assert {(one.person.id, area.area_id): area.match for one in found.people for area in one.areas} == shown
    assert len(shown) == 3


def test_without_an_own_style_there_is_no_match(team: Led) -> None:
    team.rate(team.employee_id, (5, 2))
    found = team.seen()
    assert not found.has_style
    assert found.people[0].areas[0].match is None


def test_the_way_to_a_person_is_the_leaders_own_newest_task(team: Led) -> None:
    team.rate(team.employee_id, (3, 4), wave_id=team.wave_named("Before", 200))
    _, manager = team.rate(team.employee_id, (3, 4))
    assert team.seen().people[0].task_id == manager.task.id


# --- what is published about the own units ----------------------------------------------------------


def test_a_release_is_shown_as_it_was_published(team: Led) -> None:
    people = [team.employee_id, *team.people(5)]
    for place, person_id in enumerate(people):
        team.rate(person_id, (3, 4), (2 + place % 3, 4), share=False)
    waves.close_wave(team.store, team.wave_id)
    assert making.make(team.store, team.wave_id, LATER)
    released, ratings = team.seen().facets
    assert (released.source, released.unit, released.people) == ("release", "Butik Nord", 6)
    assert (released.own, released.whole, released.same_people) == (True, True, None)
    skill = next(cell for cell in released.cells if cell.scale_id == "skill")
    assert (skill.mean, skill.agreement, skill.agrees) == (3.0, None, None)
    assert ratings.source == "ratings"


def test_in_a_release_too_there_is_no_mean_where_people_differ(team: Led) -> None:
    for place, person_id in enumerate([team.employee_id, *team.people(11)]):
        team.rate(person_id, (3, 4), (1 + 4 * (place % 2), 3 + place % 2), share=False)
    waves.close_wave(team.store, team.wave_id)
    making.make(team.store, team.wave_id, LATER)
    skill, will = team.seen().facets[0].cells
    assert (skill.agrees, skill.mean, skill.low, skill.band) == (False, None, None, None)
    assert (will.agrees, will.mean) == (True, 3.5)


def test_whoever_only_rates_has_no_published_groups(store: Store) -> None:
    team = Led(store)
    people = [team.employee_id, *team.people(5)]
    for person_id in people:
        team.rate(person_id, (3, 4), (2, 4), share=False)
    making_wave = team.wave_id
    waves.close_wave(store, making_wave)
    making.make(store, making_wave, LATER)
    with store.write() as q:
        q.end_leaders_of_unit(unit_id=team.unit_id, now=time_text(NOON))
    assert [column.source for column in team.seen().facets] == []


def test_what_is_shared_with_a_coach_is_not_on_the_coachs_page_as_a_leader(team: Led) -> None:
    clara = team.add_person("Clara", "Clara Åkesson", "sv", "1003")
    register.join_unit(team.store, clara, team.unit_id, role="leader", now=NOON)
    appointments.appoint(team.store, team.administrator, team.organisation_id, clara, "coach", NOON)
    employee, _ = team.rate(team.employee_id, (3, 4), (5, 2), share=False)
    amina = Actor(team.employee_id)
    sharing.decide_with(team.store, amina, employee.task.id, clara, True, NOON)
    coach = Actor(clara, coaches=frozenset({team.organisation_id}))
    with team.store.read() as q:
        assert len(seen_profiles(q, coach, LATER)) == 2, "as a coach Clara sees both views"
    assert names(team.seen(coach)) == []


# --- the leader's ratings as a group ---------------------------------------------------------------


def test_four_people_are_no_group_and_five_are(team: Led) -> None:
    people = [team.employee_id, *team.people(4)]
    for person_id in people[:4]:
        team.rate(person_id, (3, 4))
    assert team.seen().facets == ()
    team.rate(people[4], (5, 2))
    [column] = team.seen().facets
    assert (column.source, column.people, column.unit) == ("ratings", 5, "Butik Nord")
    [skill, will] = column.cells
    assert (skill.mean, will.mean) == (3.4, 3.6)  # (3·4 + 5)/5 and (4·4 + 2)/5
    assert (skill.spread, skill.agreement, skill.agrees) == (None, None, None)


def test_from_ten_people_on_a_mean_is_only_the_teams_where_they_are_alike(team: Led) -> None:
    """Skill alike: 3 and 4 by turns; will 1 and 5 by turns, more apart than random answers."""
    for place, person_id in enumerate([team.employee_id, *team.people(9)]):
        team.rate(person_id, (3 + place % 2, 1 + 4 * (place % 2)))
    [column] = team.seen().facets
    [skill, will] = column.cells
    # variance of each item: 10·0.25/9 = 0.2778; to random answers on five options (2): 0.1389;
    # r_wg(2) = 2·0.8611/(2·0.8611 + 0.1389) = 0.925, told as 0.9
    assert (skill.agreement, skill.agrees, skill.mean) == (0.9, True, 3.5)
    assert skill.spread == 0.5
    # 10·4/9 = 4.44 > 2: nought by convention
    assert (will.agreement, will.agrees, will.mean, will.low, will.band) == (0.0, False, None, None, None)


def test_the_change_of_the_same_people_by_hand(team: Led) -> None:
    """Ten people rated twice, one who came, one who went."""
    before, after = team.wave_named("Before", 200), team.wave_id
    people = [team.employee_id, *team.people(9)]
    came, went = team.people(2, start=20)
    first = [2, 2, 3, 3, 2, 3, 2, 3, 2, 3]
    second = [3, 3, 3, 4, 3, 4, 2, 4, 3, 4]
    for person_id, one, two in zip(people, first, second, strict=True):
        team.rate(person_id, (one, 3), wave_id=before)
        team.rate(person_id, (two, 3), wave_id=after)
    team.rate(went, (5, 5), wave_id=before)
    team.rate(came, (1, 1), wave_id=after)
    change = team.seen().team_change
    assert change is not None
    assert (change.earlier_wave, change.later_wave) == ("Before", "Autumn")
    assert (change.people, change.came, change.left) == (10, None, None), "one alone is not told of"
    skill = next(one for one in change.scales if one.scale_id == "skill")
    # differences 1 1 0 1 1 1 0 1 1 1: mean 0.8, sd √(1.6/9) = 0.4216, error 0.1333; t(9) at 90 %: 1.833
    # 0.8 ± 0.244 = 0.556…1.044, outwards in tenths
    assert (skill.difference, skill.low, skill.high, skill.verdict) == (0.8, 0.5, 1.1, "real")


def test_who_has_left_counts_as_gone_in_the_change(team: Led) -> None:
    before = team.wave_named("Before", 200)
    people = [team.employee_id, *team.people(5)]
    for place, person_id in enumerate(people):
        for wave_id in (before, team.wave_id):
            team.rate(person_id, (2 + place % 3, 3), wave_id=wave_id)
    changing.end_person(team.store, team.administrator, team.organisation_id, people[0], LATER)
    change = team.seen().team_change
    assert change is not None
    assert (change.people, change.came, change.left) == (5, 0, None), "nobody has come; who has gone is one"


def test_how_many_have_come_and_gone_is_told_of_nobody_and_of_groups(team: Led) -> None:
    before = team.wave_named("Before", 200)
    people = [team.employee_id, *team.people(14)]
    for person_id in people[:10]:
        team.rate(person_id, (3, 3), wave_id=before)
    for person_id in people[5:]:
        team.rate(person_id, (3, 3))
    change = team.seen().team_change
    assert change is not None
    assert (change.people, change.came, change.left) == (5, 5, 5)


def test_four_pairs_have_no_change(team: Led) -> None:
    before = team.wave_named("Before", 200)
    for person_id in [team.employee_id, *team.people(3)]:
        for wave_id in (before, team.wave_id):
            team.rate(person_id, (2, 3), wave_id=wave_id)
    assert team.seen().team_change is None


# --- looks and queries -----------------------------------------------------------------------------


def test_what_is_shown_of_others_is_noted(team: Led) -> None:
    employee, _ = team.rate(team.employee_id, (3, 4), (5, 2))
    found = team.seen()
    assert {one.perspective for one in shown_profiles(found)} == {"manager", "self"}
    looked(team.store, team.bo, shown_profiles(found), LATER)
    with team.store.read() as q:
        rows = q.access_about(about_id=team.employee_id)
    assert (rows[-1]["actor_id"], rows[-1]["object_id"]) == (team.manager_id, employee.task.id)


@contextmanager
def counted() -> Iterator[list[str]]:
    """The names of the queries that run inside."""
    found: list[str] = []
    plain = Queries.__getattr__

    def noted(self: Queries, name: str) -> Any:
        found.append(name)
        return plain(self, name)

    Queries.__getattr__ = noted  # type: ignore[method-assign]
    try:
        yield found
    finally:
        Queries.__getattr__ = plain  # type: ignore[method-assign]


def test_five_people_and_fifty_cost_the_same_queries(team: Led) -> None:
    team.give(team.enter_own_style(), fitting)
    before = team.wave_named("Before", 200)
    runs = []
    for number, start in ((5, 0), (45, 5)):
        for person_id in team.people(number, start):
            for wave_id in (before, team.wave_id):
                team.rate(person_id, (3, 4), (4, 4), wave_id=wave_id)
        with counted() as queries:
            found = team.seen()
            looked(team.store, team.bo, shown_profiles(found), LATER + timedelta(hours=2 * len(runs)))
        runs.append((len(found.people), queries))
    assert [people for people, _ in runs] == [5, 50]
    assert runs[0][1] == runs[1][1]


def test_nothing_of_it_depends_on_the_order_of_answering(team: Led) -> None:
    people = [team.employee_id, *team.people(4)]
    for person_id in reversed(people):
        team.rate(person_id, (3, 4), (4, 4))
    found = team.seen()
    assert names(found) == ["Amina", "P00", "P01", "P02", "P03"]
    assert replace(found, made_on=NOON) == replace(team.seen(), made_on=NOON)
