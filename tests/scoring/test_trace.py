from __future__ import annotations

import msgspec
import numpy as np
import pytest
from example_definitions import everything, maturity, maturity_items, plain_scale

from assess.scoring.profile import make_profile
from assess.scoring.results import ItemTrace, ScaleTrace
from assess.scoring.trace import explain
from questionnaires.definition import Precision


def test_a_trace_shows_each_answer_on_its_way() -> None:
    answers = {"will-1": 4, "will-2": 0, "will-3": 5, "will-4": 2}
    trace = explain(maturity(), make_profile(maturity(), "self", answers), "will")
    assert trace.items[0] == ItemTrace(
        id="will-1", position=4, answered=True, reversed=False, lo=1, hi=5, value=4, keyed=4
    )
    assert (trace.items[1].position, trace.items[1].answered, trace.items[1].keyed) == (0, False, None)
    assert (trace.items[3].value, trace.items[3].reversed, trace.items[3].keyed) == (2, True, 4)
    assert (trace.total, trace.answered, trace.min_answered) == (13, 3, 3)
    assert trace.score == 13 / 3
    assert trace.sem is not None
    # .75·√.16 = .30; three of four: .30·√(4/3) = .34641
    assert (trace.sem.full_sem, trace.sem.sem) == (pytest.approx(0.30), pytest.approx(0.346410, abs=1e-6))
    assert (trace.sem.full_length, trace.sem.answered) == (4, 3)
    assert (trace.interval, trace.z) == (0.90, pytest.approx(1.644854, abs=1e-6))
    assert trace.high == pytest.approx(13 / 3 + 0.569794, abs=1e-6)
    assert trace.classification is None


def test_the_trace_of_an_axis_shows_both_z_values_and_the_four_products() -> None:
    trace = explain(maturity(), make_profile(maturity(), "self", everything(4)), "technical")
    found = trace.classification
    assert found is not None
    assert (found.across.scale, found.up.scale) == ("technical", "psychological")
    assert found.across.z == pytest.approx(2.5)
    assert found.across.p_high == pytest.approx(0.99379, abs=1e-5)
    assert found.probabilities["M1"] == pytest.approx((1 - 0.99379) ** 2, abs=1e-6)


def test_too_few_answers_leave_sum_and_count_but_no_score() -> None:
    trace = explain(maturity(), make_profile(maturity(), "self", {"will-1": 4}), "will")
    assert (trace.total, trace.answered, trace.score, trace.sem, trace.low) == (4, 1, None, None, None)


def test_traces_agree_with_profiles_for_a_hundred_random_sheets() -> None:
    rng = np.random.default_rng(3)
    definition = maturity()
    for answers in rng.integers(0, 6, (100, 32)).tolist():
        profile = make_profile(definition, "self", dict(zip(maturity_items(), answers, strict=True)))
        for result in profile.scales:
            trace = explain(definition, profile, result.id)
            assert (trace.score, trace.answered) == (result.score, result.answered)
            assert (trace.sem.sem if trace.sem else None) == result.sem
            found = profile.classification
            if trace.classification and found and found.level:
                assert trace.classification.probabilities == pytest.approx(found.probabilities, abs=1e-15)


def test_without_error_there_is_no_z_but_a_side() -> None:
    sure = dict.fromkeys(("technical", "psychological"), Precision(reliability=1, sd=1))
    definition = maturity(precision={"self": sure})
    trace = explain(definition, make_profile(definition, "self", everything(4)), "technical")
    assert trace.classification is not None
    assert (trace.classification.across.z, trace.classification.across.p_high) == (None, 1.0)


def test_a_scale_that_the_form_does_not_score_has_no_trace() -> None:
    with pytest.raises(KeyError):
        explain(maturity(), make_profile(maturity(), "self", {}, short_form="second-area"), "energy")


def test_another_questionnaire_cannot_explain_a_profile() -> None:
    with pytest.raises(ValueError, match="another questionnaire"):
        explain(plain_scale((1, 2), 2), make_profile(maturity(), "self", {}), "will")


def test_a_trace_goes_to_json_and_back_unchanged() -> None:
    trace = explain(maturity(), make_profile(maturity(), "self", everything(2)), "psychological")
    assert msgspec.json.decode(msgspec.json.encode(trace), type=ScaleTrace) == trace
