"""Erasing a person: nothing of who it was or what was answered is left; what is published does not move."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from small_organisation import NOON, Bakery

from assess.answering import results, sheets
from assess.answering.types import Given
from assess.audit import log
from assess.audit.chain import verify
from assess.errors import NotAllowed, NotFound, SettingsError
from assess.people import administrators, sessions, signing_in
from assess.personal_data import erasure, erasure_list, erasure_requests
from assess.rights import Actor
from assess.settings import Settings
from assess.store import Store
from assess.store.ids import time_text

CANARY = ("Amina", "Yıldız", "amina@example.org", "1001", "canary words")
LATER = NOON + timedelta(days=3)


def everything(store: Store) -> dict[str, str]:
    """Every value of every table, as text, by table."""
    found = {}
    for table in sorted(store.engine.tables()):
        if table.startswith(("_yoyo", "yoyo", "pg_", "sqlite_")):
            continue
        with store.engine.transaction(write=False) as connection:
            rows = connection.execute(f'SELECT * FROM "{table}"').fetchall()
        found[table] = "\n".join(
            " ".join(
                bytes(value).decode("latin-1")
                if isinstance(value, bytes | memoryview)
                else json.dumps(value, ensure_ascii=False, default=str)
                for value in (row.values() if isinstance(row, dict) else row)
            )
            for row in rows
        )
    return found


@pytest.fixture
def lived(bakery: Bakery, store: Store) -> Bakery:
    """Amina has answered about herself with words, shared, been rated, and has signed in."""
    wave = bakery.wave()
    own, rating = bakery.assign(wave), bakery.assign(wave, "manager")
    session = bakery.enter(own)
    sheet = bakery.answer_all(session)
    sheets.save(store, session, sheet, {"remark": Given(text="canary words")}, NOON)
    sheets.submit(store, session, sheet, NOON, share=True)
    managers = bakery.enter(rating)
    bakery.finish(managers, 2)
    found = results.results(store, managers, NOON)
    results.keep_document(store, found, "personal-report", "sv", b"%PDF Amina", NOON)
    signing_in.sign_in(store, signing_in.mint(store, bakery.employee_id, NOON), NOON)
    return bakery


def test_no_trace_is_left_in_any_table(lived: Bakery, store: Store, settings: Settings) -> None:
    before = everything(store)
    assert all(any(word in text for text in before.values()) for word in CANARY)
    assert "%PDF Amina" in before["documents"]

    assert erasure.erase(store, settings, lived.employee_id, LATER)

    for table, text in everything(store).items():
        for word in (*CANARY, "%PDF Amina"):
            assert word not in text, f"{word} in {table}"


def test_answers_profiles_ways_and_sessions_are_gone(lived: Bakery, store: Store, settings: Settings) -> None:
    erasure.erase(store, settings, lived.employee_id, LATER)
    after = everything(store)
    emptied = ("answers", "profiles", "shares", "documents", "link_tokens", "sessions", "person_sessions")
    assert [table for table in emptied if after[table]] == []
    assert lived.employee_id not in after["memberships"] + after["sign_in_links"]


def test_how_many_have_submitted_does_not_tell(lived: Bakery, store: Store, settings: Settings) -> None:
    with store.read() as q:
        before = q.pools(organisation_id=lived.organisation_id)
    erasure.erase(store, settings, lived.employee_id, LATER)
    with store.read() as q:
        assert q.pools(organisation_id=lived.organisation_id) == before
        assert (
            q.submitted_sheets(
                wave_id=before[0]["wave_id"], content_hash=lived.content_hash, perspective="self"
            )
            == []
        ), "no figure is made of an empty sheet"


def test_the_log_still_verifies(lived: Bakery, store: Store, settings: Settings) -> None:
    lines = verify(store).lines
    erasure.erase(store, settings, lived.employee_id, LATER)
    verified = verify(store)
    assert (verified.lines, verified.broken_at) == (lines, None)
    assert lived.employee_id in everything(store)["access_log"], "it keeps opaque ids"


def test_a_manager_who_is_erased_leaves_the_ratings_without_the_name(
    lived: Bakery, store: Store, settings: Settings
) -> None:
    session = lived.enter(_own_task(lived, store))
    assert results.results(store, session, NOON).both
    erasure.erase(store, settings, lived.manager_id, LATER)
    found = results.results(store, session, LATER)
    assert found.both, "the rating is Amina's data too"
    assert found.other is not None
    assert found.other.name == ""
    assert "Ørsted" not in "".join(everything(store).values())


def test_releases_stay_and_still_know_that_it_was_one_person(
    lived: Bakery, store: Store, settings: Settings
) -> None:
    wave_id = everything_of(store, "SELECT id FROM waves")[0][0]
    with store.engine.transaction(write=True) as connection:
        for release in ("r1", "r2"):
            connection.execute(
                "INSERT INTO releases (id, organisation_id, wave_id, content_hash, perspective, version,"
                f" method, about, made_at) VALUES ('{release}', '{lived.organisation_id}', '{wave_id}',"
                f" '{lived.content_hash}', 'self', {release[1]}, 'm', '{{}}', '{time_text(NOON)}')"
            )
            connection.execute(
                f"INSERT INTO release_groups VALUES ('{release}', '{lived.unit_id}', 'figures')"
            )
            for person_id in (lived.employee_id, lived.manager_id):
                connection.execute(
                    "INSERT INTO release_members (release_id, cell, person_id)"
                    f" VALUES ('{release}', 0, '{person_id}')"
                )
    before = everything(store)
    erasure.erase(store, settings, lived.employee_id, LATER)
    after = everything(store)
    assert (after["releases"], after["release_groups"]) == (before["releases"], before["release_groups"])
    members = everything_of(store, "SELECT release_id, person_id FROM release_members")
    ids = {person_id for _, person_id in members}
    assert (len(members), len(ids)) == (4, 2), "two people in both releases, as before"
    assert lived.manager_id in ids
    assert lived.employee_id not in ids
    (nobody,) = ids - {lived.manager_id}
    assert nobody not in "".join(text for table, text in after.items() if table != "release_members")


def test_the_list_is_on_the_disk_before_anything_is_erased(
    lived: Bakery, store: Store, settings: Settings
) -> None:
    settings.erasures.parent.mkdir(parents=True, exist_ok=True)
    settings.erasures.mkdir()  # where a list cannot be written
    with pytest.raises(SettingsError):
        erasure.erase(store, settings, lived.employee_id, LATER)
    assert "Yıldız" in everything(store)["people"]


def test_erasing_twice_is_erasing_once(lived: Bakery, store: Store, settings: Settings) -> None:
    assert erasure.erase(store, settings, lived.employee_id, LATER)
    after = everything(store)
    assert not erasure.erase(store, settings, lived.employee_id, LATER + timedelta(days=1))
    assert everything(store) == after
    assert not erasure.erase(store, settings, "nobody", LATER)
    assert [one.person_id for one in erasure_list.erased(settings)] == [lived.employee_id]


def test_a_restored_back_up_forgets_again(lived: Bakery, store: Store, settings: Settings) -> None:
    erasure_list.append(settings, lived.employee_id, LATER)  # erased after the back-up was made
    erasure_list.append(settings, "somebody of whom the back-up knows nothing", LATER)
    assert erasure.replay(settings, store, LATER) == 1
    assert "Yıldız" not in everything(store)["people"]
    assert erasure.replay(settings, store, LATER) == 0


def test_a_line_that_a_crash_has_cut_spoils_no_other(tmp_path: Path, settings: Settings) -> None:
    erasure_list.append(settings, "first", NOON)
    with settings.erasures.open("a") as file:
        file.write('{"person": "cu')
    erasure_list.append(settings, "second", NOON)
    assert [one.person_id for one in erasure_list.erased(settings)] == ["first", "second"]
    assert settings.erasures.stat().st_mode & 0o777 == 0o600


class TestAsking:
    def test_a_request_waits_for_an_administrator(
        self, lived: Bakery, store: Store, settings: Settings
    ) -> None:
        amina, admin = Actor(lived.employee_id), _administrator(lived, store)
        asked_at = NOON + timedelta(days=1)
        assert erasure_requests.ask(store, amina, asked_at)
        assert not erasure_requests.ask(store, amina, LATER)
        assert erasure_requests.asked_at(store, amina) == asked_at
        (request,) = erasure_requests.requests(store, admin, lived.organisation_id)
        assert (request.name, request.state) == ("Amina Yıldız", "asked")

        erasure_requests.carry_out(store, settings, admin, request.id, LATER)

        (request,) = erasure_requests.requests(store, admin, lived.organisation_id)
        assert (request.name, request.state, request.finished_at) == ("", "done", LATER)
        assert [entry.action for entry in log.about(store, lived.employee_id)][-2:] == [
            "ask-erasure",
            "carry-out-erasure",
        ]
        with store.read() as q:
            (letter,) = q.letters_of_person(person_id=lived.employee_id)
        assert letter["kind"] == "erasure-done"

    def test_it_can_be_taken_back(self, lived: Bakery, store: Store, settings: Settings) -> None:
        amina, admin = Actor(lived.employee_id), _administrator(lived, store)
        erasure_requests.ask(store, amina, NOON)
        assert erasure_requests.take_back(store, amina, LATER)
        assert erasure_requests.asked_at(store, amina) is None
        (request,) = erasure_requests.requests(store, admin, lived.organisation_id)
        with pytest.raises(NotAllowed):
            erasure_requests.carry_out(store, settings, admin, request.id, LATER)

    def test_who_takes_it_back_at_the_last_moment_is_on_no_list(
        self, lived: Bakery, store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A line on the list would erase the person with the next restore of a back-up."""
        amina, admin = Actor(lived.employee_id), _administrator(lived, store)
        erasure_requests.ask(store, amina, NOON)
        (request,) = erasure_requests.requests(store, admin, lived.organisation_id)
        monkeypatch.setattr(
            erasure_requests,
            "_require_possible",
            lambda *_: erasure_requests.take_back(store, amina, LATER),
        )
        erasure_requests.carry_out(store, settings, admin, request.id, LATER)
        assert list(erasure_list.erased(settings)) == []

    def test_nobody_else_carries_it_out(self, lived: Bakery, store: Store, settings: Settings) -> None:
        admin = _administrator(lived, store)
        erasure_requests.ask(store, Actor(lived.employee_id), NOON)
        (request,) = erasure_requests.requests(store, admin, lived.organisation_id)
        for actor in (Actor(lived.employee_id), Actor("x", frozenset({"another"}))):
            with pytest.raises(NotFound):
                erasure_requests.carry_out(store, settings, actor, request.id, LATER)
            with pytest.raises(NotFound):
                erasure_requests.requests(store, actor, lived.organisation_id)

    def test_the_only_administrator_stays(self, lived: Bakery, store: Store, settings: Settings) -> None:
        admin = _administrator(lived, store)
        erasure_requests.ask(store, Actor(admin.id), NOON)
        (request,) = erasure_requests.requests(store, admin, lived.organisation_id)
        with pytest.raises(NotAllowed):
            erasure_requests.carry_out(store, settings, admin, request.id, LATER)
        assert list(erasure_list.erased(settings)) == []


def test_whoever_is_erased_is_signed_out(lived: Bakery, store: Store, settings: Settings) -> None:
    secret = signing_in.sign_in(store, signing_in.mint(store, lived.employee_id, NOON), NOON)
    assert sessions.find(store, secret, NOON) is not None
    erasure.erase(store, settings, lived.employee_id, NOON)
    assert sessions.find(store, secret, NOON) is None


def _own_task(bakery: Bakery, store: Store) -> str:
    with store.read() as q:
        return next(
            str(row["id"])
            for row in q.tasks_of_respondent(respondent_id=bakery.employee_id)
            if row["perspective"] == "self"
        )


def _administrator(bakery: Bakery, store: Store) -> Actor:
    administrators.grant(store, bakery.manager_id, NOON)
    return Actor(bakery.manager_id, frozenset({bakery.organisation_id}))


def everything_of(store: Store, query: str) -> list[tuple[str, ...]]:
    with store.engine.transaction(write=False) as connection:
        rows = connection.execute(query).fetchall()
    return [tuple(row.values() if isinstance(row, dict) else row) for row in rows]
