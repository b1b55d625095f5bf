"""Cards to hand out: whose it is, what is asked, and a code that a phone's camera opens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
import segno
from markupsafe import Markup

from questionnaires.definition import LanguageId
from reports.paper.speech import Speech

QR_ERROR = "m"
"""15 % of the code may be dirty or torn; more would make the squares too small for a card."""
QUIET_ZONE = 4
"""Squares of white around a code, as the standard asks for."""


class CardLink(msgspec.Struct, frozen=True):
    """One questionnaire behind one code."""

    title: str
    address: str
    minutes: int


class Card(msgspec.Struct, frozen=True):
    """One person's card, before it is put into words."""

    name: str
    unit: str
    language: LanguageId
    links: tuple[CardLink, ...]


class PrintedLink(msgspec.Struct, frozen=True):
    """An address that is printed as a code too, with the words beside it."""

    title: str
    minutes: str
    address: str
    alt: str


class PrintedCard(msgspec.Struct, frozen=True):
    """A card in its reader's language."""

    language: LanguageId
    name: str
    unit: str
    heading: str
    how: str
    until: str
    links: tuple[PrintedLink, ...]
    private: str


class CardsView(msgspec.Struct, frozen=True):
    """A sheet of cards, as many pages as it takes."""

    language: LanguageId
    title: str
    organisation: str
    day: str
    summary: str
    cards: tuple[PrintedCard, ...]


def cards_view(
    cards: Sequence[Card],
    *,
    language: LanguageId,
    wave: str,
    organisation: str,
    closes_at: datetime | None,
    zone: ZoneInfo,
    today: datetime,
) -> CardsView:
    """The cards of a wave, each in its person's language; `language` is that of whoever prints.

    `closes_at` and `today` are aware; days and times are told in `zone`. Raises `ValueError` for an address
    that no code can hold (beyond 2,331 characters).
    """
    speech = Speech(language)
    return CardsView(
        language=language,
        title=speech.say("Cards for {wave}", wave=wave),
        organisation=organisation,
        day=today.astimezone(zone).date().isoformat(),
        summary=speech.say("One card for each person; hand each to the person named on it."),
        cards=tuple(_printed(card, wave, closes_at, zone) for card in cards),
    )


def _printed(card: Card, wave: str, closes_at: datetime | None, zone: ZoneInfo) -> PrintedCard:
    speech = Speech(card.language)
    return PrintedCard(
        language=card.language,
        name=card.name,
        unit=card.unit,
        heading=wave,
        how=speech.say("Point your phone’s camera at the code, or type the address."),
        until=speech.by(closes_at, zone) if closes_at else "",
        links=tuple(
            PrintedLink(
                title=link.title,
                minutes=speech.say("about {number} min.", number=str(link.minutes)),
                address=link.address,
                alt=speech.say("Code that opens “{title}”", title=link.title),
            )
            for link in card.links
        ),
        private=speech.say(
            "For you alone. When you first open it you choose a code word; then it opens with that alone."
        ),
    )


def qr(link: PrintedLink) -> Markup:
    """A QR code (ISO/IEC 18004) of an address, as SVG with presentation attributes: black on white whatever
    the colours around it."""
    code = segno.make_qr(link.address, error=QR_ERROR)
    whole = code.svg_inline(
        border=QUIET_ZONE,
        omitsize=True,
        dark="#000000",
        light="#ffffff",
        svgclass=None,
        lineclass=None,
        title=link.alt,
    )
    return Markup(whole.replace("<svg ", '<svg role="img" ', 1))  # noqa: S704 (segno escapes the title)
