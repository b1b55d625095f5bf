"""The demo's talks: held and ahead, prepared as far as each has come, with agreements that live."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from small_organisation import NOON

from assess.demo.staff import COACH, MANAGER, ORGANISATION, SWEDISH_MANAGER
from assess.mail.showing import show, shown_letters
from assess.people import organisation
from assess.people.appointments import appointments_of
from assess.rights import Actor
from assess.talks.agreements import agreements
from assess.talks.lapsing import reason_of
from assess.talks.loading import talks_to_come
from assess.talks.talks import cancel, change, talks_of

if TYPE_CHECKING:
    from assess.settings import Settings
    from assess.store import Store

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def actor(store: Store, name: str) -> Actor:
    with store.read() as q:
        [person_id] = [
            one.person_id
            for row in q.organisations()
            for one in organisation.members(q, row["id"], NOON)
            if one.name == name
        ]
        return Actor(person_id, coaches=appointments_of(q, person_id)["coach"])


@pytest.mark.parametrize("what", ["move", "cancel"])
def test_what_becomes_of_a_talk_is_told_by_a_letter_with_its_calendar_file(
    filled: Store, settings: Settings, what: str
) -> None:
    leader = actor(filled, MANAGER)
    [ahead, *_] = [one for one in talks_of(filled, leader, NOON) if one.state == "planned"]
    if what == "move":
        change(filled, leader, ahead.id, ahead.starts_at + timedelta(days=1), 60, "", NOON)
    else:
        cancel(filled, leader, ahead.id, NOON)
    in_demo = replace(settings, demo=True)
    kind = {"move": "talk-changed", "cancel": "talk-cancelled"}[what]
    found = [one for one in shown_letters(filled, in_demo, ORGANISATION) if one.kind == kind]
    assert len(found) == 2
    for one in found:
        shown = show(filled, in_demo, ORGANISATION, one.id, NOON).content
        assert shown is not None
        assert shown.calendar is not None
        assert shown.calendar.name == "talk.ics"


def test_every_page_of_a_talk_has_something_to_show(filled: Store) -> None:
    overdue = set()
    for name in (MANAGER, SWEDISH_MANAGER):
        leader = actor(filled, name)
        talks = talks_of(filled, leader, NOON)
        held = [talk for talk in talks if talk.state == "held"]
        ahead = [talk for talk in talks if talk.state == "planned"]
        assert [talk.starts_at > NOON for talk in ahead] == [True] * 3
        # Of one both have prepared, of one the person, of one nobody
        assert sorted(
            (talk.person_ready_at is not None) + (talk.holder_ready_at is not None) for talk in ahead
        ) == [0, 1, 2]
        assert len(held) == 2
        first, second = (
            {one.text.what for one in agreements(filled, leader, talk.id, NOON)} for talk in held
        )
        assert first.isdisjoint(second), "no two people have agreed the same"
        for talk in held:
            agreed = agreements(filled, leader, talk.id, NOON)
            assert all(one.is_signed for one in agreed)
            assert any(one.status == "done" for one in agreed)
            overdue |= {one.is_overdue(NOON.date()) for one in agreed if one.is_live}
    assert overdue == {True, False}
    the_coach_has_a_talk_ahead_and_is_shown_another(filled)
    with filled.read() as q:
        to_come = talks_to_come(q, NOON)
    assert len(to_come) == 7
    assert [reason_of(one) for one in to_come] == [None] * 7, "none of them lapses"


def the_coach_has_a_talk_ahead_and_is_shown_another(filled: Store) -> None:
    talks = talks_of(filled, actor(filled, COACH), NOON)
    roles = {talk.role for talk in talks}
    assert {"holder", "coach"} <= roles
    [own] = [talk for talk in talks if talk.role == "holder"]
    assert timedelta(0) < own.starts_at - NOON < timedelta(days=9)
