"""The handbook for talks, for everybody who has signed in: the page, and the same as a document."""

from __future__ import annotations

from functools import lru_cache

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from assess.web import language, person
from assess.web.asks import asks
from assess.web.attachment import attachment
from assess.web.fonts import fonts
from questionnaires.definition import LanguageId
from reports.fonts import Fonts
from reports.guide import guide_view
from reports.pdf import led_in, render

blueprint = Blueprint("guide", __name__)


@blueprint.get("/guide")
@asks("see-own")
def home() -> ResponseReturnValue:
    """The handbook in the language of the page."""
    return render_template(
        "guide.html", person=person.session(), guide=guide_view(language.current()), led_in=led_in
    )


@blueprint.get("/guide.pdf")
@asks("see-own")
def file() -> ResponseReturnValue:
    """The handbook as a document."""
    spoken = language.current()
    return attachment(_printed(spoken, fonts()), "application/pdf", (guide_view(spoken).title,), "pdf")


@lru_cache(maxsize=8)
def _printed(spoken: LanguageId, faces: Fonts) -> bytes:
    """It is the same for everybody: printed once for each language."""
    return render(guide_view(spoken), faces)
