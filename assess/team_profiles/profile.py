"""The team page's use case: everything that a leader may see of the own team at this moment."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assess.answering.types import JobArea, Organisation
from assess.campaigns.definitions import definition_of
from assess.campaigns.overview import terms_of
from assess.errors import NotFound
from assess.language.alphabet import place_in_alphabet
from assess.people.organisation import led_units, members, unit_tree
from assess.people.tree import UnitTree
from assess.personal_data.own import OwnTask, tasks_of
from assess.personal_data.team import OUTCOMES, progress_of, shared_of, to_rate_of
from assess.profiles_seen.changing import changes_of
from assess.profiles_seen.loading import seen_profiles
from assess.profiles_seen.types import SeenProfile
from assess.rights import Actor, outcome_of
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries
from assess.team_profiles.own_style import OwnStyle, matches, own_style
from assess.team_profiles.people import (
    expected_counts,
    in_area,
    newest_views,
    of_the_team,
    tasks_about,
    team_people,
)
from assess.team_profiles.ratings import by_wave, ratings_column, team_change
from assess.team_profiles.released import release_columns
from assess.team_profiles.three_things import TeamFacts, choose
from assess.team_profiles.types import (
    NO_TALKS,
    FacetColumn,
    TalkFacts,
    TeamChange,
    TeamPerson,
    TeamProfile,
)
from questionnaires.definition import Definition, LanguageId


def team_profile(
    store: Store,
    actor: Actor,
    language: LanguageId,
    now: datetime,
    *,
    job_area_id: str | None = None,
    talk_facts: TalkFacts = NO_TALKS,
) -> TeamProfile:
    """The team of whoever leads a unit or rates people, in a number of queries that does not grow with them.

    `job_area_id`: people in that job area only; one that does not appear in the team is no filter. Groups,
    response and what the leader could do are of the whole team whatever the filter; a thing to do that names
    somebody names nobody whom the filter hides. Looks at releases are logged here;
    whoever shows the people calls `profiles_seen.loading.looked(…, shown_profiles(found), …)`.
    Raises `NotFound` for who leads nobody and was never asked to rate anybody.
    """
    with store.read() as q:
        if not q.has_a_team(person_id=actor.id, now=time_text(now)):
            raise NotFound("There is no such page.")
        found = _Found(q, actor, language, now, talk_facts)
    columns = () if found.definition is None else (*_released(store, actor, found, now), *found.ratings)
    areas = _job_areas(found.people, language)
    chosen = job_area_id if any(area.id == job_area_id for area in areas) else None
    people = found.people if chosen is None else in_area(found.people, chosen)
    return TeamProfile(
        organisation=found.organisation,
        units=found.highest,
        made_on=now,
        job_areas=areas,
        job_area_id=chosen,
        definition=found.definition,
        people=people,
        others=found.others,
        expected=expected_counts(people),
        facets=columns,
        team_change=found.change,
        things=choose(_facts(found, columns, talk_facts, people if chosen else None)),
        has_style=found.style is not None,
        style_at=found.style.made_at if found.style is not None else None,
        progress=found.progress,
        to_rate=found.to_rate,
        shared=found.shared,
        newest_wave=found.team[0].wave_id if found.team else "",
    )


def shown_profiles(found: TeamProfile) -> tuple[SeenProfile, ...]:
    """Every single profile that is shown of the people, for the log of looks."""
    return tuple(
        view
        for one in found.people
        for area in one.areas
        for view in (area.manager, area.own)
        if view is not None
    )


# --- what is read, in one snapshot -----------------------------------------------------------------


@dataclass(frozen=True)
class _Units:
    """The units that the actor leads, with everything beneath, in the order of the tree."""

    tree: UnitTree
    led: tuple[str, ...]

    @property
    def names(self) -> dict[str, str]:
        return {unit_id: self.tree[unit_id].name for unit_id in self.led}

    @property
    def highest(self) -> tuple[str, ...]:
        """Names of those under none of the others."""
        return tuple(
            self.tree[unit_id].name for unit_id in self.led if self.tree.parent(unit_id) not in self.led
        )


class _Found:
    """Everything but releases, which log the look at them."""

    def __init__(
        self, q: Queries, actor: Actor, language: LanguageId, now: datetime, talk_facts: TalkFacts
    ) -> None:
        organisation_id = q.person(id=actor.id)["organisation_id"]
        self.organisation = _organisation(q, organisation_id)
        self.units = _units(q, organisation_id, actor, now)
        homes = {
            one.person_id: one.unit_id
            for one in members(q, organisation_id, now)
            if one.unit_id in self.units.led and one.person_id != actor.id
        }
        own = tasks_of(q, actor.id, language, now)
        everything = seen_profiles(q, actor, now, language=language, outcomes=OUTCOMES)
        team = of_the_team(
            [one for one in everything if _has_levels(definition_of(q, one.content_hash))], homes
        )
        self.definition = definition_of(q, team[0].content_hash) if team else None
        self.team = self._of_one_questionnaire(team)
        self.style: OwnStyle | None = own_style(q, actor, now)
        self.style_task = _open_style_task(own)
        self.people = self._people(q, actor, homes, talk_facts, language)
        self.others = len(set(homes) - {one.person.id for one in self.people})
        self.ratings, self.change = self._groups(q, actor)
        self.to_rate = to_rate_of(own)
        self.outdated = outdated(own)
        self.shared = shared_of(q, everything, actor, language)
        self.progress = progress_of(q, actor, organisation_id, self.units.tree, self.units.led, now)

    @property
    def highest(self) -> tuple[str, ...]:
        return self.units.highest

    def _of_one_questionnaire(self, team: Sequence[SeenProfile]) -> list[SeenProfile]:
        """An organisation may ask two questionnaires with levels; a page shows the newest."""
        wanted = self.definition and self.definition.questionnaire.id
        return [one for one in team if one.profile.questionnaire_id == wanted]

    def _people(
        self,
        q: Queries,
        actor: Actor,
        homes: Mapping[str, str],
        talk_facts: TalkFacts,
        language: LanguageId,
    ) -> tuple[TeamPerson, ...]:
        views = newest_views(self.team)
        return team_people(
            views,
            {one.content_hash: definition_of(q, one.content_hash) for one in self.team},
            matches(q, self.style, views),
            changes_of(self.team),
            units={person_id: self.units.tree[unit_id].name for person_id, unit_id in homes.items()},
            ratings=tasks_about(self.team, actor.id),
            next_talks=talk_facts.next_talks,
            language=language,
        )

    def _groups(self, q: Queries, actor: Actor) -> tuple[tuple[FacetColumn, ...], TeamChange | None]:
        """The leader's own ratings of the newest wave with enough people, and their change since the one
        before it. Of the people in the team now only."""
        if self.definition is None:
            return (), None
        waves = by_wave(one for one in self.team if one.respondent_id == actor.id)
        least = {wave_id: terms_of(q, wave_id).least for wave_id in list(waves)[:2]}
        unit = self.highest[0] if len(self.highest) == 1 else ""
        made = (ratings_column(self.definition, waves[one], unit, least[one]) for one in least)
        column = next((one for one in made if one is not None), None)
        change = None
        if len(least) > 1:
            later, earlier = least
            rated = _people_rated(q, actor, self.definition)
            change = team_change(
                self.definition,
                waves[earlier],
                waves[later],
                max(least.values()),
                rated.get(earlier, 0),
            )
        return () if column is None else (column,), change


def _organisation(q: Queries, organisation_id: str) -> Organisation:
    row = q.organisation(id=organisation_id)
    return Organisation(row["id"], row["name"], json.loads(row["settings"])["customer"])


def _units(q: Queries, organisation_id: str, actor: Actor, now: datetime) -> _Units:
    tree = unit_tree(q, organisation_id)
    led = led_units(q, actor.id, now)
    order = [unit_id for root in tree.roots for unit_id in tree.below(root)]
    return _Units(tree, tuple(unit_id for unit_id in order if unit_id in led))


def _has_levels(definition: Definition) -> bool:
    return outcome_of(definition.questionnaire) == "levels"


def _open_style_task(own: Sequence[OwnTask]) -> str | None:
    """The leader's own questionnaire about style, where it waits for an answer."""
    waiting = (task for task in own if task.perspective == "self" and task.state in {"new", "begun"})
    return next((task.id for task in waiting if task.outcome == "styles"), None)


def outdated(own: Sequence[OwnTask]) -> frozenset[tuple[str, str]]:
    """Person and wave (ids) of what the leader was asked about somebody whom a newer wave still asks about.
    `own`: newest wave first."""
    waiting: set[str] = set()
    found: set[tuple[str, str]] = set()
    waves: dict[str, list[OwnTask]] = {}
    for task in own:
        if task.outcome == "levels" and task.perspective == "manager":
            waves.setdefault(task.wave.id, []).append(task)
    for wave_id, tasks in waves.items():
        found |= {(task.subject.id, wave_id) for task in tasks if task.subject.id in waiting}
        waiting |= {task.subject.id for task in to_rate_of(tasks)}
    return frozenset(found)


def _people_rated(q: Queries, actor: Actor, definition: Definition) -> dict[str, int]:
    """By wave, whoever of them is still there."""
    found: dict[str, int] = {}
    for row in q.people_rated(respondent_id=actor.id):
        if definition_of(q, row["content_hash"]).questionnaire.id == definition.questionnaire.id:
            found[row["wave_id"]] = found.get(row["wave_id"], 0) + row["people"]
    return found


# --- what is put together --------------------------------------------------------------------------


def _released(store: Store, actor: Actor, found: _Found, now: datetime) -> tuple[FacetColumn, ...]:
    assert found.definition is not None
    return release_columns(
        store,
        actor,
        found.organisation.id,
        found.definition.questionnaire.id,
        found.units.names,
        now,
        names={unit.id: unit.name for unit in found.units.tree},
    )


def _facts(
    found: _Found, columns: Sequence[FacetColumn], talks: TalkFacts, shown: Sequence[TeamPerson] | None
) -> TeamFacts:
    """`shown`: the people whom a filter leaves; None without one."""
    if shown is not None:
        names = {one.person.id for one in shown}
        talks = replace(
            talks,
            without_talk=tuple(one for one in talks.without_talk if one.id in names),
            overdue=tuple(one for one in talks.overdue if one.id in names),
        )
    return TeamFacts(
        people=found.people if shown is None else tuple(shown),
        everybody=found.people,
        questionnaire=None if found.definition is None else found.definition.questionnaire,
        to_rate=found.to_rate,
        style=None if found.style is None else found.style.styles,
        style_task=found.style_task,
        columns=tuple(columns),
        talks=talks,
        outdated=found.outdated,
    )


def _job_areas(people: Sequence[TeamPerson], language: LanguageId) -> tuple[JobArea, ...]:
    """Those that appear, alphabetically."""
    areas = {area.job_area.id: area.job_area for one in people for area in one.areas if area.job_area}
    return tuple(
        sorted(areas.values(), key=lambda area: (*place_in_alphabet(area.name(language), language), area.id))
    )
