from __future__ import annotations

import msgspec
import numpy as np
from example_definitions import maturity, plain_scale
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from assess.scoring.classification import classify
from assess.scoring.form import make_form
from assess.scoring.rating_scales import ScaleScores, score
from questionnaires.definition import Definition, Precision

MATURITY = maturity()
option_values = st.lists(st.integers(-1000, 1000), min_size=2, max_size=12, unique=True).map(tuple)
sheets = hnp.arrays(np.uint8, st.tuples(st.just(32), st.integers(1, 40)), elements=st.integers(0, 5))


def scored(what: Definition, answers: np.ndarray) -> ScaleScores:
    precision = what.questionnaire.precision.get("self", {})
    return score(make_form(what.questionnaire, "self"), np.ascontiguousarray(answers), precision)


def matrix(what: Definition, draw: st.DataObject) -> np.ndarray:
    items = what.questionnaire.items
    options = what.questionnaire.options["o"].size
    shape = st.tuples(st.just(len(items)), st.integers(1, 30))
    return draw.draw(hnp.arrays(np.uint8, shape, elements=st.integers(0, options)))


def reversed_throughout(what: Definition) -> Definition:
    turned = tuple(
        msgspec.structs.replace(item, reverse=not item.reverse) for item in what.questionnaire.items
    )
    return Definition(questionnaire=msgspec.structs.replace(what.questionnaire, items=turned), texts={})


@given(option_values, st.integers(1, 9), st.data())
def test_scores_stay_in_the_range_of_the_options(
    values: tuple[int, ...], items: int, data: st.DataObject
) -> None:
    what = plain_scale(values, items)
    found = scored(what, matrix(what, data)).score
    known = found[~np.isnan(found)]
    assert ((known >= min(values)) & (known <= max(values))).all()


@given(option_values, st.integers(1, 9), st.data())
def test_scores_are_the_plain_mean_of_the_keyed_values(
    values: tuple[int, ...], items: int, data: st.DataObject
) -> None:
    what = plain_scale(values, items)
    answers = matrix(what, data)
    found = scored(what, answers).score[0]
    for person in range(answers.shape[1]):
        keyed = [
            min(values) + max(values) - values[position - 1] if row == items - 1 else values[position - 1]
            for row, position in enumerate(answers[:, person].tolist())
            if position
        ]
        if keyed:
            assert found[person] == sum(keyed) / len(keyed)
        else:
            assert np.isnan(found[person])


@given(option_values, st.integers(1, 9), st.data())
def test_reversing_every_item_turns_the_score_round(
    values: tuple[int, ...], items: int, data: st.DataObject
) -> None:
    what = plain_scale(values, items)
    answers = matrix(what, data)
    turned = scored(reversed_throughout(what), answers).score
    np.testing.assert_allclose(turned, min(values) + max(values) - scored(what, answers).score, atol=1e-9)


@given(option_values, st.integers(1, 9), st.data())
def test_reversing_twice_is_no_change(values: tuple[int, ...], items: int, data: st.DataObject) -> None:
    what = plain_scale(values, items)
    answers = matrix(what, data)
    twice = reversed_throughout(reversed_throughout(what))
    np.testing.assert_array_equal(scored(twice, answers).score, scored(what, answers).score)


@given(sheets, st.randoms(use_true_random=False))
def test_permuting_respondents_permutes_results(answers: np.ndarray, random: object) -> None:
    order = list(range(answers.shape[1]))
    random.shuffle(order)  # type: ignore[attr-defined]
    straight, permuted = scored(MATURITY, answers), scored(MATURITY, answers[:, order])
    quadrants = MATURITY.questionnaire.classification
    assert quadrants is not None
    levels = classify(quadrants, straight.form, straight)
    permuted_levels = classify(quadrants, permuted.form, permuted)
    assert levels is not None
    assert permuted_levels is not None
    for name in ("score", "sem", "low", "high", "answered"):
        np.testing.assert_array_equal(getattr(straight, name)[:, order], getattr(permuted, name))
    np.testing.assert_array_equal(levels.probability[:, order], permuted_levels.probability)
    np.testing.assert_array_equal(levels.level[order], permuted_levels.level)
    np.testing.assert_array_equal(levels.mixed[:, order], permuted_levels.mixed)


@given(sheets)
def test_one_alone_is_the_same_in_a_crowd(answers: np.ndarray) -> None:
    # Crowds of more than a table's size are looked up, one person is worked out: same bits.
    crowd = scored(MATURITY, np.tile(answers, 2000 // answers.shape[1] + 1))
    alone = scored(MATURITY, answers[:, [0]])
    for name in ("score", "sem", "low", "high"):
        np.testing.assert_array_equal(getattr(crowd, name)[:, [0]], getattr(alone, name))


@given(sheets)
def test_level_probabilities_sum_to_one_and_the_level_is_the_most_probable(answers: np.ndarray) -> None:
    scores = scored(MATURITY, answers)
    quadrants = MATURITY.questionnaire.classification
    assert quadrants is not None
    levels = classify(quadrants, scores.form, scores)
    assert levels is not None
    known = levels.level >= 0
    np.testing.assert_array_equal(
        known,
        ~np.isnan(scores.score[[scores.form.scale_row(a) for a in ("technical", "psychological")]]).any(
            axis=0
        ),
    )
    np.testing.assert_allclose(levels.probability[:, known].sum(axis=0), 1)
    chosen = levels.probability[levels.level[known], np.flatnonzero(known)]
    np.testing.assert_array_equal(chosen, levels.probability[:, known].max(axis=0))
    np.testing.assert_array_equal(levels.borderline[known], chosen < quadrants.borderline_below)


@given(option_values, st.integers(2, 9), st.data())
def test_the_order_of_items_does_not_matter(values: tuple[int, ...], items: int, data: st.DataObject) -> None:
    what = plain_scale(values, items, precision={"self": {"s": Precision(reliability=0.8, sd=1.0)}})
    answers = matrix(what, data)
    order = data.draw(st.permutations(range(items)))
    questionnaire = what.questionnaire
    shuffled = msgspec.structs.replace(
        questionnaire, items=tuple(questionnaire.items[place] for place in order)
    )
    straight = scored(what, answers)
    turned = scored(Definition(questionnaire=shuffled, texts={}), answers[list(order)])
    np.testing.assert_array_equal(straight.score, turned.score)
    np.testing.assert_array_equal(straight.sem, turned.sem)
