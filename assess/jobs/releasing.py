"""The group results of a wave that has closed."""

from __future__ import annotations

import assess.one_thread  # noqa: F401 (before NumPy)
from assess.jobs.workplace import Workplace
from assess.releases.making import make


def release_wave(place: Workplace, wave_id: str) -> None:
    """Makes what is not made yet; again it changes nothing."""
    make(place.store, wave_id, place.clock())
