"""Teams of any size, by the library's questionnaires: what `assess.team_profiles` hands to a report."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from manual_examples import job_maturity, leadership_style

from assess.answering.types import JobArea, Organisation, Person
from assess.measurement.profile_change import profile_change
from assess.profiles_seen.types import AreaChange, SeenProfile
from assess.releases.figures import measure_figure, trend
from assess.releases.respondents import measures_of
from assess.scoring.comparison import compare
from assess.scoring.form import make_form
from assess.scoring.match import match
from assess.scoring.precision import record_in_force
from assess.scoring.profile import make_profile
from assess.scoring.results import Profile
from assess.team_profiles.types import (
    Expected,
    FacetCell,
    FacetColumn,
    NextTalk,
    PersonArea,
    TeamChange,
    TeamPerson,
    TeamProfile,
    TeamScaleChange,
    Thing,
)
from questionnaires.definition import Definition, RatingItem
from reports.team import TeamView, team_view

maturity = lru_cache(job_maturity)
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
AREAS = (
    JobArea("area-1", {"da": "Bage brød", "sv": "Baka bröd", "en": "Baking bread"}),
    JobArea("area-2", {"da": "Betjene kunder", "sv": "Betjäna kunder", "en": "Serving customers"}),
)
NAMES = (
    "Amina Yıldız",
    "Bo Ørsted",
    "Carla Åkesson",
    "Dines Mørk",
    "Ella Thorvaldsen-Kristoffersen",
    "Farid Nazari",
    "Gro Vestergaard",
    "Håkan Öberg",
    "Ida Lund",
    "Jens Peter Holm",
    "Karla Bech",
    "Liv Sand",
)
TECHNICAL = ("knowledge", "skill", "experience", "judgement")
PSYCHOLOGICAL = ("will", "responsibility", "relations", "energy")


def person(number: int) -> Person:
    name = NAMES[number] if number < len(NAMES) else f"{NAMES[number % 12].split()[0]} Person {number:03}"
    return Person(f"person-{number:03}", name.split()[0], name, "da")


def profile(perspective: str, scores: dict[str, float], seed: int = 0) -> Profile:
    """A whole sheet whose facets come out near these scores: answers around each facet's score."""
    random = np.random.default_rng(seed)
    answers = {}
    for item in maturity().questionnaire.items:
        facet = item.id.rsplit("-", 1)[0]
        if isinstance(item, RatingItem) and facet in scores:
            value = int(np.clip(round(scores[facet] + random.normal(0, 0.5)), 1, 5))
            answers[item.id] = 6 - value if item.reverse else value
    return make_profile(maturity(), perspective, answers)  # type: ignore[arg-type]


def exactly(perspective: str, values: dict[str, tuple[int, int, int, int]]) -> Profile:
    """A sheet with these values, four for each facet."""
    facets = maturity().questionnaire.scales
    items = {item.id: item for item in maturity().questionnaire.items}
    answers = {}
    for facet, four in values.items():
        for item_id, value in zip(facets[facet].items, four, strict=True):
            reverse = getattr(items[item_id], "reverse", False)
            answers[item_id] = 6 - value if reverse else value
    return make_profile(maturity(), perspective, answers)  # type: ignore[arg-type]


def seen(
    one: Person, area: JobArea, found: Profile, wave: str = "Efterår 2026", task: str = ""
) -> SeenProfile:
    return SeenProfile(
        person=one,
        job_area=area,
        perspective=found.perspective,  # type: ignore[arg-type]
        task_id=task or f"task-{one.id}",
        respondent_id="leader" if found.perspective == "manager" else one.id,
        seen_as="manager",
        for_match=True,
        wave_id=wave,
        wave_name=wave,
        opened_at=NOON - timedelta(days=20),
        wave_is_over=False,
        content_hash=found.content_hash,
        profile=found,
        made_at=NOON - timedelta(days=2),
        shared_since=None,
    )


@lru_cache
def own_style() -> Profile:
    """A leader who mostly shows and explains."""
    answers = {item.id: 1 + place % 2 for place, item in enumerate(leadership_style().questionnaire.items)}
    return make_profile(leadership_style(), "self", answers)  # type: ignore[arg-type]


def person_area(
    one: Person, area: JobArea, manager: Profile | None, own: Profile | None, then: Profile | None = None
) -> PersonArea:
    """The parts as the use case puts them together."""
    definition, style = maturity(), own_style().styles
    assert style is not None
    rated = None if manager is None else seen(one, area, manager)
    change = None
    if then is not None and manager is not None and rated is not None:
        change = AreaChange(seen(one, area, then, "Efterår 2025"), rated, profile_change(then, manager), None)
    return PersonArea(
        job_area=area,
        manager=rated,
        own=None if own is None else seen(one, area, own),
        comparison=None if own is None or manager is None else compare(definition, own, manager),
        match=match(
            style,
            leadership_style().questionnaire.scoring,  # type: ignore[arg-type]
            definition.questionnaire,
            own,
            manager,
            0.9,
        ),
        change=change,
        own_change=None,
    )


def member(number: int, random: np.random.Generator, areas: int, earlier: bool) -> TeamPerson:
    one = person(number)
    found = []
    for area in AREAS[:areas]:
        middle = {facet: float(random.normal(3.6, 0.8)) for facet in (*TECHNICAL, *PSYCHOLOGICAL)}
        manager = profile("manager", middle, number)
        own = {facet: score + float(random.normal(0.3, 0.4)) for facet, score in middle.items()}
        then = {facet: score - float(random.normal(0.3, 0.6)) for facet, score in middle.items()}
        found.append(
            person_area(
                one,
                area,
                manager,
                profile("self", own, number + 1000) if number % 2 == 0 else None,
                profile("manager", then, number + 2000) if earlier else None,
            )
        )
    return TeamPerson(
        person=one,
        unit="Butik Nord",
        areas=tuple(found),
        task_id=f"task-{one.id}",
        next_talk=NextTalk(f"talk-{number}", NOON + timedelta(days=7)) if number == 1 else None,
    )


def column(source: str = "release", people: int = 14, **parts: Any) -> FacetColumn:
    definition = maturity()
    form = make_form(definition.questionnaire, "self")
    record = record_in_force(definition.questionnaire, "self", None)
    random = np.random.default_rng(people)
    cells = []
    for place, measure in enumerate(measures_of(definition, form, record)):
        values = np.clip(random.normal(3.1 + 0.15 * (place % 5), 0.4 + 0.12 * (place % 4), people), 1, 5)
        figure = measure_figure(measure, values, 0.9, with_spread=people >= 10)
        then = measure_figure(measure, np.clip(values - 0.3 * (place % 3), 1, 5), 0.9, with_spread=False)
        agrees = None if people < 10 else place != 6
        cells.append(
            FacetCell(
                scale_id=measure.id,
                mean=figure.mean if agrees is not False else None,
                band=figure.band,
                low=figure.low if agrees is not False else None,
                high=figure.high if agrees is not False else None,
                spread=figure.sd,
                agreement=None if people < 10 else (0.8 if agrees else 0.5),
                agrees=agrees,
                trend=trend(measure, figure, then, (people, people), people, 0.9) if agrees else None,
            )
        )
    defaults: dict[str, Any] = {
        "source": source,
        "unit": "Butik Nord",
        "units": ("Butik Nord",),
        "wave": "Efterår 2026",
        "people": people,
        "cells": tuple(cells),
        "whole": True,
        "own": True,
        "same_people": True,
        "came": 0,
        "left": 0,
        "compared_wave": "Efterår 2025",
    }
    return FacetColumn(**(defaults | parts))


def group_change() -> TeamChange:
    definition: Definition = maturity()
    scales = [
        TeamScaleChange(
            scale, 0.1 * place, 0.1 * place - 0.3, 0.1 * place + 0.3, "real" if place > 3 else "may-be-noise"
        )
        for place, scale in enumerate(definition.questionnaire.scales)
    ]
    return TeamChange("Efterår 2025", "Efterår 2026", 11, 1, 2, tuple(scales))


def expected(people: tuple[TeamPerson, ...]) -> tuple[Expected, ...]:
    found = []
    for view in ("manager", "self"):
        profiles = [
            one.profile.classification.probabilities
            for member in people
            for area in member.areas
            for one in [area.manager if view == "manager" else area.own]
            if one is not None and one.profile.classification is not None and one.profile.classification.level
        ]
        counts = {level: sum(each[level] for each in profiles) for level in ("M1", "M2", "M3", "M4")}
        found.append(Expected(view, counts, len(profiles)))  # type: ignore[arg-type]
    return tuple(found)


def things(people: tuple[TeamPerson, ...]) -> tuple[Thing, ...]:
    risk = {"views": 2, "risk": 0.6, "called_for": "S4", "likely": "S1", "more": 0}
    return (
        Thing("rate", tuple(one.person for one in people[:2])),
        Thing("over-leading", (people[0].person,), AREAS[0], risk),
        Thing("answer-style"),
    )


@lru_cache(maxsize=8)
def team_of(number: int = 12, areas: int = 1, earlier: bool = True, columns: int = 2) -> TeamProfile:
    random = np.random.default_rng(number)
    people = tuple(member(place, random, areas, earlier) for place in range(number))
    people = tuple(sorted(people, key=lambda one: one.person.name))
    facets = (column("ratings", number), *(column(unit=f"Butik {n}") for n in range(1, columns)))
    return TeamProfile(
        organisation=Organisation("o", "Rugbrød & Co.", "customer"),
        units=("Butik Nord", "Butik Syd"),
        made_on=NOON,
        job_areas=AREAS[:areas],
        job_area_id=None,
        definition=maturity(),
        people=people,
        others=2,
        expected=expected(people),
        facets=facets if number >= 5 else (),
        team_change=group_change() if earlier and number >= 5 else None,
        things=things(people),
        has_style=True,
        progress=(),
        to_rate=(),
        shared=(),
    )


def viewed(found: TeamProfile, language: str = "en") -> TeamView:
    return team_view(found, language, COPENHAGEN)  # type: ignore[arg-type]
