"""What each wave was announced with: purpose, legal basis, dates, and every notice as it is read."""

from __future__ import annotations

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from assess.campaigns.notices import ToldWave, told_wave, told_waves
from assess.rights import LEGAL_BASES, Statement
from assess.web import language, person
from assess.web.admin.campaign_preview import previews
from assess.web.admin.naming import texts_of
from assess.web.asks import asks
from assess.web.language import gettext
from assess.web.representative.blueprint import blueprint
from assess.web.services import services


@blueprint.get("")
@asks("see-notices")
def home() -> ResponseReturnValue:
    """All waves, planned ones too; the way to the group results."""
    session, place = person.session(), services()
    found = told_waves(place.store, session.actor, session.organisation_id, place.now)
    return render_template(
        "representative.html",
        person=session,
        waves=[(wave, state(wave)) for wave in found],
        results=url_for("releases.home") if "releases.home" in current_app.view_functions else "",
    )


@blueprint.get("/waves/<wave_id>")
@asks("see-notices")
def wave(wave_id: str) -> ResponseReturnValue:
    """One wave, with what each of its respondents reads in each language."""
    found = wave_of_session(wave_id)
    plan = found.plan
    return render_template(
        "representative_wave.html",
        person=person.session(),
        wave=found,
        state=state(found),
        legal_basis=Statement(LEGAL_BASES[plan.legal_basis], None)
        if plan.legal_basis in LEGAL_BASES
        else None,
        titles={
            content_hash: texts_of(definition).title for content_hash, definition in found.definitions.items()
        },
        notices=previews(plan, found.definitions),
        date=language.date_words,
    )


def wave_of_session(wave_id: str) -> ToldWave:
    """A wave of the organisation of this session. Raises `NotFound`."""
    session, place = person.session(), services()
    return told_wave(place.store, session.actor, session.organisation_id, wave_id, place.now)


def state(wave: ToldWave) -> str:
    """When it takes answers, in words."""
    zone = services().settings.time_zone
    if wave.is_over:
        return gettext("Takes no more answers")
    if wave.is_planned:
        return gettext("Being planned: nothing is asked yet, and this may still change")
    if wave.opens_at > services().now:
        return gettext("Takes answers from %(date)s", date=language.day(wave.opens_at, zone))
    if wave.closes_at is None:
        return gettext("Takes answers")
    return gettext("Open until %(date)s", date=language.day(wave.closes_at, zone))
