"""From rows to agreements, and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import msgspec

from assess.answering.loading import person
from assess.answering.types import Person
from assess.store.ids import parse_time, parse_time_or_none
from assess.store.queries import Queries
from assess.talks.loading import Row
from assess.talks.texts import plain
from assess.talks.types import Agreement, AgreementText, Signature


class _Words(msgspec.Struct, frozen=True):
    """What the column `content` holds."""

    what: str
    first_step: str = ""
    help_needed: str = ""
    seen_by: str = ""


def agreements_in(
    q: Queries, *, talk_id: str = "", about_id: str = "", of_id: str = ""
) -> tuple[Agreement, ...]:
    """Those of one talk, of all talks about somebody, or of all with which somebody has to do, oldest first,
    with two queries. Whoever calls has asked the rights, or asks them of each talk afterwards."""
    meant = {"talk_id": talk_id, "about_id": about_id, "of_id": of_id}
    signed: dict[str, list[Signature]] = {}
    for row in q.signatures_of_talks(**meant):
        signature = Signature(person(row, "signer_"), parse_time(row["signed_at"]))
        signed.setdefault(row["agreement_id"], []).append(signature)
    return tuple(_agreement(row, tuple(signed.get(row["id"], ()))) for row in q.agreements_of_talks(**meant))


def plain_agreement(text: AgreementText) -> AgreementText:
    """The same words, made plain."""
    return replace(
        text,
        what=plain(text.what),
        first_step=plain(text.first_step),
        help_needed=plain(text.help_needed),
        seen_by=plain(text.seen_by),
    )


def columns_of(text: AgreementText) -> dict[str, Any]:
    """Parameters of the queries that keep it."""
    words = _Words(text.what, text.first_step, text.help_needed, text.seen_by)
    return {
        "kind": text.kind,
        "owner": text.owner,
        "content": msgspec.json.encode(words).decode(),
        "due_on": None if text.due_on is None else text.due_on.isoformat(),
    }


def version_text(text: AgreementText) -> str:
    """The column `version`: all that a signature is for."""
    return msgspec.json.encode(text).decode()


def version_of(version: str) -> AgreementText:
    return msgspec.json.decode(version, type=AgreementText)


def maybe_person(row: Row, prefix: str) -> Person | None:
    """None for somebody who was erased."""
    return None if row[f"{prefix}id"] is None else person(row, prefix)


def _agreement(row: Row, signatures: tuple[Signature, ...]) -> Agreement:
    signed_by = frozenset(one.by.id for one in signatures)
    words = msgspec.json.decode(row["content"], type=_Words)
    return Agreement(
        id=row["id"],
        talk_id=row["talk_id"],
        text=AgreementText(
            kind=row["kind"],
            what=words.what,
            first_step=words.first_step,
            help_needed=words.help_needed,
            owner=row["owner"],
            due_on=None if row["due_on"] is None else date.fromisoformat(row["due_on"]),
            seen_by=words.seen_by,
        ),
        revision=row["revision"],
        changed_by=maybe_person(row, "made_"),
        changed_at=parse_time(row["made_at"]),
        status=row["status"],
        status_at=parse_time(row["status_at"]),
        status_by=maybe_person(row, "status_"),
        created_at=parse_time(row["created_at"]),
        signed_by=signed_by,
        person_signed=row["person_id"] in signed_by,
        other_signed=bool(signed_by - {row["person_id"]}),
        removed_at=parse_time_or_none(row["removed_at"]),
        signatures=signatures,
    )
