"""Charts: coordinates computed by hand, the finding as title, everything escaped."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree as ET

import msgspec
import pytest

from reports import charts
from reports.charts import bars, canvas, quadrants

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def picture(view, profile):
    """Technical 4.0, psychological 3.0, seen by one voice; the cuts are 3.5 on scales from 1 to 5."""
    return view(profile("self", 4, 4, 3, 3)).areas[0].quadrant


# --- geometry --------------------------------------------------------------------------------------


def test_an_axis_maps_linearly_and_keeps_to_its_ends():
    axis = canvas.Axis(1, 5, 100, 500)
    assert [axis.at(v) for v in (1, 2, 5, 0, 6)] == [100, 200, 500, 100, 500]
    assert axis.length(-0.5) == 50
    assert axis.ticks() == (1, 2, 3, 4, 5)


def test_a_long_scale_labels_about_every_second_number():
    assert canvas.Axis(0, 10, 0, 1).ticks() == (0, 2, 4, 6, 8, 10)


def test_the_point_lies_where_the_scores_say(picture):
    """x: 40 + (4 − 1)/4 · 276 = 247; y: bottom − (3 − 1)/4 · 236 = bottom − 118."""
    drawing = quadrants.geometry(picture)
    (place,) = drawing.places
    assert place.x == pytest.approx(247)
    assert place.y == pytest.approx(drawing.bottom - 118)
    assert drawing.cut_x == pytest.approx(40 + 2.5 / 4 * 276)
    assert drawing.bottom - drawing.top == 236


@pytest.mark.parametrize("compact", [False, True])
def test_each_quadrant_has_its_need_in_words_beside_it(picture, compact):
    root = ET.fromstring(charts.quadrant(picture, compact=compact))
    said = " ".join(text.text for text in root.iter(f"{SVG}text"))
    assert all(corner.need in said for corner in picture.corners)
    _, _, width, height = map(float, root.get("viewBox").split())
    for text in root.iter(f"{SVG}text"):
        if text.get("transform") is None:
            assert 0 < float(text.get("x")) < width
            assert 0 < float(text.get("y")) < height


def test_a_compact_quadrant_has_neither_numbers_nor_the_names_of_the_axes(picture):
    root = ET.fromstring(charts.quadrant(picture, compact=True))
    assert [group.get("class") for group in root.iter(f"{SVG}g")] == ["chart-text"]
    drawing = quadrants.geometry(picture, compact=True)
    assert drawing.bottom - drawing.top == 140
    assert drawing.places[0].x == pytest.approx(4 + 3 / 4 * 268)


def test_the_regions_hold_half_and_nine_tenths_of_a_normal_error():
    """P(R ≤ r) = 1 − exp(−r²/2) for two independent standard normals (Rayleigh): r = 1.1774 and 2.1460."""
    assert pytest.approx(1.1774, abs=1e-4) == quadrants.RADIUS_50
    assert pytest.approx(2.1460, abs=1e-4) == quadrants.RADIUS_90


def test_a_region_is_the_ellipse_of_both_errors(picture):
    """Domain error 0.6·√0.2 = 0.2683: the half region reaches 1.1774 · 0.2683 / 4 · 276 = 21.80."""
    drawing = quadrants.geometry(picture)
    place = drawing.places[0]
    corners = [tuple(map(float, pair.split())) for pair in re.findall(r"[\d.]+ [\d.]+", place.half)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    assert max(xs) - place.x == pytest.approx(21.80, abs=0.06)
    assert place.y - min(ys) == pytest.approx(1.1774 * 0.2683 / 4 * 236, abs=0.06)


def test_a_region_is_cut_off_at_the_ends_of_the_scale(view, profile):
    drawing = quadrants.geometry(view(profile("self", 5, 5, 5, 5)).areas[0].quadrant)
    corners = re.findall(r"([\d.]+) ([\d.]+)", drawing.places[0].most)
    assert max(float(x) for x, _ in corners) == 316
    assert min(float(y) for _, y in corners) == pytest.approx(drawing.top)


def test_each_quadrant_lies_on_its_side_of_both_cuts(picture):
    drawing = quadrants.geometry(picture)
    fields = {field.corner.level: field for field in drawing.fields}
    assert fields["M1"].x == 40 == fields["M2"].x
    assert fields["M3"].x == pytest.approx(drawing.cut_x) == fields["M4"].x
    assert fields["M2"].y == drawing.top == fields["M4"].y
    assert sum(field.width * field.height for field in drawing.fields) == pytest.approx(276 * 236)


def test_labels_stand_outside_the_plot_and_inside_the_picture(picture):
    long = tuple(
        msgspec.structs.replace(c, need="A rather long need that takes lines " * 2) for c in picture.corners
    )
    drawing = quadrants.geometry(msgspec.structs.replace(picture, corners=long))
    for field in drawing.fields:
        for line in field.lines:
            assert not drawing.top - 4 < line.y < drawing.bottom
            assert 8 < line.y < drawing.height
            width = len(line.text) * canvas.CHARACTER * quadrants.LABEL
            assert width <= 276 / 2


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("short", ("short",)),
        ("two words here", ("two words", "here")),
        ("Donaudampfschifffahrt", ("Donaudamp-", "fschifffa-", "hrt")),
        (
            "a b c d e f g h i j k l m n o p q r s t u v",
            ("a b c d e", "f g h i j", "k l m n o", "p q r s t…"),
        ),
        ("", ()),
    ],
)
def test_lines_break_at_words_and_never_grow_too_long(text, lines):
    assert canvas.break_lines(text, width=50, size=10) == lines


def test_an_interval_bar_shows_score_interval_and_cut(view, profile):
    """Knowledge 4 with ± 1.645·0.411: x = 9 + (4 − 1)/4 · 182 = 145.5; 3.324 to 4.676, not clipped."""
    row = view(profile("self", 4, 4, 3, 3)).areas[0].groups[0].rows[0]
    bar = bars.geometry(row)
    (lane,) = bar.lanes
    assert lane.x == pytest.approx(145.5)
    assert lane.low == pytest.approx(9 + (4 - 1.64485 * 0.75 * math.sqrt(0.3) - 1) / 4 * 182, abs=1e-3)
    assert bar.cut == pytest.approx(9 + 2.5 / 4 * 182)


def test_two_voices_have_two_lanes_and_two_shapes(view, profile):
    row = view(profile("self", 4, 4, 3, 3), profile("manager", 2, 2, 3, 3)).areas[0].groups[0].rows[0]
    first, second = bars.geometry(row).lanes
    assert second.y - first.y == bars.LANE
    assert (first.mark.shape, second.mark.shape) == ("disc", "diamond")


def test_a_missing_score_draws_nothing(view, profile):
    row = view(profile("self", 0, 4, 3, 3)).areas[0].groups[0].rows[0]
    assert bars.geometry(row).lanes == ()
    assert "<circle" not in charts.interval_bar(row)


@pytest.mark.parametrize(("done", "total"), [(-1, 4), (5, 4), (0, 0)])
def test_progress_beyond_the_whole_is_refused(done, total):
    with pytest.raises(ValueError, match="progress"):
        charts.progress(done, total, "")


def test_progress_is_as_long_as_what_is_answered():
    """12 of 32 of 320 units are 120."""
    assert ET.fromstring(charts.progress(12, 32, "12 of 32")).findall(f"{SVG}rect")[1].get("width") == "120"


# --- what every chart keeps ------------------------------------------------------------------------


def every_chart(view, profile, **options):
    area = view(profile("self", 4, 4, 3, 3), profile("manager", 2, 4, 4, 3), **options).areas[0]
    row = area.groups[0].rows[0]
    return {
        "quadrant": charts.quadrant(area.quadrant),
        "small quadrant": charts.quadrant(area.quadrant, False),
        "compact quadrant": charts.quadrant(area.quadrant, compact=True),
        "interval bar": charts.interval_bar(row),
        "axis": charts.scale_axis(row),
        "key": charts.mark_key("diamond", "Your manager"),
        "progress": charts.progress(12, 32, "12 of 32"),
    }


def test_every_chart_is_well_formed_and_states_its_finding_in_the_title(view, profile):
    for name, markup in every_chart(view, profile).items():
        root = ET.fromstring(markup)
        assert root[0].tag == f"{SVG}title", name
        assert root[0].text, name
        assert root.get("role") == "img" or root.get("aria-hidden") == "true", name


def test_the_title_of_the_quadrant_says_who_stands_where(view, profile):
    area = view(profile("self", 5, 5, 2, 2), profile("manager", 2, 2, 5, 5)).areas[0]
    assert area.quadrant.finding == "You: Need M3. Your manager: Need M2"


def test_the_title_of_a_bar_carries_its_numbers(view, profile):
    row = view(profile("self", 4, 4, 3, 3)).areas[0].groups[0].rows[0]
    assert row.finding == "Knowledge: You 4.0 (3.3–4.7)"


def test_colours_are_attributes_for_paper_and_classes_for_the_screen(view, profile):
    css = charts.SCREEN_CSS.read_text()
    for name, markup in every_chart(view, profile).items():
        for element in ET.fromstring(markup).iter():
            classes = (element.get("class") or "").split()
            assert not element.get("style"), name
            assert not element.get("id"), f"{name}: ids would clash where a page has two charts"
            for found in classes:
                assert f".{found}" in css or found == "chart-field", f"{name}: {found}"


def test_nothing_in_a_chart_is_markup_of_somebody_else(view, profile):
    bad = '</title><script>alert(1)</script>"&'
    for name, markup in every_chart(view, profile, first_name=bad, audience="manager").items():
        root = ET.fromstring(markup)
        assert not root.findall(f".//{SVG}script"), name
        assert "<script" not in markup, name


@pytest.mark.parametrize(
    ("name", "millimetres"), [("quadrant", 86), ("axis", 48)], ids=["the quadrant", "the axis of the bars"]
)
def test_text_in_charts_is_at_least_nine_points_on_paper(view, profile, name, millimetres):
    """Sizes are in drawing units, scaled by the chart's width on paper (paper.css). 1 mm = 2.8346 pt."""
    root = ET.fromstring(every_chart(view, profile)[name])
    width = float(root.get("viewBox").split()[2])
    sizes = [float(e.get("font-size")) for e in root.iter() if e.get("font-size")]
    assert sizes
    assert min(sizes) * millimetres * 2.8346 / width >= 9
