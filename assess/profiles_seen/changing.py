"""What has changed between waves, of what may be seen: the newest profile against the one before it."""

from __future__ import annotations

from collections.abc import Iterable

from assess.measurement.profile_change import NotComparable, ProfileChange, profile_changes
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
    pairs = {key: (profiles[-2], profiles[-1]) for key, profiles in found.items() if len(profiles) > 1}
    by_coverage: dict[float, list[ChangeKey]] = {}
    for key, (_, later) in pairs.items():
        by_coverage.setdefault(later.profile.interval, []).append(key)
    changes: dict[ChangeKey, AreaChange] = {}
    for coverage, keys in by_coverage.items():
        made = profile_changes([(pairs[key][0].profile, pairs[key][1].profile) for key in keys], coverage)
        changes |= {key: _change(*pairs[key], one) for key, one in zip(keys, made, strict=True)}
    return changes


def _change(earlier: SeenProfile, later: SeenProfile, made: ProfileChange | NotComparable) -> AreaChange:
    if earlier.respondent_id != later.respondent_id:
        return AreaChange(earlier, later, None, "another-manager")
    if isinstance(made, NotComparable):
        return AreaChange(earlier, later, None, made.reason)
    return AreaChange(earlier, later, made, None)
