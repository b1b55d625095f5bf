from __future__ import annotations

import math

import numpy as np
import pytest
from example_definitions import definition, maturity, plain_scale, pulse

from assess.scoring import tally as tally_module
from assess.scoring.form import make_form
from assess.scoring.rating_scales import ScaleScores, score
from assess.scoring.tally import BadAnswers
from questionnaires.definition import Definition, OptionSet, Precision, RatingItem, Scale, ZeroToTenItem


def scored(
    what: Definition, *columns: list[int], precision: dict[str, Precision] | None = None
) -> ScaleScores:
    form = make_form(what.questionnaire, "self")
    answers = np.ascontiguousarray(np.array(columns, np.uint8).reshape(len(columns), len(form.items)).T)
    return score(form, answers, precision or {})


def test_a_mean_of_keyed_items_by_hand() -> None:
    # 1…5, the last reversed: 4 + 5 + 2 + (6 − 1) = 16; 16 / 4 = 4.0
    assert scored(plain_scale((1, 2, 3, 4, 5), 4), [4, 5, 2, 1]).score.tolist() == [[4.0]]


def test_missing_answers_are_left_out_of_the_mean_until_too_few_remain() -> None:
    scores = scored(plain_scale((1, 2, 3, 4, 5), 4, min_answered=3), [4, 5, 2, 0], [4, 0, 2, 1], [4, 0, 0, 1])
    # (4+5+2)/3; (4+2+5)/3; two of four: missing, not 0
    assert scores.score[0, :2].tolist() == [11 / 3, 11 / 3]
    assert math.isnan(scores.score[0, 2])
    assert scores.answered.tolist() == [[3, 3, 2]]


def test_nothing_answered_is_missing_even_with_a_minimum_of_nothing() -> None:
    scores = scored(
        plain_scale((1, 2), 2, min_answered=0), [0, 0], precision={"s": Precision(reliability=0.5, sd=1)}
    )
    assert np.isnan(scores.score).all()
    assert np.isnan(scores.sem).all()


def test_six_options_with_gaps_and_negative_values() -> None:
    # values −5 −2 0 1 4 9; last reversed: 4 − x. Positions 1, 6, 3 → −5, 9, 4 − 0 = 4; mean 8/3
    scores = scored(plain_scale((-5, -2, 0, 1, 4, 9), 3), [1, 6, 3], [6, 6, 1])
    assert scores.score[0].tolist() == [8 / 3, 9.0]


def test_options_written_from_high_to_low() -> None:
    # position 1 stands for 5; the reversed last item counts 1 there: (5 + 4 + 1) / 3
    assert scored(plain_scale((5, 4, 3, 2, 1), 3), [1, 2, 1]).score[0].tolist() == [10 / 3]


def test_sums_beyond_a_byte_do_not_wrap_round() -> None:
    # 60 items at 5 of 5, the last reversed at position 1: all count 5
    assert scored(plain_scale((1, 2, 3, 4, 5), 60), [5] * 59 + [1]).score.tolist() == [[5.0]]
    # 300 items: also the count is beyond a byte
    scores = scored(plain_scale((1, 2, 3, 4, 5), 300), [5] * 299 + [1])
    assert (scores.score.tolist(), scores.answered.tolist()) == ([[5.0]], [[300]])


def test_the_largest_option_set_that_a_byte_can_hold() -> None:
    values = tuple(range(255))
    # (254 + (254 − 0)) / 2
    assert scored(plain_scale(values, 2), [255, 1]).score.tolist() == [[254.0]]


def test_two_large_positions_do_not_wrap_round_before_they_are_summed() -> None:
    # three items of 200 options: 199 + 199 + (199 − 0), each position 200 or 1
    assert scored(plain_scale(tuple(range(200)), 3), [200, 200, 1]).score.tolist() == [[199.0]]


def test_values_far_apart_need_wide_sums() -> None:
    assert scored(plain_scale((0, 100_000), 3), [2, 2, 1]).score.tolist() == [[100_000.0]]


def test_a_zero_to_ten_item_counts_one_less_than_its_position() -> None:
    assert scored(pulse(), [1], [11]).score.tolist() == [[0.0, 10.0]]


def test_an_item_may_serve_two_scales() -> None:
    shared = definition(
        options={"o": OptionSet(values=(1, 2, 3))},
        items=tuple(RatingItem(id=name, options="o", reason="…") for name in ("a", "b", "c")),
        scales={
            "one": Scale(min_answered=1, items=("a", "b")),
            "two": Scale(min_answered=1, items=("b", "c")),
            "both": Scale(min_answered=1, facets=("one", "two")),
        },
    )
    # b counts once in the domain: (1 + 3 + 2) / 3
    assert scored(shared, [1, 3, 2]).score[:, 0].tolist() == [2.0, 2.5, 2.0]


def test_items_with_different_options_in_one_scale() -> None:
    mixed = definition(
        options={"o": OptionSet(values=(1, 2, 3, 4, 5))},
        items=(
            RatingItem(id="a", options="o", reason="…", reverse=True),
            ZeroToTenItem(id="b", reason="…"),
        ),
        scales={"s": Scale(min_answered=2, items=("a", "b"))},
    )
    # a at position 1 counts 1 + 5 − 1 = 5; b at position 8 counts 7
    scores = scored(mixed, [1, 8])
    assert scores.score.tolist() == [[6.0]]
    assert (scores.form.scales[0].lo, scores.form.scales[0].hi) == (0, 10)


def test_without_precision_there_is_a_score_but_no_error() -> None:
    scores = scored(plain_scale((1, 2, 3), 2), [1, 1])
    assert scores.score.tolist() == [[2.0]]
    assert np.isnan(scores.sem).all()
    assert np.isnan(scores.low).all()


def test_errors_grow_with_missing_answers_and_the_interval_is_not_clipped() -> None:
    # SEM of all four .75·√.16 = .30; of three .30·√(4/3) = .34641
    scores = scored(
        plain_scale((1, 2, 3, 4, 5), 4),
        [5, 5, 5, 1],
        [5, 5, 5, 0],
        precision={"s": Precision(reliability=0.84, sd=0.75)},
    )
    assert scores.sem[0].tolist() == pytest.approx([0.30, 0.346410], abs=1e-6)
    assert scores.high[0, 0] == pytest.approx(5 + 1.644854 * 0.30, abs=1e-6)


def test_domains_by_facets_and_domains_by_items_are_the_same() -> None:
    rng = np.random.default_rng(7)
    form = make_form(maturity().questionnaire, "self")
    answers = rng.integers(0, 6, (32, 500), np.uint8)
    sums = tally_module.tally(form, answers).sums
    keyed = answers.astype(int)
    keyed[3::4] = np.where(keyed[3::4] > 0, 6 - keyed[3::4], 0)
    assert sums[form.scale_row("technical") or 0].tolist() == keyed[:16].sum(axis=0).tolist()


def test_a_crowd_in_several_blocks_scores_as_each_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    form = make_form(maturity().questionnaire, "self")
    precision = maturity().questionnaire.precision["self"]
    answers = np.random.default_rng(8).integers(0, 6, (32, 3000), np.uint8)
    monkeypatch.setattr(tally_module.blocks, "__defaults__", (1000,))
    crowd = score(form, answers, precision)
    for person in (0, 999, 1000, 2999):
        alone = score(form, np.ascontiguousarray(answers[:, [person]]), precision)
        for name in ("score", "sem", "low", "high", "answered"):
            np.testing.assert_array_equal(getattr(crowd, name)[:, [person]], getattr(alone, name))


def test_nobody_is_a_crowd_too() -> None:
    form = make_form(maturity().questionnaire, "self")
    assert score(form, np.empty((32, 0), np.uint8), {}).score.shape == (10, 0)


def test_a_position_that_is_no_option_is_refused_naming_item_and_respondent() -> None:
    with pytest.raises(BadAnswers, match=r"respondent number 2 has an answer to i2 that is no option"):
        scored(plain_scale((1, 2, 3), 3), [1, 2, 3], [1, 4, 3])


@pytest.mark.parametrize(
    "answers", [np.zeros((2, 5), np.uint8), np.zeros((3, 5), np.int64), np.zeros(3, np.uint8)]
)
def test_a_matrix_of_another_shape_or_type_is_refused(answers: np.ndarray) -> None:
    form = make_form(plain_scale((1, 2, 3), 3).questionnaire, "self")
    with pytest.raises(BadAnswers, match="uint8 matrix of 3 rows"):
        score(form, answers, {})
