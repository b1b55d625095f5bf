from __future__ import annotations

import math

import msgspec
import pytest
from example_definitions import SHORT_FACETS, everything, maturity

from assess.scoring.comparison import NotComparable, compare
from assess.scoring.profile import make_profile
from assess.scoring.results import Comparison, Profile, ScaleDifference
from questionnaires.definition import Definition, Perspective, Scale


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


def asked_in_part(*items: str) -> Definition:
    """Maturity whose manager is asked the given items only."""
    return maturity(perspectives={"self": Perspective(), "manager": Perspective(items=items)})


def test_where_the_forms_differ_the_difference_is_that_of_the_items_that_both_ask() -> None:
    # will: self 5 5 3 1 (the fourth reversed: raw 5 counts 1) = 3.5, manager asked the first three: 4 4 4.
    # On those three self has 13/3, so the difference is 1/3 and not 3.5 − 4 = −0.5.
    part = asked_in_part("will-1", "will-2", "will-3")
    mine = make_profile(part, "self", everything(4) | {"will-1": 5, "will-2": 5, "will-3": 3, "will-4": 5})
    theirs = make_profile(part, "manager", {"will-1": 4, "will-2": 4, "will-3": 4})
    will = difference(compare(part, mine, theirs), "will")
    assert (will.own, will.other, will.common_items) == (3.5, 4.0, 3)
    assert will.difference == pytest.approx(1 / 3)
    # self: .30·√(4/3) = .34641; manager's own full form has the three items: .60. √(.12 + .36) = .69282
    assert will.low == pytest.approx(1 / 3 - 1.644854 * 0.69282, abs=1e-5)
    assert not will.beyond_error


def test_items_answered_by_one_side_only_are_no_difference_of_views() -> None:
    # self: 5 on what both are asked, 1 on the rest; manager 5: they agree on all that both have seen.
    part = asked_in_part("will-1", "will-2", "will-3")
    mine = make_profile(part, "self", everything(1) | {"will-1": 5, "will-2": 5, "will-3": 5})
    theirs = make_profile(part, "manager", {"will-1": 5, "will-2": 5, "will-3": 5})
    will = difference(compare(part, mine, theirs), "will")
    assert (will.own, will.other, will.difference, will.beyond_error) == (4.0, 5.0, 0.0, False)


def test_too_few_answers_to_the_common_items_give_no_difference() -> None:
    # self answers three of four, enough for a score, but only two of the three that the manager is asked
    part = asked_in_part("will-1", "will-2", "will-3")
    mine = make_profile(part, "self", everything(4) | {"will-1": 0})
    theirs = make_profile(part, "manager", {"will-1": 5, "will-2": 5, "will-3": 5})
    will = difference(compare(part, mine, theirs), "will")
    assert (will.own, will.other, will.difference, will.low, will.common_items) == (4.0, 5.0, None, None, 3)


def test_a_short_form_beside_a_full_one_needs_the_minimum_of_the_short_one() -> None:
    # technical: the short form has 8 of 16 items and a minimum of 6, the full form a minimum of 12.
    # self (short) 4 everywhere; manager 2 on the 8 common items and 4 on the other 8, so 3 as a whole.
    common = {item for item in everything() if item.startswith(("knowledge", "skill"))}
    low, high = everything(2), everything(4)
    mine = make_profile(
        maturity(),
        "self",
        {item: high[item] for item in high if item.startswith(SHORT_FACETS)},
        short_form="second-area",
    )
    theirs = make_profile(maturity(), "manager", {i: low[i] if i in common else high[i] for i in high})
    technical = difference(compare(maturity(), mine, theirs), "technical")
    assert (technical.own, technical.other, technical.common_items) == (4.0, 3.0, 8)
    assert technical.difference == 2.0
    # .20·√(16/8) and .40·√(16/8): √(.08 + .32) = .63246
    assert technical.low == pytest.approx(2 - 1.644854 * 0.63246, abs=1e-5)
    assert difference(compare(maturity(), mine, theirs), "knowledge").common_items is None


def test_forms_that_have_no_item_of_a_scale_in_common_are_not_compared() -> None:
    apart = maturity(
        perspectives={
            "self": Perspective(items=("will-1", "will-2")),
            "manager": Perspective(items=("will-3", "will-4")),
        },
        scales={
            "will": Scale(min_answered=1, items=tuple(f"will-{n}" for n in (1, 2, 3, 4))),
        },
        classification=None,
        short_forms={},
    )
    mine = make_profile(apart, "self", {"will-1": 5, "will-2": 5})
    theirs = make_profile(apart, "manager", {"will-3": 1, "will-4": 5})
    will = difference(compare(apart, mine, theirs), "will")
    assert (will.own, will.other, will.difference, will.common_items) == (5.0, 1.0, None, 0)


def test_profiles_of_different_contents_are_not_compared() -> None:
    with pytest.raises(NotComparable):
        compare(maturity(), own(), make_profile(maturity(version="1.1"), "manager", everything(4)))


def test_a_comparison_goes_to_json_and_back_unchanged() -> None:
    found = compare(maturity(), own(4), other(3))
    assert msgspec.json.decode(msgspec.json.encode(found), type=Comparison) == found
