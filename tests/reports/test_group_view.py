"""What a group's result says, and what it keeps to itself."""

from __future__ import annotations

from group_examples import group, job_maturity, leadership_style, viewed

from reports.charts import group_bar
from reports.group.not_shown import units_in_words
from reports.view.words import words_for


def test_a_domain_stands_before_its_facets():
    rows = viewed(group(job_maturity())).rows
    scales = job_maturity().questionnaire.scales
    domains = [place for place, row in enumerate(rows) if row.is_whole]
    assert domains == [0, 1 + len(scales[rows[0].id].facets)]
    assert [row.id for row in rows[1 : domains[1]]] == list(scales[rows[0].id].facets)


def test_a_range_stands_instead_of_the_mean_of_people_who_agree():
    view = viewed(group(job_maturity()))
    [agreed] = [row for row in view.rows if row.bar.point is None]
    assert agreed.value_words == "3.0\N{EN DASH}3.5"
    assert agreed.interval_words == agreed.spread_words == agreed.trend_words == ""
    assert any("A bar without a point" in line for line in view.reading)
    assert "circle" not in group_bar(agreed.bar)


def test_small_groups_show_no_spread_no_levels_and_say_why():
    view = viewed(group(job_maturity(), people=7))
    assert not view.has_spread
    assert view.levels == ()
    assert any("groups of at least 10" in line for line in view.not_shown)


def test_large_groups_show_both_and_do_not_say_that_they_do_not():
    view = viewed(group(job_maturity(), people=14))
    assert view.has_spread
    assert [level.id for level in view.levels] == ["M1", "M2", "M3", "M4"]
    assert not any("groups of at least 10" in line for line in view.not_shown)


def test_a_change_says_since_when_and_how_sure_it_is():
    view = viewed(group(job_maturity(), earlier=True))
    assert view.trend_head == "Change since Efterår 2025"
    assert any(row.trend_is_clear for row in view.rows)
    assert any(row.trend_words and not row.trend_is_clear for row in view.rows)
    assert not any("No change over time" in line for line in view.not_shown)
    assert any("No change over time" in line for line in viewed(group(job_maturity())).not_shown)


def test_units_that_are_shown_together_are_named_and_missing_people_are_told():
    found = group(job_maturity(), names=("Butik Nord", "Butik Syd"), merged=1, whole=False)
    view = viewed(found)
    assert view.who[0] == (
        "Butik Nord is not shown alone: these are the figures of Butik Nord and Butik Syd together."
    )
    assert view.who[1] == "14 people have answered."
    assert view.who[2].startswith("Some who belong to Butik Nord")
    assert any("earlier results" in line for line in view.not_shown)


def test_a_unit_that_is_too_small_says_so_before_anything_else():
    view = viewed(group(job_maturity(), names=("Butik Nord", "Butik Syd", "Butik Vest")))
    assert view.who[0] == (
        "Butik Nord is too small to be shown alone: these are the figures of Butik Nord, Butik Syd and "
        "Butik Vest together."
    )


def test_of_many_units_the_first_are_named_and_the_others_counted():
    words = words_for(job_maturity(), "en")
    said = units_in_words(words, [f"U{number}" for number in range(40)])
    assert said.startswith("U0, U1, ")
    assert said.endswith("U10 and 29 more units")


def test_styles_of_leaders_are_shares_in_percent():
    view = viewed(group(leadership_style(), people=12))
    assert len(view.rows) == 4
    assert view.axis == ("0%", "100%")
    assert all("%" in row.value_words for row in view.rows)


def test_what_people_wrote_is_not_shown_without_words():
    assert viewed(group(job_maturity())).comments == ()
    [comments] = viewed(group(job_maturity(), comments=("More time", "Fine"))).comments
    assert comments.texts == ("More time", "Fine")
