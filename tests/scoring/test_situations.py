from __future__ import annotations

import math

import numpy as np
import pytest
from example_definitions import STYLES, choices, leadership

from assess.scoring import tally as tally_module
from assess.scoring.form import make_form
from assess.scoring.situations import StyleScores, flexibility_of, score_situations, strata_of
from assess.scoring.tally import BadAnswers
from questionnaires.definition import Definition, Perspective, SituationItem, Situations, WeightOverride

HAND_WORKED = "12341133222412443332"
"""M1: 1 1 2 1 3 · M2: 2 1 2 2 3 · M3: 3 3 2 4 3 · M4: 4 3 4 4 2, one of each level in turn."""


def scored(what: Definition, *sheets: dict[str, int], perspective: str = "self") -> StyleScores:
    form = make_form(what.questionnaire, perspective)  # type: ignore[arg-type]
    matrix = np.array([[sheet.get(key.id, 0) for sheet in sheets] for key in form.situations], np.uint8)
    assert isinstance(what.questionnaire.scoring, Situations)
    return score_situations(what.questionnaire.scoring, form, matrix.reshape(len(form.situations), -1))


def leader(styles: str, **parts: object) -> StyleScores:
    return scored(leadership(**parts), choices(styles))


def with_own_row(level: str = "M3") -> Definition:
    """Twenty situations of which the third has a row of its own: S4 weighs most there."""
    what = leadership()
    items = list(what.questionnaire.items)
    item = items[2]
    assert isinstance(item, SituationItem)
    items[2] = SituationItem(
        id=item.id,
        calls_for=level,  # type: ignore[arg-type]
        actions=item.actions,
        reason="…",
        override=WeightOverride(weights=dict(zip(STYLES, (1, 2, 3, 7), strict=True)), reason="…"),  # type: ignore[arg-type]
    )
    return leadership(items=tuple(items))


def test_a_leader_worked_out_by_hand() -> None:
    found = leader(HAND_WORKED)
    # S1 3+1+0+0, S2 1+3+1+1, S3 1+1+3+1, S4 0+0+1+3
    assert found.counts[:, 0].tolist() == [4, 6, 6, 4]
    assert found.table[:, :, 0].tolist() == [[3, 1, 1, 0], [1, 3, 1, 0], [0, 1, 3, 1], [0, 1, 1, 3]]
    # M1 3·4 + 3 + 2 = 17; M2 3 + 3·4 + 2 = 17; M3 3 + 3·4 + 2 = 17; M4 2 + 3 + 3·4 = 17
    assert found.weight_sum.tolist() == [68]
    # 30 − (1 + 1 + 1 + 1)
    assert found.flexibility.tolist() == [26.0]
    # tighter: S1 in M2, S2 in M3, S2 and S3 in M4; looser: S2 and S3 in M1, S3 in M2, S4 in M3
    assert (found.tighter.tolist(), found.looser.tolist()) == ([4], [4])
    assert (found.tighter_possible.tolist(), found.looser_possible.tolist()) == ([15], [15])


@pytest.mark.parametrize(
    ("styles", "flexibility", "weight_sum"),
    [
        ("1234" * 5, 30, 80),
        ("2" * 20, 0, 60),
        ("1" * 20, 0, 45),
        ("4321" * 5, 30, 5 * (1 + 2 + 3 + 1)),
        ("1" * 10 + "2" * 10, 10, None),
        ("1" * 11 + "2" * 5 + "3" * 3 + "4", 18, None),  # 6 + 0 + 2 + 4
    ],
)
def test_flexibility_and_effectiveness_of_plain_leaders(
    styles: str, flexibility: float, weight_sum: int | None
) -> None:
    found = leader(styles)
    assert found.flexibility.tolist() == [flexibility]
    if weight_sum is not None:
        assert found.weight_sum.tolist() == [weight_sum]


def test_with_situations_missing_flexibility_is_brought_to_the_full_range_where_the_file_says_how() -> None:
    # 18 answered, 5 5 4 4: 30 − (½ + ½ + ½ + ½)·20/18
    found = leader("123412341234123412--")
    assert found.answered.tolist() == [18]
    assert found.flexibility.tolist() == [pytest.approx(30 - 2 * 20 / 18)]
    assert found.weight_sum.tolist() == [72]
    # 16 answered, 4 4 4 4, and one style throughout: the ends of the range
    assert leader("1234" * 4 + "----").flexibility.tolist() == [30.0]
    assert leader("3" * 17 + "---").flexibility.tolist() == [0.0]


def test_without_such_a_rule_an_incomplete_sheet_has_no_flexibility() -> None:
    scoring = leadership().questionnaire.scoring
    assert isinstance(scoring, Situations)
    strict = Situations(weights=scoring.weights, min_answered=16, cut_reason="…")
    found = scored(leadership(scoring=strict), choices("1234" * 5), choices("1234" * 4 + "123-"))
    assert found.flexibility[0] == 30
    assert math.isnan(found.flexibility[1])
    assert found.weight_sum.tolist() == [80, 76]


def test_fewer_than_the_minimum_are_not_enough_and_have_no_flexibility() -> None:
    found = scored(leadership(), choices("1234" * 4), choices("1234" * 3 + "123"), {})
    assert found.answered.tolist() == [16, 15, 0]
    assert found.enough.tolist() == [True, False, False]
    assert np.isnan(found.flexibility).tolist() == [False, True, True]


def test_a_form_that_asks_only_some_situations_has_no_flexibility() -> None:
    found = scored(leadership(), choices("1234" * 3), perspective="direct-report")
    assert found.answered.tolist() == [12]
    assert np.isnan(found.flexibility).all()


def test_the_scale_of_flexibility_is_the_same_for_every_number_of_situations() -> None:
    for number in (16, 24, 40, 100, 400):
        what = leadership(number, perspectives={"self": Perspective()})
        found = scored(what, choices("1234" * (number // 4)), choices("2" * number))
        assert found.flexibility.tolist() == [30.0, 0.0]
    assert flexibility_of((8, 0, 0, 0)) == 0
    assert flexibility_of((3, 3, 1, 1)) == 20


def test_a_situation_with_its_own_row_weighs_and_calls_as_that_row_says() -> None:
    found = scored(with_own_row(), choices("12341234123412341234"), choices("12441234123412341234"))
    assert len(found.strata) == 5
    # S3 there counts 3 instead of 4 and is tighter than S4, which is called for; S4 counts 7.
    assert found.weight_sum.tolist() == [79, 83]
    assert (found.tighter.tolist(), found.looser.tolist()) == ([1, 0], [0, 0])
    assert (found.tighter_possible.tolist(), found.looser_possible.tolist()) == ([15, 15], [14, 14])
    # In the table it stays in the row of its level.
    assert found.table[2, :, 1].tolist() == [0, 0, 4, 1]


def test_weights_may_be_negative_as_in_older_questionnaires() -> None:
    row = dict(zip(STYLES, (2, 1, -1, -2), strict=True))
    scoring = Situations(weights=dict.fromkeys(("M1", "M2", "M3", "M4"), row), min_answered=1)  # type: ignore[arg-type]
    found = scored(leadership(12, scoring=scoring), choices("123444444444"))
    assert found.weight_sum.tolist() == [2 + 1 - 1 - 9 * 2]


def test_situations_that_count_alike_form_a_stratum_whatever_their_order() -> None:
    form = make_form(with_own_row().questionnaire, "self")
    strata = strata_of(form.situations)
    assert [(stratum.level, stratum.rows) for stratum in strata] == [
        ("M1", (0, 4, 8, 12, 16)),
        ("M2", (1, 5, 9, 13, 17)),
        ("M3", (2,)),
        ("M3", (6, 10, 14, 18)),
        ("M4", (3, 7, 11, 15, 19)),
    ]


def test_more_respondents_than_a_block_are_scored_as_each_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    form = make_form(with_own_row().questionnaire, "self")
    answers = rng.integers(0, 5, (20, 50), np.uint8)
    scoring = leadership().questionnaire.scoring
    assert isinstance(scoring, Situations)
    whole = score_situations(scoring, form, answers)
    monkeypatch.setattr(tally_module.blocks, "__defaults__", (7,))
    parts = score_situations(scoring, form, answers)
    for name in ("cells", "counts", "answered", "weight_sum", "tighter", "looser", "flexibility"):
        np.testing.assert_array_equal(getattr(whole, name), getattr(parts, name))


def test_a_position_that_is_no_action_is_refused_naming_situation_and_respondent() -> None:
    with pytest.raises(BadAnswers, match="respondent number 2 has an answer to sit-3 that is no action"):
        scored(leadership(), {}, {"sit-3": 5})


@pytest.mark.parametrize("matrix", [np.zeros((19, 2), np.uint8), np.zeros((20, 2), np.int64), np.zeros(20)])
def test_another_shape_or_type_is_refused(matrix: np.ndarray) -> None:
    scoring = leadership().questionnaire.scoring
    assert isinstance(scoring, Situations)
    with pytest.raises(BadAnswers, match="uint8 matrix of 20 rows"):
        score_situations(scoring, make_form(leadership().questionnaire, "self"), matrix)


def test_no_respondents_and_no_situations_are_no_error() -> None:
    assert scored(leadership()).respondents == 0
    none_asked = leadership(items=())
    scoring = none_asked.questionnaire.scoring
    assert isinstance(scoring, Situations)
    form = make_form(leadership(items=(), perspectives={"self": Perspective()}).questionnaire, "self")
    found = score_situations(scoring, form, np.zeros((0, 3), np.uint8))
    assert (found.answered.tolist(), found.weight_sum.tolist()) == ([0, 0, 0], [0, 0, 0])
    assert not found.enough.any()
