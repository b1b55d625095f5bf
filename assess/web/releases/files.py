"""A group's result as PDF, CSV and JSON, and all groups of a release that the person may see as CSV."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from flask.typing import ResponseReturnValue

from assess.errors import NotFound
from assess.files.spreadsheet import Cell, table_for
from assess.releases.agreement import as_told
from assess.releases.figures import GroupFigures
from assess.releases.reading import ReleasedUnit, ReleaseEntry, all_groups, release
from assess.web import language, person
from assess.web.admin.naming import texts_of
from assess.web.asks import asks
from assess.web.attachment import attachment
from assess.web.language import gettext
from assess.web.printing import printed
from assess.web.releases.blueprint import blueprint
from assess.web.releases.pages import view_of
from assess.web.services import services
from reports.view.parts import to_json

COLUMNS = (
    "wave",
    "questionnaire",
    "unit",
    "people",
    "of_this_unit_alone",
    "part",
    "id",
    "name",
    "value",
    "low",
    "high",
    "range_low",
    "range_high",
    "sd",
    "change",
    "change_low",
    "change_high",
    "agreement",
    "same_people",
    "came",
    "left",
)
"""`of_this_unit_alone`: "no" where the group is made together with other units, or without some people.
Under an agreement of 0.70 there is no mean to call the group's, and none stands here. `icc1` and `icc2` are
of all groups of the release, with no unit."""
KINDS = {"pdf": "application/pdf", "json": "application/json", "csv": "text/csv"}


@blueprint.get("/<release_id>/<unit_id>.<ending>")
@asks("see-release")
def group_file(release_id: str, unit_id: str, ending: str) -> ResponseReturnValue:
    """One group. Raises `NotFound` for a kind of file that there is not."""
    place = services()
    if ending not in KINDS:
        raise NotFound("There is no such file.")
    found = release(place.store, person.session().actor, release_id, place.now, unit_id)
    view = view_of(found)
    if ending == "csv":
        content = table(found.release, [(found.unit, found.figures)])
    else:
        content = printed(view) if ending == "pdf" else to_json(view)
    parts = (gettext("Group result"), view.title, view.wave, view.subject)
    return attachment(content, KINDS[ending], parts, ending)


@blueprint.get("/<release_id>.csv")
@asks("see-release")
def release_file(release_id: str) -> ResponseReturnValue:
    """Every group that this person may see, one figure a row."""
    place = services()
    entry, groups = all_groups(place.store, person.session().actor, release_id, place.now)
    parts = (gettext("Group result"), texts_of(entry.definition).title, entry.about.wave_name)
    return attachment(table(entry, list(groups)), KINDS["csv"], parts, "csv")


def table(entry: ReleaseEntry, groups: list[tuple[ReleasedUnit, GroupFigures]]) -> bytes:
    """CSV as the Excel of who reads this language opens it; no text is run as a formula."""
    titles = (entry.about.wave_name, texts_of(entry.definition).title)
    of_groups = (
        (
            *titles,
            " / ".join(unit.path),
            figures.people,
            "yes" if figures.whole and figures.own else "no",
            *row,
        )
        for unit, figures in groups
        for row in _rows(entry, figures)
    )
    found = itertools.chain(of_groups, ((*titles, "", *row) for row in _of_all_groups(entry)))
    whole = ((*row, *(None,) * (len(COLUMNS) - len(row))) for row in found)
    return table_for(language.current(), COLUMNS, whole)


def _rows(entry: ReleaseEntry, figures: GroupFigures) -> Iterator[tuple[Cell, ...]]:
    texts = texts_of(entry.definition)
    for one in map(as_told, figures.measures):
        scale = texts.scales.get(one.id)
        low, high = one.band or (None, None)
        change = one.trend
        yield (
            one.kind,
            one.id,
            scale.name if scale else one.id,
            one.mean,
            one.low,
            one.high,
            low,
            high,
            one.sd,
            None if change is None else change.difference,
            None if change is None else change.low,
            None if change is None else change.high,
            one.agreement,
            *(("", None, None) if change is None else (_SAME[change.same_people], change.came, change.left)),
        )
    for level, share in (figures.levels or {}).items():
        yield ("level", level, level, share)
    for comments in figures.comments or ():
        for comment in comments.texts:
            yield ("comment", comments.item_id, comment)


def _of_all_groups(entry: ReleaseEntry) -> Iterator[tuple[Cell, ...]]:
    """How far the groups differ, from `people` on."""
    texts = texts_of(entry.definition)
    for scale_id, one in (entry.about.icc or {}).items():
        scale = texts.scales.get(scale_id)
        name = scale.name if scale else scale_id
        yield (one.people, "", "icc1", scale_id, name, one.icc1, one.low, one.high)
        yield (one.people, "", "icc2", scale_id, name, one.icc2)


_SAME: dict[bool | None, str] = {True: "yes", False: "no", None: ""}
