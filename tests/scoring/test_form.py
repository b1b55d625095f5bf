from __future__ import annotations

import pytest
from example_definitions import FACETS, SHORT_FACETS, definition, maturity, maturity_items, plain_scale

from assess.scoring.form import FormPage, UnknownForm, item_keys, make_form
from questionnaires.definition import OptionSet, Page, Perspective, RatingItem, Scale


def test_a_full_form_asks_everything_in_the_order_of_the_file_and_scores_only_items_of_scales() -> None:
    form = make_form(maturity().questionnaire, "self")
    assert form.item_ids == (*maturity_items(), "tenure", "remark")
    assert form.scored_item_ids == tuple(maturity_items())


def test_a_perspective_asks_its_own_items_only() -> None:
    form = make_form(maturity().questionnaire, "manager")
    assert form.item_ids == tuple(maturity_items())


def test_a_domain_counts_the_items_of_its_facets() -> None:
    form = make_form(maturity().questionnaire, "self")
    technical = next(scale for scale in form.scales if scale.id == "technical")
    assert technical.rows == tuple(range(16))
    assert (technical.full_length, technical.min_answered, technical.is_domain) == (16, 12, True)
    assert technical.facets == FACETS["technical"]
    assert (technical.lo, technical.hi) == (1, 5)


def test_a_short_form_scores_what_it_has_minimums_for_and_remembers_the_full_length() -> None:
    form = make_form(maturity().questionnaire, "self", "second-area")
    assert len(form.item_ids) == 16
    assert {scale.id for scale in form.scales} == {*SHORT_FACETS, *FACETS}
    technical = next(scale for scale in form.scales if scale.id == "technical")
    assert (len(technical.rows), technical.full_length, technical.min_answered) == (8, 16, 6)
    assert technical.facets == ("knowledge", "skill")


def test_full_length_is_that_of_the_perspective() -> None:
    two_of_three = plain_scale(
        (1, 2), 3, perspectives={"self": Perspective(), "manager": Perspective(items=("i1", "i2"))}
    )
    lengths = [
        make_form(two_of_three.questionnaire, who).scales[0].full_length for who in ("self", "manager")
    ]
    assert lengths == [3, 2]


def test_a_scale_without_asked_items_is_not_there() -> None:
    one = definition(
        options={"o": OptionSet(values=(0, 1))},
        items=tuple(RatingItem(id=name, options="o", reason="…") for name in ("a", "b")),
        perspectives={"self": Perspective(items=("a",))},
        scales={"first": Scale(min_answered=1, items=("a",)), "second": Scale(min_answered=1, items=("b",))},
    )
    assert [scale.id for scale in make_form(one.questionnaire, "self").scales] == ["first"]


def test_pages_hold_what_is_asked_and_lone_items_have_a_page_to_themselves() -> None:
    paged = plain_scale(
        (1, 2, 3),
        4,
        pages=(Page(id="later", items=("i3", "i2")), Page(id="empty", items=("i4",))),
        perspectives={"self": Perspective(items=("i1", "i2", "i3"))},
    )
    form = make_form(paged.questionnaire, "self")
    assert form.pages == (FormPage("i1", ("i1",)), FormPage("later", ("i2", "i3")))
    assert form.item_ids == ("i1", "i2", "i3")


def test_reversal_turns_the_response_scale_round_whatever_its_gaps() -> None:
    keys = item_keys(plain_scale((-2, 0, 1, 7), 2).questionnaire)
    assert keys["i1"].keyed == (-2, 0, 1, 7)
    assert keys["i2"].keyed == (7, 5, 4, -2)  # -2 + 7 - x


@pytest.mark.parametrize(("perspective", "short_form"), [("direct-report", None), ("self", "tiny")])
def test_a_form_that_the_questionnaire_does_not_have_is_refused_by_name(
    perspective: str, short_form: str | None
) -> None:
    with pytest.raises(UnknownForm, match=r"tiny|direct-report"):
        make_form(maturity().questionnaire, perspective, short_form)  # type: ignore[arg-type]
