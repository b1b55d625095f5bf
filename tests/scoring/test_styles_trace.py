from __future__ import annotations

import msgspec
import pytest
from example_definitions import STYLES, choices, everything, leadership, maturity

from assess.scoring.profile import make_profile
from assess.scoring.style_results import SituationTrace, StylesTrace
from assess.scoring.trace import explain_styles
from questionnaires.definition import SituationItem, WeightOverride

HAND_WORKED = "12341133222412443332"


def trace(chosen: str, perspective: str = "self") -> StylesTrace:
    profile = make_profile(leadership(), perspective, choices(chosen))  # type: ignore[arg-type]
    return explain_styles(leadership(), profile)


def test_each_choice_is_shown_with_what_it_weighs_and_what_would_have_weighed_most() -> None:
    found = trace(HAND_WORKED)
    assert found.situations[5] == SituationTrace(
        id="sit-6",
        calls_for="M2",
        position=4,  # the actions of sit-6 are S2, S3, S4, S1
        letter="D",
        style="S1",
        weight=3,
        best_style="S2",
        best_weight=4,
        direction="tighter",
    )
    assert [situation.direction for situation in found.situations[4:7]] == ["fitting", "tighter", "fitting"]
    assert found.situations[8].direction == "looser"


def test_counts_deviations_and_scores_can_be_followed_by_hand() -> None:
    found = trace(HAND_WORKED)
    assert found.counts == dict(zip(STYLES, (4, 6, 6, 4), strict=True))
    assert found.deviations == dict(zip(STYLES, (1, 1, 1, 1), strict=True))
    assert (found.flexibility, found.weight_sum) == (26, 68)


def test_a_situation_that_is_not_answered_shows_only_what_it_called_for() -> None:
    found = trace("1234" * 4 + "12-4")
    missing = found.situations[18]
    assert (missing.position, missing.letter, missing.style, missing.weight) == (None, None, None, None)
    assert (missing.direction, missing.best_style, missing.best_weight) == (None, "S3", 4)
    # 5 5 4 5 of 19: |.| = ¼ ¼ ¾ ¼
    assert found.flexibility == pytest.approx(30 - 1.5 * 20 / 19)


def test_below_the_minimum_there_are_counts_but_no_scores() -> None:
    found = trace("1234" * 3)
    assert found.counts == dict.fromkeys(STYLES, 3)
    assert (found.flexibility, found.weight_sum) == (None, None)


def test_a_form_of_some_situations_has_a_sum_but_no_flexibility() -> None:
    found = trace("1234" * 3, "direct-report")
    assert (found.flexibility, found.weight_sum) == (None, 48)


def test_an_own_row_calls_for_the_style_that_weighs_most_in_it() -> None:
    weights = dict(zip(STYLES, (1, 2, 3, 4), strict=True))
    item = SituationItem(
        id="sit-3",
        calls_for="M3",
        actions=STYLES,
        reason="…",
        override=WeightOverride(weights=weights, reason="…"),  # type: ignore[arg-type]
    )
    items = list(leadership().questionnaire.items)
    items[2] = item
    what = leadership(items=tuple(items))
    found = explain_styles(what, make_profile(what, "self", choices("12") | {"sit-3": 3})).situations[2]
    assert (found.best_style, found.weight, found.direction) == ("S4", 3, "tighter")


def test_only_styles_of_this_questionnaire_are_explained() -> None:
    with pytest.raises(ValueError, match="another questionnaire"):
        explain_styles(leadership(version="2.0"), make_profile(leadership(), "self", {}))
    with pytest.raises(ValueError, match="does not score situations"):
        explain_styles(maturity(), make_profile(maturity(), "self", everything()))


def test_a_trace_goes_to_json_and_back_unchanged() -> None:
    found = trace(HAND_WORKED)
    assert msgspec.json.decode(msgspec.json.encode(found), type=StylesTrace) == found
