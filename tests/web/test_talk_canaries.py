"""Canaries in a talk: what each has written is followed over every page that anybody may open, before and
after a change of manager. Words are compared with the table of `docs/decisions/0015-talks.md`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pytest
from browsing import Visitor
from small_organisation import NOON, Bakery
from talking import Talking

from assess.people import administrators, appointments, sessions
from assess.talks import notes, preparing, showing, signing
from assess.talks.types import PreparationTexts
from assess.web.asks import OPEN, asked

if TYPE_CHECKING:
    from flask import Flask

HERS, HIS, AGREED = "canary-prepared-by-her", "canary-prepared-by-him", "canary-agreed"
NOTE = {"amina": "canary-note-amina", "bo": "canary-note-bo", "clara": "canary-note-clara"}
ROLES = ("amina", "bo", "clara", "dana", "erik", "fie")
"""The person, who holds the talk, a coach who is shown it, the next manager, an administrator, and the
employees' representative."""
BETWEEN_THE_TWO = {HERS, HIS}

Seen = Mapping[str, set[str]]


@pytest.fixture
def talk(bakery: Bakery) -> Talking:
    return Talking(bakery)


@pytest.fixture
def talk_id(talk: Talking) -> str:
    """Held; both were ready, both have signed, the coach is shown it, and everybody who can has a note."""
    store, talk_id = talk.store, talk.plan()
    showing.show(store, talk.amina, talk_id, talk.clara_id, NOON)
    for actor, words in ((talk.amina, HERS), (talk.bo, HIS)):
        preparing.save(store, actor, talk_id, PreparationTexts(wishes=words), 0, NOON, ready=True)
    made = talk.agree(talk_id, AGREED)
    for actor in (talk.amina, talk.bo):
        signing.sign(store, actor, talk_id, {made.id: 1}, NOON)
    for name, note in NOTE.items():
        notes.save(store, getattr(talk, name), talk_id, note, 0, NOON)
    return talk_id


@pytest.fixture
def visitors(app: Flask, talk: Talking) -> Mapping[str, Visitor]:
    """Everybody signed in, the last two with their offices."""
    bakery = talk.bakery
    erik = bakery.add_person("Erik", "Erik Ek", "en", "1010")
    fie = bakery.add_person("Fie", "Fie Friis", "en", "1011")
    administrators.grant(talk.store, erik, NOON)
    appointments.appoint(talk.store, talk.administrator, bakery.organisation_id, fie, "representative", NOON)
    ids = (bakery.employee_id, bakery.manager_id, talk.clara_id, talk.dana_id, erik, fie)
    found = {}
    for name, person_id in zip(ROLES, ids, strict=True):
        with talk.store.write() as q:
            secret = sessions.begin(q, person_id, "en", NOON)
        found[name] = Visitor(app)
        found[name].client.set_cookie("assess-person", secret, domain="127.0.0.1")
    return found


def pages(app: Flask, talk: Talking, talk_id: str) -> list[tuple[str, str]]:
    """(endpoint, path) of every page, the talk and its agreement in the place of whatever is asked for."""
    with talk.store.read() as q:
        (agreement,) = q.agreements_of_talks(talk_id=talk_id, about_id="", of_id="")
    values = {"talk_id": talk_id, "agreement_id": agreement["id"]}
    found = []
    for rule in app.url_map.iter_rules():
        action = asked(app.view_functions[rule.endpoint])
        if action in {OPEN, None} or "GET" not in (rule.methods or set()) or rule.rule.endswith(".pdf"):
            continue
        path = rule.rule
        for name in rule.arguments:
            path = path.replace(f"<int:{name}>", "1").replace(f"<{name}>", values.get(name, talk_id))
        found.append((rule.endpoint, path))
    return found


def seen_by(app: Flask, talk: Talking, talk_id: str, visitors: Mapping[str, Visitor]) -> Seen:
    canaries = {*NOTE.values(), HERS, HIS, AGREED}
    found: dict[str, set[str]] = {}
    for name, visitor in visitors.items():
        found[name] = set()
        for endpoint, path in pages(app, talk, talk_id):
            content = visitor.open(path).content
            here = {canary for canary in canaries if canary.encode() in content}
            found[name] |= here
            if endpoint == "talks.present":
                assert not here & set(NOTE.values()), "others look at that page too"
    return found


def test_each_sees_what_the_table_says(
    app: Flask, talk: Talking, talk_id: str, visitors: Mapping[str, Visitor]
) -> None:
    assert len(pages(app, talk, talk_id)) > 20
    assert seen_by(app, talk, talk_id, visitors) == {
        "amina": {NOTE["amina"], AGREED, *BETWEEN_THE_TWO},
        "bo": {NOTE["bo"], AGREED, *BETWEEN_THE_TWO},
        "clara": {NOTE["clara"], AGREED},
        "dana": set(),
        "erik": set(),
        "fie": set(),
    }


def test_each_sees_what_the_table_says_at_the_very_next_view_after_a_change_of_manager(
    app: Flask, talk: Talking, talk_id: str, visitors: Mapping[str, Visitor]
) -> None:
    talk.new_manager(talk.dana_id)
    showing.stop(talk.store, talk.amina, talk_id, talk.clara_id, NOON)
    expected = {
        "amina": {NOTE["amina"], AGREED, *BETWEEN_THE_TWO},
        "bo": {NOTE["bo"]},
        "clara": {NOTE["clara"]},
        "dana": set(),
        "erik": set(),
        "fie": set(),
    }
    assert seen_by(app, talk, talk_id, visitors) == expected
    showing.show(talk.store, talk.amina, talk_id, talk.dana_id, NOON)
    assert seen_by(app, talk, talk_id, visitors) == expected | {"dana": {AGREED}}


def test_whoever_has_left_is_on_no_page_any_more(
    app: Flask, talk: Talking, talk_id: str, visitors: Mapping[str, Visitor]
) -> None:
    talk.hold(talk_id)
    talk.leave(talk.bakery.employee_id)
    others = {name: visitor for name, visitor in visitors.items() if name != "amina"}
    assert seen_by(app, talk, talk_id, others) == {
        "bo": {NOTE["bo"]},
        "clara": {NOTE["clara"]},
        "dana": set(),
        "erik": set(),
        "fie": set(),
    }
