"""The leader's team on one page: what to do first, pictures with their tables, then everything else."""

from __future__ import annotations

from typing import Any

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assess.team_profiles.types import TeamProfile
from assess.web import language, person
from assess.web.asks import asks
from assess.web.me.home import asked
from assess.web.talks.moments import zone
from assess.web.team.blueprint import blueprint
from assess.web.team.finding import found_for
from reports import charts
from reports.team import TeamView, team_view
from reports.team.parts import ThingCard

PAGE = 25
"""Rows of one folded part of a long table."""
FEW = 24
"""A list of so many stands open."""
MOST = 100
"""A longer list is on the page only where `?list=` asks for it: four of hundreds of rows make a page of a
megabyte, of which somebody reads one."""
LISTS = frozenset({"needs", "matches", "technical", "change"})


@blueprint.get("")
@asks("see-unit")
def home() -> ResponseReturnValue:
    """The whole team; `?area=` shows the people of one job area, `?list=` a long list."""
    session = person.session()
    found = found_for(request.args.get("area", ""))
    asked_for = request.args.get("list", "")
    view = view_of(found)
    return render_template(
        "team.html",
        person=session,
        found=found,
        view=view,
        w=view.words,
        charts=charts,
        to_rate=asked(found.to_rate),
        link_of=link_of,
        link_to=link_to,
        file_of=lambda name: url_for("team.file", name=name, area=found.job_area_id),
        report=url_for("team.report", area=found.job_area_id),
        paged=paged,
        few=FEW,
        most=MOST,
        opened=asked_for if asked_for in LISTS else "",
        list_of=lambda name: url_for("team.home", area=found.job_area_id, list=name, _anchor=name),
        day=lambda moment: language.day(moment, zone()) if moment else "",
    )


def view_of(found: TeamProfile) -> TeamView:
    """The view in the language of these pages."""
    return team_view(found, language.current(), zone())


def paged(rows: tuple[object, ...]) -> list[tuple[object, ...]]:
    """The rows in parts of about the same size, none longer than a page."""
    parts = max(-(-len(rows) // PAGE), 1)
    size = -(-len(rows) // parts) if rows else 1
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def link_of(thing: ThingCard) -> str:
    """Where a thing to do leads; "" where there is no such page."""
    if thing.target in _HERE:
        return f"#{_HERE[thing.target]}"
    if thing.target == "person":
        return url_for("me.profile", task_id=thing.task_id)
    if thing.target == "talk":
        return link_to("talks.talk", talk_id=thing.talk_id)
    if thing.target == "plan-talk":
        return link_to("talks.new", person=thing.person_id or list(thing.people))
    if thing.target == "talks":
        return link_to("talks.home")
    return url_for("me.home")


_HERE = {"rate": "to-rate", "facets": "facets", "needs": "needs"}
"""Things to do on this page → where."""


def link_to(endpoint: str, **values: Any) -> str:
    """The address of a page; "" where this installation has none such."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""
