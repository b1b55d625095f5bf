"""The team's pictures: absolute bands, places worked out by hand, many marks apart, everything escaped."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree as ET

import msgspec
import pytest
from team_examples import team_of, viewed

from reports import charts
from reports.charts import team_quadrants

SVG = "{http://www.w3.org/2000/svg}"


# --- bands -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "lo", "hi", "band"),
    [
        (1.0, 1, 5, 1),
        (1.4999, 1, 5, 1),
        (1.5, 1, 5, 2),
        (2.4999, 1, 5, 2),
        (2.5, 1, 5, 3),
        (3.0, 1, 5, 3),
        (3.5, 1, 5, 4),
        (4.4999, 1, 5, 4),
        (4.5, 1, 5, 5),
        (5.0, 1, 5, 5),
        (0.2, 1, 5, 1),
        (7.0, 1, 5, 5),
        (0.0, 0, 10, 1),
        (1.25, 0, 10, 2),
        (5.0, 0, 10, 3),
        (9.0, 0, 10, 5),
        (0.1 + 0.2 + 3.2, 1, 5, 4),
    ],
)
def test_a_band_is_the_nearest_place_of_the_scale(value, lo, hi, band):
    """The last: 0.1 + 0.2 + 3.2 is 3.5000000000000004 or a little less, and never band 3."""
    assert charts.heat_band(value, lo, hi) == band


def test_a_band_depends_on_nothing_but_the_value():
    """Absolute: a small gap between two people is two colours only where a border lies between them."""
    assert charts.heat_band(2.6, 1, 5) == charts.heat_band(3.4, 1, 5)
    assert charts.band_edges(1, 5) == (1.5, 2.5, 3.5, 4.5)
    for edge in charts.band_edges(0, 10):
        assert charts.heat_band(edge, 0, 10) == charts.heat_band(edge - 0.01, 0, 10) + 1


@pytest.mark.parametrize(("value", "lo", "hi"), [(3, 5, 1), (3, 2, 2), (math.nan, 1, 5)])
def test_without_a_scale_or_a_number_there_is_no_band(value, lo, hi):
    with pytest.raises(ValueError, match="no band"):
        charts.heat_band(value, lo, hi)


# --- the quadrant ----------------------------------------------------------------------------------


def drawn(number):
    part = viewed(team_of(number)).quadrant
    return part, team_quadrants.geometry(part), ET.fromstring(charts.team_quadrant(part))


def test_each_view_is_a_mark_and_two_views_are_joined():
    part, drawing, svg = drawn(12)
    assert len(drawing.spots) == sum(len(pair.marks) for pair in part.pairs) == 18
    assert len(drawing.joins) == 6
    assert len(svg.findall(f".//{SVG}circle")) == 12
    assert len([one for one in svg.iter(f"{SVG}path") if one.get("class") == "chart-other"]) == 6


def test_few_are_numbered_in_the_order_of_the_list():
    part, _, svg = drawn(12)
    numbers = [one.text for one in svg.iter(f"{SVG}text") if one.get("font-weight") == "600"]
    assert [pair.number for pair in part.pairs] == list(range(1, 13))
    assert sorted(map(int, numbers)) == sorted([*range(1, 13), 1, 3, 5, 7, 9, 11])


def test_few_marks_have_two_rings_and_more_have_one():
    assert {len(spot.rings) for spot in drawn(4)[1].spots} == {2}
    assert {len(spot.rings) for spot in drawn(12)[1].spots} == {1}


def test_of_many_only_the_places_are_drawn():
    part, drawing, svg = drawn(200)
    assert not part.numbered
    assert all(not spot.rings for spot in drawing.spots)
    assert not [one for one in svg.iter(f"{SVG}text") if one.get("font-weight") == "600"]


def test_a_mark_lies_where_its_scores_say():
    """x: 40 + (x − 1)/4 · 276; y: bottom − (y − 1)/4 · 236, moved by no more than the leash."""
    part, drawing, _ = drawn(4)
    marks = [mark for pair in part.pairs for mark in pair.marks]
    for mark, spot in zip(marks, drawing.spots, strict=True):
        x, y = 40 + (mark.x - 1) / 4 * 276, drawing.frame.bottom - (mark.y - 1) / 4 * 236
        assert math.dist((x, y), (spot.x, spot.y)) <= team_quadrants.FARTHEST + 1e-6


def test_marks_part_until_each_can_be_read_and_never_leave_their_place():
    places = [(100.0, 100.0), (100.0, 100.0), (101.0, 100.0), (200.0, 50.0)]
    moved = team_quadrants.apart(places, 12, 11)
    assert moved[3] == places[3], "who stands alone is not moved"
    near = [math.dist(moved[a], moved[b]) for a in range(3) for b in range(a)]
    assert min(near) >= 11.9
    assert all(math.dist(now, then) <= 11 + 1e-9 for now, then in zip(moved, places, strict=True))
    assert moved == team_quadrants.apart(places, 12, 11), "the same picture each time"


def test_the_title_states_the_finding_and_each_mark_says_whose_it_is():
    part, _, svg = drawn(4)
    assert svg.find(f"{SVG}title").text == part.finding
    names = [one.text for one in svg.iter(f"{SVG}title")][1:]
    assert "Amina Yıldız · Baking bread (You)" in names


def test_a_name_is_text_and_never_markup():
    part = viewed(team_of(1)).quadrant
    [pair] = part.pairs
    evil = [msgspec.structs.replace(mark, label="<script>x</script>") for mark in pair.marks]
    part = msgspec.structs.replace(part, pairs=(msgspec.structs.replace(pair, marks=tuple(evil)),))
    assert "<script" not in re.sub(r"&lt;.*?&gt;", "", str(charts.team_quadrant(part)))
