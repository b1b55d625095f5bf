"""Charts: one SVG template and one small geometry module each, fed by a part of the view.

Colours are presentation attributes (paper) and CSS classes (screen: `charts.css`); every chart carries
`role="img"` and a `<title>` that states the finding. The numbers always stand beside it as text.
"""

from __future__ import annotations

from pathlib import Path

from reports.charts.bands import BANDS, band_edges, heat_band
from reports.charts.bars import interval_bar, scale_axis
from reports.charts.groups import ends_axis, group_bar
from reports.charts.heat import style_table
from reports.charts.intervals import difference_axis, difference_bar, fit_bar, leading_bar, share_axis
from reports.charts.key import mark_key
from reports.charts.measured import curve, histogram, table_axis, table_strip
from reports.charts.plane import flexibility_effectiveness
from reports.charts.progress_bar import progress
from reports.charts.quadrants import quadrant
from reports.charts.styles import style_bars, style_mark, style_shape, style_shapes
from reports.charts.team_quadrants import team_quadrant
from reports.charts.views import views_axis, views_bar

SCREEN_CSS = Path(__file__).parent / "charts.css"
"""Recolours the charts with the screen's tokens, so that dark mode reaches them."""

__all__ = [
    "BANDS",
    "SCREEN_CSS",
    "band_edges",
    "curve",
    "difference_axis",
    "difference_bar",
    "ends_axis",
    "fit_bar",
    "flexibility_effectiveness",
    "group_bar",
    "heat_band",
    "histogram",
    "interval_bar",
    "leading_bar",
    "mark_key",
    "progress",
    "quadrant",
    "scale_axis",
    "share_axis",
    "style_bars",
    "style_mark",
    "style_shape",
    "style_shapes",
    "style_table",
    "table_axis",
    "table_strip",
    "team_quadrant",
    "views_axis",
    "views_bar",
]
