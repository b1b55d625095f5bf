"""The talk as a calendar file, for whoever puts it in by hand."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from assess.errors import NotFound
from assess.personal_data.contact import contact_of
from assess.talks.calendar import FILE_NAME, calendar_file
from assess.talks.invitations import Meeting, event_of, sender_address
from assess.web import language, person
from assess.web.asks import asks
from assess.web.attachment import attachment
from assess.web.services import services
from assess.web.talks.blueprint import blueprint
from assess.web.talks.frame import found_talk


@blueprint.get("/<talk_id>/calendar.ics")
@asks("prepare-talk")
def calendar(talk_id: str) -> ResponseReturnValue:
    """The same entry as in the letter: a later letter replaces it. Of a cancelled talk: what takes it out."""
    talk, session, settings = found_talk(talk_id), person.session(), services().settings
    if talk.role not in {"person", "holder"} or talk.state == "held":
        raise NotFound("There is no such file.")
    meeting = Meeting(
        talk.id, talk.sequence, talk.starts_at, talk.minutes, talk.place, talk.person.name, talk.holder.name
    )
    email = contact_of(services().store, session.actor).email or sender_address(settings)
    event = event_of(
        meeting,
        settings,
        language.current(),
        organisation=session.organisation,
        name=session.name,
        address=email,
    )
    name, _, ending = FILE_NAME.rpartition(".")
    return attachment(
        calendar_file(event, "CANCEL" if talk.state == "cancelled" else "PUBLISH", services().now),
        "text/calendar",
        (name,),
        ending,
    )
