"""What a letter says, as values: the text part, the HTML part and the demo's page are made of the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from questionnaires.definition import LanguageId


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Action:
    """A link as a button. `about` is a line beneath it."""

    label: str
    address: str
    about: str = ""
    kind: str = "action"


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with what they are: a deadline, minutes."""

    facts: tuple[tuple[str, str], ...]
    kind: str = "facts"


@dataclass(frozen=True, slots=True)
class Points:
    """A heading with a few points."""

    title: str
    points: tuple[str, ...]
    kind: str = "points"


Part: TypeAlias = Paragraph | Action | Facts | Points


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A calendar file that goes with a letter: `method` is that of RFC 5546."""

    content: bytes
    method: str
    name: str


@dataclass(frozen=True, slots=True)
class Content:
    """A letter's words, in the language of its reader."""

    language: LanguageId
    subject: str
    organisation: str
    greeting: str
    parts: tuple[Part, ...]
    footer: tuple[str, ...]
    """Why one gets the letter and whom to ask: small, at the end."""
    calendar: CalendarFile | None = None
