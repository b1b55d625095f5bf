"""What was made for a leader with a shared view goes within a day when the leader leads no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_organisation import NOON, later
from team import Team, fitting, maturity

from assess.answering import results
from assess.answering.former_leaders import forget_documents
from assess.jobs.tidying import tidy
from assess.jobs.workplace import Workplace
from assess.people import register
from assess.store.ids import time_text

if TYPE_CHECKING:
    from assess.answering.types import Session
    from assess.settings import Settings
    from assess.store import Store


@pytest.fixture
def team(store: Store) -> Team:
    """Bo leads Amina and Karl, and has rated both."""
    made = Team(store)
    register.join_unit(store, made.manager_id, made.unit_id, role="leader", now=NOON)
    return made


def keep(team: Team, session: Session, content: bytes, minutes: int = 1) -> None:
    found = results.results(team.store, session, later(minutes=minutes))
    results.keep_document(team.store, found, "personal-report", "da", content, later(minutes=minutes))


def kept(team: Team) -> list[bytes]:
    with team.store.engine.transaction(write=False) as connection:
        rows = connection.execute("SELECT content FROM documents ORDER BY content").fetchall()
    return [bytes(row[0]) for row in rows]


def stop_leading(team: Team) -> None:
    with team.store.write() as q:
        q.end_leaders_of_unit(unit_id=team.unit_id, now=time_text(later(minutes=5)))


def test_reports_with_a_shared_view_go_and_what_is_the_leaders_own_stays(team: Team) -> None:
    karl = team.add_person("Karl", "Karl Holm", "da", "2001")
    own, rating = team.enter_pair(team.employee_id)
    team.give(own, maturity(5, 5), share=True)
    team.give(rating, maturity(4, 4))
    _, alone = team.enter_pair(karl)
    team.give(alone, maturity(2, 2))
    style = team.enter_own_style()
    team.give(style, fitting)
    for session, content in ((own, b"Amina"), (rating, b"both"), (alone, b"rating"), (style, b"match")):
        keep(team, session, content)

    assert forget_documents(team.store, later(minutes=2)) == 0, "while Bo leads"
    stop_leading(team)
    assert forget_documents(team.store, later(minutes=6)) == 2
    assert kept(team) == [b"Amina", b"rating"]
    # What is made from now on holds nothing that was shared, and stays
    for session, content in ((rating, b"rating anew"), (style, b"match anew")):
        keep(team, session, content, minutes=7)
    assert forget_documents(team.store, later(minutes=8)) == 0
    assert kept(team) == [b"Amina", b"match anew", b"rating", b"rating anew"]


def test_tidying_does_it(team: Team, settings: Settings) -> None:
    own, rating = team.enter_pair(team.employee_id)
    team.give(own, maturity(5, 5), share=True)
    team.give(rating, maturity(4, 4))
    keep(team, rating, b"both")
    stop_leading(team)
    tidy(Workplace(team.store, settings, lambda: later(days=1)), "")
    assert kept(team) == []
