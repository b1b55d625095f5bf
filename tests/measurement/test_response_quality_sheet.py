"""The friendly note before submitting: what one sheet alone can tell."""

from __future__ import annotations

import numpy as np
import pytest
from quality_examples import eight_facets, rating_form, respondents

from assess.measurement.response_quality import sheet_figures
from assess.measurement.response_quality_sheet import look_at_sheet
from assess.scoring.form import make_form, shuffled_form
from questionnaires.library import LIBRARY
from questionnaires.reader import read_folder

FORM = eight_facets()
IDS = [item.id for item in FORM.items]


def test_a_considered_sheet_gets_no_note() -> None:
    given = dict(zip(IDS, [4, 3, 5, 2] * 8, strict=True))
    look = look_at_sheet(FORM, given, 240.0)
    assert (look.alike, look.rushed, look.longest_run, look.seconds_per_item) == (False, False, 1, 7.5)


def test_the_same_option_for_half_of_the_questions_looks_all_alike() -> None:
    assert look_at_sheet(FORM, dict(zip(IDS, [3] * 16 + [2, 4] * 8, strict=True))).alike
    assert not look_at_sheet(FORM, dict(zip(IDS, [3] * 15 + [2, 4] * 8 + [2], strict=True))).alike


def test_hardly_any_variation_looks_all_alike_though_runs_are_short() -> None:
    given = dict(zip(IDS, ([3] * 15 + [2]) * 2, strict=True))
    look = look_at_sheet(FORM, given)
    assert (look.longest_run, look.alike) == (15, True)
    assert look.variability == pytest.approx(np.std(list(given.values())))


def test_under_two_seconds_for_a_statement_looks_rushed() -> None:
    given = dict(zip(IDS, [4, 3, 5, 2] * 8, strict=True))
    assert look_at_sheet(FORM, given, 63.0).rushed
    assert not look_at_sheet(FORM, given, 64.0).rushed
    assert not look_at_sheet(FORM, given, None).rushed


def test_few_answers_are_never_judged() -> None:
    nine = dict.fromkeys(IDS[:9], 3)
    look = look_at_sheet(FORM, nine, 1.0)
    assert (look.answered, look.alike, look.rushed) == (9, False, False)
    short = rating_form({"s": ("a", "b", "c")}, set())
    assert not look_at_sheet(short, {"a": 1, "b": 1, "c": 1}, 1.0).alike


def test_a_blank_sheet_is_known_to_be_blank() -> None:
    look = look_at_sheet(FORM, {IDS[0]: None, IDS[1]: 0}, 5.0)
    assert (look.answered, look.longest_run, look.variability, look.seconds_per_item) == (0, None, None, None)


def test_one_sheet_has_the_figures_that_it_has_among_many() -> None:
    answers = respondents(FORM, 40, "careful", np.random.default_rng(6))
    found = sheet_figures(FORM, answers)
    for sheet in range(40):
        look = look_at_sheet(FORM, dict(zip(IDS, answers[:, sheet].tolist(), strict=True)))
        assert look.longest_run == found.figures["longest_run"][sheet]
        assert look.variability == found.figures["variability"][sheet]


def test_situations_are_looked_at_in_the_order_in_which_the_person_was_asked() -> None:
    form = shuffled_form(make_form(read_folder(LIBRARY / "leadership-style").questionnaire, "self"), 7)
    asked = [item_id for item_id in form.item_ids if item_id in form.scored_item_ids]
    given = {item_id: (1 if place < 10 else 2 + place % 3) for place, item_id in enumerate(asked)}
    look = look_at_sheet(form, given, 90.0)
    assert (look.longest_run, look.alike, look.rushed, look.variability) == (10, True, True, None)


def test_what_is_no_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="no position"):
        look_at_sheet(FORM, {IDS[0]: 6})
    with pytest.raises(ValueError, match="seconds"):
        look_at_sheet(FORM, {}, -1.0)
