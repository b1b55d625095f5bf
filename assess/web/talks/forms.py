"""The forms of talks: their fields, what is stored in them, what was typed.

Every field is text or a choice, so that whatever was typed stands there again when something is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm  # type: ignore[import-untyped]

from assess.web.admin.campaign_form import Line, Radios, Words

LENGTHS = (30, 45, 60, 75, 90, 120)
"""Minutes that the form of a talk offers; a talk of another length keeps its own."""
USUAL_LENGTH = 60
USUAL_START = "10:00"

TALK: Mapping[str, type[Any]] = {
    "who": Radios,
    "day": Line,
    "time": Line,
    "minutes": Radios,
    "place": Line,
}
"""Planning a talk, or moving one (then without `who`)."""
AGREEMENT: Mapping[str, type[Any]] = {
    "kind": Radios,
    "what": Words,
    "first-step": Words,
    "help-needed": Words,
    "owner": Radios,
    "due-on": Line,
    "seen-by": Words,
}
PREPARATION: Mapping[str, type[Any]] = {
    "strengths": Words,
    "wishes": Words,
    "obstacles": Words,
    "questions": Words,
}
NOTE: Mapping[str, type[Any]] = {"text": Words}

ANY_YEAR = 9999
"""Days are read however far they lie: the use cases say what is too far."""

SEEN = "seen"
"""The field with the revision that the page showed."""
_MOST_DIGITS = 9


def form_of(
    fields: Mapping[str, type[Any]],
    posted: MultiDict[str, str] | None = None,
    shown: Mapping[str, object] | None = None,
) -> BaseForm:
    """The form with what was `posted`, or else with what is `shown`."""
    form = BaseForm({name: kind() for name, kind in fields.items()})
    form.process(formdata=posted, data=dict(shown or {}))
    return form


def posted_texts(fields: Mapping[str, type[Any]], posted: Mapping[str, str]) -> dict[str, str]:
    """What was typed into fields of text: without blanks around, line ends as one character."""
    return {name: posted.get(name, "").replace("\r\n", "\n").strip() for name in fields}


def revision(text: str) -> int:
    """A revision as the page sent it; −1, which is nobody's, for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else -1
