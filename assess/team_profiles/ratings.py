"""The leader's own ratings as a group: what they come to in a wave, and how they have changed. Pure.

The rules are those of releases, though the leader knows every rating: a page or a PDF of the team goes on to
others. So there is no group under k people, no spread under ten, everything in steps, and no free filter.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from assess.disclosure.thresholds import DISTRIBUTION_GROUP
from assess.measurement.change import paired_change
from assess.profiles_seen.types import SeenProfile
from assess.releases.agreement import agrees, keyed_answers, scale_agreement
from assess.releases.figures import (
    STEPS,
    Measure,
    MeasureFigure,
    in_steps,
    measure_figure,
    scale_measure,
    trend,
)
from assess.scoring.form import make_form
from assess.team_profiles.types import FacetCell, FacetColumn, TeamChange, TeamScaleChange
from questionnaires.definition import Definition

STEP = STEPS["mean"]

Ratings = Mapping[str, Sequence[SeenProfile]]
"""The leader's ratings of one wave: person id → one for each job area."""


def by_wave(ratings: Iterable[SeenProfile]) -> dict[str, dict[str, list[SeenProfile]]]:
    """Wave id → person id → ratings, in the order given."""
    found: dict[str, dict[str, list[SeenProfile]]] = {}
    for one in ratings:
        found.setdefault(one.wave_id, {}).setdefault(one.person.id, []).append(one)
    return found


def ratings_column(definition: Definition, rated: Ratings, unit: str, least: int) -> FacetColumn | None:
    """The means of the ratings of one wave, everybody once with the mean over the job areas; whoever lacks a
    scale is left out. None for fewer than `least` people."""
    measures = _measures(definition, rated)
    means = {person_id: _means(sheets) for person_id, sheets in rated.items()}
    complete = {
        person_id: sheets
        for person_id, sheets in rated.items()
        if all(measure.id in means[person_id] for measure in measures)
    }
    if not measures or len(complete) < max(least, 1):
        return None
    with_spread = len(complete) >= max(DISTRIBUTION_GROUP, least)
    alike: Mapping[str, float] = {}
    if with_spread:
        form = make_form(definition.questionnaire, "manager")
        given = [[one.profile.given for one in sheets] for sheets in complete.values()]
        alike = scale_agreement(form, keyed_answers(form, given))
    interval = definition.questionnaire.interval
    figures = [
        measure_figure(
            measure,
            np.array([means[person_id][measure.id] for person_id in complete], np.float64),
            interval,
            with_spread=with_spread,
        )
        for measure in measures
    ]
    wave = next(iter(complete.values()))[0].wave_name
    return FacetColumn(
        source="ratings",
        unit=unit,
        units=(unit,) if unit else (),
        wave=wave,
        people=len(complete),
        cells=tuple(cell_of(figure, alike.get(figure.id)) for figure in figures),
        whole=True,
        own=True,
        same_people=None,
        came=None,
        left=None,
    )


def cell_of(figure: MeasureFigure, agreement: float | None) -> FacetCell:
    """A figure as a cell. Where people are known to differ there is no mean to call the group's."""
    same = agrees(agreement)
    shown = same is not False
    return FacetCell(
        scale_id=figure.id,
        mean=figure.mean if shown else None,
        band=figure.band if shown else None,
        low=figure.low if shown else None,
        high=figure.high if shown else None,
        spread=figure.sd,
        agreement=agreement,
        agrees=same,
        trend=figure.trend if shown else None,
    )


def team_change(
    definition: Definition, earlier: Ratings, later: Ratings, least: int, rated: int
) -> TeamChange | None:
    """The change of the people rated in both waves, in the job areas rated in both, by scale.

    From ten people on the interval is Student's for pairs (`paired_change`); under that the spread of the
    changes is not told, and the interval is that of the model behind releases. `rated`: how many people were
    rated then, whoever of them is still there: who has gone is gone, and has not come. None for fewer than
    `least` people.
    """
    pairs = {
        person_id: found
        for person_id in later
        if person_id in earlier and (found := _means_of_pairs(earlier[person_id], later[person_id]))
    }
    if len(pairs) < max(least, 1):
        return None
    scales = [
        change
        for measure in _measures(definition, later)
        if (change := _scale_change(measure, list(pairs.values()), least, definition)) is not None
    ]
    return TeamChange(
        earlier_wave=next(iter(earlier.values()))[0].wave_name,
        later_wave=next(iter(later.values()))[0].wave_name,
        people=len(pairs),
        came=told_count(len(later.keys() - earlier.keys()), least),
        left=told_count(max(rated - len(later.keys() & earlier.keys()), 0), least),
        scales=tuple(scales),
    )


def told_count(people: int, least: int) -> int | None:
    """How many have come or gone, where it is nobody or a group."""
    return people if not people or people >= max(least, 1) else None


def _means_of_pairs(
    earlier: Sequence[SeenProfile], later: Sequence[SeenProfile]
) -> dict[str, tuple[float, float]] | None:
    """By scale the means of one person before and after, over the job areas where both ratings have the scale
    by as many questions. None where no area was rated both times."""
    known = {one.area_id: one for one in earlier}
    pairs = [(known[one.area_id], one) for one in later if one.area_id in known]
    found: dict[str, list[tuple[float, float]]] = {}
    for before, after in pairs:
        then = {one.id: one for one in before.profile.scales}
        for now in after.profile.scales:
            first = then.get(now.id)
            if first is None or first.asked != now.asked or first.score is None or now.score is None:
                continue
            found.setdefault(now.id, []).append((first.score, now.score))
    if not pairs:
        return None
    return {
        scale_id: (
            math.fsum(first for first, _ in both) / len(both),
            math.fsum(second for _, second in both) / len(both),
        )
        for scale_id, both in found.items()
    }


def _scale_change(
    measure: Measure,
    people: Sequence[Mapping[str, tuple[float, float]]],
    least: int,
    definition: Definition,
) -> TeamScaleChange | None:
    """None where fewer than `least` people have the scale on both occasions."""
    both = [means[measure.id] for means in people if measure.id in means]
    if len(both) < max(least, 1):
        return None
    before, after = np.array(both, np.float64).T
    interval = definition.questionnaire.interval
    shown = [measure_figure(measure, values, interval, with_spread=False) for values in (before, after)]
    if shown[0].mean is None or shown[1].mean is None:
        return TeamScaleChange(measure.id, None, None, None, None)
    if len(both) < DISTRIBUTION_GROUP:
        count = len(both)
        made = trend(measure, shown[1], shown[0], (count, count), count, interval)
        assert made is not None  # both have a mean
        return _told(measure.id, made.difference, made.low, made.high)
    change = paired_change(before, after, (interval,))
    assert change.difference is not None  # there are ten pairs
    ends = change.intervals[0] if change.intervals else None
    return _told(
        measure.id,
        in_steps(change.difference, STEP),
        None if ends is None else in_steps(ends.low, STEP, math.floor),
        None if ends is None else in_steps(ends.high, STEP, math.ceil),
    )


def _told(scale_id: str, difference: float, low: float | None, high: float | None) -> TeamScaleChange:
    if low is None or high is None:
        return TeamScaleChange(scale_id, difference, low, high, None)
    return TeamScaleChange(scale_id, difference, low, high, "real" if low > 0 or high < 0 else "may-be-noise")


def _measures(definition: Definition, rated: Ratings) -> tuple[Measure, ...]:
    """The scales, with what the precision record of the ratings says about people at large."""
    first = next((sheets[0] for sheets in rated.values()), None)
    if first is None:
        return ()
    form = make_form(definition.questionnaire, "manager")
    values = first.profile.record.values
    return tuple(scale_measure(one.id, one.lo, one.hi, values.get(one.id)) for one in form.scales)


def _means(sheets: Sequence[SeenProfile]) -> dict[str, float]:
    """By scale the mean over a person's job areas; a scale without a score is left out."""
    known: dict[str, list[float]] = {}
    for one in sheets:
        for found in one.profile.scales:
            if found.score is not None:
                known.setdefault(found.id, []).append(found.score)
    return {scale_id: math.fsum(scores) / len(scores) for scale_id, scores in known.items()}
