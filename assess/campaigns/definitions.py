"""Questionnaires as waves have stored them, decoded once in each process."""

from __future__ import annotations

from assess.errors import NotFound
from assess.scoring.form import Form, make_form, shuffled_form
from assess.store.queries import Queries
from questionnaires.definition import Definition, PerspectiveId, decode

SECOND_AREA = "second-area"
"""Id of the short form that is asked about a second job area, where a questionnaire has one."""

# What a content hash stands for never changes, so nothing is ever dropped or renewed.
_DEFINITIONS: dict[str, Definition] = {}
_FORMS: dict[tuple[str, PerspectiveId, str | None], Form] = {}


def definition_of(q: Queries, content_hash: str) -> Definition:
    """The questionnaire with that hash. Raises `NotFound`."""
    known = _DEFINITIONS.get(content_hash)
    if known is None:
        stored = q.definition(content_hash=content_hash)
        if stored is None:
            raise NotFound("There is no such questionnaire.")
        known = _DEFINITIONS[content_hash] = decode(stored)
    return known


def form_of(
    content_hash: str, definition: Definition, perspective: PerspectiveId, short_form: str | None
) -> Form:
    """The form of a perspective of the questionnaire with that hash."""
    key = (content_hash, perspective, short_form)
    known = _FORMS.get(key)
    if known is None:
        known = _FORMS[key] = make_form(definition.questionnaire, perspective, short_form)
    return known


def form_in_order(
    content_hash: str,
    definition: Definition,
    perspective: PerspectiveId,
    short_form: str | None,
    order_seed: int | None,
) -> Form:
    """The form as one respondent is asked it: a shuffled questionnaire in the order of the sheet's seed.

    Without a seed (a sheet made before there were any) the order is that of the file.
    """
    form = form_of(content_hash, definition, perspective, short_form)
    return form if order_seed is None else shuffled_form(form, order_seed)


def short_form_at(definition: Definition, position: int) -> str | None:
    """The short form for the job area at `position` (1 = the first): in full, then the second-area form."""
    return SECOND_AREA if position > 1 and SECOND_AREA in definition.questionnaire.short_forms else None
