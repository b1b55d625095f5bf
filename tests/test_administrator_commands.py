"""`assess administrator`: the first one of an empty database, links, the list, the end."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from assess.cli import main
from assess.errors import NotFound
from assess.people import administrators, register, sessions, signing_in
from assess.store import open_store

if TYPE_CHECKING:
    from click.testing import Result
    from small_organisation import Bakery

    from assess.settings import Settings


@pytest.fixture(autouse=True)
def environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSESS_DATABASE", settings.database)
    monkeypatch.setenv("ASSESS_DATA", str(settings.data))
    monkeypatch.setenv("ASSESS_BASE_URL", "https://assess.example.dk")


def assess(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["administrator", *arguments])


def test_from_an_empty_database_to_a_signed_in_administrator_and_back(settings: Settings) -> None:
    refused = assess("add", "Eva Eng", "--email", "eva@example.org")
    assert (refused.exit_code, "--organisation" in refused.stderr) == (1, True)
    assert "no administrator" in assess("list").stdout
    made = assess("add", "Eva Eng", "--email", "eva@example.org", "--organisation", "Rugbrød & Co.")
    assert (made.exit_code, made.stdout) == (0, "")
    assert assess("list").stdout.startswith("Rugbrød & Co.  Eva Eng  eva@example.org  since 20")

    linked = assess("link", "EVA@example.org")
    found = re.fullmatch(r"https://assess\.example\.dk/sign-in/([\w-]{43})\n", linked.stdout)
    assert found is not None
    assert found[1] not in linked.stderr
    with open_store(settings) as store:
        now = datetime.now(UTC)
        secret = signing_in.sign_in(store, found[1], now)
        session = sessions.find(store, secret, now)
        assert session is not None
        assert (session.name, session.administers) == ("Eva Eng", {session.organisation_id})
        late = assess("link", "eva@example.org").stdout.strip().rpartition("/")[2]
        assert assess("remove", "eva@example.org").exit_code == 0
        assert sessions.find(store, secret, now) is None
        with pytest.raises(NotFound):
            signing_in.sign_in(store, late, datetime.now(UTC))
    for command in ("link", "remove"):
        gone = assess(command, "eva@example.org")
        assert (gone.exit_code, gone.stdout) == (1, "")
        assert "No administrator has the address" in gone.stderr


@pytest.mark.parametrize("engine", ["sqlite"])
def test_what_cannot_be_is_refused_in_one_line(bakery: Bakery) -> None:
    for arguments, told in (
        (("add", "Eva", "--email", "eva"), "name@example.org"),
        (("add", "", "--email", "eva@example.org"), "name is empty"),
        (("add", "Eva", "--email", "eva@example.org", "--organisation", "Typo"), "no organisation Typo"),
        (("link", "amina@example.org"), "No administrator"),
    ):
        refused = assess(*arguments)
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert told in refused.stderr
        assert len(refused.stderr.splitlines()) == 1


@pytest.mark.parametrize("engine", ["sqlite"])
def test_where_there_are_several_organisations_one_is_named(bakery: Bakery) -> None:
    other = register.add_organisation(bakery.store, "Elsewhere", customer="guest", now=bakery.now)
    ambiguous = assess("add", "Eva Eng", "--email", "eva@example.org")
    assert "several organisations" in ambiguous.stderr
    for organisation in ("Elsewhere", "Rugbrød & Co."):
        named = assess("add", "Eva Eng", "--email", "eva@example.org", "--organisation", organisation)
        assert named.exit_code == 0
    assert "2 administrators" in assess("link", "eva@example.org").stderr
    assert assess("remove", "eva@example.org", "--organisation", "Elsewhere").exit_code == 0
    [left] = administrators.administrators(bakery.store)
    assert left.organisation_id == bakery.organisation_id != other


def test_lost_passkeys_are_taken_away_and_the_person_is_signed_out(bakery: Bakery) -> None:
    store = bakery.store
    administrators.grant(store, bakery.manager_id, bakery.now)
    now = datetime.now(UTC)
    secret = signing_in.sign_in(store, signing_in.mint(store, bakery.manager_id, now), now)
    with store.write() as q:
        q.add_passkey(
            id="k",
            person_id=bakery.manager_id,
            credential_id="c",
            public_key=b"p",
            sign_count=0,
            name="Lost",
            now="2026-01-01",
        )
    done = assess("reset-passkeys", "bo@example.org")
    assert (done.exit_code, "1 removed" in done.stderr) == (0, True)
    with store.read() as q:
        assert q.passkeys_of(person_id=bakery.manager_id) == []
    assert sessions.find(store, secret, now) is None
    assert assess("reset-passkeys", "amina@example.org").exit_code == 1, "no administrator"
