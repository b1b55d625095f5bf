"""Agreements of a talk: written by both, each version kept, none overwritten unseen.

Every change names the revision that its writer saw. Whoever comes second gets both texts back and chooses, so
nothing that was ever accepted is lost: it stands in the versions. The status is no part of a version: doing
what was agreed needs no new signature.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from assess.answering.types import Person
from assess.errors import NotFound
from assess.rights import Actor, may
from assess.store import Store
from assess.store.ids import parse_time, time_text
from assess.store.queries import Queries
from assess.talks.agreement_rows import (
    agreements_in,
    columns_of,
    maybe_person,
    plain_agreement,
    version_of,
    version_text,
)
from assess.talks.errors import OutOfTurn
from assess.talks.letters import put_for
from assess.talks.loading import Loaded, counterpart, log_look, own_talk
from assess.talks.texts import fault_of
from assess.talks.types import (
    AGREEMENT_KINDS,
    LONGEST_AGREEMENT,
    MOST_AGREEMENTS,
    OWNERS,
    STATUSES,
    Agreement,
    AgreementConflict,
    AgreementStatus,
    AgreementText,
    AgreementVersion,
    TalkFault,
    TalkField,
    TalkReason,
)

FARTHEST = timedelta(days=5 * 366)
_SLACK = timedelta(days=1)
"""Where the organisation is, the day may be another one than in UTC."""


def agreements(
    store: Store, actor: Actor, talk_id: str, now: datetime, *, removed: bool = False
) -> tuple[Agreement, ...]:
    """The agreements of a talk, oldest first; `removed`: those that were taken away instead, for who writes
    agreements. A look of a coach or a new manager is logged. Raises `NotFound`."""
    with store.read() as q:
        loaded = own_talk(q, actor, "agree" if removed else "see-talk", talk_id, now)
        found = agreements_in(q, talk_id=talk_id)
    log_look(store, actor, loaded, now)
    return tuple(one for one in found if (one.removed_at is not None) == removed)


def agreement(store: Store, actor: Actor, agreement_id: str, now: datetime) -> Agreement:
    """One agreement; for who writes agreements also one that was taken away. Raises `NotFound`."""
    with store.read() as q:
        loaded = own_talk(q, actor, "see-talk", _talk_id(q, agreement_id), now)
        found = _one(q, loaded, agreement_id)
    if found.removed_at is not None and not may(actor, "agree", loaded.thing):
        raise NotFound("There is no such agreement.")
    return found


def add(store: Store, actor: Actor, talk_id: str, text: AgreementText, now: datetime) -> Agreement:
    """A new agreement, signed by nobody yet. Raises `NotFound`, `OutOfTurn` in a talk that was cancelled,
    `TalkFault`: "many" where the talk holds as many as it can."""
    text = plain_agreement(text)
    _require(text, None, now)
    with store.write() as q:
        loaded = _locked(q, actor, talk_id, now)
        if len(agreements_in(q, talk_id=talk_id)) >= MOST_AGREEMENTS:
            raise TalkFault({"what": "many"})
        agreement_id = store.new_id(now)
        q.add_agreement(
            id=agreement_id, talk_id=talk_id, person_id=actor.id, now=time_text(now), **columns_of(text)
        )
        _keep_version(q, actor, agreement_id, 1, text, now)
        return _one(q, loaded, agreement_id)


def change(
    store: Store, actor: Actor, agreement_id: str, text: AgreementText, seen: int, now: datetime
) -> Agreement | AgreementConflict:
    """Another text: a new version, to be signed again by both. The same text changes nothing.

    `seen`: the revision that the page showed. Where somebody has changed or taken away the agreement since,
    nothing is stored and both are given back; sending again with `theirs.revision` as seen replaces theirs,
    and puts back what was taken away. Of what both had signed the other one is told by a letter. Raises as
    `add`.
    """
    text = plain_agreement(text)
    with store.write() as q:
        loaded = _locked(q, actor, _talk_id(q, agreement_id), now)
        stored = _one(q, loaded, agreement_id)
        _require(text, stored.text.due_on, now)
        if stored.text == text and stored.removed_at is None:
            return stored
        if seen != stored.revision:
            return AgreementConflict(text, stored)
        revision = stored.revision + 1
        q.change_agreement(id=agreement_id, revision=revision, **columns_of(text))
        _keep_version(q, actor, agreement_id, revision, text, now)
        if stored.is_signed:
            put_for(store, q, loaded.id, "agreement-changed", now, to=_other_than(q, actor, loaded))
        return _one(q, loaded, agreement_id)


def remove(
    store: Store, actor: Actor, agreement_id: str, seen: int, now: datetime
) -> Agreement | AgreementConflict:
    """Takes an agreement away that was never signed by both; it can be put back. Raises as `add`, and
    `OutOfTurn` for one that both have signed: it can be dropped."""
    with store.write() as q:
        loaded = _locked(q, actor, _talk_id(q, agreement_id), now)
        stored = _one(q, loaded, agreement_id)
        if stored.removed_at is not None:
            return stored
        if stored.is_signed:
            raise OutOfTurn("Both have signed the agreement.", "Set it to dropped instead.")
        if seen != stored.revision:
            return AgreementConflict(stored.text, stored)
        # A revision of its own: a page that shows it as it was does not change it unseen.
        revision = stored.revision + 1
        q.change_agreement(id=agreement_id, revision=revision, **columns_of(stored.text))
        _keep_version(q, actor, agreement_id, revision, stored.text, now)
        q.agreement_removed(id=agreement_id, removed_at=time_text(now))
        return _one(q, loaded, agreement_id)


def put_back(store: Store, actor: Actor, agreement_id: str, now: datetime) -> Agreement:
    """What was taken away is there again, to be signed. Raises as `add`."""
    with store.write() as q:
        loaded = _locked(q, actor, _talk_id(q, agreement_id), now)
        q.agreement_removed(id=agreement_id, removed_at=None)
        return _one(q, loaded, agreement_id)


def set_status(
    store: Store, actor: Actor, agreement_id: str, status: AgreementStatus, now: datetime
) -> Agreement:
    """What has become of it. Signatures stay. Raises `NotFound`, also for one that was taken away, and
    `TalkFault` for an unknown status."""
    if status not in STATUSES:
        raise TalkFault({"status": "unknown"})
    with store.write() as q:
        loaded = _locked(q, actor, _talk_id(q, agreement_id), now)
        stored = _one(q, loaded, agreement_id)
        if stored.removed_at is not None:
            raise NotFound("The agreement was taken away.")
        if stored.status == status:
            return stored
        q.agreement_status(id=agreement_id, status=status, person_id=actor.id, now=time_text(now))
        return _one(q, loaded, agreement_id)


def versions(store: Store, actor: Actor, agreement_id: str, now: datetime) -> tuple[AgreementVersion, ...]:
    """Everything that the agreement ever said, newest first, and who signed exactly that: for who writes
    agreements. What was shown to a coach is what is agreed now. Raises `NotFound`."""
    with store.read() as q:
        own_talk(q, actor, "agree", _talk_id(q, agreement_id), now)
        signed: dict[int, list[Person]] = {}
        for row in q.agreement_signatures(agreement_id=agreement_id):
            signed.setdefault(row["revision"], []).append(
                Person(row["id"], row["first_name"], row["name"], row["language"])
            )
        return tuple(
            AgreementVersion(
                revision=row["revision"],
                text=version_of(row["version"]),
                made_by=maybe_person(row, "made_"),
                made_at=parse_time(row["made_at"]),
                signed_by=tuple(signed.get(row["revision"], ())),
            )
            for row in q.agreement_versions(agreement_id=agreement_id)
        )


def _talk_id(q: Queries, agreement_id: str) -> str:
    """An agreement never moves to another talk."""
    talk_id = q.talk_of_agreement(id=agreement_id)
    if talk_id is None:
        raise NotFound("There is no such agreement.")
    return str(talk_id)


def _locked(q: Queries, actor: Actor, talk_id: str, now: datetime) -> Loaded:
    """The talk, in which nobody else writes until this transaction is done."""
    q.lock_talk(id=talk_id)
    loaded = own_talk(q, actor, "agree", talk_id, now)
    if loaded.row["state"] == "cancelled":
        raise OutOfTurn("The talk was cancelled.", "Agree in the next one.")
    return loaded


def _other_than(q: Queries, actor: Actor, loaded: Loaded) -> list[str]:
    """Id of the other of the two who write in a talk now; nobody where there is none."""
    person_id = loaded.thing.person_id
    other_id = counterpart(q, loaded) if actor.id == person_id else person_id
    return [] if other_id is None else [other_id]


def _one(q: Queries, loaded: Loaded, agreement_id: str) -> Agreement:
    for one in agreements_in(q, talk_id=loaded.id):
        if one.id == agreement_id:
            return one
    raise NotFound("There is no such agreement.")


def _keep_version(
    q: Queries, actor: Actor, agreement_id: str, revision: int, text: AgreementText, now: datetime
) -> None:
    q.add_agreement_version(
        agreement_id=agreement_id,
        revision=revision,
        version=version_text(text),
        made_by=actor.id,
        now=time_text(now),
    )


def _require(text: AgreementText, due_before: date | None, now: datetime) -> None:
    """`due_before`: a date that stood there already may have passed."""
    faults: dict[TalkField, TalkReason] = {}
    if text.kind not in AGREEMENT_KINDS:
        faults["kind"] = "unknown"
    if text.owner not in OWNERS:
        faults["owner"] = "unknown"
    if not text.what:
        faults["what"] = "empty"
    written: dict[TalkField, str] = {
        "what": text.what,
        "first-step": text.first_step,
        "help-needed": text.help_needed,
        "seen-by": text.seen_by,
    }
    for name, words in written.items():
        if reason := fault_of(words, LONGEST_AGREEMENT):
            faults[name] = reason
    if text.due_on is not None and text.due_on != due_before:
        if text.due_on < (now - _SLACK).date():
            faults["due-on"] = "past"
        elif text.due_on > (now + FARTHEST).date():
            faults["due-on"] = "far"
    if faults:
        raise TalkFault(faults)
