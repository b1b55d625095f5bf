"""What a writer of letters has on the desk: the letter, its reader, the words of the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from assess.language.catalogue import LANGUAGES, catalogue
from assess.language.direction import unturned
from assess.mail.content import Content, Part
from assess.mail.errors import NotWanted, NoWay
from assess.outbox.letters import ADDRESS, Taken
from assess.people.organisation import zone_of
from assess.settings import Settings
from assess.store import Store
from questionnaires.definition import LanguageId

FOLDER = Path(__file__).parent / "language"


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that a writer may use. `address` is where the letter goes; it is never in the words."""

    store: Store
    settings: Settings
    letter: Taken
    now: datetime
    language: LanguageId
    first_name: str
    name: str
    address: str
    organisation: str
    zone: ZoneInfo

    def say(self, message: str, **values: object) -> str:
        """A message of the catalogue with its values, on one line."""
        text = catalogue(self.language, FOLDER).gettext(message)
        return text % values if values else text

    def count(self, one: str, many: str, num: int, **values: object) -> str:
        """The same for a message with a number, `num` among its values."""
        return catalogue(self.language, FOLDER).ngettext(one, many, num) % {"num": num, **values}

    def moment(self, at: datetime) -> str:
        """A day and a time of day, by the clocks of the organisation."""
        local = at.astimezone(self.zone)
        locale = _locale(self.language)
        return self.say(
            "%(day)s at %(time)s",
            day=format_date(local, "full", locale=locale),
            time=format_time(local, "short", locale=locale),
        )

    def day(self, at: datetime) -> str:
        """A day by the clocks of the organisation."""
        return str(format_date(at.astimezone(self.zone), "long", locale=_locale(self.language)))

    def page(self, path: str) -> str:
        """The address of a page of ours."""
        return f"{self.settings.base_url}/{path.lstrip('/')}"

    def content(self, subject: str, parts: tuple[Part, ...], *footer: str) -> Content:
        """A letter that greets its reader by the first name. `footer`: why one gets it and whom to ask."""
        return Content(
            language=self.language,
            subject=one_line(subject),
            organisation=self.organisation,
            greeting=self.say("Hello %(first_name)s,", first_name=self.first_name),
            parts=parts,
            footer=footer,
        )


def lay_out(store: Store, settings: Settings, letter: Taken, now: datetime) -> Desk:
    """The desk for a letter.

    Raises `NotWanted` when its reader has left or was erased, unless the letter carries its own address;
    `NoWay` when there is no address.
    """
    with store.read() as q:
        row = q.recipient(person_id=letter.person_id)
        if row is None:
            raise NotWanted("gone")
        zone = zone_of(q, row["organisation_id"], settings)
    given = letter.parameters.get(ADDRESS)
    if given is None and (row["left_at"] is not None or row["erased_at"] is not None):
        raise NotWanted("gone")
    address = given or row["email"]
    if not address:
        raise NoWay("no-address")
    wanted = letter.parameters.get("language", row["language"])
    return Desk(
        store=store,
        settings=settings,
        letter=letter,
        now=now,
        language=cast(LanguageId, wanted if wanted in LANGUAGES else "da"),
        first_name=one_line(letter.parameters.get("first_name", row["first_name"])),
        name="" if row["erased_at"] else one_line(row["name"]),
        address=address.strip(),
        organisation=one_line(row["organisation_name"]),
        zone=zone,
    )


def one_line(text: str) -> str:
    """`text` as it may stand in a header: on one line, without signs that cannot be seen."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in unturned(text)).split())


def _locale(language: LanguageId) -> str:
    return "en_GB" if language == "en" else language
