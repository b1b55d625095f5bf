"""`assess mail`: for the operator, by ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from small_organisation import NOON, Bakery

from assess.cli import main
from assess.demo import is_demo
from assess.demo.staff import ORGANISATION
from assess.outbox import letters
from assess.outbox.letters import ADDRESS, Letter

if TYPE_CHECKING:
    from assess.settings import Settings


@pytest.fixture
def environment(settings: Settings) -> dict[str, str]:
    return {"ASSESS_DATABASE": settings.database, "ASSESS_DATA": str(settings.data), "ASSESS_SMTP": ""}


def fail(bakery: Bakery, key: str, error: str, **parts: dict[str, str]) -> None:
    letter = Letter("invitation", key, bakery.employee_id, bakery.organisation_id, **parts)  # type: ignore[arg-type]
    with bakery.store.write() as q:
        letters.put(bakery.store, q, letter, NOON)
    taken = letters.take(bakery.store, NOON)
    assert taken is not None
    letters.failed(bakery.store, taken, error, NOON)


def test_what_failed_is_listed_without_naming_anybody(bakery: Bakery, environment: dict[str, str]) -> None:
    fail(bakery, "1", "refused 554")
    result = CliRunner().invoke(main, ["mail"], env=environment)
    assert result.exit_code == 0
    assert "No mail server is set" in result.output
    assert "1 failed" in result.output
    assert "1 attempts: the mail server refused the letter (554)" in result.output
    assert "Amina" not in result.output
    assert "@" not in result.output


def test_all_that_failed_is_tried_again_but_for_a_forgotten_address(
    bakery: Bakery, environment: dict[str, str]
) -> None:
    fail(bakery, "1", "refused 554")
    fail(bakery, "2", "address-refused 550")
    fail(bakery, "3", "refused 554", parameters={ADDRESS: "old@example.org"})
    result = CliRunner().invoke(main, ["mail", "--again"], env=environment)
    assert "2 letters are tried again." in result.output
    assert "1 failed, 2 waiting" in result.output


def test_a_demo_is_a_database_with_nobody_else_in_it(bakery: Bakery) -> None:
    """`assess run` shows letters to anybody only then."""
    assert not is_demo(bakery.store)
    with bakery.store.write() as q:
        q.add_organisation(id="demo", name=ORGANISATION, settings="{}")
    assert not is_demo(bakery.store), "a real organisation beside it"


def test_a_database_with_the_demo_alone_is_one(settings: Settings) -> None:
    from assess.store import open_store

    with open_store(settings) as store:
        assert not is_demo(store)
        with store.write() as q:
            q.add_organisation(id="demo", name=ORGANISATION, settings="{}")
        assert is_demo(store)
