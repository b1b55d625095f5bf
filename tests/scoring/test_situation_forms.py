from __future__ import annotations

import msgspec
import pytest
from example_definitions import definition, leadership, maturity, situations

from assess.scoring.form import FormPage, make_form, shuffled_form
from questionnaires.definition import Definition, Page, Perspective, SituationItem, TextItem, WeightOverride


def shuffled(definition: Definition) -> Definition:
    questionnaire = msgspec.structs.replace(definition.questionnaire, shuffled=True)
    return Definition(questionnaire=questionnaire, texts={})


def test_situations_are_the_last_rows_of_the_matrix_each_with_its_row_of_weights() -> None:
    form = make_form(leadership().questionnaire, "self")
    assert form.scored_item_ids == tuple(f"sit-{number}" for number in range(1, 21))
    first, second = form.situations[:2]
    assert (first.calls_for, first.actions) == ("M1", ("S1", "S2", "S3", "S4"))
    assert (second.calls_for, second.actions) == ("M2", ("S2", "S3", "S4", "S1"))
    assert dict(second.weights) == {"S1": 3, "S2": 4, "S3": 2, "S4": 1}
    assert (form.complete, form.min_situations) == (True, 16)


def test_a_situation_with_its_own_row_calls_for_the_style_that_weighs_most_there() -> None:
    def best(level: str, weights: tuple[int, int, int, int]) -> str:
        row = dict(zip(("S1", "S2", "S3", "S4"), weights, strict=True))
        item = SituationItem(
            id="one",
            calls_for=level,  # type: ignore[arg-type]
            actions=("S1", "S2", "S3", "S4"),
            reason="…",
            override=WeightOverride(weights=row, reason="…"),  # type: ignore[arg-type]
        )
        key = make_form(situations(items=(item,)).questionnaire, "self").situations[0]
        assert dict(key.weights) == row
        return key.best_style

    assert best("M3", (1, 4, 3, 2)) == "S2"
    assert best("M3", (1, 4, 4, 2)) == "S3"
    assert best("M1", (1, 4, 4, 2)) == "S2"


def test_a_perspective_that_is_asked_some_of_them_has_its_own_minimum() -> None:
    form = make_form(leadership().questionnaire, "direct-report")
    assert len(form.situations) == 12
    assert (form.complete, form.min_situations) == (False, 10)


def test_situations_of_a_questionnaire_that_scores_scales_are_no_rows() -> None:
    assert make_form(maturity().questionnaire, "self").situations == ()
    mixed = definition(items=situations().questionnaire.items, options={})
    assert make_form(mixed.questionnaire, "self").scored_item_ids == ()


def test_each_seed_has_its_own_order_and_always_the_same() -> None:
    form = make_form(shuffled(leadership()).questionnaire, "self")
    orders = {shuffled_form(form, seed).item_ids for seed in range(50)}
    assert len(orders) == 50
    assert all(sorted(order) == sorted(form.item_ids) for order in orders)
    # By sha256sum of "7 sit-1", "7 sit-2" …: another Python or machine must find the same order again.
    assert shuffled_form(form, 7).item_ids[:5] == ("sit-2", "sit-10", "sit-20", "sit-11", "sit-3")


def test_shuffling_changes_the_order_of_asking_and_nothing_of_the_key() -> None:
    form = make_form(shuffled(leadership()).questionnaire, "self")
    found = shuffled_form(form, 12345)
    assert found.item_ids == tuple(item_id for page in found.pages for item_id in page.items)
    assert (found.situations, found.scored_item_ids) == (form.situations, form.scored_item_ids)


def test_a_situation_moves_with_the_page_it_is_on_and_a_remark_keeps_its_place() -> None:
    questionnaire = leadership().questionnaire
    parts = {
        "items": (
            TextItem(id="before", reason="…"),
            *questionnaire.items[:4],
            TextItem(id="after", reason="…"),
        ),
        "pages": (Page(id="pair", items=("sit-1", "sit-2")),),
        "perspectives": {"self": Perspective()},
        "shuffled": True,
    }
    form = make_form(msgspec.structs.replace(questionnaire, **parts), "self")
    for seed in range(20):
        pages = shuffled_form(form, seed).pages
        assert (pages[0].id, pages[-1].id) == ("before", "after")
        assert FormPage("pair", ("sit-1", "sit-2")) in pages
    assert {shuffled_form(form, seed).pages[1].id for seed in range(20)} == {"pair", "sit-3", "sit-4"}


@pytest.mark.parametrize("seed", [0, 7])
def test_a_questionnaire_that_does_not_shuffle_keeps_the_order_of_the_file(seed: int) -> None:
    form = make_form(leadership().questionnaire, "self")
    assert shuffled_form(form, seed) is form
