"""The technical manual of a questionnaire in a closed wave, as PDF."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from assess.errors import NotFound
from assess.evidence.errors import NotEnough
from assess.evidence.manual import wave_manual
from assess.web import person
from assess.web.admin.blueprint import blueprint
from assess.web.admin.naming import texts_of
from assess.web.asks import asks
from assess.web.language import gettext
from assess.web.printing import pdf
from assess.web.services import services
from reports.wave_manual import view_of_wave


@blueprint.get("/measures/<wave_id>/<content_hash>/manual.pdf")
@asks("see-measurement")
def manual(wave_id: str, content_hash: str) -> ResponseReturnValue:
    """All perspectives that have figures, in one document. Raises `NotFound` where none has."""
    place, session = services(), person.session()
    try:
        found = wave_manual(place.store, session.actor, wave_id, content_hash, place.now)
    except NotEnough as error:
        raise NotFound("There are no figures.") from error
    view = view_of_wave(
        found,
        session.language,
        place.settings.time_zone,
        place.now,
        organisation=session.organisation,
        customer=place.settings.customer,
    )
    parts = (gettext("Technical manual"), texts_of(found.definition).title, found.wave_name)
    return pdf(view, parts)
