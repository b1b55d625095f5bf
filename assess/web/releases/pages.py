"""The list of releases, and one group's result."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assess.people.organisation import zone_of
from assess.people.sessions import PersonSession
from assess.releases.reading import ReleaseEntry, ReleaseView, release, releases_for
from assess.web import language, person
from assess.web.admin.naming import texts_of
from assess.web.asks import asks
from assess.web.language import gettext
from assess.web.releases.blueprint import blueprint
from assess.web.services import services
from reports import charts
from reports.group import GroupView, group_view

MOST_UNITS = 60
"""Units that the list shows of one release; the others are found from the page of a unit above them."""


@blueprint.get("")
@asks("see-release")
def home() -> ResponseReturnValue:
    """Which results there are for this person."""
    session, place = person.session(), services()
    found = releases_for(place.store, session.actor, session.organisation_id, place.now)
    return render_template(
        "releases.html",
        frame=frame_of(session),
        person=session,
        waves=by_wave(found),
        title_of=lambda entry: texts_of(entry.definition).title,
        day_of=lambda entry: language.day(entry.made_at, zone()),
        nothing_of=why_nothing,
        most=MOST_UNITS,
    )


@blueprint.get("/<release_id>")
@asks("see-release")
def first(release_id: str) -> ResponseReturnValue:
    """The topmost group that this person may see."""
    place = services()
    found = release(place.store, person.session().actor, release_id, place.now)
    return redirect(url_for("releases.group", release_id=release_id, unit_id=found.unit.unit_id), 303)


@blueprint.get("/<release_id>/<unit_id>")
@asks("see-release")
def group(release_id: str, unit_id: str) -> ResponseReturnValue:
    """One group: what this is, who is in it, figures, and what is not shown."""
    session, place = person.session(), services()
    wanted = request.args.get("unit", "")
    if wanted and wanted != unit_id:
        return redirect(url_for("releases.group", release_id=release_id, unit_id=wanted), 303)
    found = release(place.store, session.actor, release_id, place.now, unit_id)
    view = view_of(found)
    return render_template(
        "release.html",
        frame=frame_of(session),
        person=session,
        found=found,
        view=view,
        w=view.words,
        charts=charts,
    )


def frame_of(session: PersonSession) -> str:
    """Administrators keep the menu of their pages, from which results are opened."""
    return "admin.html" if session.administers else "people.html"


def view_of(found: ReleaseView) -> GroupView:
    """The view in the language of this page; its day is that on which the release was made."""
    session, place = person.session(), services()
    return group_view(
        found,
        language=language.current(),
        today=found.release.made_at.astimezone(zone()).date(),
        organisation=session.organisation,
        customer=place.settings.customer,
    )


def zone() -> ZoneInfo:
    """The time zone of the person's organisation."""
    place = services()
    with place.store.read() as q:
        return zone_of(q, person.session().organisation_id, place.settings)


def by_wave(found: tuple[ReleaseEntry, ...]) -> list[tuple[str, list[ReleaseEntry]]]:
    """The releases of each wave together, the newest wave first."""
    waves: dict[str, tuple[str, list[ReleaseEntry]]] = {}
    for entry in found:
        waves.setdefault(entry.wave_id, (entry.about.wave_name, []))[1].append(entry)
    return list(waves.values())


def why_nothing(entry: ReleaseEntry) -> str:
    """Why a release has no figures."""
    if entry.about.nothing == "earlier":
        return gettext(
            "No figures: with earlier results somebody could work out from them what a few people answered."
        )
    return gettext("No figures: fewer than %(least)s people have answered.", least=entry.about.least)
