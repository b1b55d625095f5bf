"""The team as a document and as tables for spreadsheets: the same view as the page."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from assess.errors import NotFound
from assess.files.spreadsheet import table_for
from assess.web.asks import asks
from assess.web.attachment import attachment
from assess.web.printing import pdf
from assess.web.team.blueprint import blueprint
from assess.web.team.finding import found_for
from assess.web.team.home import view_of
from reports.team import TeamView
from reports.team.tables import TABLES


@blueprint.get("/report.pdf")
@asks("see-unit")
def report() -> ResponseReturnValue:
    """The team as PDF: no names in the picture, nobody's psychological facets."""
    view = view_of(found_for(request.args.get("area", "")))
    return pdf(view, _name(view))


@blueprint.get("/files/<name>.csv")
@asks("see-unit")
def file(name: str) -> ResponseReturnValue:
    """The table of one picture. Raises `NotFound` for a name that there is not."""
    if name not in TABLES:
        raise NotFound("There is no such file.")
    view = view_of(found_for(request.args.get("area", "")))
    parts = (*_name(view), view.words[TITLES[name]])
    return attachment(table(view, name), "text/csv", parts, "csv")


def table(view: TeamView, name: str) -> bytes:
    """CSV as the Excel of who reads the view's language opens it; no text is run as a formula."""
    return table_for(view.language, *TABLES[name](view))


TITLES = {
    "needs": "distribution",
    "quadrant": "needs",
    "matches": "matches",
    "technical": "technical",
    "facets": "facets",
    "change": "change",
}
"""Name of a file → the heading of its picture, which names the download."""


def _name(view: TeamView) -> tuple[str, ...]:
    return view.title, view.subject, view.area
