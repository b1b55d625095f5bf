"""Agreements as the pages show them: in words, with who has signed and how far each is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from assess.talks.types import Agreement, AgreementStatus, AgreementText, Talk
from assess.web import language, person
from assess.web.language import gettext
from assess.web.services import services
from assess.web.talks.frame import shown_name
from assess.web.talks.moments import zone
from assess.web.talks.words import KINDS, STATUS_WORDS, owner_words


@dataclass(frozen=True, slots=True)
class TextLines:
    """What is agreed, each part in words; "" where nothing is said."""

    kind: str
    what: str
    first_step: str
    help_needed: str
    owner: str
    due: str
    seen_by: str


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """One agreement on a page."""

    id: str
    talk_id: str
    text: TextLines
    revision: int
    status: AgreementStatus
    status_words: str
    status_since: str
    is_live: bool
    is_overdue: bool
    signed: str
    """Who has signed it as it stands, in words."""
    is_signed: bool
    to_sign: bool
    """The viewer has not signed it as it stands, and could."""
    changed: str
    """Who wrote this version, and when."""
    versions: int


def agreement_lines(talk: Talk, agreements: Iterable[Agreement]) -> tuple[AgreementLine, ...]:
    """In the given order, for the one who looks at `talk`."""
    return tuple(agreement_line(talk, one) for one in agreements)


def agreement_line(talk: Talk, agreement: Agreement) -> AgreementLine:
    viewer_id = person.session().person_id
    today = services().now.astimezone(zone()).date()
    signs = talk.role in {"person", "holder", "successor"}
    return AgreementLine(
        id=agreement.id,
        talk_id=agreement.talk_id,
        text=text_lines(talk, agreement.text),
        revision=agreement.revision,
        status=agreement.status,
        status_words=gettext(STATUS_WORDS[agreement.status]),
        status_since=_day(agreement.status_at),
        is_live=agreement.is_live,
        is_overdue=agreement.is_overdue(today),
        signed=_signed(talk, agreement, viewer_id),
        is_signed=agreement.is_signed,
        to_sign=signs and viewer_id not in agreement.signed_by,
        changed=gettext(
            "written by %(name)s on %(day)s",
            name=gettext("you") if _is(agreement.changed_by, viewer_id) else shown_name(agreement.changed_by),
            day=_day(agreement.changed_at),
        ),
        versions=agreement.versions,
    )


def text_lines(talk: Talk, text: AgreementText) -> TextLines:
    """What is agreed, in the language of the page."""
    return TextLines(
        kind=gettext(KINDS[text.kind][0]),
        what=text.what,
        first_step=text.first_step,
        help_needed=text.help_needed,
        owner=dict(owner_words(talk))[text.owner],
        due=language.date_words(text.due_on) if text.due_on else "",
        seen_by=text.seen_by,
    )


def _signed(talk: Talk, agreement: Agreement, viewer_id: str) -> str:
    if agreement.is_signed:
        return _signed_by_both(talk, agreement, viewer_id)
    if not agreement.person_signed and not agreement.other_signed:
        return gettext("Not signed yet")
    if viewer_id in agreement.signed_by:
        return gettext("Signed by you, not yet by the other")
    if agreement.person_signed:
        return gettext("Signed by %(name)s", name=shown_name(talk.person))
    if talk.role == "person":
        return gettext("Signed by the other, not yet by you")
    return gettext("Signed by %(name)s", name=shown_name(talk.holder))


def _signed_by_both(talk: Talk, agreement: Agreement, viewer_id: str) -> str:
    if talk.role == "successor" and viewer_id not in agreement.signed_by:  # signed with who held the talk
        return gettext(
            "Signed by %(name)s and %(other)s", name=shown_name(talk.person), other=shown_name(talk.holder)
        )
    return gettext("Signed by both")


def _is(somebody: object, viewer_id: str) -> bool:
    return getattr(somebody, "id", None) == viewer_id


def _day(moment: datetime) -> str:
    return language.day(moment, zone())
