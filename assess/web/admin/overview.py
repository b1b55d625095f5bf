"""Where an administrator begins: what waits for somebody, what is open now, what is being prepared."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from assess.campaigns.overview import campaign_list
from assess.campaigns.response import UnitResponse, response
from assess.campaigns.states import PlannedWave
from assess.mail import listing
from assess.people import directory
from assess.personal_data import erasure_requests
from assess.web import language, person
from assess.web.admin.blueprint import blueprint
from assess.web.admin.campaign_words import state_words
from assess.web.asks import asks
from assess.web.language import gettext, ngettext
from assess.web.services import services

MOST = 6
"""Waves of each kind that are shown; the others are on the page of campaigns."""


@dataclass(frozen=True, slots=True)
class Point:
    """Something that waits for an administrator, and the page where it is dealt with."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """A wave. `response`: how far it is as a whole; "" before it opens."""

    wave: PlannedWave
    state: str
    response: str


@blueprint.get("")
@asks("administer")
def overview() -> ResponseReturnValue:
    """Short: each line leads to the page that knows more."""
    session, at = person.session(), services()
    who = at.store, session.actor, session.organisation_id
    waves = [wave for campaign in campaign_list(*who) for wave in campaign.waves]
    phases = [(wave, wave.phase(at.now)) for wave in waves]
    return render_template(
        "admin_overview.html",
        person=session,
        has_people=bool(directory.open_units(*who, language.current(), at.now)),
        points=[*_erasures(), *_letters()],
        open_now=[_line(wave) for wave, phase in phases if phase in {"open", "ended"}][:MOST],
        prepared=[_line(wave) for wave, phase in phases if phase in {"draft", "testing", "waiting"}][:MOST],
        has_campaigns=bool(waves),
    )


def _erasures() -> list[Point]:
    session = person.session()
    asked = [
        one
        for one in erasure_requests.requests(services().store, session.actor, session.organisation_id)
        if one.state == "asked"
    ]
    if not asked:
        return []
    words = ngettext(
        "%(num)s person has asked to be erased", "%(num)s people have asked to be erased", len(asked)
    )
    return [Point(words, url_for("admin.erasures"))]


def _letters() -> list[Point]:
    """In the demo nobody waits for a letter: they can all be read in its outbox."""
    session, at = person.session(), services()
    found = listing.mail(at.store, session.actor, session.organisation_id, at.settings, at.now)
    points = []
    failed = len(found.undelivered) + found.more
    if failed:
        points.append(
            ngettext("%(num)s letter was not delivered", "%(num)s letters were not delivered", failed)
        )
    if found.waiting and not found.has_server and not at.settings.demo:
        points.append(
            ngettext(
                "%(num)s letter waits: no mail server is set",
                "%(num)s letters wait: no mail server is set",
                found.waiting,
            )
        )
    elif found.has_server and found.trouble:
        points.append(gettext("Some letters could not be sent yet"))
    return [Point(words, url_for("admin.mail")) for words in points]


def _line(wave: PlannedWave) -> Line:
    at = services()
    told = ""
    if wave.allows("see-response", at.now):
        units = response(at.store, person.session().actor, wave.id, at.now)
        top = [one for one in units if one.depth == 0]
        told = response_words(top[0]) if len(top) == 1 else ""
    return Line(wave, state_words(wave), told)


def response_words(unit: UnitResponse) -> str:
    """How many have finished, as exactly as it may be told; "" where it may not."""
    if unit.submitted is not None:
        return gettext(
            "%(finished)s of %(asked)s have finished",
            finished=language.number(unit.submitted, 0),
            asked=language.number(unit.invited, 0),
        )
    if unit.band is not None:
        return gettext("%(low)s–%(high)s%% have finished", low=unit.band[0], high=unit.band[1])
    return ""
