"""The shape of a voice, small enough to stand in a line of text."""

from __future__ import annotations

from markupsafe import Markup

from reports.charts.canvas import template
from reports.view.parts import MarkShape


def mark_key(shape: MarkShape, label: str) -> Markup:
    """The mark of one voice as SVG; its title is the voice's name."""
    return Markup(template("key.svg").render(shape=shape, label=label))  # noqa: S704
