"""The direct reports of one leader as a group, beside the leader's own answers."""

from __future__ import annotations

import math
from typing import Any

import msgspec
import numpy as np
import pytest
from example_definitions import choices, leadership, maturity
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assess.disclosure.thresholds import GroupTooSmall
from assess.scoring.comparison import NotComparable
from assess.scoring.form import UnknownForm, make_form
from assess.scoring.profile import make_profile
from assess.scoring.raters import TooFewRaters, finding_of, rater_group
from assess.scoring.results import Profile
from assess.scoring.style_results import GroupValue, RaterGroup
from assess.scoring.tally import Answers, BadAnswers
from questionnaires.definition import Perspective, SituationItem, WeightOverride

LEADERSHIP = leadership()
"""Situations call for M1, M2, M3, M4, M1 …; direct reports are asked the first 12 and answer at least 10."""

FITTING = "1234" * 3


def own(styles: str) -> Profile:
    """The leader's profile with these styles in the 20 situations; what is left out is not answered."""
    return make_profile(LEADERSHIP, "self", choices(styles))


def group(mine: str | None, *sheets: str, **parts: Any) -> RaterGroup:
    return rater_group(LEADERSHIP, mine if mine is None else own(mine), [choices(s) for s in sheets], **parts)


def value(found: RaterGroup, figure: str) -> GroupValue:
    return next(value for value in found.values if value.id == figure)


# --- figures by hand -------------------------------------------------------------------------------


def test_the_figures_of_a_group_worked_out_by_hand() -> None:
    """Three reports see the style called for everywhere, two S2 everywhere; the leader says S1 everywhere.

    S2 throughout: a share of 1 for S2; tighter than called for at M3 and M4, 6 of the 9 situations where
    something tighter exists; looser at M1, 3 of 9; weights 3 4 3 2, mean 3.
    """
    found = group("1" * 20, FITTING, FITTING, FITTING, "2" * 12, "2" * 12)
    assert (found.raters, found.least, found.situations) == (5, 5, 12)
    assert [one.id for one in found.values] == [
        "S1",
        "S2",
        "S3",
        "S4",
        "over-leading",
        "under-leading",
        "fit",
    ]
    others = {one.id: one.others for one in found.values}
    assert others == pytest.approx(
        {
            "S1": 3 / 5 / 4,
            "S2": (3 / 4 + 2) / 5,
            "S3": 3 / 5 / 4,
            "S4": 3 / 5 / 4,
            "over-leading": 2 / 5 * 6 / 9,
            "under-leading": 2 / 5 * 3 / 9,
            "fit": (3 * 4 + 2 * 3) / 5,
        }
    )
    # S1 throughout: over-leading wherever possible; weights 4 3 1 1, mean 9/4.
    assert {one.id: one.own for one in found.values} == pytest.approx(
        {"S1": 1, "S2": 0, "S3": 0, "S4": 0, "over-leading": 1, "under-leading": 0, "fit": 9 / 4}
    )
    for one in found.values:
        assert one.own is not None
        assert one.difference == pytest.approx(one.own - one.others)


def test_the_interval_of_the_others_measures_how_raters_differ() -> None:
    """Fit of five raters: 4 4 4 3 3. Mean 3.6, variance 0.3; t with 4 degrees of freedom 2.132 (table)."""
    fit = value(group(None, FITTING, FITTING, FITTING, "2" * 12, "2" * 12), "fit")
    reach = 2.13185 * math.sqrt(0.3 / 5)
    assert (fit.others_low, fit.others_high) == pytest.approx((3.6 - reach, min(3.6 + reach, 4)), rel=1e-5)


def test_raters_of_one_mind_still_have_an_interval() -> None:
    """Five times S2 in all 12 situations. At each level 15 choices of S2 and the prior ½ four times: shares
    15.5/17 and 0.5/17, so one answer varies by 15.5·1.5/17² · 17/18, a share of 12 by a twelfth of that."""
    share = value(group(None, *["2" * 12] * 5), "S2")
    variance = 15.5 * 1.5 / 17**2 * 17 / 18 / 12
    assert share.others == 1
    assert share.others_low == pytest.approx(1 - 2.13185 * math.sqrt(variance / 5), rel=1e-5)
    assert share.others_high == 1


def test_the_difference_has_the_errors_of_both_sides() -> None:
    """The leader says S1 in all 12, the five raters S2. Midway between them at each level: S1 and S2 three
    times each, the prior ½ four times; one answer's S2 varies by 3.5·4.5/8² · 8/9."""
    share = value(group("1" * 12, *["2" * 12] * 5), "S2")
    others = 2.13185**2 * (15.5 * 1.5 / 17**2 * 17 / 18 / 12) / 5
    mine = 1.644854**2 * (3.5 * 4.5 / 64 * 8 / 9 / 12)
    assert share.difference == -1
    assert (share.low, share.high) == pytest.approx(
        (-1 - math.sqrt(others + mine), -1 + math.sqrt(others + mine)), rel=1e-5
    )
    assert (share.beyond_error, share.finding) == (True, "more-than-own")


def test_an_own_row_of_weights_counts_in_the_fit() -> None:
    first = LEADERSHIP.questionnaire.items[0]
    assert isinstance(first, SituationItem)
    row = WeightOverride(weights={"S1": 1, "S2": 10, "S3": 2, "S4": 3}, reason="…")
    changed = leadership(
        items=(msgspec.structs.replace(first, override=row), *LEADERSHIP.questionnaire.items[1:])
    )
    found = rater_group(changed, None, [choices("2" * 12)] * 5)
    assert value(found, "fit").others == pytest.approx((12 * 3 - 3 + 10) / 12)
    # S2 is called for in that situation, so S2 is no longer looser there.
    assert value(found, "under-leading").others == pytest.approx(2 / 9)


# --- own beside others -----------------------------------------------------------------------------


def test_a_leader_who_follows_the_situation_unknowingly_has_a_hidden_strength() -> None:
    found = group("2" * 20, *[FITTING] * 6)
    assert value(found, "fit").finding == "hidden-strength"
    assert value(found, "over-leading").finding == "hidden-strength"
    assert value(found, "S2").finding == "less-than-own"


def test_a_leader_who_sees_more_fit_than_the_reports_has_a_blind_spot() -> None:
    found = group(FITTING, *["1" * 12] * 6)
    assert value(found, "fit").finding == "blind-spot"
    assert value(found, "over-leading").finding == "blind-spot"
    assert value(found, "under-leading").finding == "none"
    assert value(found, "S1").finding == "more-than-own"
    assert value(found, "S4").finding == "less-than-own"


def test_no_finding_without_a_difference_beyond_error() -> None:
    found = group(FITTING, *["1234" * 2 + "1244"] * 6)
    fit = value(found, "fit")
    assert fit.difference is not None
    assert fit.difference > 0
    assert (fit.beyond_error, fit.finding) == (False, "none")


@pytest.mark.parametrize(
    ("figure", "own_is_more", "own_is_less"),
    [
        ("fit", "blind-spot", "hidden-strength"),
        ("over-leading", "hidden-strength", "blind-spot"),
        ("under-leading", "hidden-strength", "blind-spot"),
        ("S3", "less-than-own", "more-than-own"),
    ],
)
def test_what_a_difference_means(figure: str, own_is_more: str, own_is_less: str) -> None:
    assert (finding_of(figure, 0.5), finding_of(figure, -0.5)) == (own_is_more, own_is_less)


def test_only_situations_that_both_were_asked_count() -> None:
    """The leader's last eight answers are about situations that the reports never saw."""
    found = group(FITTING + "1" * 8, *[FITTING] * 5)
    assert value(found, "fit").own == 4
    narrow = leadership(
        perspectives={
            "self": Perspective(items=tuple(f"sit-{n}" for n in range(5, 21))),
            "direct-report": LEADERSHIP.questionnaire.perspectives["direct-report"],
        }
    )
    profile = make_profile(narrow, "self", {f"sit-{n}": 1 for n in range(5, 21)})
    assert rater_group(narrow, profile, [choices("1111" + FITTING[4:])] * 5).situations == 8
    assert rater_group(narrow, profile, [choices("1111" + FITTING[4:])] * 5).values[6].others == 4


@pytest.mark.parametrize("mine", [None, "1234123412341234"[:9] + "-" * 3 + "12341234"])
def test_without_enough_own_answers_nothing_own_is_said(mine: str | None) -> None:
    found = group(mine, *[FITTING] * 5)
    for one in found.values:
        assert (one.own, one.difference, one.low, one.high) == (None, None, None, None)
        assert (one.beyond_error, one.finding) == (False, "none")


def test_as_many_own_answers_may_be_missing_as_a_rater_may_leave_out() -> None:
    found = group("--34" + FITTING[4:] + "12341234", *[FITTING] * 5)
    assert value(found, "fit").own == 4
    assert value(found, "S1").own == pytest.approx(0.2)


def test_a_profile_that_does_not_belong_there_is_refused() -> None:
    sheets = [choices(FITTING)] * 5
    with pytest.raises(NotComparable, match="not from this version"):
        rater_group(LEADERSHIP, msgspec.structs.replace(own(FITTING), perspective="manager"), sheets)
    with pytest.raises(NotComparable, match="not from this version"):
        rater_group(leadership(version="2.0"), own(FITTING), sheets)


# --- who counts ------------------------------------------------------------------------------------


def test_fewer_than_the_least_number_are_no_group() -> None:
    with pytest.raises(TooFewRaters) as told:
        group(None, *[FITTING] * 4)
    assert told.value.least == 5
    assert group(None, *[FITTING] * 4, least=4).raters == 4


@pytest.mark.parametrize("raters", range(5))
def test_how_many_there_are_is_never_told(raters: int) -> None:
    """The same words and nothing else, however many are missing."""
    with pytest.raises(TooFewRaters) as none:
        group(None)
    with pytest.raises(TooFewRaters) as some:
        group(None, *[FITTING] * raters)
    assert str(some.value) == str(none.value)
    assert vars(some.value) == vars(none.value) == {"least": 5}


@pytest.mark.parametrize("least", [0, 1, 3])
def test_groups_of_fewer_than_four_are_refused_whatever_is_asked_for(least: int) -> None:
    with pytest.raises(GroupTooSmall):
        group(None, *[FITTING] * 20, least=least)


def test_raters_with_too_few_answers_do_not_count() -> None:
    ten, nine = FITTING[:10], FITTING[:9]
    assert group(None, *[FITTING] * 4, ten).raters == 5
    with pytest.raises(TooFewRaters):
        group(None, *[FITTING] * 4, nine)
    counted = group(None, *[FITTING] * 5, nine, "")
    assert counted == group(None, *[FITTING] * 5)


def test_a_figure_that_too_few_have_is_left_out() -> None:
    """All situations call for S1: nothing tighter exists, so there is no over-leading to speak of."""
    items = tuple(
        SituationItem(id=f"sit-{n}", calls_for="M1", actions=("S1", "S2", "S3", "S4"), reason="…")
        for n in range(1, 13)
    )
    reports = Perspective(min_answered=10)
    first = leadership(items=items, perspectives={"self": Perspective(), "direct-report": reports})
    found = rater_group(first, None, [{item.id: 1 for item in items}] * 5)
    assert [one.id for one in found.values] == ["S1", "S2", "S3", "S4", "under-leading", "fit"]
    assert (found.agreement.pairs, found.agreement.kappa) == (1, None)


def test_a_matrix_gives_what_the_sheets_give() -> None:
    sheets = [choices(FITTING), choices("2" * 12), choices("1" * 12), choices("4321" * 3), choices("3" * 11)]
    rows = make_form(LEADERSHIP.questionnaire, "direct-report").scored_item_ids
    matrix = np.array([[sheet.get(row, 0) for sheet in sheets] for row in rows], np.uint8)
    assert rater_group(LEADERSHIP, own(FITTING), matrix) == rater_group(LEADERSHIP, own(FITTING), sheets)


@pytest.mark.parametrize(
    "matrix",
    [np.ones((20, 5), np.uint8), np.ones((12, 5), np.int64), np.full((12, 5), 5, np.uint8)],
)
def test_answers_that_nobody_can_have_given_are_refused(matrix: Answers) -> None:
    with pytest.raises(BadAnswers):
        rater_group(LEADERSHIP, None, matrix)


def test_a_questionnaire_without_raters_or_situations_has_no_group() -> None:
    with pytest.raises(UnknownForm):
        rater_group(leadership(perspectives={"self": Perspective()}), None, [])
    everybody = maturity(perspectives={"self": Perspective(), "direct-report": Perspective()})
    with pytest.raises(NotComparable, match="no situations"):
        rater_group(everybody, None, np.ones((32, 5), np.uint8))


# --- what cannot be seen in a group ----------------------------------------------------------------


def sheets_of(seed: int, raters: int) -> Answers:
    rng = np.random.default_rng(seed)
    return rng.integers(1, 5, (12, raters)).astype(np.uint8)


@given(st.integers(0, 2**32 - 1), st.integers(4, 9))
def test_the_order_of_raters_tells_nothing(seed: int, raters: int) -> None:
    sheets = sheets_of(seed, raters)
    one, other = (rater_group(LEADERSHIP, None, part, least=4) for part in (sheets, sheets[:, ::-1].copy()))
    assert other.agreement == one.agreement
    for mine, theirs in zip(one.values, other.values, strict=True):
        assert mine.others == pytest.approx(theirs.others)
        assert mine.others_low == pytest.approx(theirs.others_low)


@given(st.integers(0, 2**32 - 1), st.integers(4, 9))
def test_means_and_agreement_do_not_tell_which_answers_stand_on_one_sheet(seed: int, raters: int) -> None:
    """Answers exchanged between raters within each situation: the same means, pairs, kappa and its interval.
    (Only the width of the others' interval changes: it is how far raters lie apart.)"""
    sheets = sheets_of(seed, raters)
    mixed = np.random.default_rng(seed + 1).permuted(sheets, axis=1)
    one, other = (rater_group(LEADERSHIP, None, part, least=4) for part in (sheets, mixed))
    assert other.agreement == one.agreement
    for mine, theirs in zip(one.values, other.values, strict=True):
        assert mine.others == pytest.approx(theirs.others)


@given(st.integers(0, 2**32 - 1))
def test_numbers_lie_where_they_can_lie(seed: int) -> None:
    found = rater_group(LEADERSHIP, own(FITTING), sheets_of(seed, 5))
    assert math.fsum(one.others for one in found.values[:4]) == pytest.approx(1)
    for one in found.values:
        lowest, highest = (1, 4) if one.id == "fit" else (0, 1)
        assert lowest <= one.others_low <= one.others <= one.others_high <= highest
        assert one.others_low < one.others_high
        assert one.low is not None
        assert one.high is not None
        assert one.difference is not None
        assert one.low < one.difference < one.high
        assert one.beyond_error is (one.low > 0 or one.high < 0)
        assert (one.finding == "none") is not one.beyond_error


@given(st.integers(0, 2**32 - 1), st.permutations([1, 2, 3, 4]))
@settings(max_examples=20)
def test_the_order_of_the_actions_in_the_file_does_not_matter(seed: int, order: list[int]) -> None:
    assume(order != [1, 2, 3, 4])
    turned = leadership(
        items=tuple(
            msgspec.structs.replace(item, actions=tuple(item.actions[place - 1] for place in order))
            for item in LEADERSHIP.questionnaire.items
            if isinstance(item, SituationItem)
        )
    )
    sheets = sheets_of(seed, 5)
    place_of = np.array([0, *(order.index(place) + 1 for place in (1, 2, 3, 4))], np.uint8)
    assert rater_group(turned, None, place_of[sheets]) == rater_group(LEADERSHIP, None, sheets)


def test_a_group_goes_to_json_and_back() -> None:
    found = group(FITTING, *["2" * 12] * 3, FITTING, FITTING)
    assert msgspec.json.decode(msgspec.json.encode(found), type=RaterGroup) == found


# --- how far the intervals can be trusted ----------------------------------------------------------


@pytest.mark.parametrize("raters", [5, 12])
@pytest.mark.parametrize("alike", ["at each level", "one for all levels"])
def test_leaders_and_reports_with_the_same_tendency_seldom_seem_to_differ(raters: int, alike: str) -> None:
    """Tendencies drawn from the prior, all answers drawn from them: zero lies within the 90 % interval of the
    difference for 88–95 % of 500 leaders × 7 figures together (standard error about .7 %)."""
    rng = np.random.default_rng(21)
    leaders, inside, blank = 500, [], own(FITTING)
    for _ in range(leaders):
        rows = rng.dirichlet(np.full(4, 0.5), 4)
        if alike == "one for all levels":
            rows[:] = rows[0]
        steps = rows[np.arange(12) % 4].cumsum(axis=1)[:, np.newaxis]
        styles = np.minimum((rng.random((12, raters + 1, 1)) > steps).sum(axis=2), 3)
        positions = ((styles - np.arange(12)[:, np.newaxis]) % 4 + 1).astype(np.uint8)
        mine = {f"sit-{n + 1}": int(position) for n, position in enumerate(positions[:, 0])}
        profile = msgspec.structs.replace(blank, given=blank.given | mine)
        found = rater_group(LEADERSHIP, profile, positions[:, 1:])
        inside.append([not one.beyond_error for one in found.values])
    assert 0.88 <= np.mean(inside) <= 0.95
