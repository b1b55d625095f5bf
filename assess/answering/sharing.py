"""The subject's decision whether the manager, or a coach, sees the own profile. Access control, not consent:
it can be changed at any time and counts from the next view on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from assess.answering.loading import Row, actor, key_of, load_task, other_view, thing
from assess.answering.ordering import order_reports, style_tasks_beside
from assess.answering.profiles import others_thing
from assess.answering.sessions import own_task
from assess.answering.types import Session, Task
from assess.audit.log import record
from assess.errors import NotAllowed, NotFound
from assess.rights import Actor, may
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries


def share(store: Store, session: Session, now: datetime) -> None:
    """From now on the manager sees the profile, as soon as both have finished.

    Raises `NotAllowed` when there is nothing to decide (`Task.sharing` is None).
    """
    _decide(store, session, True, now)


def unshare(store: Store, session: Session, now: datetime) -> None:
    """From the next view on the manager does not see the profile. Raises as `share`."""
    _decide(store, session, False, now)


def _decide(store: Store, session: Session, shared: bool, now: datetime) -> None:
    with store.write() as q:
        q.lock_task(id=session.task.id)
        decide(store, q, load_task(q, session.task.id, now, session.language), shared, now)


def decide(store: Store, q: Queries, task: Task, shared: bool, now: datetime) -> None:
    """Notes the decision, with the task locked; the same decision again changes nothing."""
    if task.sharing is None or not may(actor(task.key), "share", thing(task)):
        raise NotAllowed("There is nothing to share here.")
    if shared and not task.sharing.leads:
        raise NotAllowed("There is nothing to share here.", "This person leads you no longer.")
    if task.sharing.decision == shared:
        return
    other = other_view(q, task.key)
    was_seen = other is not None and _is_seen(q, task, other, now)
    for manager in task.sharing.managers:
        q.add_share(
            task_id=task.key.id,
            with_id=manager.id,
            shared=int(shared),
            decided_at=time_text(now),
        )
    if other is not None and was_seen:
        for task_id in (other["id"], *style_tasks_beside(q, task.key)):
            q.delete_documents(task_id=task_id)
        q.forget_batch_contents(subject=other["id"], with_id=other["respondent_id"])
    order_reports(store, q, task.key, now, for_others=shared or was_seen)
    record(
        store,
        q,
        actor_id=task.respondent.id,
        action="share" if shared else "unshare",
        object_id=task.key.id,
        about_id=task.subject.id,
        now=now,
    )


def decide_with(store: Store, actor: Actor, task_id: str, with_id: str, shared: bool, now: datetime) -> None:
    """Whether one person sees the profile of one of the actor's own tasks: the manager or a coach of the
    organisation. The same decision again changes nothing; a coach who is none any more can be withdrawn.

    Raises `NotFound` for somebody else's task, or somebody with whom nothing can be shared; `NotAllowed`
    where there is nothing to share.
    """
    with store.write() as q:
        own_task(q, actor.id, task_id)
        q.lock_task(id=task_id)
        task = load_task(q, task_id, now)
        if task.sharing is not None and with_id in {manager.id for manager in task.sharing.managers}:
            decide(store, q, task, shared, now)
        else:
            _decide_with_coach(store, q, task, with_id, shared, now)


def _decide_with_coach(
    store: Store, q: Queries, task: Task, coach_id: str, shared: bool, now: datetime
) -> None:
    """What a coach sees is made when it is looked at and kept nowhere but in the files that the coach has
    ordered: of those it is taken out."""
    if not may(actor(task.key), "share", thing(task)):
        raise NotAllowed("There is nothing to share here.")
    decided = q.share_in_force(task_id=task.key.id, with_id=coach_id)
    coaches = q.coaches_of(organisation_id=task.organisation.id, person_id=task.respondent.id)
    if coach_id not in {row["id"] for row in coaches} and (shared or decided is None):
        raise NotFound("There is no such coach.")
    if (decided is not None and bool(decided["shared"])) == shared:
        return
    q.add_share(task_id=task.key.id, with_id=coach_id, shared=int(shared), decided_at=time_text(now))
    q.forget_batch_contents(subject=task.key.id, with_id=coach_id)
    record(
        store,
        q,
        actor_id=task.respondent.id,
        action="share" if shared else "unshare",
        object_id=f"{task.key.id} {coach_id}",
        about_id=task.subject.id,
        now=now,
    )


def _is_seen(q: Queries, task: Task, other: Row, now: datetime) -> bool:
    """Whether the manager, of the task `other`, may see the profile, or could before who leads changed. Where
    not, no document of the manager's holds it: deleting one would only tell that something was decided."""
    manager = key_of(q.task(id=other["id"]))
    own = {"id": task.key.id, "respondent_id": task.respondent.id}
    seen = others_thing(q, manager, task.wave, own, now)
    return may(actor(manager), "see-profile", replace(seen, leading=frozenset({manager.respondent_id})))
