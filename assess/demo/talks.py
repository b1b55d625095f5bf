"""The demo's development talks: some held after the earlier wave, with agreements that live, and some ahead.

Everything goes through the use cases of the pages, each at the time at which somebody would have done it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from assess.campaigns.plans import local_time
from assess.demo.talk_texts import TEXTS, TextsInDemo
from assess.people.appointments import appointments_of
from assess.rights import Actor
from assess.store import Store
from assess.store.ids import time_text
from assess.talks import agreements, notes, preparing, showing, signing
from assess.talks.talks import hold, plan
from assess.talks.types import AgreementText
from questionnaires.definition import LanguageId

Ready: TypeAlias = Literal["nobody", "person", "both"]

_MINUTES = 60
_TALK_AT = time(10)
_A_WEEK = timedelta(days=7)
_AFTER_CLOSING = timedelta(days=10)
_AHEAD: tuple[tuple[int, Ready], ...] = ((3, "both"), (6, "person"), (10, "nobody"))
"""Days from now, and who has prepared."""
_COACH_AHEAD = 5


@dataclass(frozen=True, slots=True)
class Talks:
    """`now`: the day of the demo."""

    store: Store
    zone: ZoneInfo
    now: datetime

    def of_leader(
        self, leader_id: str, people: Sequence[str], language: LanguageId, closed_at: datetime
    ) -> list[str]:
        """A leader's talks with the first of `people` (ids): with each of two one that was held after the
        earlier wave, with each of three one ahead. Gives the ids of those that were held, in that order."""
        held = [
            self._held(leader_id, person_id, texts, closed_at + _AFTER_CLOSING + number * _A_WEEK)
            for number, (person_id, texts) in enumerate(zip(people, TEXTS[language], strict=False))
        ]
        for person_id, texts, (days, ready) in zip(people, cycle(TEXTS[language]), _AHEAD, strict=False):
            self._ahead(person_id, texts, days, ready, Actor(leader_id))
        return held

    def of_coach(self, coach_id: str, person_id: str, language: LanguageId, shown: str | None) -> None:
        """A talk that a coach holds with somebody who shares a profile; `shown`: a talk of the same person
        with the leader that the coach is shown."""
        with self.store.read() as q:
            coach = Actor(coach_id, coaches=appointments_of(q, coach_id)["coach"])
        self._ahead(person_id, TEXTS[language][0], _COACH_AHEAD, "person", coach, as_coach=True)
        if shown is not None:
            showing.show(self.store, Actor(person_id), shown, coach_id, self.now)

    def _held(self, leader_id: str, person_id: str, texts: TextsInDemo, at: datetime) -> str:
        starts_at = self._morning(at)
        leader, person = Actor(leader_id), Actor(person_id)
        talk_id = plan(
            self.store,
            leader,
            person_id,
            starts_at,
            _MINUTES,
            texts.place,
            starts_at - _A_WEEK,
            as_role="manager",
        )
        self._prepare(talk_id, person, leader, texts, "both", starts_at - timedelta(days=2))
        after = starts_at + timedelta(minutes=_MINUTES)
        made = []
        for one in texts.agreements:
            text = AgreementText(
                one.kind,
                one.what,
                one.first_step,
                one.help_needed,
                one.owner,
                starts_at.date() + timedelta(days=one.due),
                one.seen_by,
            )
            made.append(agreements.add(self.store, leader, talk_id, text, after))
        hold(self.store, leader, talk_id, after)
        for who in (leader, person):
            signing.sign(self.store, who, talk_id, {one.id: one.revision for one in made}, after)
        for agreement, one in zip(made, texts.agreements, strict=True):
            if one.status != "open":
                later = after + timedelta(days=one.due - 5)
                agreements.set_status(self.store, person, agreement.id, one.status, min(later, self.now))
        with self.store.write() as q:  # they went at the time, and are no news in the outbox
            q.forget_letters_of_talk(talk_id=talk_id)
        return talk_id

    def _ahead(
        self,
        person_id: str,
        texts: TextsInDemo,
        days: int,
        ready: Ready,
        holder: Actor,
        *,
        as_coach: bool = False,
    ) -> None:
        starts_at, planned_at = self._morning(self.now + timedelta(days=days)), self.now - timedelta(days=2)
        role: Literal["manager", "coach"] = "coach" if as_coach else "manager"
        talk_id = plan(
            self.store, holder, person_id, starts_at, _MINUTES, texts.place, planned_at, as_role=role
        )
        self._prepare(talk_id, Actor(person_id), holder, texts, ready, self.now - timedelta(hours=4))
        with self.store.write() as q:  # so that what becomes of it now is told by a letter of its own
            q.letters_of_talk_have_gone(talk_id=talk_id, now=time_text(planned_at))

    def _prepare(
        self, talk_id: str, person: Actor, holder: Actor, texts: TextsInDemo, ready: Ready, at: datetime
    ) -> None:
        if ready == "both":
            preparing.save(self.store, holder, talk_id, texts.holder, 0, at, ready=True)
            notes.save(self.store, holder, talk_id, texts.note, 0, at)
        if ready != "nobody":
            preparing.save(self.store, person, talk_id, texts.person, 0, at, ready=True)

    def _morning(self, moment: datetime) -> datetime:
        """Ten o'clock on that day, or on the next working day."""
        day: date = moment.astimezone(self.zone).date()
        while day.weekday() > 4:
            day += timedelta(days=1)
        return local_time(day, _TALK_AT, self.zone)
