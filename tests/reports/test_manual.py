"""The technical manual as a view: what it says with many answers, with few, and with none."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest
from babel.messages.pofile import read_po
from manual_examples import (
    IPIP,
    all_words,
    blocks,
    chapter,
    chosen,
    job_maturity,
    leadership_style,
    manual,
    paired,
    rated,
)

from assess.disclosure.thresholds import GroupTooSmall
from questionnaires.reader import read_folder
from reports.manual import ManualGroup, from_json
from reports.manual.distributions import bin_edges
from reports.manual.fairness import mean_difference
from reports.view import to_json

ROOM = Path(__file__).parent.parent.parent / "reports"
LANGUAGES = ("da", "sv", "en")


@pytest.fixture(scope="module")
def definition():
    return job_maturity()


@pytest.fixture(scope="module")
def measured(definition):
    own, manager, pairs = paired(definition, 60)
    return manual(definition, own, manager, pairs=pairs)


# --- which chapters --------------------------------------------------------------------------------


def test_every_chapter_that_a_reviewer_asks_for_is_there_and_numbered(measured):
    assert [found.id for found in measured.chapters] == [
        *("purpose", "not-for", "theory", "development", "items", "sample", "distributions", "reliability"),
        *("precision", "decisions", "quality", "norms", "fairness", "agreement", "change", "validity"),
        *("versions", "review", "references"),
    ]
    assert [found.number for found in measured.chapters] == list(range(1, 20))


def test_the_first_page_says_that_it_is_untested(measured):
    assert measured.cover.tested == "Not yet tested with users"
    assert measured.cover.untested


def test_a_questionnaire_whose_tests_are_published_is_not_called_untested():
    cover = manual(read_folder(IPIP)).cover
    assert not cover.untested
    assert cover.tested == "Tests of this questionnaire have been published."


def test_without_answers_each_chapter_on_figures_says_which_data_it_waits_for(definition):
    view = manual(definition)
    for name in ("sample", "distributions", "reliability", "quality", "norms", "fairness", "agreement"):
        assert chapter(view, name).state == "waiting", name
        assert all(block.needs.startswith("Waits for: ") for block in blocks(view, name, "Waiting"))
        assert blocks(view, name, "Waiting"), name
    assert view.figures == ()
    assert "No answers have come in yet" in view.cover.known[0]


def test_the_table_for_reviewers_points_to_chapters_by_their_numbers(measured):
    (table,) = blocks(measured, "review", "Table")
    rows = {row.head: row.cells[0] for row in table.rows}
    assert rows["Norms"] == str(chapter(measured, "norms").number)
    assert rows["Reliability of every score, standard errors"] == "8, 9, 15"


# --- the figures -----------------------------------------------------------------------------------


def test_the_table_of_reliability_shows_the_figures_of_the_measurement(measured):
    document = measured.figures[0].reliability
    table = blocks(measured, "reliability", "Table")[0]
    for row, scale in zip(table.rows, document.scales, strict=True):
        assert row.cells[2] == f"{scale.alpha:.2f}"
        assert row.strip.value == scale.alpha
        assert (row.strip.low, row.strip.high) == scale.alpha_interval


def test_an_item_that_does_not_belong_is_named_with_its_words_and_what_to_do(definition):
    group = rated(definition, n=300)
    place = group.form.scored_item_ids.index("energy-4")
    group.answers[place] = np.random.default_rng(8).integers(1, 6, 300)
    remark = blocks(manual(definition, group), "reliability", "Remark")[-1]
    assert remark.lines[0].startswith(
        "energy-4 (energy) “I do the boring tasks as carefully as the fun ones.”"
    )
    assert "alpha would rise by" in remark.lines[0]
    assert "Do not drop an item on these figures alone" in remark.lines[-1]


def test_shares_of_a_histogram_are_all_of_it_and_a_score_on_an_edge_counts_upwards(measured):
    for block in blocks(measured, "distributions", "Histograms"):
        for chart in block.charts:
            assert sum(part.share for part in chart.bins) == pytest.approx(1)
    assert bin_edges(1, 5).tolist() == [1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5]
    assert len(bin_edges(0, 100)) == 11


def test_the_interval_of_a_mean_difference_is_welchs():
    """R 4.2.2, t.test(1:3, 1:5)$conf.int; the pooled variance by hand: (4 · 2.5 + 2 · 1) / 6 = 2."""
    first, second = np.array([1.0, 2, 3, 4, 5]), np.array([1.0, 2, 3])
    difference, low, high, effect = mean_difference(first, second)
    assert difference == -1
    assert (low, high) == pytest.approx((-3.24458868455126, 1.24458868455126), abs=1e-12)
    assert effect == pytest.approx(-1 / 2**0.5)


def test_a_level_that_nearly_everyone_has_is_remarked_on(definition):
    view = manual(definition, rated(definition, n=60, shift=3.0))
    (remark,) = blocks(view, "distributions", "Remark")
    assert remark.title == "The cuts separate poorly here"
    assert remark.lines[0].startswith("M4 holds")


def test_reliable_change_goes_by_the_larger_error(definition):
    """1.645·√2·SEM with the file's 0.75·√0.3 = 0.411 for a facet: 0.96."""
    (table,) = blocks(manual(definition), "change", "Table")
    assert {row.head: row.cells[0] for row in table.rows}["Knowledge"] == "0.96"


def test_from_300_sheets_on_it_says_where_the_scale_measures_well(definition):
    few = manual(definition, rated(definition, n=60))
    assert blocks(few, "precision", "Curves") == []
    many = manual(definition, rated(definition, n=320))
    (curves,) = blocks(many, "precision", "Curves")
    assert len(curves.charts) == 8  # the facets; domains have more than one dimension
    assert all(0 < error <= 1 for chart in curves.charts for _, error in chart.points)


def test_norms_begin_at_200_people(definition):
    assert chapter(manual(definition, rated(definition, n=199)), "norms").state == "waiting"
    view = manual(definition, rated(definition, n=230))
    assert chapter(view, "norms").state == "measured"
    assert {norm.scale for norm in view.figures[0].norms} == set(definition.questionnaire.scales)


def test_items_are_compared_between_groups_of_200(definition):
    own, manager = rated(definition, "self", 230, 1), rated(definition, "manager", 230, 2)
    place = manager.form.scored_item_ids.index("skill-1")
    manager.answers[place] = np.clip(manager.answers[place].astype(int) - 1, 1, 5).astype(np.uint8)
    view = manual(definition, own, manager)
    worst = max(view.dif, key=lambda item: abs(item.dif.effect or 0))
    assert (worst.item, worst.dif.dif_class) == ("skill-1", "C")
    assert "skill-1 (C)" in all_words(view, "fairness")


def test_languages_are_compared_where_the_sheets_tell_them(definition):
    group = rated(definition, n=40)
    spoken = ManualGroup(
        group.form, group.answers, group.seconds, group.subjects, ("da",) * 20 + ("sv",) * 20
    )
    view = manual(definition, spoken)
    (table,) = blocks(view, "fairness", "Table")
    assert table.title == "Self-rating, Swedish against self-rating, Danish"
    assert "do not say in which language" not in all_words(view, "fairness")


@pytest.mark.parametrize(("others", "compared"), [(0, True), (3, False), (10, True)])
def test_languages_are_not_compared_where_the_rest_would_tell_of_a_few(definition, others, compared):
    """Mean and n of all, less those of both languages, are the mean and n of the rest."""
    group = rated(definition, n=40 + others)
    spoken = ("da",) * 20 + ("sv",) * 20 + ("",) * others
    view = manual(definition, replace(group, languages=spoken))
    assert bool(blocks(view, "fairness", "Table")) == compared


def test_own_and_managers_ratings_are_held_against_each_other(measured):
    (table,) = blocks(measured, "agreement", "Table")
    assert len(table.rows) == 10
    assert blocks(measured, "agreement", "Waiting") == []


# --- what is never shown ---------------------------------------------------------------------------


def test_of_a_small_group_not_even_its_size_is_told(definition):
    view = manual(definition, rated(definition, n=4))
    assert view.figures[0].n is None
    assert view.figures[0].reliability is None
    (table,) = blocks(view, "sample", "Table")
    assert table.rows[0].cells == ("fewer than 5", "–", "–", "–", "–")


@pytest.mark.parametrize("n", [5, 9])
def test_under_ten_people_no_distribution_leaves(definition, n):
    view = manual(definition, rated(definition, n=n))
    assert view.figures[0].n == n
    assert (view.figures[0].reliability, view.figures[0].response_quality) == (None, None)
    assert chapter(view, "distributions").state == "waiting"


def test_people_count_and_not_sheets(definition):
    group = rated(definition, n=12)
    same = ManualGroup(group.form, group.answers, group.seconds, ("p1", "p2", "p3") * 4)
    assert manual(definition, same).figures[0].n is None


def test_no_figure_of_a_single_sheet_is_in_the_file(measured):
    for group in measured.figures:
        assert all(index.spread is None for index in group.response_quality.indices)


def test_groups_smaller_than_ever_allowed_are_refused(definition):
    with pytest.raises(GroupTooSmall):
        manual(definition, rated(definition, n=12), least=3)


def test_sheets_of_another_questionnaire_are_refused(definition):
    with pytest.raises(ValueError, match="not of leadership-style"):
        manual(leadership_style(), rated(definition))


# --- situations, and questionnaires of others ------------------------------------------------------


def test_of_styles_there_is_no_alpha_but_chance():
    definition = leadership_style()
    view = manual(definition, chosen(definition), chosen(definition, "direct-report", 12, 3))
    assert "none are given" in all_words(view, "reliability")
    (table,) = blocks(view, "reliability", "Table")
    # 20 random answers: flexibility 23.93, SD 2.71, by counting; effectiveness 50, SD 5 = √(20 · 1.25)
    assert table.rows[0].cells == ("20", "0–30", "23.93", "2.71")
    assert table.rows[1].cells == ("20", "20–80", "50.00", "5.00")
    assert "precision" not in [found.id for found in view.chapters]
    assert chapter(view, "norms").state == "not-applicable"


def test_shares_of_styles_in_a_situation_are_all_of_its_answers():
    definition = leadership_style()
    view = manual(definition, chosen(definition, n=100))
    table = blocks(view, "distributions", "Table")[0]
    row = next(row for row in table.rows if row.head == "situation-07")
    assert sum(int(cell.rstrip("%")) for cell in row.cells[1:5]) == pytest.approx(100, abs=2)


def test_a_questionnaire_of_others_makes_no_claim_on_our_theory():
    view = manual(read_folder(IPIP), rated(read_folder(IPIP), n=50))
    assert "Thompson" not in all_words(view)
    assert chapter(view, "decisions").state == "not-applicable"
    assert "Agreeableness" in all_words(view, "items")


def test_the_folders_of_the_checker_have_manuals_too():
    folders = sorted((Path(__file__).parent.parent / "questionnaires" / "valid").iterdir())
    assert len(folders) > 5
    for folder in folders:
        definition = read_folder(folder)
        for language in definition.questionnaire.languages:
            assert len(manual(definition, language=language).chapters) > 15, folder.name


# --- words -----------------------------------------------------------------------------------------


def messages():
    """Every message of the room, and the plural of those that have one."""
    for path in sorted((ROOM / "manual").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"say", "count"}:
                assert isinstance(node.args[0], ast.Constant), f"{path.name}:{node.lineno}"
                yield node.args[0].value


@pytest.mark.parametrize("language", ["da", "sv"])
def test_every_word_is_in_the_catalogue_with_the_same_gaps(language):
    with (ROOM / "language" / f"{language}.po").open("rb") as file:
        known = read_po(file, locale=language)
    for message in set(messages()):
        found = known.get(message)
        assert found is not None, message
        assert found.string, message
        texts = found.string if isinstance(found.string, tuple) else (found.string,)
        for text in texts:
            assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", message)), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_stand_beside_the_items_only_for_readers_of_their_language(definition, language):
    text = all_words(manual(definition, language=language), "items")
    assert ("only somebody who understands why" in text) == (language == "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_view_goes_to_json_and_back(definition, language):
    view = manual(definition, rated(definition, n=30), language=language)
    assert from_json(to_json(view)) == view


def test_the_same_answers_make_the_same_manual(definition):
    group = rated(definition, n=40)
    first, second = (msgspec.json.encode(manual(definition, group)) for _ in range(2))
    assert first == second
