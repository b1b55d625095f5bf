"""Whatever two people do with one agreement, in whatever order and however stale their pages are: every text
that was ever accepted stands in a version, and no signature is under a text that its writer was not shown."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_organisation import NOON, Bakery
from talking import Talking

from assess.errors import NotAllowed
from assess.rights import Actor
from assess.talks import agreements, signing
from assess.talks.types import Agreement, AgreementConflict, AgreementText

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["look", "change", "sign", "remove", "put back", "done"]),
        st.sampled_from(["amina", "bo"]),
        st.sampled_from(["Bake", "Rest", "Ask for help", "Say no"]),
    ),
    min_size=1,
    max_size=25,
)


@dataclass
class Desk:
    """One of the two, with what the own page shows."""

    actor: Actor
    shown: Agreement


@dataclass
class Life:
    """What ought to be true, kept beside what the program does."""

    accepted: list[AgreementText] = field(default_factory=list)
    signed: set[tuple[str, str]] = field(default_factory=set)


@pytest.fixture
def talk(bakery: Bakery) -> Talking:
    return Talking(bakery)


@pytest.fixture
def talk_id(talk: Talking, monkeypatch: pytest.MonkeyPatch) -> str:
    """One talk for all examples, which needs more room than two people."""
    monkeypatch.setattr(agreements, "MOST_AGREEMENTS", 1_000)
    return talk.plan()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_nothing_that_was_accepted_is_lost(
    talk: Talking, talk_id: str, steps: list[tuple[str, str, str]]
) -> None:
    made = talk.agree(talk_id, "The first")
    life = Life([made.text])
    desks = {name: Desk(getattr(talk, name), made) for name in ("amina", "bo")}
    for step, who, words in steps:
        take(talk, talk_id, desks[who], life, step, words)
    found = agreements.versions(talk.store, talk.amina, made.id, NOON)
    assert [one.revision for one in found] == list(range(len(found), 0, -1)), "no gap"
    assert {one.text for one in found} == set(life.accepted)
    assert {(person.id, one.text.what) for one in found for person in one.signed_by} <= life.signed
    now = agreements.agreement(talk.store, talk.bo, made.id, NOON)
    assert (now.text, now.revision) == (found[0].text, found[0].revision)
    assert now.text == life.accepted[-1]


def take(talk: Talking, talk_id: str, desk: Desk, life: Life, step: str, words: str) -> None:
    """One step from a page that may be stale; afterwards the page shows what the program said."""
    desk.shown = TAKEN[step](Turn(talk, talk_id, desk, life, words))


@dataclass
class Turn:
    talk: Talking
    talk_id: str
    desk: Desk
    life: Life
    words: str

    def look(self) -> Agreement:
        return agreements.agreement(self.talk.store, self.desk.actor, self.desk.shown.id, NOON)

    def change(self) -> Agreement:
        shown, life = self.desk.shown, self.life
        text = AgreementText(kind="professional", what=self.words)
        found = agreements.change(self.talk.store, self.desk.actor, shown.id, text, shown.revision, NOON)
        if isinstance(found, AgreementConflict):
            assert (found.yours, found.theirs.text) == (text, life.accepted[-1])
            return found.theirs
        assert found.text == text
        life.accepted.append(text)
        return found

    def sign(self) -> Agreement:
        shown = self.desk.shown
        found = signing.sign(self.talk.store, self.desk.actor, self.talk_id, {shown.id: shown.revision}, NOON)
        if found.changed:
            return found.changed[0]
        self.life.signed.add((self.desk.actor.id, shown.text.what))
        return self.look()

    def remove(self) -> Agreement:
        shown = self.desk.shown
        try:
            found = agreements.remove(self.talk.store, self.desk.actor, shown.id, shown.revision, NOON)
        except NotAllowed:
            assert self.look().is_signed
            return shown
        return found.theirs if isinstance(found, AgreementConflict) else found

    def put_back(self) -> Agreement:
        return agreements.put_back(self.talk.store, self.desk.actor, self.desk.shown.id, NOON)

    def done(self) -> Agreement:
        before = self.look()
        if before.removed_at is None:
            after = agreements.set_status(self.talk.store, self.desk.actor, self.desk.shown.id, "done", NOON)
            assert (after.revision, after.signed_by) == (before.revision, before.signed_by)
        return self.desk.shown


TAKEN = {
    "look": Turn.look,
    "change": Turn.change,
    "sign": Turn.sign,
    "remove": Turn.remove,
    "put back": Turn.put_back,
    "done": Turn.done,
}
