"""The agreement sheet: what two people have agreed, in fields that can be filled in, and lines to sign."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from assess.answering.types import Organisation
from assess.language.direction import unturned
from assess.talks.types import Agreement, Signature, Talk
from questionnaires.definition import LanguageId
from reports.talk.parts import SHEET_FORMAT, AgreementView, SheetAgreement, SheetField
from reports.talk.speaking import Speaking, speaking
from reports.talk.texts import kind_words, owner_words, signed_words, status_words

ROOM_FOR_MORE = 1
"""Empty agreements beneath those that there are; a sheet without any has two, and is one page."""
ROOM_WITHOUT_ANY = 2
LINE = 78
"""Characters that surely fit on a line of a field as wide as the page."""
HALF_LINE = 36
SHORT_LINE = 26
LEAST_LINES = 2


def agreement_view(
    talk: Talk,
    agreements: Sequence[Agreement],
    *,
    organisation: Organisation,
    language: LanguageId,
    zone: ZoneInfo,
) -> AgreementView:
    """The sheet of a talk: its agreements as they stand (removed ones left out), room for more,
    signatures."""
    spoken = speaking(
        talk,
        "person" if talk.role == "person" else "holder",
        language=language,
        zone=zone,
        customer=organisation.customer,
    )
    standing = [one for one in agreements if one.removed_at is None]
    filled = [_filled(one, number, spoken) for number, one in enumerate(standing, 1)]
    room = ROOM_FOR_MORE if standing else ROOM_WITHOUT_ANY
    empty = [_empty(number, spoken) for number in range(len(standing) + 1, len(standing) + room + 1)]
    return AgreementView(
        format=SHEET_FORMAT,
        language=language,
        title=spoken.say("Agreements"),
        subject=unturned(talk.person.name),
        other=unturned(talk.holder.name),
        organisation=unturned(organisation.name),
        day=talk.starts_at.astimezone(zone).date().isoformat(),
        date=spoken.day(talk.starts_at),
        place=unturned(talk.place),
        summary=spoken.say("What two people have agreed in a development talk."),
        lead=spoken.say(
            "Few and clear: what, the first step, who, by when, and how you will both see it. The kind is "
            "professional, behavioural or personal. Fill in on the screen or by hand."
        ),
        agreements=(*filled, *empty),
        signatures=_signatures(standing, spoken),
        rule=_rule(standing, spoken),
        words=_headings(spoken),
    )


def _rule(standing: Sequence[Agreement], spoken: Speaking) -> str:
    """Who sees it and what counts; of what is written in the system, as of which day, and whether there is
    anything to sign by hand."""
    if not standing:
        return spoken.say(
            "Seen by the two of you and by those to whom {name} shows it. What you have both signed in the "
            "system is what counts.",
            name=spoken.person,
        )
    copy = spoken.say(
        "Seen by the two of you and by those to whom {name} shows it. What you have both signed in the "
        "system is what counts; this sheet is a copy of {day}.",
        name=spoken.person,
        day=_newest(standing, spoken),
    )
    if not all(one.is_signed for one in standing):
        return copy
    signed = spoken.say("All that is filled in here is signed by both of you in the system.")
    return f"{signed} {copy}"


def _newest(standing: Sequence[Agreement], spoken: Speaking) -> str:
    """The day of the last change or signature: the sheet made twice is the same sheet."""
    moment = max(
        moment
        for one in standing
        for moment in (one.changed_at, one.status_at, *(signature.at for signature in one.signatures))
    )
    return _day(moment, spoken)


def _headings(spoken: Speaking) -> dict[str, str]:
    return {
        "foot": spoken.say(
            "Seen by the two of you and by those to whom {name} shows it.", name=spoken.person
        ),
        "attachment": spoken.say("The agreements as data (JSON)"),
        "signatures": spoken.say("Signatures"),
        "sign_here": spoken.say("Signed by hand"),
        "with": spoken.say("Talk between {person} and {holder}", person=spoken.person, holder=spoken.holder)
        if spoken.holder
        else spoken.say("Talk with {person}", person=spoken.person),
    }


def _filled(one: Agreement, number: int, spoken: Speaking) -> SheetAgreement:
    text = one.text
    values = {
        "what": text.what,
        "first-step": text.first_step,
        "help-needed": text.help_needed,
        "seen-by": text.seen_by,
        "kind": kind_words(spoken)[text.kind],
        "owner": owner_words(spoken.talk, spoken)[text.owner],
        "due-on": spoken.words.day(text.due_on) if text.due_on else "",
    }
    return SheetAgreement(
        title=spoken.say("Agreement {number}", number=str(number)),
        state=f"{status_words(spoken)[one.status]} · {_signed(one, spoken)}",
        fields=_fields(number, values, spoken),
    )


def _signed(one: Agreement, spoken: Speaking) -> str:
    """Who has signed what stands there, and when."""
    dated = [
        spoken.say("signed by {name} on {day}", name=signature.by.first_name, day=_day(signature.at, spoken))
        for signature in one.signatures
        if signature.by.first_name
    ]
    return "; ".join(dated) or signed_words(one, spoken)


def _day(moment: datetime, spoken: Speaking) -> str:
    return spoken.words.day(moment.astimezone(spoken.zone).date())


def _empty(number: int, spoken: Speaking) -> SheetAgreement:
    return SheetAgreement(
        title=spoken.say("Agreement {number}", number=str(number)),
        state="",
        fields=_fields(number, {}, spoken),
    )


def labels(spoken: Speaking) -> dict[str, str]:
    """The fields of an agreement in the order of the sheet, by the key that is part of their name."""
    return {
        "what": spoken.say("What we agree"),
        "first-step": spoken.say("First step"),
        "help-needed": spoken.say("Help needed"),
        "seen-by": spoken.say("How we will both see it"),
        "kind": spoken.say("Kind"),
        "owner": spoken.say("Who"),
        "due-on": spoken.say("By when"),
    }


ROWS: tuple[tuple[str, ...], ...] = (
    ("what",),
    ("first-step", "help-needed"),
    ("seen-by", "kind", "owner", "due-on"),
)
"""Which fields stand beside each other; those of one row are equally high."""
LONG_ROWS: tuple[tuple[str, ...], ...] = (
    ("what",),
    ("first-step",),
    ("help-needed",),
    ("seen-by",),
    ("kind", "owner", "due-on"),
)
"""The same where a text is longer than `BESIDE`."""
BESIDE = 160
"""Characters that a text has at most to stand beside another."""
_TEXTS = ("what", "first-step", "help-needed", "seen-by")


def _fields(number: int, values: dict[str, str], spoken: Speaking) -> tuple[tuple[SheetField, ...], ...]:
    is_long = any(len(values.get(key, "")) > BESIDE for key in _TEXTS[1:])
    return tuple(_row(number, row, values, spoken) for row in (LONG_ROWS if is_long else ROWS))


def _row(
    number: int, row: tuple[str, ...], values: dict[str, str], spoken: Speaking
) -> tuple[SheetField, ...]:
    """The fields of one row, texts as high as the longest of them needs."""
    said, width = labels(spoken), {1: LINE, 2: HALF_LINE}.get(len(row), SHORT_LINE)
    lines = max((lines_for(values.get(key, ""), width) for key in row if key in _TEXTS), default=1)
    return tuple(
        SheetField(
            name=f"agreement-{number}-{key}",
            label=said[key],
            value=values.get(key, ""),
            lines=lines if key in _TEXTS else 1,
            options=tuple(kind_words(spoken).values()) if key == "kind" else (),
        )
        for key in row
    )


def lines_for(text: str, width: int) -> int:
    """How many lines a text takes in a field that holds `width` characters: paper does not scroll."""
    needed = sum(math.ceil(max(len(line), 1) / width) for line in text.splitlines())
    return max(needed + (1 if needed > LEAST_LINES else 0), LEAST_LINES)


def _signatures(standing: Sequence[Agreement], spoken: Speaking) -> tuple[tuple[SheetField, ...], ...]:
    """A line for each of the two: the date is that of the last signature where everything on the sheet is
    signed in the system; else there is room to sign by hand. The other of the two is whoever has signed
    everything, latest; where nobody has, the manager of today may be somebody else than whoever held the
    talk."""
    talk = spoken.talk
    dates = {} if not standing else _all_signed(standing)
    others = [signer_id for signer_id in dates if signer_id != talk.person.id]
    other_id = max(others, key=lambda one: dates[one].at, default=None)
    is_anybodys = talk.holder_role == "manager" and not talk.holder_is_current
    other = dates[other_id].by.name if other_id else "" if is_anybodys else talk.holder.name
    return (
        _signature("person", talk.person.name, dates.get(talk.person.id), spoken),
        _signature("holder", other, dates.get(other_id or ""), spoken),
    )


def _all_signed(standing: Sequence[Agreement]) -> dict[str, Signature]:
    """By id of everybody who has signed all of them: the latest signature."""
    made: dict[str, list[Signature]] = {}
    for signature in (signature for one in standing for signature in one.signatures):
        made.setdefault(signature.by.id, []).append(signature)
    return {
        signer_id: max(signatures, key=lambda one: one.at)
        for signer_id, signatures in made.items()
        if len(signatures) == len(standing)
    }


def _signature(key: str, name: str, signature: Signature | None, spoken: Speaking) -> tuple[SheetField, ...]:
    day = _day(signature.at, spoken) if signature is not None else ""
    return (
        SheetField(name=f"signature-{key}-name", label=spoken.say("Name"), value=unturned(name), lines=1),
        SheetField(name=f"signature-{key}-date", label=spoken.say("Date"), value=day, lines=1),
    )
