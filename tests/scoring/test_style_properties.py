from __future__ import annotations

import msgspec
import numpy as np
from example_definitions import leadership
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from assess.scoring.form import make_form
from assess.scoring.profile import make_profiles
from assess.scoring.situations import StyleScores, flexibility_of, score_situations
from assess.scoring.style_results import StylesResult
from assess.scoring.trace import explain_styles
from questionnaires.definition import Definition, SituationItem, Situations

LEADERSHIP = leadership()
ITEMS = tuple(item.id for item in LEADERSHIP.questionnaire.items)
sheets = hnp.arrays(np.uint8, st.tuples(st.just(20), st.integers(1, 12)), elements=st.integers(0, 4))
full_sheets = hnp.arrays(np.uint8, st.tuples(st.just(20), st.integers(1, 12)), elements=st.integers(1, 4))


def arrays(what: Definition, answers: np.ndarray) -> StyleScores:
    scoring = what.questionnaire.scoring
    assert isinstance(scoring, Situations)
    form = make_form(what.questionnaire, "self")
    return score_situations(scoring, form, np.ascontiguousarray(answers))


def results(what: Definition, answers: np.ndarray) -> list[StylesResult | None]:
    ids = make_form(what.questionnaire, "self").scored_item_ids
    people = [dict(zip(ids, column, strict=True)) for column in answers.T.tolist()]
    return [profile.styles for profile in make_profiles(what, "self", people)]


def changed(**parts: object) -> Definition:
    return Definition(questionnaire=msgspec.structs.replace(LEADERSHIP.questionnaire, **parts), texts={})


@settings(max_examples=50)
@given(sheets, st.lists(st.permutations(range(4)), min_size=20, max_size=20))
def test_shuffling_the_actions_together_with_the_key_changes_nothing(
    answers: np.ndarray, orders: list[list[int]]
) -> None:
    items, moved = [], np.zeros_like(answers)
    for row, (item, order) in enumerate(zip(LEADERSHIP.questionnaire.items, orders, strict=True)):
        assert isinstance(item, SituationItem)
        actions = tuple(item.actions[place] for place in order)
        items.append(msgspec.structs.replace(item, actions=actions))
        for new, old in enumerate(order, start=1):
            moved[row][answers[row] == old + 1] = new
    assert results(changed(items=tuple(items)), moved) == results(LEADERSHIP, answers)


@settings(max_examples=50)
@given(sheets, st.permutations(range(20)))
def test_the_order_of_situations_changes_nothing(answers: np.ndarray, order: list[int]) -> None:
    items = tuple(LEADERSHIP.questionnaire.items[place] for place in order)
    assert results(changed(items=items), answers[list(order)]) == results(LEADERSHIP, answers)


@given(sheets, st.randoms(use_true_random=False))
def test_permuting_respondents_permutes_results(answers: np.ndarray, random: object) -> None:
    order = list(range(answers.shape[1]))
    random.shuffle(order)  # type: ignore[attr-defined]
    straight, permuted = arrays(LEADERSHIP, answers), arrays(LEADERSHIP, answers[:, order])
    for name in ("cells", "counts", "answered", "weight_sum", "tighter", "looser", "flexibility"):
        np.testing.assert_array_equal(getattr(straight, name)[..., order], getattr(permuted, name))


@given(sheets)
def test_counts_add_up_and_scores_stay_in_their_ranges(answers: np.ndarray) -> None:
    found = arrays(LEADERSHIP, answers)
    answered = (answers > 0).sum(axis=0)
    np.testing.assert_array_equal(found.answered, answered)
    np.testing.assert_array_equal(found.counts.sum(axis=0), answered)
    np.testing.assert_array_equal(found.table.sum(axis=(0, 1)), answered)
    np.testing.assert_array_equal(np.isnan(found.flexibility), answered < 16)
    given_scores = found.flexibility[answered >= 16]
    assert ((given_scores >= 0) & (given_scores <= 30)).all()
    assert ((found.weight_sum >= answered) & (found.weight_sum <= 4 * answered)).all()
    assert (found.tighter <= found.tighter_possible).all()
    # What fits, what is tighter and what is looser is everything.
    fitting = sum(found.table[place, place].astype(int) for place in range(4))
    np.testing.assert_array_equal(fitting + found.tighter + found.looser, answered)


@given(full_sheets)
def test_a_full_sheet_has_the_plain_formulas(answers: np.ndarray) -> None:
    found = arrays(LEADERSHIP, answers)
    deviations = np.abs(found.counts.astype(int) - 5).sum(axis=0)
    np.testing.assert_array_equal(found.flexibility, 30 - deviations)
    assert (found.flexibility % 2 == 0).all()


@settings(max_examples=50)
@given(full_sheets)
def test_results_are_consistent_with_themselves(answers: np.ndarray) -> None:
    for found in results(LEADERSHIP, answers):
        assert found is not None
        assert found.flexibility is not None
        assert found.effectiveness is not None
        counts = tuple(use.count for use in found.uses)
        assert found.flexibility.score == flexibility_of(counts)
        assert found.primary == tuple(use.style for use in found.uses if use.count == max(counts))
        assert abs(sum(use.most_used for use in found.uses) - 1) < 1e-12
        for use in found.uses:
            assert use.low <= use.share <= use.high
        effect = found.effectiveness
        assert effect.lowest <= effect.score <= effect.highest
        assert effect.lowest <= effect.blind.mean <= effect.highest
        for benchmark in (effect.chance, effect.blind, found.flexibility.chance):
            assert 0 < benchmark.at_least <= 1
            assert benchmark.sd >= 0


@settings(max_examples=30)
@given(sheets)
def test_the_trace_in_plain_python_is_a_second_opinion(answers: np.ndarray) -> None:
    people = [dict(zip(ITEMS, column, strict=True)) for column in answers.T.tolist()]
    for profile in make_profiles(LEADERSHIP, "self", people):
        found, trace = profile.styles, explain_styles(LEADERSHIP, profile)
        assert found is not None
        answered = sum(situation.style is not None for situation in trace.situations)
        assert answered == found.answered == sum(trace.counts.values())
        if not found.uses:
            assert (trace.flexibility, trace.weight_sum) == (None, None)
            continue
        assert trace.counts == {use.style: use.count for use in found.uses}
        assert found.flexibility is not None
        assert trace.flexibility is not None
        assert abs(trace.flexibility - found.flexibility.score) < 1e-12
        assert found.effectiveness is not None
        assert trace.weight_sum == found.effectiveness.score
        for index, direction in zip(found.leading, ("tighter", "looser"), strict=True):
            assert index.count == sum(situation.direction == direction for situation in trace.situations)
        for row in found.table:
            for style, count in row.counts.items():
                alike = [s for s in trace.situations if (s.calls_for, s.style) == (row.level, style)]
                assert count == len(alike)
