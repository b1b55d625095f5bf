"""The people of a team with their job areas, from what the leader may see of them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from assess.answering.types import Person
from assess.language.alphabet import place_in_alphabet
from assess.profiles_seen.types import AreaChange, ChangeKey, SeenProfile
from assess.scoring.comparison import Comparer
from assess.scoring.results import Comparison
from assess.scoring.style_results import Match
from assess.team_profiles.own_style import AreaViews
from assess.team_profiles.types import Expected, NextTalk, PersonArea, TeamPerson
from questionnaires.definition import Definition, LanguageId, LevelId

NEWEST_WAVES = 2
"""So many waves back a rating still tells about the team of today."""


def of_the_team(seen: Iterable[SeenProfile], members: Collection[str]) -> list[SeenProfile]:
    """What is seen as manager, of the newest waves, about people who are in the own units now (`members`):
    whoever no longer leads has no team. `seen`: newest wave first."""
    near = [one for one in seen if one.seen_as == "manager"]
    waves = list(dict.fromkeys(one.wave_id for one in near))[:NEWEST_WAVES]
    people = {one.person.id for one in near if one.wave_id in waves} & set(members)
    return [one for one in near if one.person.id in people]


def newest_views(team: Sequence[SeenProfile]) -> dict[tuple[str, str], AreaViews]:
    """By person and job area the two views (own, manager's) of the newest wave that has one of them, as far
    back as the newest waves of the team. `team`: newest wave first."""
    waves = list(dict.fromkeys(one.wave_id for one in team))[:NEWEST_WAVES]
    found: dict[tuple[str, str], dict[str, SeenProfile]] = {}
    for one in team:
        views = found.setdefault((one.person.id, one.area_id), {}) if one.wave_id in waves else {}
        first = next(iter(views.values()), one)
        if (first.wave_id, first.content_hash) == (one.wave_id, one.content_hash):
            views.setdefault(one.perspective, one)
    return {key: (views.get("self"), views.get("manager")) for key, views in found.items()}


def team_people(
    views: Mapping[tuple[str, str], AreaViews],
    definitions: Mapping[str, Definition],
    matches: Mapping[tuple[str, str], Match],
    changes: Mapping[ChangeKey, AreaChange],
    *,
    units: Mapping[str, str],
    ratings: Mapping[tuple[str, str, str], str],
    next_talks: Mapping[str, NextTalk],
    language: LanguageId,
) -> tuple[TeamPerson, ...]:
    """Everybody in `views`, alphabetically; the job areas of each too.

    `definitions` by content hash; `units`: person id → name of the home unit; `ratings`: see `tasks_about`.
    """
    comparers = {content_hash: Comparer(definition) for content_hash, definition in definitions.items()}
    people: dict[str, Person] = {}
    areas: dict[str, list[PersonArea]] = {}
    for key, (own, manager) in views.items():
        one = manager or own
        assert one is not None  # a key stands for at least one view
        people[one.person.id] = one.person
        area = PersonArea(
            job_area=one.job_area,
            manager=manager,
            own=own,
            comparison=_comparison(comparers[one.content_hash], own, manager),
            match=matches.get(key),
            change=_newest(changes, manager),
            own_change=_newest(changes, own),
            task_id=ratings.get(_task_key(one)),
        )
        areas.setdefault(one.person.id, []).append(area)
    newest: dict[str, str] = {}
    for (_, _, person_id), task_id in ratings.items():
        newest.setdefault(person_id, task_id)
    return tuple(
        TeamPerson(
            person=person,
            unit=units.get(person.id, ""),
            areas=tuple(sorted(areas[person.id], key=lambda one: _area_place(one, language))),
            task_id=newest.get(person.id),
            next_talk=next_talks.get(person.id),
        )
        for person in sorted(
            people.values(), key=lambda one: (*place_in_alphabet(one.name, language), one.id)
        )
    )


def tasks_about(team: Iterable[SeenProfile], leader_id: str) -> dict[tuple[str, str, str], str]:
    """By wave, questionnaire and person the leader's own task, whose result page shows both views of all job
    areas. `team`: newest wave first, and so is what comes out."""
    found: dict[tuple[str, str, str], str] = {}
    for one in team:
        if one.respondent_id == leader_id:
            found.setdefault(_task_key(one), one.task_id)
    return found


def _task_key(one: SeenProfile) -> tuple[str, str, str]:
    return one.wave_id, one.content_hash, one.person.id


def in_area(people: Iterable[TeamPerson], area_id: str) -> tuple[TeamPerson, ...]:
    """Only that job area, and only people who have it."""
    found = []
    for one in people:
        areas = tuple(area for area in one.areas if area.area_id == area_id)
        if areas:
            found.append(TeamPerson(one.person, one.unit, areas, one.task_id, one.next_talk))
    return tuple(found)


def expected_counts(people: Iterable[TeamPerson]) -> tuple[Expected, ...]:
    """How many person-areas stand at each level, by expectation: Σ over profiles of p(level). The manager's
    view first; a view without a single level is left out."""
    found = []
    areas = [area for one in people for area in one.areas]
    for perspective, views in (
        ("manager", [area.manager for area in areas]),
        ("self", [area.own for area in areas]),
    ):
        counts: dict[LevelId, float] = {}
        total = 0
        for view in views:
            levels = None if view is None else view.profile.classification
            if levels is None or levels.level is None:
                continue
            total += 1
            for level, probability in levels.probabilities.items():
                counts[level] = counts.get(level, 0.0) + probability
        if total:
            found.append(Expected(perspective, dict(sorted(counts.items())), total))  # type: ignore[arg-type]
    return tuple(found)


def _comparison(
    comparer: Comparer, own: SeenProfile | None, manager: SeenProfile | None
) -> Comparison | None:
    if own is None or manager is None:
        return None
    return comparer.compare(own.profile, manager.profile)


def _newest(changes: Mapping[ChangeKey, AreaChange], view: SeenProfile | None) -> AreaChange | None:
    """The change that ends with what is shown; an older one would tell about another wave."""
    found = None if view is None else changes.get(view.key)
    return found if found is not None and found.later == view else None


def _area_place(area: PersonArea, language: LanguageId) -> tuple[str, str, str]:
    name = area.job_area.name(language) if area.job_area else ""
    return (*place_in_alphabet(name, language), area.area_id)
