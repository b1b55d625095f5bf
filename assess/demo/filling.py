"""Filling an empty database: organisation, wave, and answers through the same use cases as in the browser.

The same seed gives the same people, the same answers and the same progress; ids, links and the order in
which situations are asked are always new.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeAlias

from assess.answering.ordering import REPORT_JOB
from assess.campaigns import waves
from assess.demo import leadership, maturity
from assess.demo.members import enter_staff
from assess.demo.staff import ADMINISTRATOR, AREAS, ORGANISATION
from assess.demo.visits import Visits
from assess.errors import NotAllowed
from assess.people import administrators, register
from assess.settings import Settings
from assess.store import Store
from questionnaires.library import find
from questionnaires.reader import read_folder

SEED = 2026
_AUTUMN = 7
_HALF_A_YEAR = timedelta(days=196)

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
    another one half a year earlier, which all have answered and which has closed. One administers the chain.

    Raises `NotAllowed` when anything is there already.
    """
    if not is_empty(store):
        raise NotAllowed("The database is not empty.", "Name a new one with ASSESS_DATABASE.")
    say(f"→ making the demo organisation {ORGANISATION}: 40 people, two waves with two questionnaires")
    start, earlier = now - timedelta(days=14), now - _HALF_A_YEAR
    organisation_id = register.add_organisation(store, ORGANISATION, customer=settings.customer, now=earlier)
    area_ids = {
        area.key: register.add_job_area(store, organisation_id, area.names, position=position, now=earlier)
        for position, area in enumerate(AREAS)
    }
    members = enter_staff(store, organisation_id, earlier)
    definitions = [read_folder(find(name)) for name in (maturity.QUESTIONNAIRE, leadership.QUESTIONNAIRE)]
    hashes = [waves.add_questionnaire(store, definition, now=earlier) for definition in definitions]
    for member in members:
        if member.name == ADMINISTRATOR:
            administrators.grant(store, member.id, earlier)

    def answered_wave(begin: datetime, seed: int, say: Say, *, all_done: bool) -> str:
        wave_id = waves.open_wave(
            store,
            organisation_id,
            _season(begin + timedelta(days=14)),
            hashes,
            job_areas="chosen",
            max_job_areas=maturity.AREAS_EACH,
            now=begin,
            closes_at=begin + timedelta(days=28),
        )
        about_maturity, about_leadership = (
            Visits(store, definition, digest, wave_id, begin, random.Random(seed))  # noqa: S311
            for definition, digest in zip(definitions, hashes, strict=True)
        )
        maturity.answer_about_maturity(about_maturity, members, area_ids, seed, say, all_done=all_done)
        leadership.answer_about_leadership(about_leadership, members, seed, say, all_done=all_done)
        return wave_id

    closed = answered_wave(earlier, seed + 1, lambda _: None, all_done=True)
    waves.close_wave(store, closed)
    with store.write() as q:  # whoever wants a report of then gets it made when asking
        q.forget_waiting_jobs(kind=REPORT_JOB)
    say("→ the earlier wave: all have answered, and it has closed")
    answered_wave(start, seed, say, all_done=False)


def _season(now: datetime) -> str:
    """The name of the demo's wave, in the organisation's own language."""
    return f"{'Forår' if now.month < _AUTUMN else 'Efterår'} {now.year}"
