"""Charts of leadership style: coordinates by hand, shapes and patterns beside colour, findings as titles."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from leader_examples import FITTING, FIVE_WHO_SEE_S1, MIXED, people, raters, view_of

from reports import charts
from reports.charts import heat, plane, styles

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def shown():
    return view_of(MIXED, matches=people(MIXED), raters=raters(MIXED, *FIVE_WHO_SEE_S1))


def every_chart(shown):
    return {
        "style bars": charts.style_bars(shown.styles),
        "small style bars": charts.style_bars(shown.styles, True),
        **{f"mark {row.style}": charts.style_mark(row.style, row.name) for row in shown.styles.rows},
        "plane": charts.flexibility_effectiveness(shown.plane),
        "small plane": charts.flexibility_effectiveness(shown.plane, True),
        "table": charts.style_table(shown.table),
        "leading": charts.leading_bar(shown.leading.rows[0]),
        "fit": charts.fit_bar(shown.match.cards[0].sides[0], shown.match),
        "difference": charts.difference_bar(shown.raters.rows[0]),
        "axis of differences": charts.difference_axis(shown.raters),
        "axis of shares": charts.share_axis(),
    }


# --- what every chart keeps ------------------------------------------------------------------------


def test_every_chart_is_well_formed_and_states_its_finding(shown):
    for name, markup in every_chart(shown).items():
        root = ET.fromstring(markup)
        assert root[0].tag == f"{SVG}title", name
        assert root[0].text, name
        assert root.get("role") == "img" or root.get("aria-hidden") == "true", name


def test_nothing_has_an_id_or_a_style_and_every_class_has_a_colour_for_the_screen(shown):
    css = charts.SCREEN_CSS.read_text()
    for name, markup in every_chart(shown).items():
        for element in ET.fromstring(markup).iter():
            assert not element.get("id"), name
            assert not element.get("style"), name
            for found in (element.get("class") or "").split():
                assert f".{found}" in css, f"{name}: {found}"


def test_nothing_in_a_chart_is_markup_of_somebody_else():
    bad = '</title><script>alert(1)</script>"&'
    found = [replace(entry, first_name=bad, name=bad) for entry in people(MIXED)]
    shown = view_of(MIXED, matches=found)
    markup = charts.fit_bar(shown.match.cards[0].sides[-1], shown.match)
    assert "<script" not in markup


@pytest.mark.parametrize(
    ("name", "millimetres"),
    [("style bars", 72), ("plane", 86), ("table", 106), ("axis of differences", 42), ("axis of shares", 48)],
)
def test_text_is_at_least_nine_points_on_paper_or_nearly(shown, name, millimetres):
    """Drawing units scaled by the chart's width on paper (paper.css). 1 mm = 2.8346 pt."""
    root = ET.fromstring(every_chart(shown)[name])
    width = float(root.get("viewBox").split()[2])
    sizes = [float(e.get("font-size")) for e in root.iter() if e.get("font-size")]
    assert sizes
    assert min(sizes) * millimetres * 2.8346 / width >= (8 if name.startswith("axis") else 9)


# --- the style profile -----------------------------------------------------------------------------


def test_bars_are_as_long_as_the_shares(shown):
    """The axis ends at three quarters or less; S2 has 7 of 20 = 35 %."""
    drawing = styles.geometry(shown.styles)
    most = max(row.high for row in shown.styles.rows)
    end = next(end for end in (0.25, 0.5, 0.75, 1) if most <= end)
    assert drawing.bars[1].end == pytest.approx(30 + 0.35 / end * 276)
    assert drawing.ticks[-1] == (306, f"{100 * end:g}")


def test_styles_differ_in_shape_and_pattern_and_not_in_colour_alone(shown):
    shapes = {}
    for row in shown.styles.rows:
        root = ET.fromstring(charts.style_mark(row.style, row.name))
        drawn = root[1]
        shapes[row.style] = (drawn.tag, re.sub(r"[\d. -]", "", drawn.get("d") or ""))
    assert len(set(shapes.values())) == 4
    patterns = {row.style: styles.pattern(row.style, 0, 0, 60, 20) for row in shown.styles.rows}
    assert patterns["S1"] == ""
    assert len(set(patterns.values())) == 4


@pytest.mark.parametrize("style", ["S2", "S3", "S4"])
def test_a_pattern_stays_within_its_bar(style):
    drawn = styles.pattern(style, 30, 10, 95, 28)
    for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", drawn):
        assert 30 <= float(x) <= 95
        assert 10 <= float(y) <= 28
    assert max((float(x) for x in re.findall(r"H([\d.]+)", drawn)), default=95) == 95


def test_a_style_that_was_never_chosen_has_an_interval_and_no_bar():
    drawn = charts.style_bars(view_of("2" * 20).styles)
    assert drawn.count("<rect") == 1 + 1  # the bar of S2 and the square that marks S1
    assert len(re.findall(r'class="chart-whisker"', drawn)) == 4


def test_the_title_says_the_headline_and_every_count(shown):
    title = ET.fromstring(charts.style_bars(shown.styles))[0].text
    assert title.startswith("Coaching and supporting: too close to call.")
    assert "Coaching 7 (" in title
    assert "Delegating 4 (" in title


# --- flexibility beside effectiveness --------------------------------------------------------------


def test_the_point_lies_where_both_figures_say():
    """All fitting: flexibility 30 at the right end, effectiveness 80 at the top."""
    drawing = plane.geometry(view_of(FITTING).plane)
    assert (drawing.x, drawing.y) == (plane.RIGHT, plane.TOP)


def test_the_blind_bar_stands_at_the_own_flexibility_and_reaches_90_of_100_cases(shown):
    part = shown.plane
    drawing = plane.geometry(part)
    unit = plane.PLOT_HEIGHT / (part.y_hi - part.y_lo)
    assert drawing.blind_bottom - drawing.blind_top == pytest.approx(
        2 * 1.6449 * part.blind.sd * unit, rel=1e-3
    )
    middle = (drawing.blind_bottom + drawing.blind_top) / 2
    assert middle == pytest.approx(drawing.bottom - (part.blind.mean - part.y_lo) * unit)


def test_without_any_spread_the_blind_bar_is_still_seen():
    drawing = plane.geometry(view_of("2" * 20).plane)
    assert drawing.blind_bottom - drawing.blind_top == pytest.approx(plane.NARROWEST)


def test_the_ellipse_holds_nine_tenths_of_random_sheets(shown):
    """20,000 sheets at random, scored by hand here; the ellipse is that of two independent normals."""
    rng = np.random.default_rng(20)
    weights = np.array([row.weights for row in shown.key])[np.arange(20) % 4]
    chosen = rng.integers(0, 4, (20_000, 20))
    effect = weights[np.arange(20), chosen].sum(1)
    flexible = 30 - sum(abs((chosen == style).sum(1) - 5) for style in range(4))
    part = shown.plane
    distance = ((flexible - part.chance_x.mean) / part.chance_x.sd) ** 2
    distance += ((effect - part.chance_y.mean) / part.chance_y.sd) ** 2
    assert np.mean(distance <= plane.RADIUS_90**2) == pytest.approx(0.895, abs=0.01)
    assert pytest.approx(math.sqrt(-2 * math.log(0.1))) == plane.RADIUS_90


def test_the_title_says_both_figures_and_how_blind_choices_do(shown):
    title = ET.fromstring(charts.flexibility_effectiveness(shown.plane))[0].text
    assert title == shown.brief.pattern_line


# --- the table -------------------------------------------------------------------------------------


def test_every_field_has_its_number_and_the_fitting_ones_a_frame(shown):
    root = ET.fromstring(charts.style_table(shown.table))
    numbers = [int(e.text) for e in root.iter(f"{SVG}text") if e.get("font-size") == "18"]
    assert numbers == [cell.count for row in shown.table.rows for cell in row.cells]
    assert sum(numbers) == 20
    frames = [e for e in root.iter(f"{SVG}rect") if e.get("class") == "chart-frame"]
    assert len(frames) == 4


def test_the_more_of_a_row_the_deeper_the_field(shown):
    drawing = heat.geometry(shown.table)
    for line in drawing.rows:
        for field in line.cells:
            assert field.opacity == pytest.approx(heat.DEEPEST * field.cell.share)


def test_the_title_of_the_table_has_all_sixteen_numbers():
    title = ET.fromstring(charts.style_table(view_of("2" * 20).table))[0].text
    assert title.count("coaching 5") == 4
    assert title.count("instructing 0") == 4


# --- strips ----------------------------------------------------------------------------------------


def test_a_difference_lies_left_or_right_of_nought(shown):
    """The axis is 182 units wide for twice the limit; nought is at 100."""
    for row in shown.raters.rows:
        root = ET.fromstring(charts.difference_bar(row))
        (point,) = root.iter(f"{SVG}circle")
        assert float(point.get("cx")) == pytest.approx(100 + row.difference / row.limit * 91, abs=0.01)
        assert point.get("class") == ("chart-own" if row.kind != "none" else "chart-hollow")


def test_the_fit_lies_between_the_lowest_and_the_highest_weight(shown):
    side = shown.match.cards[0].sides[0]
    (point,) = ET.fromstring(charts.fit_bar(side, shown.match)).iter(f"{SVG}circle")
    assert float(point.get("cx")) == pytest.approx(9 + (side.fit - 1) / 3 * 182, abs=0.01)


@pytest.mark.parametrize("styles", [FITTING, MIXED, "2" * 20, "1" * 20, "4321" * 5, "12" * 10, "3412" * 5])
def test_names_in_the_plane_stay_inside_it_and_off_the_point(styles):
    """A label begins or ends where its anchor says; half an em is more than a letter's mean width."""
    drawing = plane.geometry(view_of(styles).plane)
    for label in drawing.labels:
        width = len(label.text) * 0.5 * plane.LABEL
        left = label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
        assert left >= plane.LEFT - 1
        assert left + width <= plane.WIDTH + 1
        assert plane.TOP <= label.y <= drawing.bottom
        over = left < drawing.x + 7 and left + width > drawing.x - 7
        assert not (over and label.y - plane.LABEL < drawing.y < label.y), label.text
        on_the_bar = left < drawing.x < left + width
        assert not (on_the_bar and drawing.blind_top < label.y - 5 < drawing.blind_bottom), label.text
