"""The match: how a leader's use of styles meets the maturity of one employee in one job area.

Each perspective on the employee (the manager's, the employee's own) gives the probability of each level; the
leader's table gives the likely style at each level. Together: Σ p(level) · what the leader does there. This
takes the leader's choice to depend on the employee through the level alone, as the situations describe it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from assess.scoring.classification import called_for
from assess.scoring.comparison import NotComparable
from assess.scoring.match_arrays import (
    LEANINGS,
    LeaderTables,
    Matches,
    ViewArrays,
    leader_tables,
    leaning_of,
    match_many,
)
from assess.scoring.precision import Floats
from assess.scoring.results import ClassificationResult, Profile
from assess.scoring.situations import LEVELS, STYLES
from assess.scoring.style_results import Match, MatchLevel, MatchView, StylesResult, Wish
from questionnaires.definition import PerspectiveId, Quadrants, Questionnaire, Situations, StyleId

WISHES: Mapping[object, Wish] = {1: "less", 2: "as-now", 3: "more"}
"""Position of the answer to a wish item → the wish."""


def match(
    style: StylesResult,
    situations: Situations,
    maturity: Questionnaire,
    own: Profile | None,
    manager: Profile | None,
    interval: float,
) -> Match | None:
    """How the leader with this style meets the employee whom the two profiles are about.

    `own` and `manager`: the profiles of one employee and job area by `maturity`, from the perspectives self
    and manager; None where there is none or it may not be used. `interval`: coverage (0–1) of the interval of
    the fit, which holds the leader's own uncertainty (the Dirichlet rows of the levels, independent of each
    other; see `match_arrays.skewed_interval`), given the probabilities of the levels.
    Advice is allowed where Σ p_self·p_manager reaches `agreement_from`; two equally large products name the
    level that comes first. Wishes are read from `own` alone; what is not answered is left out.
    None where neither profile has a level or the style result is below its minimum. Raises `NotComparable`
    for profiles of another questionnaire, of two versions, or of the wrong perspective.
    """
    return match_each(style, situations, maturity, [(own, manager)], interval)[0]


def match_each(
    style: StylesResult,
    situations: Situations,
    maturity: Questionnaire,
    pairs: Sequence[tuple[Profile | None, Profile | None]],
    interval: float,
) -> tuple[Match | None, ...]:
    """As `match`, for many employees and job areas of one leader: own and manager's profile of each pair."""
    for own, manager in pairs:
        _check(maturity, own, manager)
    quadrants = maturity.classification
    if quadrants is None or not style.table:
        return (None,) * len(pairs)
    levels = [(_levels(own), _levels(manager)) for own, manager in pairs]
    tables = leader_tables(_posterior(style), situations, quadrants)
    arrays = match_many(
        tables,
        np.zeros(len(pairs), np.intp),
        _columns([own for own, _ in levels]),
        _columns([manager for _, manager in levels]),
        agreement_from=quadrants.agreement_from,
        interval=interval,
    )
    rows = _rows(tables, situations)
    return tuple(
        None
        if levels[column] == (None, None)
        else _match(column, levels[column], own, arrays, rows, quadrants)
        for column, (own, _) in enumerate(pairs)
    )


def _match(
    column: int,
    levels: tuple[ClassificationResult | None, ClassificationResult | None],
    own: Profile | None,
    arrays: Matches,
    rows: Sequence[MatchLevel],
    quadrants: Quadrants,
) -> Match:
    agreement, advice = float(arrays.agreement[column]), int(arrays.advice_level[column])
    views: tuple[tuple[PerspectiveId, ClassificationResult | None, ViewArrays], ...] = (
        ("manager", levels[1], arrays.manager),
        ("self", levels[0], arrays.own),
    )
    return Match(
        views=tuple(
            _view(perspective, seen, numbers, column, rows, quadrants)
            for perspective, seen, numbers in views
            if seen is not None
        ),
        wishes={} if own is None else _wishes(quadrants, own),
        agreement=None if math.isnan(agreement) else agreement,
        advice_allowed=advice >= 0,
        advice_level=LEVELS[advice] if advice >= 0 else None,
    )


def _check(maturity: Questionnaire, own: Profile | None, manager: Profile | None) -> None:
    for profile, perspective in ((own, "self"), (manager, "manager")):
        if profile is not None and profile.questionnaire_id != maturity.id:
            raise NotComparable(f"a profile of {profile.questionnaire_id} tells nothing by {maturity.id}")
        if profile is not None and profile.perspective != perspective:
            raise NotComparable(f"a profile from {profile.perspective} stands where {perspective}'s belongs")
    if own is not None and manager is not None and own.content_hash != manager.content_hash:
        raise NotComparable("the two profiles come from different versions of the questionnaire")


def _levels(profile: Profile | None) -> ClassificationResult | None:
    found = None if profile is None else profile.classification
    return None if found is None or found.level is None else found


def _columns(levels: Sequence[ClassificationResult | None]) -> Floats:
    unknown = [math.nan] * len(LEVELS)
    rows = [unknown if one is None else [one.probabilities[level] for level in LEVELS] for one in levels]
    return np.array(rows, np.float64).reshape(len(levels), len(LEVELS)).T


def _posterior(style: StylesResult) -> Floats:
    rows = {row.level: row.posterior for row in style.table}
    return np.array([[[rows[level][style_id] for style_id in STYLES] for level in LEVELS]])


def _view(
    perspective: PerspectiveId,
    seen: ClassificationResult,
    numbers: ViewArrays,
    column: int,
    rows: Sequence[MatchLevel],
    quadrants: Quadrants,
) -> MatchView:
    level, probability, borderline = seen.level, seen.probability, seen.borderline
    if level is None or probability is None or borderline is None:
        raise ValueError("a level without its probability")
    return MatchView(
        perspective=perspective,
        called_for=called_for(quadrants, seen.probabilities),
        level=level,
        level_probability=probability,
        borderline=borderline,
        likely=_by_style(numbers.likely[:, column]),
        fit=float(numbers.fit[column]),
        fit_low=float(numbers.fit_low[column]),
        fit_high=float(numbers.fit_high[column]),
        under=float(numbers.under[column]),
        over=float(numbers.over[column]),
        leaning=LEANINGS[numbers.leaning[column]],
        levels=tuple(msgspec.structs.replace(row, probability=seen.probabilities[row.level]) for row in rows),
    )


def _rows(tables: LeaderTables, situations: Situations) -> tuple[MatchLevel, ...]:
    """What the leader does at each level, the same for everybody: without the level's probability."""
    leanings = leaning_of(tables.over[0], tables.under[0])
    found = []
    for row, level in enumerate(LEVELS):
        fit_sd = math.sqrt(tables.fit_variance[0, row])
        found.append(
            MatchLevel(
                level=level,
                probability=0.0,
                calls_for=STYLES[tables.calls_for[row]],
                likely=_by_style(tables.likely[0, row]),
                weights={style: situations.weights[level][style] for style in STYLES},
                fit=float(tables.fit[0, row]),
                fit_sd=fit_sd,
                fit_skewness=float(tables.fit_third[0, row]) / fit_sd**3 if fit_sd > 0 else 0.0,
                under=float(tables.under[0, row]),
                over=float(tables.over[0, row]),
                leaning=LEANINGS[leanings[row]],
            )
        )
    return tuple(found)


def _by_style(numbers: Floats) -> dict[StyleId, float]:
    return dict(zip(STYLES, numbers.tolist(), strict=True))


def _wishes(quadrants: Quadrants, own: Profile) -> dict[StyleId, Wish]:
    return {
        style: WISHES[own.given[item]]
        for style, item in sorted(quadrants.wishes.items())
        if own.given.get(item) in WISHES
    }
