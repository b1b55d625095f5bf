"""The talk brief: everything that one reader may see of a talk at this moment, brought together.

Profiles come through `profiles_seen`, agreements and preparations through their own use cases, so nothing is
shown here that its own page would not show. What the two look at together holds only what each of them may
see alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from assess.answering.types import Organisation
from assess.campaigns.definitions import definition_of
from assess.errors import NotAllowed, NotFound
from assess.people.organisation import zone_of
from assess.profiles_seen.changing import changes_of
from assess.profiles_seen.loading import looked, seen_profiles
from assess.profiles_seen.types import AreaChange, ChangeKey, SeenProfile, View
from assess.rights import Actor
from assess.scoring.comparison import compare
from assess.scoring.style_results import Match
from assess.settings import Settings
from assess.store import Store
from assess.store.queries import Queries
from assess.talks import notes, preparing
from assess.talks.agreements import agreements
from assess.talks.brief_questions import questions_for
from assess.talks.brief_types import BriefArea, BriefQuestion, PastAgreements, Reader, TalkBrief
from assess.talks.earlier import earlier_agreements
from assess.talks.talks import talk, talks_of
from assess.talks.types import Preparation, Talk
from assess.team_profiles.own_style import matches, own_style
from questionnaires.definition import LanguageId
from questionnaires.library import question_banks
from questionnaires.question_bank import QuestionBank

BANK = "talk-questions"
"""Which bank is taken where job areas do not say which questionnaire they are of."""
WAVES = 2
"""Newest waves of each view: this one, and the one before for what has changed."""
READERS: dict[str, Reader] = {"person": "person", "holder": "holder", "successor": "shown", "coach": "shown"}
"""Role in the talk → as whom somebody reads the brief; others do not."""


def brief(
    store: Store, settings: Settings, actor: Actor, talk_id: str, language: LanguageId, now: datetime
) -> TalkBrief:
    """What the actor may read of a talk now. Looks at what others have said are logged.

    Raises `NotFound` for a talk that is not the actor's to see, `NotAllowed` while it is not open
    (`Talk.is_open`).
    """
    found = _open_talk(store, actor, talk_id, now)
    if found.role not in READERS:
        raise NotFound("There is no such talk.")
    return _brief(_Making(store, settings, actor, found, READERS[found.role], language, now))


def presented(
    store: Store, settings: Settings, actor: Actor, talk_id: str, language: LanguageId, now: datetime
) -> TalkBrief:
    """The brief for both at one screen: only profiles that either of the two may see alone, no working
    notes, and preparations when both are ready. Raises as `brief`; `NotFound` for who is not one of the
    two."""
    found = _open_talk(store, actor, talk_id, now)
    if found.role not in ("person", "holder"):
        raise NotFound("There is no such talk.")
    return _brief(_Making(store, settings, actor, found, "both", language, now))


def brief_to_print(
    store: Store, settings: Settings, actor: Actor, talk_id: str, language: LanguageId, now: datetime
) -> TalkBrief:
    """As `brief` for who holds the talk, for a document that is made before anybody reads it: no look is
    logged, nothing is written, and working notes are left out of it. Whoever hands it out calls `looked_at`.

    Raises `NotFound` unless the actor holds the talk and its brief is open.
    """
    found = next((one for one in talks_of(store, actor, now) if one.id == talk_id), None)
    if found is None or found.role != "holder" or not found.is_open:
        raise NotFound("There is no such talk.")
    return replace(_made(_Making(store, settings, actor, found, "holder", language, now)), note="")


def looked_at(store: Store, actor: Actor, found: TalkBrief, now: datetime) -> None:
    """Notes whose profiles stand in a brief that the actor is shown now."""
    looked(store, actor, (one for area in found.areas for one in _shown(area)), now)


def organisation_of(store: Store, settings: Settings, found: Talk) -> tuple[Organisation, ZoneInfo]:
    """Whose talk it is, and the time zone there: what a document of the talk needs to know beside it."""
    with store.read() as q:
        return _organisation(q, settings, found)


def _organisation(q: Queries, settings: Settings, found: Talk) -> tuple[Organisation, ZoneInfo]:
    row = q.organisation(id=found.organisation_id)
    organisation = Organisation(row["id"], row["name"], json.loads(row["settings"])["customer"])
    return organisation, zone_of(q, found.organisation_id, settings)


@lru_cache(maxsize=4)
def banks(own_folders: tuple[Path, ...]) -> dict[str, QuestionBank]:
    """The banks of the library and of the own folders by id, read once in each process."""
    return dict(question_banks(own_folders).banks)


@dataclass(frozen=True, slots=True)
class _Making:
    """For whom, when and in what language a brief is made."""

    store: Store
    settings: Settings
    actor: Actor
    talk: Talk
    reader: Reader
    language: LanguageId
    now: datetime


def _open_talk(store: Store, actor: Actor, talk_id: str, now: datetime) -> Talk:
    found = talk(store, actor, talk_id, now)
    if not found.is_open:
        raise NotAllowed(
            "The talk brief is not open.",
            "It opens when both are ready, at the latest when the talk begins.",
        )
    return found


def _brief(making: _Making) -> TalkBrief:
    made = _made(making)
    looked_at(making.store, making.actor, made, making.now)
    return made


def _made(making: _Making) -> TalkBrief:
    store, actor, found, now = making.store, making.actor, making.talk, making.now
    with store.read() as q:
        organisation, zone = _organisation(q, making.settings, found)
        seen = _seen(q, making)
        areas = _areas(q, making, seen)
    known = {one.id: one for one in talks_of(store, actor, now)}
    person_texts, holder_texts = _prepared(making)
    return TalkBrief(
        talk=found,
        organisation=organisation,
        reader=making.reader,
        zone=zone,
        today=now.astimezone(zone).date(),
        areas=areas,
        questions=_questions(making, areas, organisation, known.values()),
        person_texts=person_texts,
        holder_texts=holder_texts,
        past=_past(making, known),
        agreed=agreements(store, actor, found.id, now),
        note=notes.note(store, actor, found.id, now).text if making.reader == "holder" else "",
    )


# --- profiles --------------------------------------------------------------------------------------


def _seen(q: Queries, making: _Making) -> tuple[SeenProfile, ...]:
    """The person's profiles that the reader may see; at one screen those that the other may see too."""
    about, held_at = (making.talk.person.id,), making.talk.held_at
    waves = WAVES if held_at is None else None
    seen = seen_profiles(
        q, making.actor, making.now, subject_ids=about, language=making.language, newest=waves
    )
    if held_at is not None:  # what the two talked about stays what stands there, as far as it may be seen now
        seen = tuple(one for one in seen if one.made_at <= held_at)
    if making.reader != "both":
        return seen
    other = _other(making.talk)
    both = {
        (one.task_id, one.area_id)
        for one in seen_profiles(q, other, making.now, subject_ids=about, newest=waves)
    }
    return tuple(one for one in seen if (one.task_id, one.area_id) in both)


def _other(found: Talk) -> Actor:
    """The other of the two, with the office that this talk rests on and no other."""
    if found.role == "holder":
        return Actor(found.person.id, organisation_id=found.organisation_id)
    is_coach = found.holder_role == "coach" and found.holder_is_current
    offices = frozenset({found.organisation_id} if is_coach else ())
    return Actor(found.holder.id, coaches=offices, organisation_id=found.organisation_id)


def _areas(q: Queries, making: _Making, seen: Sequence[SeenProfile]) -> tuple[BriefArea, ...]:
    """The job areas of the newest wave of which anything may be seen, the two views of each side by side."""
    newest = [one for one in seen if one.wave_id == seen[0].wave_id]
    changes = changes_of(seen)
    views: dict[tuple[str, str], dict[View, SeenProfile]] = {}
    for one in newest:
        views.setdefault((one.content_hash, one.area_id), {})[one.perspective] = one
    styles = _matches(q, making, views)
    return tuple(
        _area(q, sides, changes, styles.get((making.talk.person.id, area_id)))
        for (_, area_id), sides in views.items()
    )


def _area(
    q: Queries,
    sides: dict[View, SeenProfile],
    changes: dict[ChangeKey, AreaChange],
    match: Match | None,
) -> BriefArea:
    own, manager = sides.get("self"), sides.get("manager")
    any_side = next(iter(sides.values()))
    definition = definition_of(q, any_side.content_hash)
    return BriefArea(
        job_area=any_side.job_area,
        definition=definition,
        wave_name=any_side.wave_name,
        own=own,
        manager=manager,
        comparison=compare(definition, own.profile, manager.profile) if own and manager else None,
        changes={
            one.perspective: change
            for one in sides.values()
            if (change := changes.get(one.key)) is not None and change.later == one
        },
        match=match,
    )


def _matches(
    q: Queries, making: _Making, views: dict[tuple[str, str], dict[View, SeenProfile]]
) -> dict[tuple[str, str], Match]:
    """The manager's own style beside each job area, for whoever holds the talk as manager alone."""
    if making.reader != "holder" or making.talk.holder_role != "manager":
        return {}
    style = own_style(q, making.actor, making.now, until=making.talk.held_at)
    pairs = {
        (making.talk.person.id, area_id): (sides.get("self"), sides.get("manager"))
        for (_, area_id), sides in views.items()
    }
    return dict(matches(q, style, pairs))


def _shown(area: BriefArea) -> Iterable[SeenProfile]:
    """Every profile that stands in the brief of an area, those of the wave before included."""
    for one in (area.own, area.manager):
        if one is not None:
            yield one
    for change in area.changes.values():
        yield change.earlier


# --- what was written ------------------------------------------------------------------------------


def _prepared(making: _Making) -> tuple[Preparation | None, Preparation | None]:
    """The person's and the holder's preparation, as far as the reader may see them; at one screen both or
    none."""
    if making.reader == "shown":
        return None, None
    theirs = preparing.others_preparation(making.store, making.actor, making.talk.id, making.now)
    if making.reader == "both" and theirs is None:
        return None, None
    mine = preparing.preparation(making.store, making.actor, making.talk.id, making.now)
    return (mine, theirs) if making.talk.role == "person" else (theirs, mine)


def _past(making: _Making, known: dict[str, Talk]) -> tuple[PastAgreements, ...]:
    """Earlier agreements by the talk that they were made in, the newest talk first."""
    beside = _other(making.talk) if making.reader == "both" else None
    found = earlier_agreements(making.store, making.actor, making.talk.id, making.now, beside=beside)
    ids = dict.fromkeys(one.talk_id for one in found)
    return tuple(
        PastAgreements(known[talk_id].starts_at, tuple(one for one in found if one.talk_id == talk_id))
        for talk_id in ids
        if talk_id in known
    )


def _questions(
    making: _Making, areas: Sequence[BriefArea], organisation: Organisation, known: Iterable[Talk]
) -> tuple[BriefQuestion, ...]:
    """What may be asked in the talk; of a talk that was held, nothing to who is none of the two."""
    found = making.talk
    if making.reader == "shown" and found.state == "held":
        return ()
    return questions_for(
        _bank(making, areas),
        areas,
        making.reader,
        found.person.first_name,
        organisation.customer,
        making.language,
        turn=_held_before(found, known),
    )


def _held_before(found: Talk, known: Iterable[Talk]) -> int:
    """How many talks about the person there were before this one: the next ones get other questions."""
    return sum(
        one.person.id == found.person.id and one.state == "held" and one.starts_at < found.starts_at
        for one in known
    )


def _bank(making: _Making, areas: Sequence[BriefArea]) -> QuestionBank:
    """The bank of the questionnaire that the areas are of, else the library's own."""
    known = banks(tuple(making.settings.questionnaires))
    asked = {area.definition.questionnaire.id for area in areas}
    return next((bank for bank in known.values() if bank.questionnaire in asked), known[BANK])
