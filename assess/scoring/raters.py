"""The direct reports of one leader as a group, beside the leader's own answers to the same situations.

No result here is about a single sheet, and of fewer than ten raters none tells how they differ. But a group
that agrees in everything shows roughly what each of its members answered; that lies in the numbers. Whether a
group's numbers leave the house is decided where groups are released, not here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec
import numpy as np

from assess.disclosure.thresholds import DEFAULT_GROUP, DISTRIBUTION_GROUP, group_size
from assess.scoring.agreement import rater_agreement
from assess.scoring.comparison import NotComparable
from assess.scoring.form import Form, SituationKey, make_form
from assess.scoring.precision import interval_quantile
from assess.scoring.profile import answer_matrix
from assess.scoring.rater_errors import measured_errors, modelled_errors
from assess.scoring.rater_figures import Figures, Styles, chosen_styles, figures_of, figures_of_sheets
from assess.scoring.rater_steps import SHARE_STEP, in_steps, published_means, step_of
from assess.scoring.results import Given, Profile
from assess.scoring.situations import STYLES
from assess.scoring.style_results import GroupValue, RaterAgreement, RaterFinding, RaterGroup
from assess.scoring.tally import Answers, BadAnswers
from questionnaires.definition import Definition, PerspectiveId

SIGN_OF_STRENGTH: Mapping[str, int] = {"fit": -1, "over-leading": 1, "under-leading": 1}
"""The sign of own − others where the others see more in the leader than the leader does: more fit, less
over-leading, less under-leading."""


class TooFewRaters(ValueError):
    """Fewer raters answered enough than it takes to show a group. It never tells how many there are."""

    def __init__(self, least: int) -> None:
        super().__init__(f"a group is shown from {least} people who have answered enough; here are fewer")
        self.least = least


def rater_group(
    definition: Definition,
    own: Profile | None,
    sheets: Answers | Sequence[Mapping[str, Given]],
    *,
    perspective: PerspectiveId = "direct-report",
    short_form: str | None = None,
    least: int = DEFAULT_GROUP,
) -> RaterGroup:
    """The figures of a group of raters of one leader, beside the leader's own.

    `sheets`: the raters' answers as mappings from item id to position, or as the item-major uint8 matrix
    (`Form.scored_item_ids` × raters, 0 = missing). A rater with fewer than the form's `min_situations` does
    not count. `own`: the leader's profile from the perspective self; None leaves everything own open, as do
    more unanswered situations than a rater may have. Figures rest on the situations that both were asked.

    What is published of a group is rounded first (`rater_steps.published_means`: one table is, then shares go
    to 0.05 and fit to 0.1), and all else follows from the rounded: the ends of intervals go outwards to the
    next step, the difference own − others and its finding rest on them. The leader's own figures stay exact.

    Under `DISTRIBUTION_GROUP` raters the errors are those of a model and the agreement is None
    (`agreement_reason`): then everything here follows from seven rounded means, the number of raters and
    situations and the leader's own answers (`rater_errors.modelled_errors`), so the intervals tell nothing
    that the means do not. From there on the spread is measured (`rater_errors.measured_errors`).

    Difference: both errors squared and added (method of variance estimates recovery: Zou & Donner 2008,
    Statistics in Medicine 27). With 5–9 raters, 12 situations, six kinds of group tendency, and raters who
    share it or differ in it (intraclass correlation to 0.3, at each level or for all), zero lies inside
    94–100 % of the 90 % intervals of a leader with the group's tendency, in 89 % for the figure that does
    worst. With 12 raters it is 94–99 %, and 86 %. So intervals are careful; a finding,
    on one of seven figures that are looked at, is still a question for the talk.

    Raises `TooFewRaters` under `least`, and where no situation was answered by two; `GroupTooSmall` for a
    `least` that is never allowed; `form.UnknownForm`; `BadAnswers`; `NotComparable` for a profile of another
    version or perspective, and where there are no situations in common.
    """
    group_size(least)
    form = make_form(definition.questionnaire, perspective, short_form)
    matrix = _matrix(definition, form, sheets)[len(form.items) :]
    styles = chosen_styles(form.situations, matrix)
    styles = styles[:, (styles >= 0).sum(axis=0) >= form.min_situations]
    if styles.shape[1] < least:
        raise TooFewRaters(least)
    rows = _common(definition, form, own)
    situations = tuple(form.situations[row] for row in rows)
    raters = styles[rows]
    interval = definition.questionnaire.interval
    mine = _own_styles(form, situations, own)
    if ((raters >= 0).sum(axis=1) < 2).all():
        raise TooFewRaters(least)
    return RaterGroup(
        raters=raters.shape[1],
        least=least,
        situations=len(situations),
        values=tuple(_values(figures_of(situations), raters, mine, interval, least)),
        agreement=_agreement(raters, interval),
        agreement_reason="from-ten" if raters.shape[1] < DISTRIBUTION_GROUP else None,
    )


# --- what is compared ------------------------------------------------------------------------------


def _matrix(definition: Definition, form: Form, sheets: Answers | Sequence[Mapping[str, Given]]) -> Answers:
    if not isinstance(sheets, np.ndarray):
        return answer_matrix(definition.questionnaire, form, sheets)
    rows = len(form.scored_item_ids)
    if sheets.dtype != np.uint8 or sheets.ndim != 2 or sheets.shape[0] != rows:
        raise BadAnswers(f"raters' answers are {rows} rows of uint8, not {sheets.shape} of {sheets.dtype}")
    return sheets


def _common(definition: Definition, form: Form, own: Profile | None) -> list[int]:
    """Rows of the raters' situations that the leader was asked too."""
    asked = {key.id for key in form.situations}
    if own is not None:
        version = definition.questionnaire.id, definition.questionnaire.version
        if (own.questionnaire_id, own.questionnaire_version) != version or own.perspective != "self":
            raise NotComparable("the leader's own profile is not from this version and the perspective self")
        own_form = make_form(definition.questionnaire, own.perspective, own.short_form)
        asked &= {key.id for key in own_form.situations}
    rows = [row for row, key in enumerate(form.situations) if key.id in asked]
    if not rows:
        raise NotComparable(f"{form.questionnaire_id} has no situations to compare by")
    return rows


def _own_styles(form: Form, situations: Sequence[SituationKey], own: Profile | None) -> Styles | None:
    """The leader's choices in these situations, one column; None where too many are missing."""
    if own is None:
        return None
    positions = [own.given.get(key.id) for key in situations]
    matrix = np.array([[position if isinstance(position, int) else 0] for position in positions], np.uint8)
    may_miss = len(form.situations) - form.min_situations
    return chosen_styles(situations, matrix) if (matrix == 0).sum() <= may_miss else None


# --- figures ---------------------------------------------------------------------------------------


def _values(
    figures: Figures, raters: Styles, mine: Styles | None, interval: float, least: int
) -> Iterator[GroupValue]:
    """A value for each figure that at least `least` raters have."""
    found = figures_of_sheets(figures, raters)
    have = (~np.isnan(found)).sum(axis=1)
    mean = published_means(figures, raters)
    own = np.full(len(figures.ids), np.nan) if mine is None else figures_of_sheets(figures, mine)[:, 0]
    if raters.shape[1] < DISTRIBUTION_GROUP:
        errors = modelled_errors(figures, mean, have.astype(np.float64), own, interval)
    else:
        errors = measured_errors(figures, raters, mine, interval)
    reach = np.sqrt(errors.reach**2 + interval_quantile(interval) ** 2 * errors.own)
    for row, figure in enumerate(figures.ids):
        if have[row] < least:
            continue
        step = step_of(figure)
        low, high = _around(float(mean[row]), float(errors.reach[row]), step)
        others = GroupValue(
            id=figure,
            own=None,
            others=float(mean[row]),
            others_low=max(low, float(figures.lowest[row])),
            others_high=min(high, float(figures.highest[row])),
            difference=None,
            low=None,
            high=None,
            beyond_error=False,
            finding="none",
        )
        yield (others if np.isnan(own[row]) else _beside(others, float(own[row]), float(reach[row]), step))


def _beside(others: GroupValue, own: float, reach: float, step: float) -> GroupValue:
    """The figure with the leader's own beside it: whatever is said follows from what is published."""
    difference = own - others.others
    low, high = _around(difference, reach, step)
    beyond = low > 0 or high < 0
    return msgspec.structs.replace(
        others,
        own=own,
        difference=difference,
        low=low,
        high=high,
        beyond_error=beyond,
        finding=finding_of(others.id, difference) if beyond else "none",
    )


def _around(centre: float, reach: float, step: float) -> tuple[float, float]:
    return in_steps(centre - reach, step, "below"), in_steps(centre + reach, step, "above")


def _agreement(raters: Styles, interval: float) -> RaterAgreement | None:
    """In steps of a share; None under `DISTRIBUTION_GROUP`: who chose alike is how the raters differ."""
    choices = np.stack([(raters == style).sum(axis=1) for style in range(len(STYLES))], axis=1)
    found = rater_agreement(choices, interval)
    if found is None or raters.shape[1] < DISTRIBUTION_GROUP:
        return None
    return RaterAgreement(
        pairs=in_steps(found.pairs, SHARE_STEP),
        kappa=None if found.kappa is None else in_steps(found.kappa, SHARE_STEP),
        low=None if found.low is None else in_steps(found.low, SHARE_STEP, "below"),
        high=None if found.high is None else in_steps(found.high, SHARE_STEP, "above"),
    )


def finding_of(figure: str, difference: float) -> RaterFinding:
    """What a difference own − others beyond error means. The others see better in the leader than the leader
    does: a hidden strength; worse: a blind spot. No style is better than another: it is seen more or less."""
    if figure in SIGN_OF_STRENGTH:
        return "hidden-strength" if difference * SIGN_OF_STRENGTH[figure] > 0 else "blind-spot"
    return "more-than-own" if difference < 0 else "less-than-own"
