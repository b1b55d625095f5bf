"""The direct reports of one leader as a group, beside the leader's own answers to the same situations.

No result here is about a single sheet. But a group that agrees in everything shows what each of its members
answered; that lies in the numbers, not in how they are worked out. Whether a group's numbers leave the house
is decided where groups are released, not here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assess.disclosure.thresholds import DEFAULT_GROUP, group_size
from assess.scoring.agreement import Counts, rater_agreement, t_quantile
from assess.scoring.comparison import NotComparable
from assess.scoring.form import Form, SituationKey, make_form
from assess.scoring.precision import Floats, interval_quantile
from assess.scoring.profile import answer_matrix
from assess.scoring.rater_figures import (
    Figures,
    Styles,
    answering_variance,
    chosen_styles,
    figures_of,
    figures_of_sheets,
    level_counts,
)
from assess.scoring.results import Given, Profile
from assess.scoring.situations import STYLES
from assess.scoring.style_posterior import PRIOR
from assess.scoring.style_results import GroupValue, RaterFinding, RaterGroup
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


@dataclass(frozen=True)
class Others:
    """The raters' figures: mean over raters, its half-interval, how many raters have the figure."""

    mean: Floats
    reach: Floats
    raters: Floats


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

    Others: the mean of the raters' figures ± t·√(v / n), on n − 1 degrees of freedom: raters are the units,
    how much they differ is measured by them. v is the variance between raters, but at least that which their
    answering a few situations makes alone (`answering_variance` with the group's shares at each level and
    Jeffreys' prior): raters who happen to answer alike are not therefore right to the last digit.
    Own: the observed figure; its error is that of answering these situations, were each answer drawn from
    shares at its level that lie midway between the leader's and the raters', with the prior (the mean over
    their Dirichlet posterior). The leader's three answers a level alone would not do: the prior would
    outweigh them, and where a leader follows the situation and the raters see just that, zero would lie
    outside the intervals of fit and leading in 13–27 of 100 cases.
    Difference own − others: both errors squared and added (method of variance estimates recovery: Zou &
    Donner 2008, Statistics in Medicine 27). With equal tendencies drawn from the prior (at each level, or one
    for all), 12 situations and 5–20 raters, zero lies inside 89–95 % of 90 % intervals; 87–98 % with
    tendencies drawn closer to even, or fixed and strong. Seven figures are looked at: where there is no
    difference at all, 11–50 of 100 leaders still get a finding on one of them, so a finding is a question for
    the talk.

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
    agreement = rater_agreement(_choices(raters), interval)
    if agreement is None:
        raise TooFewRaters(least)
    return RaterGroup(
        raters=raters.shape[1],
        least=least,
        situations=len(situations),
        values=tuple(_values(figures_of(situations), raters, mine, interval, least)),
        agreement=agreement,
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


def _choices(raters: Styles) -> Counts:
    """How many raters chose each style: situations × styles."""
    return np.stack([(raters == style).sum(axis=1) for style in range(len(STYLES))], axis=1)


# --- figures ---------------------------------------------------------------------------------------


def _others(figures: Figures, raters: Styles, interval: float) -> Others:
    found = figures_of_sheets(figures, raters)
    known = ~np.isnan(found)
    n = known.sum(axis=1)
    mean = np.divide(np.where(known, found, 0).sum(axis=1), n, out=np.full(len(n), np.nan), where=n > 0)
    between = np.where(known, (found - mean[:, np.newaxis]) ** 2, 0).sum(axis=1) / np.maximum(n - 1, 1)
    within = answering_variance(figures, raters, level_counts(figures, raters) + PRIOR)
    least = np.where(known, within, 0).sum(axis=1) / np.maximum(n, 1)
    t = np.array([t_quantile(max(int(count) - 1, 1), interval) for count in n])
    return Others(mean, t * np.sqrt(np.maximum(between, least) / np.maximum(n, 1)), n.astype(np.float64))


def _own_variance(figures: Figures, mine: Styles, raters: Styles) -> Floats:
    """The error variance of the leader's figures, by shares midway between the leader's and the raters'."""
    own, others = level_counts(figures, mine), level_counts(figures, raters)
    judged = others.sum(axis=1, keepdims=True)
    scale = np.divide(own.sum(axis=1, keepdims=True), judged, out=np.zeros_like(judged), where=judged > 0)
    return answering_variance(figures, mine, own + scale * others + PRIOR)[:, 0]


def _values(
    figures: Figures, raters: Styles, mine: Styles | None, interval: float, least: int
) -> Iterator[GroupValue]:
    """A value for each figure that at least `least` raters have."""
    others = _others(figures, raters, interval)
    own = np.full(len(figures.ids), np.nan) if mine is None else figures_of_sheets(figures, mine)[:, 0]
    error = own if mine is None else _own_variance(figures, mine, raters)
    reach = np.sqrt(others.reach**2 + interval_quantile(interval) ** 2 * error)
    for row, figure in enumerate(figures.ids):
        if others.raters[row] < least:
            continue
        known = not np.isnan(own[row])
        difference = float(own[row] - others.mean[row])
        low, high = difference - float(reach[row]), difference + float(reach[row])
        beyond = known and (low > 0 or high < 0)
        yield GroupValue(
            id=figure,
            own=float(own[row]) if known else None,
            others=float(others.mean[row]),
            others_low=float(max(others.mean[row] - others.reach[row], figures.lowest[row])),
            others_high=float(min(others.mean[row] + others.reach[row], figures.highest[row])),
            difference=difference if known else None,
            low=low if known else None,
            high=high if known else None,
            beyond_error=beyond,
            finding=finding_of(figure, difference) if beyond else "none",
        )


def finding_of(figure: str, difference: float) -> RaterFinding:
    """What a difference own − others beyond error means. The others see better in the leader than the leader
    does: a hidden strength; worse: a blind spot. No style is better than another: it is seen more or less."""
    if figure in SIGN_OF_STRENGTH:
        return "hidden-strength" if difference * SIGN_OF_STRENGTH[figure] > 0 else "blind-spot"
    return "more-than-own" if difference < 0 else "less-than-own"
