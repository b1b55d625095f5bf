"""What has changed between waves, of what may be seen: the newest profile against the one before it."""

from __future__ import annotations

from collections.abc import Iterable

from assess.measurement.profile_change import NotComparable, profile_change
from assess.profiles_seen.types import AreaChange, ChangeKey, SeenProfile

__all__ = ["AreaChange", "changes_of"]


def changes_of(seen: Iterable[SeenProfile]) -> dict[ChangeKey, AreaChange]:
    """The change of each person, job area and view that is seen in two waves or more, by its key.

    The newest against the one of the wave before that has one. `seen` in any order. Two views are never
    set against each other, nor two job areas, nor the ratings of two managers: the error of measurement knows
    nothing of how differently they judge.
    """
    found: dict[ChangeKey, list[SeenProfile]] = {}
    for one in sorted(seen, key=lambda one: (one.opened_at, one.wave_id, one.made_at)):
        profiles = found.setdefault(one.key, [])
        if profiles and profiles[-1].wave_id == one.wave_id:
            profiles[-1] = one  # two questionnaires in one wave: the later answer
        else:
            profiles.append(one)
    return {key: _change(*profiles[-2:]) for key, profiles in found.items() if len(profiles) > 1}


def _change(earlier: SeenProfile, later: SeenProfile) -> AreaChange:
    if earlier.respondent_id != later.respondent_id:
        return AreaChange(earlier, later, None, "another-manager")
    try:
        change = profile_change(earlier.profile, later.profile, later.profile.interval)
    except NotComparable as error:
        return AreaChange(earlier, later, None, error.reason)
    return AreaChange(earlier, later, change, None)
