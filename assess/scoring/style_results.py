"""What situational scoring hands over: one leader's styles, the match with an employee, a group of raters.

Counts are of answered situations, shares and probabilities 0–1, weights those of the file. `None` means
"not known". Intervals are equal-tailed at the questionnaire's level. Nothing is rounded here but the figures
of a group of raters.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from assess.scoring.result import Result
from questionnaires.definition import LevelId, PatternId, PerspectiveId, StyleId

StyleRank: TypeAlias = Literal["primary", "secondary", "developing"]
LeadingId: TypeAlias = Literal["over-leading", "under-leading"]
Direction: TypeAlias = Literal["looser", "fitting", "tighter"]
Wish: TypeAlias = Literal["less", "as-now", "more"]
Leaning: TypeAlias = Literal["over-leading", "under-leading", "fitting", "open"]
AgreementReason: TypeAlias = Literal["from-ten"]
RaterFinding: TypeAlias = Literal["hidden-strength", "blind-spot", "more-than-own", "less-than-own", "none"]


# --- one leader ------------------------------------------------------------------------------------


class StyleUse(Result, frozen=True):
    """One style among a leader's choices.

    `share` = count / answered; `low`, `high` bound the true share (marginal of the Dirichlet posterior, with
    the end 0 where the count is 0 and 1 where every choice is this style); `most_used` is the posterior
    probability that no other style has a larger true share.
    """

    style: StyleId
    count: int
    share: float
    low: float
    high: float
    most_used: float
    rank: StyleRank


class LevelRow(Result, frozen=True):
    """One row of the table of styles against what was called for.

    `posterior` holds the Dirichlet parameters (count + prior) of the styles used at this level: their mean
    is parameter / sum.
    """

    level: LevelId
    answered: int
    counts: dict[StyleId, int]
    posterior: dict[StyleId, float]


class Benchmark(Result, frozen=True):
    """A distribution that a number is compared with: what chance, or the same choices blindly, would give.

    `at_least` is the probability of the observed number or a higher one.
    """

    mean: float
    sd: float
    at_least: float


class Flexibility(Result, frozen=True):
    """How evenly the four styles are used: 0 (one style throughout) to 30 (all alike).

    `chance`: choosing each action with probability 1/4. `rescaled` says that situations are missing and the
    score was brought to the full range as the file says.
    """

    score: float
    chance: Benchmark
    rescaled: bool


class Effectiveness(Result, frozen=True):
    """The sum of weights over the answered situations; `lowest` and `highest` bound what they allow.

    `chance`: each action with probability 1/4. `blind`: the leader's own choices of style, shuffled over the
    situations in every possible way (exact).
    """

    score: int
    lowest: int
    highest: int
    chance: Benchmark
    blind: Benchmark


class LeadingIndex(Result, frozen=True):
    """Choices tighter (over-leading) or looser (under-leading) than called for.

    `count` of the `possible` answered situations in which a style that is tighter (looser) exists; `share`
    is their ratio, `low` and `high` bound the tendency, each situation weighing alike
    (`style_posterior.leading_interval`). All three are None where there is no such situation. Called for is
    the style of the highest weight in the situation's own row.
    """

    id: LeadingId
    count: int
    possible: int
    share: float | None
    low: float | None
    high: float | None


class StylesResult(Result, frozen=True):
    """The leadership style of one answer sheet.

    Below `min_answered` everything after it is empty or None. `primary` holds the most used style, all of
    them in the order S1…S4 where several are used equally often. `table` has one row for each level.
    `flexibility` and `effectiveness` are None for a form that does not ask every situation; `fit`, the
    mean weight of the answered situations (as 1–4), is given for every form. `over_outweighs` is the
    posterior probability that the leader tends more to over- than to under-leading. `pattern` needs
    flexibility and effectiveness.
    """

    answered: int
    asked: int
    min_answered: int
    uses: tuple[StyleUse, ...] = ()
    primary: tuple[StyleId, ...] = ()
    table: tuple[LevelRow, ...] = ()
    flexibility: Flexibility | None = None
    effectiveness: Effectiveness | None = None
    fit: float | None = None
    leading: tuple[LeadingIndex, ...] = ()
    over_outweighs: float | None = None
    pattern: PatternId | None = None


class SituationTrace(Result, frozen=True):
    """One situation on its way into the scores. Not answered: all after `calls_for` is None.

    `style` is that of the chosen action, `weight` what it counts, `best_style` the one with the highest
    weight `best_weight` in this situation.
    """

    id: str
    calls_for: LevelId
    position: int | None
    letter: str | None
    style: StyleId | None
    weight: int | None
    best_style: StyleId
    best_weight: int
    direction: Direction | None


class StylesTrace(Result, frozen=True):
    """Everything a person needs to compute the scores again by hand.

    `deviations`: |count − answered / 4| of each style; flexibility = 30 − Σ deviations · 20 / answered.
    `weight_sum` is the effectiveness where the form asks every situation; over the number answered it is
    the fit. None where the profile has no score.
    """

    situations: tuple[SituationTrace, ...]
    counts: dict[StyleId, int]
    deviations: dict[StyleId, float]
    flexibility: float | None
    weight_sum: int | None


# --- the match -------------------------------------------------------------------------------------


class MatchLevel(Result, frozen=True):
    """What one level adds to a match: the trace.

    `probability` is that of the level, `likely` the leader's style there (posterior mean of the row),
    `fit` = Σ likely·weight with its standard deviation `fit_sd` and `fit_skewness` (the leader's own
    uncertainty), `under` and `over` the probability of a looser or tighter style than the level `calls_for`,
    and `leaning` what these come to (`match_arrays.leaning_of`).
    Each number of the view is Σ probability·number; its fit has the variance Σ (probability·fit_sd)² and the
    third moment Σ fit_skewness·(probability·fit_sd)³.
    """

    level: LevelId
    probability: float
    calls_for: StyleId
    likely: dict[StyleId, float]
    weights: dict[StyleId, int]
    fit: float
    fit_sd: float
    fit_skewness: float
    under: float
    over: float
    leaning: Leaning


class MatchView(Result, frozen=True):
    """The match as one perspective on the employee sees it.

    `called_for` and `likely` sum to 1; `fit` is the expected weight (with `fit_low`, `fit_high`: the leader's
    own uncertainty), `under` and `over` the risk of leading too loosely and holding too tight. `leaning` is
    what these risks come to (`match_arrays.leaning_of`).
    """

    perspective: PerspectiveId
    called_for: dict[StyleId, float]
    level: LevelId
    level_probability: float
    borderline: bool
    likely: dict[StyleId, float]
    fit: float
    fit_low: float
    fit_high: float
    under: float
    over: float
    leaning: Leaning
    levels: tuple[MatchLevel, ...]


class Match(Result, frozen=True):
    """A leader's styles beside the maturity of one employee in one job area.

    `views` holds the manager's first, then the employee's own, as far as each has a level; they are never
    averaged. `wishes` are the employee's own. `agreement` = Σ p_self·p_manager; where it reaches the
    questionnaire's limit, `advice_level` is the level that both most probably mean (largest product), and
    advice may be given for it; else there is a question for the talk.
    """

    views: tuple[MatchView, ...]
    wishes: dict[StyleId, Wish]
    agreement: float | None
    advice_allowed: bool
    advice_level: LevelId | None


# --- a group of raters -----------------------------------------------------------------------------


class GroupValue(Result, frozen=True):
    """One figure of the raters beside the leader's own, over the situations that both were asked.

    `id` is a style (its share), an index (its share of the situations where it is possible), or "fit" (the
    mean weight). `others` is the mean over raters in steps (shares 0.05, fit 0.1), all ends of intervals too;
    `own` is exact. `difference` = own − others as given here; `beyond_error` says that its interval excludes
    zero. Only then is there a finding. Fit and the
    indices: "hidden-strength" where the others see better in the leader (more fit, less over- or
    under-leading) than the leader does, else "blind-spot". Styles: the others see it "more-than-own" or
    "less-than-own". How all of it is worked out stands with `raters.rater_group`.
    """

    id: str
    own: float | None
    others: float
    others_low: float
    others_high: float
    difference: float | None
    low: float | None
    high: float | None
    beyond_error: bool
    finding: RaterFinding


class RaterAgreement(Result, frozen=True):
    """How far the raters choose alike: the mean share of agreeing pairs over the situations, and Fleiss'
    kappa with its interval. `kappa` is None where it is not defined (no variation at all), `low` and `high`
    also where raters agree so fully that its error cannot be told. In a `RaterGroup` all in steps of 0.05."""

    pairs: float
    kappa: float | None
    low: float | None
    high: float | None


class RaterGroup(Result, frozen=True):
    """The direct reports of one leader as a group of at least `least`. `raters` counts those who answered
    enough, `situations` those that the figures rest on. A figure that fewer than `least` raters have is not
    among the `values`. `agreement` is None, with `agreement_reason`, for fewer than ten raters: it tells how
    they differ."""

    raters: int
    least: int
    situations: int
    values: tuple[GroupValue, ...]
    agreement: RaterAgreement | None
    agreement_reason: AgreementReason | None = None
