"""The match: a leader's styles beside the maturity of one employee in one job area."""

from __future__ import annotations

import math
from typing import Any

import msgspec
import numpy as np
import pytest
from example_definitions import choices, everything, leadership, maturity, pulse
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from assess.scoring.comparison import NotComparable, compare
from assess.scoring.match import match, match_each
from assess.scoring.match_arrays import (
    LEANINGS,
    Matches,
    leader_tables,
    leaning_of,
    match_many,
    skewed_interval,
)
from assess.scoring.precision import Floats
from assess.scoring.profile import make_profile
from assess.scoring.results import ClassificationResult, Profile
from assess.scoring.situations import LEVELS, STYLES
from assess.scoring.style_results import LevelRow, Match, MatchView, StylesResult
from questionnaires.definition import ChoiceItem, LevelId, OptionSet, Quadrants, Questionnaire, Situations

WEIGHTS: dict[str, dict[str, int]] = {
    "M1": {"S1": 4, "S2": 3, "S3": 2, "S4": 1},
    "M2": {"S1": 3, "S2": 4, "S3": 2, "S4": 1},
    "M3": {"S1": 1, "S2": 3, "S3": 4, "S4": 2},
    "M4": {"S1": 1, "S2": 2, "S3": 3, "S4": 4},
}
SCORING = msgspec.convert({"kind": "situations", "weights": WEIGHTS, "min_answered": 16}, Situations)
MATURITY = maturity()
QUESTIONNAIRE = MATURITY.questionnaire
WISHED = tuple(ChoiceItem(id=f"wish-s{number}", options="wish", reason="…") for number in (1, 2, 3, 4))


def leader(*counts: tuple[int, int, int, int]) -> StylesResult:
    """A leader with these choices of S1…S4 at M1, M2, M3, M4, and the prior of one half for each."""
    return StylesResult(
        answered=20,
        asked=20,
        min_answered=16,
        table=tuple(
            LevelRow(
                level=level,
                answered=sum(row),
                counts=dict(zip(STYLES, row, strict=True)),
                posterior={style: count + 0.5 for style, count in zip(STYLES, row, strict=True)},
            )
            for level, row in zip(LEVELS, counts, strict=True)
        ),
    )


HELPFUL = leader((2, 3, 0, 0), (0, 5, 0, 0), (0, 2, 3, 0), (0, 0, 4, 1))
FITTING = leader((5, 0, 0, 0), (0, 5, 0, 0), (0, 0, 5, 0), (0, 0, 0, 5))
ALWAYS_S2 = leader(*[(0, 5, 0, 0)] * 4)
ALWAYS_S4 = leader(*[(0, 0, 0, 5)] * 4)


def seen(perspective: str, *probabilities: float, given: dict[str, Any] | None = None) -> Profile:
    """A profile with these probabilities of M1…M4 (none: too few answers for a level)."""
    profile = make_profile(MATURITY, perspective, {})  # type: ignore[arg-type]
    levels: dict[LevelId, float] = dict(zip(LEVELS, probabilities, strict=True)) if probabilities else {}
    best = max(levels, key=lambda level: levels[level], default=None)
    return msgspec.structs.replace(
        profile,
        given=profile.given | (given or {}),
        classification=ClassificationResult(
            name="ability-and-willingness",
            probabilities=levels,
            level=best,
            probability=None if best is None else levels[best],
            borderline=None if best is None else levels[best] < 0.7,
            mixed=(),
            called_for={},
        ),
    )


def with_quadrants(**parts: Any) -> Questionnaire:
    quadrants = QUESTIONNAIRE.classification
    assert quadrants is not None
    return msgspec.structs.replace(QUESTIONNAIRE, classification=msgspec.structs.replace(quadrants, **parts))


def matched(
    style: StylesResult,
    own: Profile | None,
    manager: Profile | None,
    questionnaire: Questionnaire = QUESTIONNAIRE,
) -> Match:
    found = match(style, SCORING, questionnaire, own, manager, 0.9)
    assert found is not None
    return found


def view_of(style: StylesResult, *probabilities: float) -> MatchView:
    (view,) = matched(style, None, seen("manager", *probabilities)).views
    return view


# --- a case by hand --------------------------------------------------------------------------------


def test_a_match_worked_out_by_hand() -> None:
    """The leader chose S1 twice and S2 three times at M1, S2 five times at M2. Each row has the prior ½ four
    times, so its parameters sum to 7. The manager is three quarters sure of M2, one quarter of M1.

    At M1 the means are 2.5/7, 3.5/7, 0.5/7, 0.5/7; weights 4 3 2 1: (10 + 10.5 + 1 + 0.5)/7 = 22/7.
    At M2 they are 0.5/7, 5.5/7, 0.5/7, 0.5/7; weights 3 4 2 1: (1.5 + 22 + 1 + 0.5)/7 = 25/7.
    """
    view = view_of(HELPFUL, 0.25, 0.75, 0, 0)
    assert view.called_for == {"S1": 0.25, "S2": 0.75, "S3": 0, "S4": 0}
    assert (view.level, view.level_probability, view.borderline) == ("M2", 0.75, False)
    assert view.likely == pytest.approx(
        {"S1": (2.5 / 4 + 1.5 / 4) / 7, "S2": (3.5 / 4 + 16.5 / 4) / 7, "S3": 0.5 / 7, "S4": 0.5 / 7}
    )
    assert view.fit == pytest.approx(22 / 7 / 4 + 3 * 25 / 7 / 4)  # 3.464…
    # Looser than called for: S2, S3, S4 at M1 (4.5/7), S3 and S4 at M2 (1/7). Tighter: S1 at M2 (0.5/7).
    assert view.under == pytest.approx(4.5 / 28 + 3 / 28)
    assert view.over == pytest.approx(1.5 / 28)
    assert view.leaning == "fitting"
    # Variances Σ (w − mean)²·m / 8 and third moments 2·Σ (w − mean)³·m / (8·9), in sevenths of a weight:
    # M1 lies 6, −1, −8, −15 from its mean, M2 lies −4, 3, −11, −18 from its.
    m1 = [(6, 2.5), (-1, 3.5), (-8, 0.5), (-15, 0.5)]
    m2 = [(-4, 0.5), (3, 5.5), (-11, 0.5), (-18, 0.5)]
    variances = [sum(a * d**2 for d, a in row) / 7**3 / 8 for row in (m1, m2)]
    thirds = [sum(a * d**3 for d, a in row) / 7**4 / 36 for row in (m1, m2)]
    sd = math.sqrt(variances[0] / 16 + variances[1] * 9 / 16)  # 0.251
    g = (thirds[0] / 64 + thirds[1] * 27 / 64) / sd**3  # −1.09
    low, high = (2 / g * ((1 + g * z / 6 - g**2 / 36) ** 3 - 1) for z in (-1.6448536, 1.6448536))
    assert (view.fit_low, view.fit_high) == pytest.approx((view.fit + sd * low, view.fit + sd * high))
    # Two million draws of both rows: 5 % lie under 2.979, 5 % over 3.777.
    assert (view.fit_low, view.fit_high) == pytest.approx((2.979, 3.777), abs=0.013)


def test_every_number_is_told_by_its_trace() -> None:
    view = view_of(HELPFUL, 0.1, 0.2, 0.3, 0.4)
    assert [part.level for part in view.levels] == ["M1", "M2", "M3", "M4"]
    assert [part.calls_for for part in view.levels] == ["S1", "S2", "S3", "S4"]
    assert [part.weights for part in view.levels] == list(WEIGHTS.values())
    for part in view.levels:
        assert part.fit == pytest.approx(math.fsum(part.likely[s] * part.weights[s] for s in STYLES))
        tighter = [style for style in STYLES if style < part.calls_for]
        looser = [style for style in STYLES if style > part.calls_for]
        assert part.over == pytest.approx(math.fsum(part.likely[style] for style in tighter))
        assert part.under == pytest.approx(math.fsum(part.likely[style] for style in looser))
    for name in ("fit", "under", "over"):
        total = math.fsum(part.probability * getattr(part, name) for part in view.levels)
        assert getattr(view, name) == pytest.approx(total)
    for style in STYLES:
        assert view.likely[style] == pytest.approx(
            math.fsum(part.probability * part.likely[style] for part in view.levels)
        )
    mean = np.array([view.fit])
    spread = [(part.probability * part.fit_sd, part.fit_skewness) for part in view.levels]
    variance = np.array([math.fsum(sd**2 for sd, _ in spread)])
    third = np.array([math.fsum(skewness * sd**3 for sd, skewness in spread)])
    low, high = skewed_interval(mean, variance, third, np.array([1.0]), np.array([4.0]), 0.9)
    assert (view.fit_low, view.fit_high) == pytest.approx((low[0], high[0]))


def test_a_match_from_the_answers_of_all_three() -> None:
    """The leader answers 20 situations, S2 but for S1 twice at M1; employee and manager 32 items each."""
    led = leadership()
    styles = make_profile(led, "self", choices("1222" * 2 + "2222" * 3)).styles
    scoring = led.questionnaire.scoring
    assert styles is not None
    assert isinstance(scoring, Situations)
    own, manager = (make_profile(MATURITY, who, everything(2)) for who in ("self", "manager"))
    found = match(styles, scoring, QUESTIONNAIRE, own, manager, 0.9)
    assert found is not None
    assert manager.classification is not None
    assert found.views[0].level == "M1"
    assert found.views[0].levels[0].likely == pytest.approx(
        {"S1": 2.5 / 7, "S2": 3.5 / 7, "S3": 0.5 / 7, "S4": 0.5 / 7}
    )
    assert found.views[0].levels[0].probability == manager.classification.probabilities["M1"]
    assert (found.views[0].leaning, found.advice_level) == ("under-leading", "M1")


# --- leaning ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("style", "probabilities", "leaning"),
    [
        (ALWAYS_S4, (1, 0, 0, 0), "under-leading"),
        (leader(*[(5, 0, 0, 0)] * 4), (0, 0, 0, 1), "over-leading"),
        (FITTING, (0, 0, 1, 0), "fitting"),
        # Always S2 where M1 and M3 are as probable: .46 too loose, .39 too tight, .14 as called for.
        (ALWAYS_S2, (0.45, 0.1, 0.45, 0.0), "under-leading"),
    ],
)
def test_a_leaning_is_named_by_the_two_risks(
    style: StylesResult, probabilities: tuple[float, ...], leaning: str
) -> None:
    view = view_of(style, *probabilities)
    assert view.leaning == leaning


@pytest.mark.parametrize(
    ("over", "under", "leaning"),
    [
        (0.50, 0.00, "over-leading"),  # a risk of one half beside a fit of one half
        (0.40, 0.00, "over-leading"),
        (0.40, 0.39, "over-leading"),
        (0.00, 0.40, "under-leading"),
        (0.41, 0.42, "under-leading"),
        (0.39, 0.00, "fitting"),
        (0.25, 0.25, "fitting"),
        (0.39, 0.12, "open"),
        (0.40, 0.40, "open"),
        (0.5 + 1e-12, 0.5, "open"),
        (2.8 / 7 - 1e-16, 0.1, "over-leading"),
        (0.3, 0.2 + 1e-16, "fitting"),
    ],
)
def test_a_risk_of_two_fifths_comes_before_a_fit_of_one_half(over: float, under: float, leaning: str) -> None:
    found = leaning_of(np.array([over]), np.array([under]))
    assert LEANINGS[found[0]] == leaning


def test_a_level_says_what_the_leader_comes_to_there() -> None:
    """Always S4: too loose but at M4, where the posterior has 5.5 of 7 for S4."""
    view = view_of(ALWAYS_S4, 0.25, 0.25, 0.25, 0.25)
    assert [level.leaning for level in view.levels] == [*["under-leading"] * 3, "fitting"]


def test_a_risk_of_one_half_is_named_also_where_the_rest_fits() -> None:
    tables = leader_tables(np.full((1, 4, 4), 1.0), SCORING, _quadrants())
    one = np.array([[0.0], [1.0], [0.0], [0.0]])
    found = match_many(tables, np.zeros(1, np.intp), one, one, agreement_from=0.5, interval=0.9)
    assert (found.own.under[0], found.own.over[0]) == (0.5, 0.25)
    assert LEANINGS[found.own.leaning[0]] == "under-leading"
    half = np.array([[0.5], [0.0], [0.0], [0.5]])
    sure = np.full((1, 4, 4), 1e-12)
    sure[:, :, 0] = 1e12
    found = match_many(
        leader_tables(sure, SCORING, _quadrants()), np.zeros(1, np.intp), half, half,
        agreement_from=0.5, interval=0.9,
    )  # fmt: skip
    assert (found.own.over[0], found.own.under[0]) == (0.5, pytest.approx(0))
    assert LEANINGS[found.own.leaning[0]] == "over-leading"


# --- two views, advice, wishes ---------------------------------------------------------------------


def test_the_managers_view_comes_first_and_neither_changes_the_other() -> None:
    own, manager = seen("self", 0, 0, 0.2, 0.8), seen("manager", 0.6, 0.4, 0, 0)
    both = matched(HELPFUL, own, manager)
    assert [view.perspective for view in both.views] == ["manager", "self"]
    assert both.views[0] == matched(HELPFUL, None, manager).views[0]
    assert both.views[1] == matched(HELPFUL, own, None).views[0]


def test_advice_where_both_probably_mean_the_same_level() -> None:
    own, manager = seen("self", 0, 0.1, 0.7, 0.2), seen("manager", 0, 0.05, 0.75, 0.2)
    found = matched(HELPFUL, own, manager)
    assert found.agreement == pytest.approx(0.005 + 0.525 + 0.04)
    assert (found.advice_allowed, found.advice_level) == (True, "M3")


def test_the_level_of_the_advice_is_that_of_the_largest_product() -> None:
    """The employee says M2 first, the manager M3, and both have M3 in mind most."""
    own, manager = seen("self", 0, 0.45, 0.4, 0.15), seen("manager", 0, 0.1, 0.85, 0.05)
    found = matched(HELPFUL, own, manager, with_quadrants(agreement_from=0.35))
    assert found.agreement == pytest.approx(0.045 + 0.34 + 0.0075)
    assert (found.advice_allowed, found.advice_level) == (True, "M3")


def test_no_advice_where_they_do_not_agree_enough() -> None:
    found = matched(HELPFUL, seen("self", 0, 0.1, 0.6, 0.3), seen("manager", 0, 0.1, 0.6, 0.3))
    assert found.agreement == pytest.approx(0.46)
    assert (found.advice_allowed, found.advice_level) == (False, None)


def test_the_limit_itself_is_enough() -> None:
    half = (0.5, 0.5, 0.0, 0.0)
    found = matched(HELPFUL, seen("self", *half), seen("manager", *half))
    assert (found.agreement, found.advice_allowed, found.advice_level) == (0.5, True, "M1")


def test_one_view_alone_never_gives_advice() -> None:
    for own, manager in (
        (seen("self", 0, 0, 0, 1), None),
        (None, seen("manager", 0, 0, 0, 1)),
        (seen("self"), seen("manager", 0, 0, 0, 1)),
    ):
        found = matched(FITTING, own, manager)
        assert len(found.views) == 1
        assert (found.agreement, found.advice_allowed, found.advice_level) == (None, False, None)


def test_agreement_is_that_of_the_comparison() -> None:
    answers = {item.id: 2 + number % 3 for number, item in enumerate(QUESTIONNAIRE.items[:32])}
    own, manager = make_profile(MATURITY, "self", answers), make_profile(MATURITY, "manager", answers)
    compared, found = compare(MATURITY, own, manager), matched(HELPFUL, own, manager)
    assert found.agreement == pytest.approx(compared.agreement)
    assert found.advice_allowed is compared.advice_allowed


def test_wishes_are_the_employees_own_and_only_those_expressed() -> None:
    questionnaire = with_quadrants(wishes={f"S{n}": f"wish-s{n}" for n in (4, 3, 2, 1)})
    own = seen("self", 0, 0, 0, 1, given={"wish-s1": 1, "wish-s2": 3, "wish-s3": 0, "wish-s4": None})
    manager = seen("manager", 0, 0, 0, 1, given={"wish-s1": 3, "wish-s4": 3})
    assert matched(FITTING, own, manager, questionnaire).wishes == {"S1": "less", "S2": "more"}
    assert matched(FITTING, None, manager, questionnaire).wishes == {}
    tired = seen("self", given={"wish-s3": 2})
    assert matched(FITTING, tired, manager, questionnaire).wishes == {"S3": "as-now"}


def test_wishes_come_from_the_answers_to_a_real_sheet() -> None:
    wished = maturity(
        items=(*QUESTIONNAIRE.items, *WISHED),
        options=QUESTIONNAIRE.options | {"wish": OptionSet(choices=("less", "as now", "more"))},
        classification=msgspec.structs.replace(_quadrants(), wishes={"S1": "wish-s1", "S4": "wish-s4"}),
    )
    answers = {item.id: 4 for item in QUESTIONNAIRE.items[:32]} | {"wish-s1": 1, "wish-s4": 3}
    own = make_profile(wished, "self", answers)
    found = match(FITTING, SCORING, wished.questionnaire, own, None, 0.9)
    assert found is not None
    assert found.wishes == {"S1": "less", "S4": "more"}


# --- where there is no match -----------------------------------------------------------------------


def test_many_at_once_are_each_the_same_as_alone() -> None:
    style = leader((5, 1, 0, 0), (2, 3, 1, 0), (1, 1, 4, 0), (0, 1, 2, 3))
    pairs = [
        (seen("self", 0.1, 0.2, 0.3, 0.4), seen("manager", 0.7, 0.1, 0.1, 0.1)),
        (None, seen("manager", 0.0, 0.5, 0.5, 0.0)),
        (None, None),
        (seen("self", 0.9, 0.1, 0.0, 0.0), seen("manager", 0.8, 0.2, 0.0, 0.0)),
    ]
    found = match_each(style, SCORING, QUESTIONNAIRE, pairs, 0.90)
    assert found == tuple(match(style, SCORING, QUESTIONNAIRE, *pair, 0.90) for pair in pairs)
    assert [one is None for one in found] == [False, False, True, False]
    assert match_each(style, SCORING, QUESTIONNAIRE, [], 0.90) == ()


def test_without_any_level_there_is_no_match() -> None:
    assert match(FITTING, SCORING, QUESTIONNAIRE, None, None, 0.9) is None
    assert match(FITTING, SCORING, QUESTIONNAIRE, seen("self"), seen("manager"), 0.9) is None


def test_a_style_result_below_its_minimum_has_no_match() -> None:
    few = StylesResult(answered=9, asked=20, min_answered=16)
    assert match(few, SCORING, QUESTIONNAIRE, None, seen("manager", 0, 0, 0, 1), 0.9) is None


def test_profiles_that_do_not_belong_there_are_refused() -> None:
    own, manager = seen("self", 0, 0, 0, 1), seen("manager", 0, 0, 0, 1)
    other = pulse().questionnaire
    newer = msgspec.structs.replace(manager, content_hash="another")
    with pytest.raises(NotComparable, match="by pulse"):
        match(FITTING, SCORING, other, own, None, 0.9)
    with pytest.raises(NotComparable, match="different versions"):
        match(FITTING, SCORING, QUESTIONNAIRE, own, newer, 0.9)
    with pytest.raises(NotComparable, match="stands where"):
        match(FITTING, SCORING, QUESTIONNAIRE, manager, own, 0.9)


def test_a_match_goes_to_json_and_back() -> None:
    found = matched(HELPFUL, seen("self", 0, 0.1, 0.7, 0.2), seen("manager", 0, 0, 0.8, 0.2))
    assert msgspec.json.decode(msgspec.json.encode(found), type=Match) == found


# --- another school --------------------------------------------------------------------------------


def test_the_style_called_for_is_the_files() -> None:
    """A school in which M1 needs coaching too: S1 there is tighter than called for."""
    levels = _quadrants().levels
    taught = with_quadrants(levels=levels | {"M1": msgspec.structs.replace(levels["M1"], calls_for="S2")})
    (view,) = matched(FITTING, None, seen("manager", 0.5, 0.5, 0, 0), taught).views
    assert view.called_for == {"S2": 1.0, "S3": 0, "S4": 0}
    assert (view.levels[0].calls_for, view.levels[0].over) == ("S2", pytest.approx(5.5 / 7))
    assert view.over == pytest.approx(0.5 * 5.5 / 7 + 0.5 * 0.5 / 7)  # .43
    assert view.leaning == "over-leading"


# --- many at once ----------------------------------------------------------------------------------


def _quadrants() -> Quadrants:
    quadrants = QUESTIONNAIRE.classification
    assert quadrants is not None
    return quadrants


def crowd(rng: np.random.Generator, leaders: int, areas: int) -> tuple[Floats, Any, Floats, Floats]:
    posterior = rng.multinomial(5, np.full(4, 0.25), (leaders, 4)) + 0.5
    own, manager = rng.dirichlet(np.full(4, 0.5), (2, areas)).transpose(0, 2, 1)
    return posterior, rng.integers(0, leaders, areas), own, manager


def test_a_match_alone_is_the_same_match_in_a_crowd() -> None:
    posterior, leader_of, own, manager = crowd(np.random.default_rng(4), 7, 50)
    own[:, 3] = np.nan
    found = match_many(
        leader_tables(posterior, SCORING, _quadrants()), leader_of, own, manager,
        agreement_from=0.5, interval=0.9,
    )  # fmt: skip
    for area in range(50):
        style = leader(*[tuple(int(n) for n in row - 0.5) for row in posterior[leader_of[area]]])  # type: ignore[misc]
        mine = None if area == 3 else seen("self", *own[:, area].tolist())
        alone = matched(style, mine, seen("manager", *manager[:, area].tolist()))
        view = alone.views[0]
        assert found.manager.fit[area] == pytest.approx(view.fit, rel=1e-12)
        assert found.manager.fit_low[area] == pytest.approx(view.fit_low, rel=1e-5)
        assert found.manager.likely[:, area].tolist() == pytest.approx(list(view.likely.values()))
        assert found.manager.called_for[:, area].tolist() == pytest.approx(list(view.called_for.values()))
        assert bool(found.advice_level[area] >= 0) is alone.advice_allowed
        assert ("over-leading", "under-leading", "fitting", "open")[
            found.manager.leaning[area]
        ] == view.leaning
    assert np.isnan(found.own.fit[3])
    assert (found.own.leaning[3], found.advice_level[3]) == (-1, -1)
    assert np.isnan(found.agreement[3])


@given(st.integers(0, 2**32 - 1))
def test_shares_are_shares_and_the_fit_lies_within_its_interval(seed: int) -> None:
    posterior, leader_of, own, manager = crowd(np.random.default_rng(seed), 3, 20)
    found = match_many(
        leader_tables(posterior, SCORING, _quadrants()), leader_of, own, manager,
        agreement_from=0.5, interval=0.9,
    )  # fmt: skip
    for view in (found.own, found.manager):
        assert np.allclose(view.likely.sum(axis=0), 1)
        assert np.allclose(view.called_for.sum(axis=0), 1)
        assert np.all((view.under >= 0) & (view.over >= 0) & (view.under + view.over <= 1 + 1e-12))
        assert np.all((view.fit_low >= 1) & (view.fit_low < view.fit))
        assert np.all((view.fit < view.fit_high) & (view.fit_high <= 4))


@given(arrays_of.arrays(np.float64, (4, 6), elements=st.floats(0.01, 1)))
def test_exchanging_the_two_views_exchanges_the_two_results(raw: Floats) -> None:
    levels = raw / raw.sum(axis=0)
    tables = leader_tables(np.arange(16.0).reshape(1, 4, 4) + 0.5, SCORING, _quadrants())

    def both(own: Floats, manager: Floats) -> Matches:
        leader_of = np.zeros(3, np.intp)
        return match_many(tables, leader_of, own, manager, agreement_from=0.5, interval=0.9)

    one, other = both(levels[:, :3], levels[:, 3:]), both(levels[:, 3:], levels[:, :3])
    assert np.array_equal(one.own.fit, other.manager.fit)
    assert np.array_equal(one.agreement, other.agreement)
    assert np.array_equal(one.advice_level, other.advice_level)


def test_arrays_that_do_not_go_together_are_refused() -> None:
    tables = leader_tables(np.ones((1, 4, 4)), SCORING, _quadrants())
    with pytest.raises(ValueError, match="do not go with 3 leaders"):
        match_many(
            tables, np.zeros(3, np.intp), np.ones((4, 2)), np.ones((4, 3)), agreement_from=0.5, interval=0.9
        )
    with pytest.raises(ValueError, match="leaders × 4 × 4"):
        leader_tables(np.ones((4, 4)), SCORING, _quadrants())


# --- how far the interval can be trusted -----------------------------------------------------------


@pytest.mark.parametrize("kind", ["sure", "between two", "any"])
def test_intervals_of_the_fit_hold_nine_of_ten_leaders_drawn_from_the_prior(kind: str) -> None:
    """Tendencies drawn from the prior, five answers at each level drawn from them; the true expected weight
    lies within the 90 % interval for 88–92 % of 10,000 leaders (standard error 0.3 %)."""
    rng = np.random.default_rng(11)
    people = 10_000
    tendency = rng.dirichlet(np.full(4, 0.5), (people, 4))
    counts = rng.multinomial(5, tendency)
    first = rng.integers(0, 4, people)
    share = {"sure": np.ones(people), "between two": rng.uniform(0.5, 0.9, people)}.get(kind)
    levels = rng.dirichlet(np.ones(4), people)
    if share is not None:
        levels = np.eye(4)[first] * share[:, None] + np.eye(4)[(first + 1) % 4] * (1 - share)[:, None]
    weights = np.array([list(row.values()) for row in WEIGHTS.values()])
    true = np.einsum("nl,nls,ls->n", levels, tendency, weights)
    view = match_many(
        leader_tables(counts + 0.5, SCORING, _quadrants()),
        np.arange(people),
        levels.T,
        levels.T,
        agreement_from=0.5,
        interval=0.9,
    ).own
    assert 0.88 <= np.mean((view.fit_low <= true) & (true <= view.fit_high)) <= 0.92


def test_the_interval_holds_the_tails_of_the_sum_for_every_row_of_five() -> None:
    rng = np.random.default_rng(12)
    rows = np.array(
        [[a, b, c, 5 - a - b - c] for a in range(6) for b in range(6 - a) for c in range(6 - a - b)]
    )
    assert len(rows) == 56
    tables = leader_tables(np.repeat(rows[:, np.newaxis] + 0.5, 4, axis=1), SCORING, _quadrants())
    sure = np.zeros((4, 56))
    sure[0] = 1
    view = match_many(tables, np.arange(56), sure, sure, agreement_from=0.5, interval=0.9).own
    for row, low, high in zip(rows, view.fit_low, view.fit_high, strict=True):
        fits = rng.dirichlet(row + 0.5, 20_000) @ [4, 3, 2, 1]
        assert 0.02 <= np.mean(fits < low) <= 0.065
        assert 0.02 <= np.mean(fits > high) <= 0.065


def test_an_interval_leans_as_the_quantity_does() -> None:
    """A gamma distribution of shape 4 has mean 4, variance 4, third moment 8; 5 % and 95 %: 1.366, 7.754
    (half of a chi-squared with 8 degrees of freedom: 2.733, 15.507)."""
    four = np.array([4.0])
    low, high = skewed_interval(four, four, np.array([8.0]), np.zeros(1), np.array([99.0]), 0.9)
    assert (low[0], high[0]) == pytest.approx((1.3664, 7.7537), abs=0.02)
    mirrored = skewed_interval(-four, four, np.array([-8.0]), np.array([-99.0]), np.zeros(1), 0.9)
    assert mirrored == (pytest.approx(-high), pytest.approx(-low))


def test_without_a_lean_the_interval_is_the_normal_one_and_without_variance_the_number() -> None:
    three, none, range_of = np.array([3.0]), np.zeros(1), (np.zeros(1), np.array([9.0]))
    low, high = skewed_interval(three, three, none, *range_of, 0.95)
    assert (low[0], high[0]) == pytest.approx((max(3 - 1.959964 * 3**0.5, 0), 3 + 1.959964 * 3**0.5))
    assert skewed_interval(three, none, none, *range_of, 0.9) == (three, three)
