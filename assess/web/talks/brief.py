"""The talk brief on screen, as PDF and for both at one screen; the agreements as a sheet to fill in."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from assess.web import language, person
from assess.web.asks import asks
from assess.web.services import services
from assess.web.talks.blueprint import blueprint


@blueprint.get("/<talk_id>/brief")
@asks("see-talk")
def brief(talk_id: str) -> ResponseReturnValue:
    raise NotImplementedError


@blueprint.get("/<talk_id>/brief.pdf")
@asks("see-talk")
def brief_file(talk_id: str) -> ResponseReturnValue:
    raise NotImplementedError


@blueprint.get("/<talk_id>/brief/present")
@asks("see-talk")
def present(talk_id: str) -> ResponseReturnValue:
    raise NotImplementedError


@blueprint.get("/<talk_id>/agreements.pdf")
@asks("see-talk")
def agreements_file(talk_id: str) -> ResponseReturnValue:
    raise NotImplementedError
