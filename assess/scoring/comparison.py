"""Two perspectives on the same person and job area, side by side: differences, agreement, no average."""

from __future__ import annotations

import math

from assess.scoring.form import Form, ScaleKey, make_form
from assess.scoring.precision import interval_quantile, standard_error
from assess.scoring.results import ClassificationResult, Comparison, Profile, ScaleDifference, ScaleResult
from questionnaires.definition import Definition, PerspectiveId


class NotComparable(ValueError):
    """The two profiles do not come from the same version of the same questionnaire."""


def compare(definition: Definition, own: Profile, other: Profile) -> Comparison:
    """own − other for every scale that either profile has, in the order of the questionnaire.

    Where the two forms ask different items of a scale (a manager who is asked some of them, a short form
    beside a full one), the difference is that of the items that both ask: a difference over different
    items would be one of items, not of views. Its errors grow as for missing answers, and the minimum is
    that of the smaller form; below it on either side there is no difference. `own` and `other` stay the
    profiles' own scores.

    The errors of two raters are independent: SEM_diff = √(SEM_own² + SEM_other²), and the interval at the
    questionnaire's level is difference ± z·SEM_diff. A profile from a short form has its own, larger
    errors. Advice is allowed where Σ over levels of p_own·p_other reaches `agreement_from`: the chance
    that both raters, each as unsure as they are, mean the same level.
    Raises `NotComparable` for profiles of different questionnaires or contents.
    """
    return Comparer(definition).compare(own, other)


def needs_differ(comparison: Comparison | None, own: Profile | None, other: Profile | None) -> bool:
    """Whether the two views probably mean different levels: their nearest levels differ, and the chance that
    they mean the same one is under `agreement_from`. False where one view is missing or has no level."""
    if comparison is None or comparison.agreement is None or comparison.advice_allowed:
        return False
    results = [one.classification for one in (own, other) if one is not None]
    levels = [result.level for result in results if result is not None]
    return len(levels) < 2 or levels[0] != levels[1]


class Comparer:
    """`compare` for many pairs of profiles of one questionnaire: each form is made once."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self._forms: dict[tuple[PerspectiveId, str | None], Form] = {}

    def compare(self, own: Profile, other: Profile) -> Comparison:
        """As `compare`."""
        if own.content_hash != other.content_hash:
            raise NotComparable("the two profiles come from different questionnaires or versions")
        return _comparison(self.definition, self._side(own), self._side(other))

    def _side(self, profile: Profile) -> _Side:
        key = (profile.perspective, profile.short_form)
        if key not in self._forms:
            self._forms[key] = make_form(self.definition.questionnaire, *key)
        return _Side(self._forms[key], profile)


def _comparison(definition: Definition, own: _Side, other: _Side) -> Comparison:
    z = interval_quantile(definition.questionnaire.interval)
    agreement = _agreement(own.profile.classification, other.profile.classification)
    quadrants = definition.questionnaire.classification
    return Comparison(
        scales=tuple(
            _difference(scale_id, own, other, z)
            for scale_id in definition.questionnaire.scales
            if scale_id in own.results or scale_id in other.results
        ),
        agreement=agreement,
        advice_allowed=(
            quadrants is not None and agreement is not None and agreement >= quadrants.agreement_from
        ),
    )


class _Side:
    """One profile with the form that it was given on."""

    def __init__(self, form: Form, profile: Profile) -> None:
        self.profile = profile
        self.form = form
        self.results: dict[str, ScaleResult] = {result.id: result for result in profile.scales}
        self.scales: dict[str, ScaleKey] = {scale.id: scale for scale in form.scales}

    def items(self, scale_id: str) -> frozenset[str]:
        """The items of a scale that this form asks."""
        return frozenset(self.form.items[row].id for row in self.scales[scale_id].rows)

    def whole(self, scale_id: str) -> tuple[float | None, float | None]:
        """Score and standard error of a scale as the profile has them."""
        return self.results[scale_id].score, self.results[scale_id].sem

    def part(self, scale_id: str, items: frozenset[str], least: int) -> tuple[float | None, float | None]:
        """Score and standard error of a scale on some of its items; None below `least` answers."""
        keys = [self.form.items[row] for row in self.scales[scale_id].rows]
        keyed = [
            key.keyed[position - 1]
            for key in keys
            if key.id in items and isinstance(position := self.profile.given.get(key.id), int) and position
        ]
        if len(keyed) < max(least, 1):
            return None, None
        precision = self.profile.record.values.get(scale_id)
        full_length = self.scales[scale_id].full_length
        sem = None if precision is None else standard_error(precision, full_length, len(keyed))
        return sum(keyed) / len(keyed), sem


def _difference(scale_id: str, own: _Side, other: _Side, z: float) -> ScaleDifference:
    mine, theirs = own.results.get(scale_id), other.results.get(scale_id)
    own_score = None if mine is None else mine.score
    other_score = None if theirs is None else theirs.score
    difference = sem = common = None
    if mine is not None and theirs is not None:
        common = _common_items(scale_id, own, other)
        if mine.score is not None and theirs.score is not None:
            difference, sem = _on_equal_terms(scale_id, own, other, common)
    low = None if difference is None or sem is None else difference - z * sem
    high = None if difference is None or sem is None else difference + z * sem
    return ScaleDifference(
        id=scale_id,
        own=own_score,
        other=other_score,
        difference=difference,
        low=low,
        high=high,
        beyond_error=low is not None and high is not None and (low > 0 or high < 0),
        common_items=None if common is None else len(common),
    )


def _common_items(scale_id: str, own: _Side, other: _Side) -> frozenset[str] | None:
    """The items that both forms ask of a scale; None where they ask the same ones."""
    mine, theirs = own.items(scale_id), other.items(scale_id)
    return None if mine == theirs else mine & theirs


def _on_equal_terms(
    scale_id: str, own: _Side, other: _Side, common: frozenset[str] | None
) -> tuple[float | None, float | None]:
    """own − other and its standard error, on the common items where the forms differ."""
    if common is None:
        parts = [own.whole(scale_id), other.whole(scale_id)]
    else:
        smaller = min((own.scales[scale_id], other.scales[scale_id]), key=lambda scale: len(scale.rows))
        parts = [side.part(scale_id, common, smaller.min_answered) for side in (own, other)]
    (score, sem), (other_score, other_sem) = parts
    if score is None or other_score is None:
        return None, None
    return score - other_score, None if sem is None or other_sem is None else math.hypot(sem, other_sem)


def _agreement(own: ClassificationResult | None, other: ClassificationResult | None) -> float | None:
    if own is None or other is None or own.level is None or other.level is None:
        return None
    return math.fsum(own.probabilities[level] * other.probabilities[level] for level in own.probabilities)
