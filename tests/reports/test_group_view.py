"""What a group's result says, and what it keeps to itself."""

from __future__ import annotations

import pytest
from group_examples import group, job_maturity, leadership_style, viewed

from assess.releases.agreement import CellIcc
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


# --- whether a mean is the group's -----------------------------------------------------------------


def test_from_070_on_a_mean_is_the_groups_and_under_it_the_views_differ():
    view = viewed(group(job_maturity(), earlier=True, agreement={"skill": 0.7, "will": 0.6}))
    rows = {row.id: row for row in view.rows}
    assert view.has_agreement
    assert (rows["skill"].agreement_words, rows["will"].agreement_words) == ("0.7", "0.6")
    assert not rows["skill"].views_differ
    assert float(rows["skill"].value_words) == rows["skill"].bar.point
    assert rows["will"].views_differ
    assert rows["will"].value_words == "views differ"
    assert rows["will"].interval_words == rows["will"].trend_words == ""
    assert rows["will"].spread_words, "how far apart they are is told"
    assert (rows["will"].bar.point, rows["will"].bar.low, rows["will"].bar.high) == (None, None, None)
    assert any("From 0.7 on a mean may be called the group’s" in line for line in view.reading)


def test_a_range_too_is_not_the_groups_where_views_differ():
    found = group(job_maturity())
    first = found.figures.measures[0].id
    assert found.figures.measures[0].band is not None
    [row] = [one for one in viewed(group(job_maturity(), agreement={first: 0.3})).rows if one.id == first]
    assert (row.value_words, row.bar.low) == ("views differ", None)


def test_without_agreement_nothing_is_said_of_it():
    view = viewed(group(job_maturity(), people=7))
    assert not view.has_agreement
    assert {row.agreement_words for row in view.rows} == {""}
    assert not any("Agreement" in line for line in view.reading)


# --- whom changes are counted from -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("moved", "says"),
    [
        ((True, 0, 0), "Compared with Efterår 2025: the same people."),
        ((False, 5, 0), "Compared with Efterår 2025: 5 have come, 0 have gone."),
        ((False, None, None), "Compared with Efterår 2025: not all are the same people."),
        ((None, None, None), "Compared with Efterår 2025."),
    ],
)
def test_a_change_says_whose_it_is(moved: tuple[bool | None, int | None, int | None], says: str):
    assert viewed(group(job_maturity(), earlier=True, moved=moved)).compared == says


def test_without_a_change_nobody_is_compared():
    assert viewed(group(job_maturity())).compared == ""


# --- how far the groups of a release differ --------------------------------------------------------


def between(icc1: float, icc2: float, low: float, high: float) -> CellIcc:
    return CellIcc(icc1=icc1, icc2=icc2, low=low, high=high, cells=6, people=84)


@pytest.mark.parametrize(
    ("one", "shown"),
    [
        (between(0.20, 0.80, 0.05, 0.45), ("20%", "5\N{EN DASH}45%", "well (0.80)")),
        (between(0.20, 0.70, 0.05, 0.45), ("20%", "5\N{EN DASH}45%", "well (0.70)")),
        (between(0.10, 0.55, 0.05, 0.30), ("10%", "5\N{EN DASH}30%", "roughly (0.55)")),
        (between(0.05, 0.45, 0.05, 0.25), ("5%", "5\N{EN DASH}25%", "hardly (0.45)")),
        (between(0.10, 0.75, 0.0, 0.30), ("10%", "0\N{EN DASH}30%", "hardly (0.75)")),
        (between(-0.05, -1.50, -0.10, 0.10), ("0%", "0\N{EN DASH}10%", "hardly (0.00)")),
    ],
)
def test_how_far_groups_differ_in_words(one: CellIcc, shown: tuple[str, str, str]):
    """No part of variation is negative; an ICC(2) counts only where the groups surely differ."""
    apart = viewed(group(job_maturity(), icc={"will": one})).apart
    assert apart is not None
    [row] = apart.rows
    assert (row.between_words, row.interval_words, row.reliability_words) == shown
    assert (row.between, row.reliability) == (one.icc1, one.icc2), "the data have the figures as published"


def test_the_finding_names_what_the_groups_differ_on():
    icc = {"will": between(0.1, 0.6, 0.05, 0.3), "skill": between(0.05, 0.3, -0.05, 0.2)}
    apart = viewed(group(job_maturity(), icc=icc)).apart
    assert apart is not None
    assert apart.finding.startswith("The groups differ more than chance explains on: ")
    assert apart.who.endswith("84 people in 6 groups.")
    assert [row.id for row in apart.rows] == ["skill", "will"], "in the order of the page"
    nothing = viewed(group(job_maturity(), icc={"skill": icc["skill"]})).apart
    assert nothing is not None
    assert nothing.finding.startswith("On no part do the groups differ")
    assert viewed(group(job_maturity())).apart is None
