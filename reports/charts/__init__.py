"""Charts: one SVG template and one small geometry module each, fed by a part of the view.

Colours are presentation attributes (paper) and CSS classes (screen: `charts.css`); every chart carries
`role="img"` and a `<title>` that states the finding. The numbers always stand beside it as text.
"""

from __future__ import annotations

from pathlib import Path

from reports.charts.bars import interval_bar, scale_axis
from reports.charts.key import mark_key
from reports.charts.progress_bar import progress
from reports.charts.quadrants import quadrant

SCREEN_CSS = Path(__file__).parent / "charts.css"
"""Recolours the charts with the screen's tokens, so that dark mode reaches them."""

__all__ = ["SCREEN_CSS", "interval_bar", "mark_key", "progress", "quadrant", "scale_axis"]
