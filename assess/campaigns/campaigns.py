"""What an administrator does with campaigns and waves: planning, opening, closing, the next one.

Every step is one conditional UPDATE in a transaction with its line in the log; `states.STATES` says which
there are. Every function raises `NotFound` for what the actor may not see, and `NotAllowed` for a step that
the wave's state does not allow.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from assess.audit.log import Recorded, record
from assess.campaigns.definitions import definition_of
from assess.campaigns.filling import wanted_now
from assess.campaigns.jobs import FILL_JOB, RELEASE_JOB
from assess.campaigns.plans import PlanProblem, WavePlan, encode, opening
from assess.campaigns.states import PlannedWave, own_wave, require
from assess.campaigns.testers import purge_testers
from assess.errors import AssessError, NotAllowed
from assess.outbox import letters
from assess.people.organisation import unit_tree
from assess.rights import Actor
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries
from questionnaires.definition import Definition

CLOCK = "clock"
"""Who acts in the log when it is nobody but the time that has come."""


class NotReady(AssessError):
    """A wave cannot open as it is planned: all that is missing or wrong."""

    def __init__(self, problems: tuple[PlanProblem, ...]) -> None:
        super().__init__(
            "The wave cannot open: " + ", ".join(f"{one.field} {one.reason}" for one in problems) + ".",
            "Complete its plan.",
        )
        self.problems = problems


def create(
    store: Store,
    actor: Actor,
    organisation_id: str,
    name: str,
    plan: WavePlan,
    opens_at: datetime,
    closes_at: datetime | None,
    now: datetime,
) -> str:
    """A campaign with its first wave, a draft; gives the wave's id. A draft may be as incomplete as it
    likes, but its questionnaires must be stored (`waves.add_questionnaire`): else `NotFound`."""
    require(actor, "run-campaigns", organisation_id)
    campaign_id = store.new_id(now)
    with store.write() as q:
        q.add_campaign(
            id=campaign_id,
            organisation_id=organisation_id,
            name=name,
            now=time_text(now),
            person_id=actor.id,
        )
        wave_id = _add(store, q, organisation_id, campaign_id, 1, name, plan, opens_at, closes_at, now)
        _log(store, q, actor.id, "create-wave", wave_id, organisation_id, now)
    return wave_id


def change(
    store: Store,
    actor: Actor,
    wave_id: str,
    name: str,
    plan: WavePlan,
    opens_at: datetime,
    closes_at: datetime | None,
    now: datetime,
) -> None:
    """Changes the plan of a draft, or of a wave that is being tested; where that changes what is asked,
    what was tried is deleted. Raises as `create`."""
    with store.write() as q:
        q.lock_wave(id=wave_id)
        wave = own_wave(q, actor, wave_id)
        wave.require("change", now)
        _require_stored(q, plan)
        if _asks(plan) != _asks(wave.plan):
            purge_testers(q, wave_id)
            q.forget_wave_questionnaires(wave_id=wave_id)
            for digest in _hashes(plan):
                q.add_wave_questionnaire(wave_id=wave_id, content_hash=digest)
        _require_step(
            q.change_planned_wave(
                id=wave_id,
                name=name,
                plan=encode(plan),
                opens_at=time_text(opens_at),
                closes_at=None if closes_at is None else time_text(closes_at),
                job_areas=plan.job_areas,
                max_job_areas=max(1, plan.max_job_areas),
            )
        )
        _log(store, q, actor.id, "change-wave", wave_id, wave.organisation_id, now)


def open_wave_of_plan(store: Store, actor: Actor, wave_id: str, now: datetime) -> None:
    """Approves a wave: it opens now, or by itself at its opening time when that is still to come.

    Throw-away respondents and everything of theirs are deleted in the same transaction. Tasks and
    invitations follow by a job (`filling.fill`), due at the opening time. Raises `NotReady`.
    """
    with store.read() as q:  # reading a whole organisation takes a second: before others must wait
        asks_nobody = nobody_asked(q, own_wave(q, actor, wave_id), now)
    with store.write() as q:
        q.lock_wave(id=wave_id)
        wave = own_wave(q, actor, wave_id)
        wave.require("open", now)
        problems = problems_of(q, wave, now) or asks_nobody
        if problems:
            raise NotReady(problems)
        purge_testers(q, wave_id)
        _require_step(q.open_planned_wave(id=wave_id, now=time_text(now)))
        q.enqueue_job(
            id=store.new_id(now), kind=FILL_JOB, subject=wave_id, now=time_text(max(now, wave.opens_at))
        )
        _log(store, q, actor.id, "open-wave", wave_id, wave.organisation_id, now)


def problems_of(q: Queries, wave: PlannedWave, now: datetime) -> tuple[PlanProblem, ...]:
    """All that stops a wave from opening at `now`."""
    definitions: dict[str, Definition] = {digest: definition_of(q, digest) for digest in _hashes(wave.plan)}
    units = unit_tree(q, wave.organisation_id, now)
    return opening(
        wave.plan,
        wave.name,
        wave.opens_at,
        wave.closes_at,
        now,
        definitions=definitions,
        known_units=frozenset(unit.id for unit in units),
    )


def nobody_asked(q: Queries, wave: PlannedWave, now: datetime) -> tuple[PlanProblem, ...]:
    """The problem with a plan that asks nobody anything, as the organisation is at `now`."""
    wanted = wanted_now(q, wave, now)
    if wanted.tasks or not wave.plan.questionnaires:
        return ()
    has_no_areas = bool(wanted.people) and len(wanted.without_areas) == len(wanted.people)
    return (PlanProblem("job_areas", "missing") if has_no_areas else PlanProblem("units", "nobody"),)


def call_back(store: Store, actor: Actor, wave_id: str, now: datetime) -> None:
    """Makes a wave that waits for its opening time a draft again."""
    with store.write() as q:
        q.lock_wave(id=wave_id)
        wave = own_wave(q, actor, wave_id)
        wave.require("call-back", now)
        _require_step(q.call_back_wave(id=wave_id, now=time_text(now)))
        _log(store, q, actor.id, "call-back-wave", wave_id, wave.organisation_id, now)


def move_closing(store: Store, actor: Actor, wave_id: str, closes_at: datetime, now: datetime) -> None:
    """Another closing time for a wave that has not ended: later, or sooner. The deletion date stays, so the
    new time must be before it. Raises `NotReady`."""
    with store.write() as q:
        q.lock_wave(id=wave_id)
        wave = own_wave(q, actor, wave_id)
        wave.require("move-closing", now)
        problems = []
        if closes_at <= max(now, wave.opens_at):
            problems.append(PlanProblem("closes_at", "in-the-past" if closes_at <= now else "before-opening"))
        delete_on = wave.plan.delete_on
        if delete_on is not None and delete_on <= closes_at.astimezone(wave.plan.zone).date():
            problems.append(PlanProblem("delete_on", "before-closing"))
        if problems:
            raise NotReady(tuple(problems))
        _require_step(q.move_closing(id=wave_id, closes_at=time_text(closes_at), now=time_text(now)))
        _log(store, q, actor.id, "move-closing", wave_id, wave.organisation_id, now)


def close(store: Store, actor: Actor, wave_id: str, now: datetime) -> None:
    """No more answers from now on, for good; letters that wait are cancelled and the release is ordered."""
    with store.write() as q:
        q.lock_wave(id=wave_id)
        wave = own_wave(q, actor, wave_id)
        wave.require("close", now)
        close_now(store, q, wave, actor.id, now)


def close_now(store: Store, q: Queries, wave: PlannedWave, by: str, now: datetime) -> None:
    """As `close`, inside a transaction that has locked the wave; `by`: an id, or `CLOCK`."""
    _require_step(q.close_planned_wave(id=wave.id, now=time_text(now)))
    letters.cancel(q, now, wave_id=wave.id)
    q.enqueue_job(id=store.new_id(now), kind=RELEASE_JOB, subject=wave.id, now=time_text(now))
    _log(store, q, by, "close-wave", wave.id, wave.organisation_id, now)


def archive(store: Store, actor: Actor, wave_id: str, now: datetime) -> None:
    """Puts a closed wave away; results stay where they are."""
    with store.write() as q:
        q.lock_wave(id=wave_id)
        wave = own_wave(q, actor, wave_id)
        wave.require("archive", now)
        _require_step(q.archive_wave(id=wave_id))
        _log(store, q, actor.id, "archive-wave", wave_id, wave.organisation_id, now)


def next_wave(store: Store, actor: Actor, wave_id: str, now: datetime) -> str:
    """A copy as the campaign's next wave, a draft: the same plan for the same units (whoever is in them when
    it opens), as long as this one; gives its id.

    What must be said anew for each wave is left open: the deletion date and the discussion.
    """
    with store.write() as q:
        wave = own_wave(q, actor, wave_id)
        q.lock_campaign(id=wave.campaign_id)
        wave.require("next-wave", now)
        closes_at = None if wave.closes_at is None else now + (wave.closes_at - wave.opens_at)
        new_id = _add(
            store,
            q,
            wave.organisation_id,
            wave.campaign_id,
            int(q.last_wave_number(campaign_id=wave.campaign_id)) + 1,
            wave.name,
            msgspec.structs.replace(wave.plan, delete_on=None, discussed_on=None),
            now,
            closes_at,
            now,
        )
        _log(store, q, actor.id, "create-wave", new_id, wave.organisation_id, now)
    return new_id


def _add(
    store: Store,
    q: Queries,
    organisation_id: str,
    campaign_id: str,
    number: int,
    name: str,
    plan: WavePlan,
    opens_at: datetime,
    closes_at: datetime | None,
    now: datetime,
) -> str:
    wave_id = store.new_id(now)
    _require_stored(q, plan)
    q.add_planned_wave(
        id=wave_id,
        organisation_id=organisation_id,
        campaign_id=campaign_id,
        number=number,
        name=name,
        plan=encode(plan),
        opens_at=time_text(opens_at),
        closes_at=None if closes_at is None else time_text(closes_at),
        job_areas=plan.job_areas,
        max_job_areas=max(1, plan.max_job_areas),
    )
    for digest in _hashes(plan):
        q.add_wave_questionnaire(wave_id=wave_id, content_hash=digest)
    return wave_id


def _hashes(plan: WavePlan) -> tuple[str, ...]:
    return tuple(dict.fromkeys(planned.content_hash for planned in plan.questionnaires))


def _asks(plan: WavePlan) -> object:
    return plan.questionnaires, plan.job_areas, plan.max_job_areas


def _require_stored(q: Queries, plan: WavePlan) -> None:
    for digest in _hashes(plan):
        definition_of(q, digest)


def _require_step(changed: int) -> None:
    if changed != 1:
        raise NotAllowed("The wave is in another state by now.", "Look at it again.")


def _log(
    store: Store, q: Queries, by: str, action: Recorded, wave_id: str, organisation_id: str, now: datetime
) -> None:
    record(store, q, actor_id=by, action=action, object_id=wave_id, about_id=organisation_id, now=now)
