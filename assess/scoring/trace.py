"""How was this calculated: a scale from the single answers to the level, a leader's styles from the single
choices to the scores, in numbers one can follow by hand.

The trace is worked out anew in plain Python, item by item, so it is also a second opinion on the arrays.
"""

from __future__ import annotations

import math

from assess.scoring.form import Form, ItemKey, ScaleKey, SituationKey, make_form
from assess.scoring.precision import full_standard_error, interval_quantile, standard_error
from assess.scoring.results import AxisTrace, ClassificationTrace, ItemTrace, Profile, ScaleTrace, SemTrace
from assess.scoring.situations import STYLES
from assess.scoring.style_results import Direction, SituationTrace, StylesTrace
from questionnaires.definition import ACTION_LETTERS, Definition, LevelId, Quadrants, Situations, StyleId


def explain(definition: Definition, profile: Profile, scale_id: str) -> ScaleTrace:
    """The trace of one scale of a profile.

    Raises `KeyError` when the profile's form does not score the scale, and `ValueError` when the profile
    does not come from this questionnaire.
    """
    form = _form(definition, profile)
    row = form.scale_row(scale_id)
    if row is None:
        raise KeyError(scale_id)
    return _trace(form, form.scales[row], profile, definition.questionnaire.classification)


def explain_styles(definition: Definition, profile: Profile) -> StylesTrace:
    """The trace of a leader's styles, situation by situation, in the order of the file.

    `flexibility` and `weight_sum` are None below the minimum; flexibility also where the profile gives
    none. `weight_sum` over the number answered is the fit, for every form. Raises `ValueError` when the
    profile does not come from this questionnaire or the questionnaire does not score situations.
    """
    scoring = definition.questionnaire.scoring
    form = _form(definition, profile)
    if not isinstance(scoring, Situations):
        raise ValueError("the questionnaire does not score situations")
    situations = tuple(_situation(key, profile) for key in form.situations)
    counts = dict.fromkeys(STYLES, 0)
    for situation in situations:
        if situation.style is not None:
            counts[situation.style] += 1
    answered = sum(counts.values())
    deviations = {style: abs(count - answered / 4) for style, count in counts.items()}
    enough = answered >= max(form.min_situations, 1)
    whole = answered == len(situations) or scoring.flexibility_when_missing == "proportional"
    return StylesTrace(
        situations=situations,
        counts=counts,
        deviations=deviations,
        flexibility=30 - sum(deviations.values()) * 20 / answered
        if enough and whole and form.complete
        else None,
        weight_sum=sum(situation.weight or 0 for situation in situations) if enough else None,
    )


def _form(definition: Definition, profile: Profile) -> Form:
    questionnaire = definition.questionnaire
    if (profile.questionnaire_id, profile.questionnaire_version) != (questionnaire.id, questionnaire.version):
        raise ValueError("the profile comes from another questionnaire or version")
    return make_form(questionnaire, profile.perspective, profile.short_form)


def _situation(key: SituationKey, profile: Profile) -> SituationTrace:
    given = profile.given.get(key.id)
    position = given if isinstance(given, int) and given else None
    style = key.actions[position - 1] if position else None
    return SituationTrace(
        id=key.id,
        calls_for=key.calls_for,
        position=position,
        letter=ACTION_LETTERS[position - 1] if position else None,
        style=style,
        weight=key.weights[style] if style else None,
        best_style=key.best_style,
        best_weight=max(key.weights.values()),
        direction=_direction(style, key.best_style) if style else None,
    )


def _direction(style: StyleId, called_for: StyleId) -> Direction:
    """The higher a style's number, the looser it leads."""
    if style == called_for:
        return "fitting"
    return "looser" if style > called_for else "tighter"


def _trace(form: Form, scale: ScaleKey, profile: Profile, quadrants: Quadrants | None) -> ScaleTrace:
    items = tuple(_item(form.items[row], profile) for row in scale.rows)
    keyed = [item.keyed for item in items if item.keyed is not None]
    total, answered = sum(keyed), len(keyed)
    score = total / answered if answered >= max(scale.min_answered, 1) else None
    sem = None if score is None else _sem(scale, profile, answered)
    z = interval_quantile(profile.interval)
    is_axis = quadrants is not None and scale.id in (quadrants.across, quadrants.up)
    return ScaleTrace(
        id=scale.id,
        items=items,
        total=total,
        answered=answered,
        min_answered=scale.min_answered,
        score=score,
        sem=sem,
        interval=profile.interval,
        z=z,
        low=None if score is None or sem is None else score - z * sem.sem,
        high=None if score is None or sem is None else score + z * sem.sem,
        classification=_classification(form, profile, quadrants) if quadrants and is_axis else None,
    )


def _item(item: ItemKey, profile: Profile) -> ItemTrace:
    given = profile.given.get(item.id)
    position = given if isinstance(given, int) else None
    value = item.values[position - 1] if position else None
    return ItemTrace(
        id=item.id,
        position=position,
        answered=value is not None,
        reversed=item.reversed,
        lo=item.lo,
        hi=item.hi,
        value=value,
        keyed=item.lo + item.hi - value if item.reversed and value is not None else value,
    )


def _sem(scale: ScaleKey, profile: Profile, answered: int) -> SemTrace | None:
    precision = profile.record.values.get(scale.id)
    if precision is None:
        return None
    return SemTrace(
        reliability=precision.reliability,
        sd=precision.sd,
        full_length=scale.full_length,
        answered=answered,
        full_sem=full_standard_error(precision),
        sem=standard_error(precision, scale.full_length, answered),
    )


def _classification(form: Form, profile: Profile, quadrants: Quadrants) -> ClassificationTrace | None:
    across, up = (_axis(form, profile, quadrants, axis) for axis in (quadrants.across, quadrants.up))
    if across is None or up is None:
        return None
    p_across = {"high": across.p_high, "low": 1 - across.p_high}
    p_up = {"high": up.p_high, "low": 1 - up.p_high}
    probabilities: dict[LevelId, float] = {
        level_id: p_across[level.across] * p_up[level.up] for level_id, level in quadrants.levels.items()
    }
    return ClassificationTrace(across=across, up=up, probabilities=probabilities)


def _axis(form: Form, profile: Profile, quadrants: Quadrants, scale_id: str) -> AxisTrace | None:
    row = form.scale_row(scale_id)
    if row is None:
        return None
    scale = _trace(form, form.scales[row], profile, None)
    if scale.score is None or scale.sem is None:
        return None
    cut, sem = quadrants.cuts[scale_id], scale.sem.sem
    z = (scale.score - cut) / sem if sem > 0 else None
    certain = 1.0 if scale.score >= cut else 0.0
    return AxisTrace(
        scale=scale_id,
        score=scale.score,
        cut=cut,
        sem=sem,
        z=z,
        p_high=certain if z is None else 0.5 * math.erfc(-z / math.sqrt(2)),
    )
