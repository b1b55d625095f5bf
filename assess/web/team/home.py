"""The leader's one page."""

from __future__ import annotations

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from assess.personal_data.team import team
from assess.web import language, person
from assess.web.asks import asks
from assess.web.me.home import asked
from assess.web.services import services
from assess.web.team.blueprint import blueprint

_RELEASES = "releases.home"


@blueprint.get("")
@asks("see-unit")
def home() -> ResponseReturnValue:
    """Whom to rate first, then what is shared, then how far the units are."""
    session = person.session()
    zone = services().settings.time_zone
    found = team(services().store, session.actor, language.current(), services().now)
    return render_template(
        "team.html",
        person=session,
        team=found,
        to_rate=asked(found.to_rate),
        releases=url_for(_RELEASES) if _RELEASES in current_app.view_functions else "",
        day=lambda moment: language.day(moment, zone) if moment else "",
    )
