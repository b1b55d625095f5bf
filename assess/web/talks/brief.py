"""The talk brief on screen, as PDF and for both at one screen; the agreements as a sheet to fill in."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from assess.errors import NotFound
from assess.web.asks import asks
from assess.web.talks.blueprint import blueprint
from assess.web.talks.brief_pages import agreement_sheet, brief_page, brief_pdf, presentation
from assess.web.talks.frame import found_talk


@blueprint.get("/<talk_id>/brief")
@asks("see-talk")
def brief(talk_id: str) -> ResponseReturnValue:
    """Both views, questions, last time's agreements: what this reader may see of it."""
    return brief_page(talk_id)


@blueprint.get("/<talk_id>/brief.pdf")
@asks("see-talk")
def brief_file(talk_id: str) -> ResponseReturnValue:
    """The same as PDF, without the holder's working notes unless they are asked for."""
    return brief_pdf(talk_id, notes=request.args.get("notes") == "mine")


@blueprint.get("/<talk_id>/brief/present")
@asks("prepare-talk")
def present(talk_id: str) -> ResponseReturnValue:
    """For both at one screen, without what is for one of them alone."""
    if found_talk(talk_id).role not in {"person", "holder"}:
        raise NotFound("There is no such page.")
    return presentation(talk_id)


@blueprint.get("/<talk_id>/agreements.pdf")
@asks("see-talk")
def agreements_file(talk_id: str) -> ResponseReturnValue:
    """The agreements in fields, with room for more."""
    return agreement_sheet(talk_id)
