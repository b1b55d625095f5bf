"""Change of one person's profile between two waves, scale by scale, with the verdict on each.

The reliable change index of `change.py` (Jacobson & Truax 1991) on two stored profiles, each with the
standard errors that it was made with.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

import numpy as np

from assess.measurement.change import Verdict, reliable_change
from assess.scoring.precision import interval_quantile
from assess.scoring.result import Result
from assess.scoring.results import Profile, ScaleResult
from questionnaires.definition import LevelId

NotComparableReason: TypeAlias = Literal["another-questionnaire", "another-version", "another-form"]

_MESSAGES: dict[NotComparableReason, str] = {
    "another-questionnaire": "the two profiles come from different questionnaires",
    "another-version": "the two profiles come from versions that ask something else",
    "another-form": "the two profiles come from forms that ask different questions",
}


class NotComparable(ValueError):
    """Two profiles between which there is no change to tell. `reason` says why."""

    def __init__(self, reason: NotComparableReason) -> None:
        super().__init__(_MESSAGES[reason])
        self.reason = reason


class ScaleChange(Result, frozen=True):
    """One scale of one person on two occasions, in score units.

    `difference` = after − before, `low`…`high` its interval (not clipped), `verdict` "real" where the
    interval leaves out nought. None: a score is missing, or its standard error is not known.
    """

    id: str
    before: float | None
    after: float | None
    difference: float | None
    low: float | None
    high: float | None
    verdict: Verdict | None


class ProfileChange(Result, frozen=True):
    """What has changed for one person, in one job area and from one view. `coverage`: of the intervals.
    `scales`: those that both profiles have, in the order of the later one."""

    coverage: float
    scales: tuple[ScaleChange, ...]
    level_before: LevelId | None
    level_after: LevelId | None

    def scale(self, scale_id: str) -> ScaleChange:
        """The change of one scale. Raises `KeyError` where not both profiles have it."""
        for found in self.scales:
            if found.id == scale_id:
                return found
        raise KeyError(scale_id)


def profile_change(before: Profile, after: Profile, coverage: float = 0.90) -> ProfileChange:
    """The change from one profile to the other by measurement error alone.

    The error of a difference is √(SEM₁² + SEM₂²), and at 90 % a change is real beyond 1.645 of it. Between a
    short form and the full one only those scales count that both ask in full: a difference over other items
    would be one of items. `coverage`: of the interval, 0–1. Raises `NotComparable` for profiles of another
    questionnaire or major version, from another perspective, or without a scale that both ask alike;
    `ValueError` for a coverage outside 0–1.
    """
    [found] = profile_changes([(before, after)], coverage)
    if isinstance(found, NotComparable):
        raise found
    return found


def profile_changes(
    pairs: Sequence[tuple[Profile, Profile]], coverage: float = 0.90
) -> tuple[ProfileChange | NotComparable, ...]:
    """As `profile_change`, of many pairs at once; of those that cannot be compared the reason."""
    found = [_comparable(*pair) for pair in pairs]
    scales = [pair for one in found if not isinstance(one, NotComparable) for pair in one]
    changes = iter(_changes(scales, coverage))
    return tuple(
        one
        if isinstance(one, NotComparable)
        else ProfileChange(
            coverage=coverage,
            scales=tuple(next(changes) for _ in one),
            level_before=None if before.classification is None else before.classification.level,
            level_after=None if after.classification is None else after.classification.level,
        )
        for one, (before, after) in zip(found, pairs, strict=True)
    )


def real_together(changes: Sequence[ProfileChange]) -> tuple[ScaleChange, ...]:
    """The changes that are real even when the coverage holds for all of `changes` together.

    Of ten figures that have not changed one leaves out nought at 90 % by chance alone, and of twenty nearly
    always one does. Whoever asks "has anything changed?" of many figures, or looks for where it has, asks
    here: each of the m figures has to pass at 1 − (1 − coverage)/m (Bonferroni; Dunn 1961, Journal of the
    American Statistical Association 56, 52–64), which holds however the figures depend on each other.
    """
    told = [(change.coverage, scale) for change in changes for scale in change.scales if scale.verdict]
    return tuple(scale for coverage, scale in told if _is_real(scale, coverage, len(told)))


def _is_real(scale: ScaleChange, coverage: float, of: int) -> bool:
    if scale.difference is None or scale.low is None or scale.high is None:
        return False
    wider = interval_quantile(1 - (1 - coverage) / of) / interval_quantile(coverage)
    return abs(scale.difference) > wider * (scale.high - scale.low) / 2


def _comparable(before: Profile, after: Profile) -> list[tuple[ScaleResult, ScaleResult]] | NotComparable:
    """The scales that both ask alike, or why there is none."""
    if before.questionnaire_id != after.questionnaire_id:
        return NotComparable("another-questionnaire")
    if _major(before) != _major(after):
        return NotComparable("another-version")
    # Two short forms may ask as many items of a scale and not the same ones.
    is_alike = before.short_form == after.short_form or None in (before.short_form, after.short_form)
    if before.perspective != after.perspective or not is_alike:
        return NotComparable("another-form")
    known = {scale.id: scale for scale in before.scales}
    pairs = [
        (known[scale.id], scale)
        for scale in after.scales
        if scale.id in known and known[scale.id].asked == scale.asked
    ]
    return pairs or NotComparable("another-form")


def _major(profile: Profile) -> str:
    return profile.questionnaire_version.split(".", 1)[0]


def _changes(pairs: Sequence[tuple[ScaleResult, ScaleResult]], coverage: float) -> tuple[ScaleChange, ...]:
    first, second = (np.array([_number(pair[place].score) for pair in pairs], np.float64) for place in (0, 1))
    errors = [np.array([_number(pair[place].sem) for pair in pairs], np.float64) for place in (0, 1)]
    found = reliable_change(first, second, errors[0], errors[1], coverage)
    return tuple(
        ScaleChange(
            id=after.id,
            before=before.score,
            after=after.score,
            difference=_plain(found.difference[place]),
            low=_plain(found.difference[place] - found.limit[place]),
            high=_plain(found.difference[place] + found.limit[place]),
            verdict=found.verdict(place),
        )
        for place, (before, after) in enumerate(pairs)
    )


def _number(figure: float | None) -> float:
    return np.nan if figure is None else figure


def _plain(figure: np.float64) -> float | None:
    return None if np.isnan(figure) else float(figure)
