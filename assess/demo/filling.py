"""Filling an empty database through the use cases of the browser: what an operator, an administrator and
everybody who answers have done in half a year.

The same seed gives the same people, the same answers and the same progress; ids, links and the order in
which situations are asked are always new.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from assess.answering.ordering import REPORT_JOB
from assess.answering.sharing import decide_with
from assess.campaigns import campaigns, filling, timetable, waves
from assess.campaigns.jobs import FILL_JOB, RELEASE_JOB
from assess.campaigns.plans import WavePlan
from assess.demo import leadership, maturity
from assess.demo.members import Member, import_staff, led_by
from assess.demo.planning import closing, morning, plan_of, season
from assess.demo.roster import email_of, everybody
from assess.demo.staff import (
    ADMINISTRATOR,
    AREAS,
    CAMPAIGN,
    COACH,
    MANAGER,
    ORGANISATION,
    REPRESENTATIVE,
    SWEDISH_MANAGER,
)
from assess.demo.talks import Talks
from assess.demo.visits import Visits
from assess.errors import NotAllowed
from assess.people import administrators, appointments, organisation, register
from assess.profiles_seen.loading import seen_profiles
from assess.releases.making import make
from assess.rights import Actor
from assess.settings import Settings
from assess.store import Store
from questionnaires.definition import Definition, LanguageId, PerspectiveId
from questionnaires.library import find
from questionnaires.reader import read_folder

SEED = 2026
_HALF_A_YEAR = timedelta(days=196)
_TWO_WEEKS = timedelta(days=14)
_A_WEEK = timedelta(days=7)
_PLANNED_BEFORE = timedelta(days=3)

Say: TypeAlias = Callable[[str], None]


def is_empty(store: Store) -> bool:
    """Whether no organisation has been entered yet."""
    with store.read() as q:
        return bool(q.count_organisations() == 0)


def is_demo(store: Store) -> bool:
    """Whether the demo organisation is there, and no other: nobody in the database is real."""
    with store.read() as q:
        return {row["name"] for row in q.organisations()} == {ORGANISATION}


def fill(store: Store, settings: Settings, now: datetime, *, seed: int = SEED, say: Say) -> None:
    """Fills an empty database with the bakery chain, as if its wave had begun two weeks before `now`, and
    another one half a year earlier, which all have answered, and which has closed and is released.

    Raises `NotAllowed` when anything is there already.
    """
    if not is_empty(store):
        raise NotAllowed("The database is not empty.", "Name a new one with ASSESS_DATABASE.")
    say(f"→ making the demo organisation {ORGANISATION}: {len(everybody()) - 1} people, two waves")
    demo = _enter_organisation(store, settings, now - _HALF_A_YEAR - 3 * _A_WEEK)
    start, earlier = (morning(now - ago, demo.zone) for ago in (_TWO_WEEKS, _HALF_A_YEAR))
    who = demo.administrator

    members = demo.import_roster(earlier - _A_WEEK, earlier=True)
    first = campaigns.create(
        store, who, demo.organisation_id, CAMPAIGN, WavePlan(), earlier, None, earlier - _PLANNED_BEFORE
    )
    _plan_and_open(demo, first, earlier)
    demo.answer(first, members, earlier, seed + 1, lambda _: None, all_done=True)
    _close(demo, first, earlier)
    say("→ the earlier wave: all have answered, it has closed, and its group results are made")
    members = demo.import_roster(start - _A_WEEK, earlier=False)

    second = campaigns.next_wave(store, who, first, start - _PLANNED_BEFORE)
    _plan_and_open(demo, second, start)
    demo.answer(second, members, start, seed, say, all_done=False)
    _talk(demo, members, closing(earlier, demo.zone), now)


@dataclass(frozen=True)
class _Demo:
    """The organisation, and who administers it."""

    store: Store
    organisation_id: str
    zone: ZoneInfo
    administrator: Actor
    area_ids: dict[str, str]
    definitions: dict[str, Definition]
    """By content hash."""

    @property
    def questionnaires(self) -> tuple[str, str]:
        """Content hashes: job maturity, leadership style."""
        about_maturity, about_leadership = self.definitions
        return about_maturity, about_leadership

    def import_roster(self, now: datetime, *, earlier: bool) -> list[Member]:
        members = import_staff(self.store, self.administrator, self.organisation_id, now, earlier=earlier)
        ids = {member.name: member.id for member in members}
        offices: tuple[tuple[str, appointments.Role], ...] = (
            (COACH, "coach"),
            (REPRESENTATIVE, "representative"),
        )
        for name, role in offices:
            appointments.appoint(self.store, self.administrator, self.organisation_id, ids[name], role, now)
        return members

    def answer(
        self, wave_id: str, members: list[Member], start: datetime, seed: int, say: Say, *, all_done: bool
    ) -> None:
        """Gives everybody the tasks of an open wave, and simulates how they answer."""
        filling.fill(self.store, wave_id, start)
        with self.store.write() as q:
            q.forget_waiting_jobs(kind=FILL_JOB)  # done
            tasks = {_key(row): row["id"] for row in q.tasks_of_wave(wave_id=wave_id)}
        about_maturity, about_leadership = (
            Visits(self.store, definition, digest, tasks, start, random.Random(seed))  # noqa: S311
            for digest, definition in self.definitions.items()
        )
        coach_id = next(member.id for member in members if member.name == COACH)
        maturity.answer_about_maturity(
            about_maturity, members, self.area_ids, coach_id, seed, say, all_done=all_done
        )
        leadership.answer_about_leadership(about_leadership, members, seed, say, all_done=all_done)


def _key(row: dict[str, str]) -> tuple[str, PerspectiveId, str, str]:
    perspective: PerspectiveId = row["perspective"]  # type: ignore[assignment]
    return row["content_hash"], perspective, row["respondent_id"], row["subject_id"]


def _talk(demo: _Demo, members: list[Member], closed_at: datetime, now: datetime) -> None:
    """Talks of a Danish and a Swedish leader, and of whoever shares with the coach."""
    ids = {member.name: member.id for member in members}
    leader_of = {member.id: member.leader_id for member in members}
    team = {leader: [member.id for member in led] for leader, led in led_by(members).items()}
    with demo.store.read() as q:
        newest = q.shared_with(with_id=ids[COACH])
    _show_earlier(demo, {row["subject_id"] for row in newest}, ids[COACH], now)
    sharing = min(
        (row["subject_name"], row["subject_id"]) for row in newest if row["wave_id"] == newest[0]["wave_id"]
    )[1]
    talks = Talks(demo.store, demo.zone, now)
    held: dict[str, str] = {}
    for leader_id in dict.fromkeys((ids[MANAGER], str(leader_of[sharing]), ids[SWEDISH_MANAGER])):
        with demo.store.read() as q:
            seen = seen_profiles(q, Actor(leader_id), now)
        both = {one.person.id for one in seen if one.perspective == "self" and not one.wave_is_over}
        # First whose two views can stand side by side: there is most to talk about.
        people = sorted(team[leader_id], key=lambda person: (person != sharing, person not in both))
        language: LanguageId = "sv" if leader_id == ids[SWEDISH_MANAGER] else "da"
        held |= zip(people, talks.of_leader(leader_id, people, language, closed_at), strict=False)
    spoken: LanguageId = "sv" if leader_of[sharing] == ids[SWEDISH_MANAGER] else "da"
    talks.of_coach(ids[COACH], sharing, spoken, held.get(sharing))


def _show_earlier(demo: _Demo, people: set[str], coach_id: str, now: datetime) -> None:
    """Whoever shares with the coach shows what was answered before too: so the coach can see a change."""
    about_maturity, _ = demo.questionnaires
    for person_id in sorted(people):
        with demo.store.read() as q:
            own = [
                row["id"]
                for row in q.tasks_of_person(respondent_id=person_id)
                if row["perspective"] == "self" and row["content_hash"] == about_maturity
            ]
            known = {row["id"] for row in q.shared_with(with_id=coach_id)}
        for task_id in own:
            if task_id not in known:
                decide_with(demo.store, Actor(person_id), task_id, coach_id, True, now - _A_WEEK)


def _enter_organisation(store: Store, settings: Settings, now: datetime) -> _Demo:
    """What the operator does by command, and what the administrator enters first."""
    organisation_id = register.add_organisation(store, ORGANISATION, customer=settings.customer, now=now)
    administrator_id = administrators.enter_administrator(
        store, organisation_id, name=ADMINISTRATOR, email=email_of(ADMINISTRATOR), language="da", now=now
    )
    area_ids = {
        area.key: register.add_job_area(store, organisation_id, area.names, position=position, now=now)
        for position, area in enumerate(AREAS)
    }
    definitions = [read_folder(find(name)) for name in (maturity.QUESTIONNAIRE, leadership.QUESTIONNAIRE)]
    with store.read() as q:
        zone = organisation.zone_of(q, organisation_id, settings)
    return _Demo(
        store,
        organisation_id,
        zone,
        Actor(administrator_id, frozenset({organisation_id})),
        area_ids,
        {waves.add_questionnaire(store, one, now=now): one for one in definitions},
    )


def _plan_and_open(demo: _Demo, wave_id: str, start: datetime) -> None:
    """What has to be said of each wave anew; it opens at `start`."""
    who, planned_at = demo.administrator, start - _PLANNED_BEFORE
    plan, closes_at = (
        plan_of(*demo.questionnaires, start, demo.zone, maturity.AREAS_EACH),
        closing(start, demo.zone),
    )
    campaigns.change(demo.store, who, wave_id, season(start + _TWO_WEEKS), plan, start, closes_at, planned_at)
    campaigns.open_wave_of_plan(demo.store, who, wave_id, start)


def _close(demo: _Demo, wave_id: str, start: datetime) -> None:
    """The clock closes it, and the group results are made as the worker makes them."""
    ended = closing(start, demo.zone)
    timetable.due(demo.store, ended)
    make(demo.store, wave_id, ended)
    with demo.store.write() as q:  # done; whoever wants a report of then gets it made when asking
        for kind in (RELEASE_JOB, REPORT_JOB):
            q.forget_waiting_jobs(kind=kind)
