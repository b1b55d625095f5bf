"""The job that makes the results of a wave which has closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shops import Shops

from assess.campaigns.jobs import RELEASE_JOB
from assess.jobs import Workplace, run_due
from assess.store.ids import time_text

if TYPE_CHECKING:
    from assess.settings import Settings
    from assess.store import Store


def test_the_job_makes_the_releases_and_again_changes_nothing(store: Store, settings: Settings) -> None:
    shops = Shops(store)
    shops.enter("Alby", 7)
    wave_id = shops.wave(shops.everybody())
    found = []
    for _ in range(2):
        with store.write() as q:
            q.enqueue_job(
                id=store.new_id(shops.now), kind=RELEASE_JOB, subject=wave_id, now=time_text(shops.now)
            )
        assert run_due(Workplace(store, settings, lambda: shops.now)) >= 1
        with store.read() as q:
            assert q.failed_jobs() == []
            found.append(q.releases_of_wave(wave_id=wave_id))
    assert len(found[0]) == 1
    assert found[0] == found[1]
