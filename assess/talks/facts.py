"""What talks tell about the people whom somebody leads: for the team's page, a room below."""

from __future__ import annotations

from datetime import datetime, timedelta

from assess.language.alphabet import place_in_alphabet
from assess.rights import Actor
from assess.store.ids import parse_time
from assess.store.queries import Queries
from assess.talks.loading import Leading, Loaded, all_talks
from assess.talks.talks import led_people
from assess.team_profiles.types import NextTalk, TalkFacts
from questionnaires.definition import LanguageId

CURRENT = timedelta(days=365)
"""A talk within this time is the current one."""


def talk_facts(q: Queries, actor: Actor, now: datetime, language: LanguageId = "da") -> TalkFacts:
    """Of everybody whose nearest leader the actor is. What the actor may not see of talks with a coach or an
    earlier manager is not told: whether there were any stays with the person. The number of queries does not
    grow with the number of people."""
    leading = Leading(q, now)
    led = sorted(
        led_people(q, actor, now, leading), key=lambda one: (*place_in_alphabet(one.name, language), one.id)
    )
    seen = [
        one
        for one in all_talks(q, actor, now, leading)
        if actor.id == one.thing.holder_id or actor.id in one.thing.successor_ids
    ]
    rows = q.talks_with_overdue_agreements(of_id=actor.id, today=now.date().isoformat())
    overdue = {row["talk_id"] for row in rows}
    have_talk = {one.thing.person_id for one in seen if _is_current(one, now)}
    have_overdue = {one.thing.person_id for one in seen if one.id in overdue and not _is_cancelled(one)}
    return TalkFacts(
        without_talk=tuple(one for one in led if one.id not in have_talk),
        overdue=tuple(one for one in led if one.id in have_overdue),
        next_talks=_next_talks(seen, actor, now),
        held=_held(seen),
    )


def _is_current(one: Loaded, now: datetime) -> bool:
    return not _is_cancelled(one) and parse_time(one.row["starts_at"]) > now - CURRENT


def _is_cancelled(one: Loaded) -> bool:
    return bool(one.row["state"] == "cancelled")


def _held(seen: list[Loaded]) -> dict[str, datetime]:
    """When the newest that was held began, or was noted as held where that was before."""
    found: dict[str, datetime] = {}
    for one in seen:
        if one.row["state"] != "held":
            continue
        at = parse_time(min(one.row["starts_at"], one.row["held_at"] or one.row["starts_at"]))
        found[one.thing.person_id] = max(at, found.get(one.thing.person_id, at))
    return found


def _next_talks(seen: list[Loaded], actor: Actor, now: datetime) -> dict[str, NextTalk]:
    found: dict[str, NextTalk] = {}
    for one in seen:  # the latest start first: the earliest one to come is what stays
        starts_at = parse_time(one.row["starts_at"])
        is_to_come = starts_at + timedelta(minutes=one.row["minutes"]) > now
        if one.row["state"] == "planned" and is_to_come and actor.id == one.thing.holder_id:
            found[one.thing.person_id] = NextTalk(one.id, starts_at)
    return found
