"""The job-maturity questionnaire: what it asks of whom, and its numbers."""

from __future__ import annotations

import math

from questionnaires.checker import check_folder
from questionnaires.definition import ChoiceItem, RatingItem, RatingScales, TextItem
from questionnaires.library import LIBRARY
from questionnaires.reader import read_folder

FOLDER = LIBRARY / "job-maturity"
DEFINITION = read_folder(FOLDER)
Q = DEFINITION.questionnaire
TECHNICAL = ("knowledge", "skill", "experience", "judgement")
PSYCHOLOGICAL = ("will", "responsibility", "relations", "energy")
FACETS = (*TECHNICAL, *PSYCHOLOGICAL)
SCALES = (*FACETS, "technical", "psychological")


def items_of(facet: str) -> tuple[str, ...]:
    return tuple(f"{facet}-{number}" for number in (1, 2, 3, 4))


STATEMENTS = tuple(item_id for facet in FACETS for item_id in items_of(facet))


# --- what is asked ---------------------------------------------------------------------------------


def test_the_folder_has_no_problem() -> None:
    assert check_folder(FOLDER) == ()


def test_eight_facets_of_four_statements_then_the_unscored_items() -> None:
    unscored = ("tenure", "freshness", "safe-alone", "wish-s1", "wish-s2", "wish-s3", "wish-s4", "topics")
    assert tuple(item.id for item in Q.items) == STATEMENTS + unscored
    kinds = {item.id: type(item) for item in Q.items}
    assert all(kinds[item_id] is RatingItem for item_id in (*STATEMENTS, "freshness", "safe-alone"))
    assert all(kinds[item_id] is ChoiceItem for item_id in ("tenure", *unscored[3:7]))
    assert kinds["topics"] is TextItem


def test_statements_are_required_and_the_rest_is_free() -> None:
    assert {item.id for item in Q.items if not item.optional} == set(STATEMENTS)


def test_the_statements_share_five_options_and_cannot_say() -> None:
    assert {item.options for item in Q.items if item.id in STATEMENTS and isinstance(item, RatingItem)} == {
        "fit"
    }
    assert Q.options["fit"].values == (1, 2, 3, 4, 5)
    assert Q.options["fit"].cannot_say
    assert Q.options["wish"].choices == ("less", "as-now", "more")


def test_the_danish_labels_are_full_sentences_of_fit() -> None:
    fit = DEFINITION.texts["da"].options["fit"]
    assert fit.labels == (
        "Passer slet ikke",
        "Passer lidt",
        "Passer delvist",
        "Passer for det meste",
        "Passer helt",
    )


def test_a_manager_rates_the_twins_and_whether_the_person_can_stand_alone() -> None:
    assert Q.perspectives["manager"].items == (*STATEMENTS, "safe-alone")
    assert Q.perspectives["self"].items == ()
    assert set(Q.perspectives) == {"self", "manager"}


def test_one_facet_a_page() -> None:
    assert [(page.id, page.items) for page in Q.pages[:8]] == [(facet, items_of(facet)) for facet in FACETS]
    assert [page.id for page in Q.pages[8:]] == ["background", "wishes", "talk"]


def test_the_short_form_asks_two_facets_of_each_domain() -> None:
    short = Q.short_forms["second-area"]
    assert short.items == tuple(
        [i for facet in ("knowledge", "skill", "will", "responsibility") for i in items_of(facet)]
        + ["safe-alone"]
    )
    assert short.min_answered == {
        "knowledge": 3,
        "skill": 3,
        "will": 3,
        "responsibility": 3,
        "technical": 6,
        "psychological": 6,
    }


def test_it_is_personal_by_job_area_and_takes_six_minutes() -> None:
    assert (Q.privacy, Q.by_job_area, Q.minutes, Q.source_language) == ("personal", True, 6, "da")
    assert Q.provenance.tested == "not-yet-tested-with-users"


# --- numbers ---------------------------------------------------------------------------------------


def test_scales_their_minimum_and_bands() -> None:
    assert isinstance(Q.scoring, RatingScales)
    assert tuple(Q.scales) == SCALES
    for facet in FACETS:
        assert (Q.scales[facet].items, Q.scales[facet].min_answered) == (items_of(facet), 3)
    assert (Q.scales["technical"].facets, Q.scales["technical"].min_answered) == (TECHNICAL, 12)
    assert (Q.scales["psychological"].facets, Q.scales["psychological"].min_answered) == (PSYCHOLOGICAL, 12)
    assert {scale.bands for scale in Q.scales.values()} == {(2.5, 3.5)}


def test_two_cuts_make_four_levels_and_each_calls_for_its_style() -> None:
    quadrants = Q.classification
    assert quadrants is not None
    assert quadrants.name == "ability-and-willingness"
    assert (quadrants.across, quadrants.up) == ("technical", "psychological")
    assert quadrants.cuts == {"technical": 3.5, "psychological": 3.5}
    assert quadrants.cut_reason.startswith("A convention")
    assert {level: (q.across, q.up, q.calls_for) for level, q in quadrants.levels.items()} == {
        "M1": ("low", "low", "S1"),
        "M2": ("low", "high", "S2"),
        "M3": ("high", "low", "S3"),
        "M4": ("high", "high", "S4"),
    }
    assert (quadrants.borderline_below, quadrants.mixed_below, quadrants.agreement_from) == (0.70, 2.5, 0.50)
    assert Q.interval == 0.90


def test_one_raters_halo_never_looks_more_precise_than_the_own_view() -> None:
    for scale in SCALES:
        own, manager = Q.precision["self"][scale], Q.precision["manager"][scale]
        assert manager.reliability <= own.reliability
        assert manager.sd * math.sqrt(1 - manager.reliability) >= own.sd * math.sqrt(1 - own.reliability)


def test_provisional_precision_is_cautious_and_hangs_together() -> None:
    """A domain cannot be more precise than the mean of four facets with independent errors would be."""
    for figures in Q.precision.values():
        for domain, facets in (("technical", TECHNICAL), ("psychological", PSYCHOLOGICAL)):
            error = sum(figures[f].sd ** 2 * (1 - figures[f].reliability) for f in facets) / 16
            assert figures[domain].sd * math.sqrt(1 - figures[domain].reliability) >= math.sqrt(error)
            assert 0.80 <= figures[domain].reliability <= 0.90
            assert all(0.60 <= figures[f].reliability <= 0.75 for f in facets)
