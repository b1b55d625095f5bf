"""How far somebody has come: an honest bar, as long as what is answered."""

from __future__ import annotations

from markupsafe import Markup

from reports.charts.canvas import template

WIDTH = 320.0


def progress(done: int, total: int, finding: str) -> Markup:
    """`done` of `total` as SVG; `finding` ("12 of 32") is its title.

    Raises `ValueError` unless 0 ≤ done ≤ total and total > 0.
    """
    if not 0 <= done <= total or total == 0:
        raise ValueError(f"progress of {done} of {total}")
    filled = WIDTH * done / total
    return Markup(template("progress.svg").render(filled=filled, width=WIDTH, finding=finding))  # noqa: S704
