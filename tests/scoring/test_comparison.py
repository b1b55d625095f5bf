from __future__ import annotations

import math

import msgspec
import pytest
from example_definitions import everything, maturity

from assess.scoring.comparison import NotComparable, compare
from assess.scoring.profile import make_profile
from assess.scoring.results import Comparison, Profile, ScaleDifference


def own(position: int = 4, **changes: int | None) -> Profile:
    return make_profile(maturity(), "self", everything(position) | _ids(changes))


def other(position: int = 4, **changes: int | None) -> Profile:
    return make_profile(maturity(), "manager", everything(position) | _ids(changes))


def _ids(changes: dict[str, int | None]) -> dict[str, int | None]:
    return {name.replace("_", "-"): given for name, given in changes.items()}


def difference(found: Comparison, scale_id: str) -> ScaleDifference:
    return next(scale for scale in found.scales if scale.id == scale_id)


def test_a_difference_with_its_interval_by_hand() -> None:
    # SEM .30 and .60: √(.09 + .36) = .67082; ±1.644854 × that = 1.10340
    will = difference(compare(maturity(), own(4), other(3)), "will")
    assert (will.own, will.other, will.difference) == (4.0, 3.0, 1.0)
    assert (will.low, will.high) == (pytest.approx(-0.10340, abs=1e-5), pytest.approx(2.10340, abs=1e-5))
    assert not will.beyond_error


def test_a_difference_beyond_error_excludes_zero() -> None:
    # domains: √(.04 + .16) = .44721; 1 − .73560 > 0
    found = compare(maturity(), own(4), other(3))
    assert difference(found, "technical").beyond_error
    assert difference(compare(maturity(), own(3), other(4)), "technical").beyond_error


def test_missing_scores_and_errors_give_no_difference() -> None:
    found = compare(maturity(), own(will_1=None, will_2=None), other())
    will = difference(found, "will")
    assert (will.own, will.other, will.difference, will.low, will.beyond_error) == (
        None,
        4.0,
        None,
        None,
        False,
    )
    bare = maturity(precision={})
    without = compare(
        bare, make_profile(bare, "self", everything(4)), make_profile(bare, "manager", everything(1))
    )
    assert difference(without, "will").difference == 3.0
    assert difference(without, "will").low is None
    assert not difference(without, "will").beyond_error
    assert (without.agreement, without.advice_allowed) == (None, False)


def test_agreement_is_the_chance_of_meaning_the_same_level() -> None:
    # both 4.0: self z = .5/.2 = 2.5 → .99379; manager z = .5/.4 = 1.25 → .89435, on both axes
    a, b = 0.99379, 0.89435
    expected = (a * b + (1 - a) * (1 - b)) ** 2  # sides are independent, so Σ factors by axis
    found = compare(maturity(), own(4), other(4))
    assert found.agreement == pytest.approx(expected, abs=1e-4)
    assert found.advice_allowed


def test_where_the_two_disagree_no_advice_is_allowed() -> None:
    found = compare(maturity(), own(5), other(2))
    assert found.agreement == pytest.approx(0, abs=1e-3)
    assert not found.advice_allowed


def test_advice_needs_the_agreement_that_the_file_names() -> None:
    found = compare(maturity(), own(4), other(4))
    assert found.agreement is not None
    quadrants = maturity().questionnaire.classification
    assert quadrants is not None
    stricter = maturity(
        classification=msgspec.structs.replace(quadrants, agreement_from=math.nextafter(found.agreement, 1))
    )
    exactly = maturity(classification=msgspec.structs.replace(quadrants, agreement_from=found.agreement))
    for definition, allowed in ((stricter, False), (exactly, True)):
        pair = (make_profile(definition, who, everything(4)) for who in ("self", "manager"))
        assert compare(definition, *pair).advice_allowed is allowed


def test_a_full_form_beside_a_short_one_compares_what_both_have() -> None:
    short = make_profile(
        maturity(), "self", {"knowledge-1": 4, "knowledge-2": 4, "knowledge-3": 4}, short_form="second-area"
    )
    found = compare(maturity(), short, other(3))
    assert difference(found, "knowledge").difference == 1.0
    assert (difference(found, "energy").own, difference(found, "energy").other) == (None, 3.0)


def test_profiles_of_different_contents_are_not_compared() -> None:
    with pytest.raises(NotComparable):
        compare(maturity(), own(), make_profile(maturity(version="1.1"), "manager", everything(4)))


def test_a_comparison_goes_to_json_and_back_unchanged() -> None:
    found = compare(maturity(), own(4), other(3))
    assert msgspec.json.decode(msgspec.json.encode(found), type=Comparison) == found
