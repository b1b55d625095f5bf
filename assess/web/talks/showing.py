"""To whom else the person shows the talk: a coach, a new manager. Nobody but the person decides."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from assess.talks import showing as use_cases
from assess.talks.types import Viewer
from assess.web import language, person
from assess.web.asks import asks
from assess.web.language import gettext
from assess.web.services import services
from assess.web.talks.blueprint import blueprint
from assess.web.talks.frame import back_to, found_talk, note, talk_page, wake
from assess.web.talks.moments import zone


@dataclass(frozen=True, slots=True)
class ViewerLine:
    id: str
    name: str
    role: str
    state: str
    is_shown: bool


@blueprint.get("/<talk_id>/showing")
@asks("show-talk")
def showing(talk_id: str) -> ResponseReturnValue:
    """Everybody who sees it, or could."""
    found = use_cases.viewers(
        services().store, person.session().actor, talk_id, language.current(), services().now
    )
    return talk_page(
        "talk_showing.html", found_talk(talk_id), viewers=[_line(one) for one in found], note=note()
    )


@blueprint.post("/<talk_id>/showing")
@asks("show-talk")
def show(talk_id: str) -> ResponseReturnValue:
    """Shows it to one of them, or takes that back from the next view on."""
    store, actor, now = services().store, person.session().actor, services().now
    wish = {"yes": use_cases.show, "no": use_cases.stop}.get(request.form.get("shown", ""))
    if wish is None:
        use_cases.viewers(store, actor, talk_id, language.current(), now)  # whoever may not is told nothing
        raise BadRequest
    wish(store, actor, talk_id, request.form.get("with", ""), now)
    wake()
    return back_to("talks.showing", talk_id, request.form["shown"])


def _line(viewer: Viewer) -> ViewerLine:
    roles = {
        "manager": gettext("your new manager"),
        "coach": gettext("coach"),
        "holder": gettext("the coach who holds the talk"),
        "former": gettext("sees nothing at the moment"),
    }
    if viewer.since is None:
        state = gettext("not shown")
    else:
        state = gettext("shown since %(day)s", day=language.day(viewer.since, zone()))
    return ViewerLine(
        viewer.person.id, viewer.person.name, roles[viewer.role], state, viewer.since is not None
    )
