"""The talk brief on screen, on paper and for both at one screen; the agreement sheet."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from assess.personal_data.own import OwnTask
from assess.talks import agreements, talks
from assess.talks.brief import brief, organisation_of, presented
from assess.talks.types import Talk
from assess.web import language, person
from assess.web.printing import pdf
from assess.web.services import services
from assess.web.talks.beforehand import beforehand
from assess.web.talks.brief_slides import slides_of
from assess.web.talks.frame import found_talk
from reports import charts
from reports.talk import BriefView, agreement_view, brief_view, without_notes


def brief_page(talk_id: str) -> ResponseReturnValue:
    """Everything that this reader may see of the talk, on one page."""
    session, found = person.session(), found_talk(talk_id)
    if not found.is_open:
        return render_template("talk_brief_closed.html", person=session, talk=found), 403
    view = view_now(talk_id)
    return render_template(
        "talk_brief.html",
        person=session,
        talk=found,
        view=view,
        w=view.words,
        charts=charts,
        may_present=found.role in {"person", "holder"},
        to_answer=_to_answer(found),
    )


def _to_answer(found: Talk) -> tuple[OwnTask, ...]:
    """What the reader has still to answer about the person before the talk: their own tasks alone, so that
    nothing is told of what the other has answered, shared or declined."""
    if found.role not in {"person", "holder"} or found.state != "planned":
        return ()
    ahead = beforehand(found)
    return ahead.to_answer if ahead else ()


def brief_pdf(talk_id: str, *, notes: bool = False) -> ResponseReturnValue:
    """The same as PDF: for whoever holds the talk with the page of their own first. Working notes are in it
    only where they are asked for, and the file's name says so: whoever sends a file on rarely looks into it.
    """
    view = view_now(talk_id)
    name = (view.title, view.subject, view.day)
    if notes and view.notes:
        return pdf(view, (*name, view.words["with_notes_file"]))
    return pdf(without_notes(view), name)


def presentation(talk_id: str) -> ResponseReturnValue:
    """For both at one screen: one section at a time, large, nothing that only one of the two may see."""
    place = services()
    found = presented(
        place.store, place.settings, person.session().actor, talk_id, language.current(), place.now
    )
    view = brief_view(found, language.current())
    slides = slides_of(view)
    return render_template(
        "talk_present.html",
        talk=found.talk,
        view=view,
        w=view.words,
        charts=charts,
        back=url_for("talks.brief", talk_id=talk_id),
        slides=slides,
        ids=slides.ids,
    )


def agreement_sheet(talk_id: str) -> ResponseReturnValue:
    """The agreements in a PDF with fields, and room for more."""
    place, actor = services(), person.session().actor
    found = talks.talk(place.store, actor, talk_id, place.now)
    organisation, zone = organisation_of(place.store, place.settings, found)
    view = agreement_view(
        found,
        agreements.agreements(place.store, actor, talk_id, place.now),
        organisation=organisation,
        language=language.current(),
        zone=zone,
    )
    return pdf(view, (view.title, view.subject, view.day))


def view_now(talk_id: str) -> BriefView:
    """What this reader may see of the talk now, in the language of the page."""
    place = services()
    found = brief(place.store, place.settings, person.session().actor, talk_id, language.current(), place.now)
    return brief_view(found, language.current())
