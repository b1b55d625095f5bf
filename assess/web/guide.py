"""The handbook for talks, for everybody who has signed in: the page, and the same as a document."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from assess.web import language, person
from assess.web.asks import asks
from assess.web.attachment import attachment
from assess.web.printing import PDF, printed
from questionnaires.definition import LanguageId
from reports.guide import guide_view
from reports.pdf import led_in

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
    if spoken not in _PRINTED:
        _PRINTED[spoken] = printed(guide_view(spoken))
    return attachment(_PRINTED[spoken], PDF, (guide_view(spoken).title,), "pdf")


_PRINTED: dict[LanguageId, bytes] = {}
"""It is the same for everybody: printed once for each language."""
