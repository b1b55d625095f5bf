"""A questionnaire whole: what it is for and not for, its questions, scales, scoring, where it comes from."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from assess.errors import NotFound
from assess.web import person
from assess.web.admin.naming import texts_of
from assess.web.asks import asks
from assess.web.language import gettext
from assess.web.printing import pdf
from assess.web.representative.blueprint import blueprint
from assess.web.representative.notices import wave_of_session
from assess.web.services import services
from questionnaires.definition import Definition
from reports.manual import ManualView, manual_view


@blueprint.get("/waves/<wave_id>/questionnaires/<content_hash>")
@asks("see-notices")
def questionnaire(wave_id: str, content_hash: str) -> ResponseReturnValue:
    """The technical manual as a page, made of the questionnaire's file alone: no answers are in it."""
    found = _asked(wave_id, content_hash)
    return render_template(
        "representative_questionnaire.html",
        person=person.session(),
        wave=wave_of_session(wave_id),
        content_hash=content_hash,
        manual=_manual(found, content_hash),
    )


@blueprint.get("/waves/<wave_id>/questionnaires/<content_hash>/manual.pdf")
@asks("see-notices")
def manual(wave_id: str, content_hash: str) -> ResponseReturnValue:
    """The same on paper."""
    found = _asked(wave_id, content_hash)
    parts = (gettext("Technical manual"), texts_of(found).title)
    return pdf(_manual(found, content_hash), parts)


def _asked(wave_id: str, content_hash: str) -> Definition:
    definitions = wave_of_session(wave_id).definitions
    if content_hash not in definitions:
        raise NotFound("This was not asked.")
    return definitions[content_hash]


def _manual(definition: Definition, content_hash: str) -> ManualView:
    session, place = person.session(), services()
    return manual_view(
        definition,
        language=session.language,
        today=place.now.astimezone(place.settings.time_zone).date(),
        organisation=session.organisation,
        customer=place.settings.customer,
        digest=content_hash,
    )
