"""What time makes due: opening, closing, upkeep, deleting."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from campaigning import MORNING, WEEK

from assess.audit import log
from assess.campaigns import campaigns, overview, timetable
from assess.jobs import EVERY_MINUTE, Workplace, run_due
from assess.jobs.kinds import KINDS

if TYPE_CHECKING:
    from campaigning import Chain

    from assess.settings import Settings

SECOND = timedelta(seconds=1)


def jobs(chain: Chain, kind: str) -> list[str]:
    return [
        state for (state,) in chain.run("SELECT state FROM jobs WHERE kind = {kind} ORDER BY id", kind=kind)
    ]


def phase(chain: Chain, wave_id: str, at: datetime) -> str:
    return overview.wave_detail(chain.store, chain.admin, wave_id, at).phase


def test_it_is_asked_every_minute() -> None:
    assert timetable.due in EVERY_MINUTE


def test_a_wave_opens_by_itself_at_its_time(chain: Chain, settings: Settings) -> None:
    wave_id = chain.draft(opens_at=MORNING + WEEK)
    campaigns.open_wave_of_plan(chain.store, chain.admin, wave_id, MORNING)
    kinds = {"fill-wave": KINDS["fill-wave"]}
    for at, tasks in ((MORNING + WEEK - SECOND, 0), (MORNING + WEEK, 17)):
        timetable.due(chain.store, at)
        run_due(Workplace(chain.store, settings, lambda at=at: at), kinds)  # type: ignore[misc]
        assert len(chain.tasks(wave_id)) == tasks


def test_a_wave_closes_by_itself_at_its_time(chain: Chain) -> None:
    """On 25 October 2026 the clocks go back: the second 02:30 in Copenhagen is 01:30 UTC."""
    chain.now = datetime(2026, 10, 12, 8, tzinfo=UTC)
    closes = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    wave_id = chain.opened(closes_at=closes, delete_on=date(2027, 3, 1))
    timetable.due(chain.store, closes - SECOND)
    assert phase(chain, wave_id, closes - SECOND) == "open"
    assert phase(chain, wave_id, closes) == "ended"
    timetable.due(chain.store, closes)
    timetable.due(chain.store, closes + SECOND)
    assert phase(chain, wave_id, closes) == "closed"
    assert jobs(chain, "release-wave") == ["waiting"]
    closings = [one for one in log.about(chain.store, chain.organisation_id) if one.action == "close-wave"]
    assert [one.actor_id for one in closings] == [campaigns.CLOCK]


def test_a_filling_that_was_lost_is_ordered_again(chain: Chain) -> None:
    wave_id = chain.draft()
    campaigns.open_wave_of_plan(chain.store, chain.admin, wave_id, MORNING)
    chain.run("DELETE FROM jobs WHERE kind = {kind}", kind="fill-wave")
    timetable.due(chain.store, MORNING)
    timetable.due(chain.store, MORNING)
    assert jobs(chain, "fill-wave") == ["waiting"]


def test_an_open_wave_is_compared_with_its_organisation_once_a_day(chain: Chain) -> None:
    chain.opened()
    chain.run("UPDATE jobs SET state = {state}", state="done")
    timetable.due(chain.store, MORNING + timedelta(hours=24))
    assert jobs(chain, "fill-wave") == ["done"]
    timetable.due(chain.store, MORNING + timedelta(hours=24) + SECOND)
    assert jobs(chain, "fill-wave") == ["waiting"]


def test_a_filling_that_failed_for_good_is_left_for_people_to_see(chain: Chain) -> None:
    chain.draft()
    wave_id = chain.draft()
    campaigns.open_wave_of_plan(chain.store, chain.admin, wave_id, MORNING)
    chain.run("UPDATE jobs SET state = {state}", state="failed")
    timetable.due(chain.store, MORNING + WEEK)
    assert jobs(chain, "fill-wave") == ["failed"]


def test_deleting_is_ordered_on_the_deletion_date_once(chain: Chain) -> None:
    """1 March 2027 begins at 23:00 UTC of 28 February in Copenhagen."""
    wave_id = chain.opened()
    campaigns.close(chain.store, chain.admin, wave_id, MORNING)
    midnight = datetime(2027, 2, 28, 23, tzinfo=UTC)
    timetable.due(chain.store, midnight - SECOND)
    assert jobs(chain, "purge-wave") == []
    timetable.due(chain.store, midnight)
    timetable.due(chain.store, midnight + WEEK)
    assert jobs(chain, "purge-wave") == ["waiting"]


def test_what_is_deleted_is_not_deleted_again(chain: Chain) -> None:
    wave_id = chain.opened()
    campaigns.close(chain.store, chain.admin, wave_id, MORNING)
    chain.run("UPDATE waves SET purged_at = {at} WHERE id = {wave}", at="2027-03-02", wave=wave_id)
    timetable.due(chain.store, datetime(2028, 2, 29, tzinfo=UTC))
    assert jobs(chain, "purge-wave") == []
