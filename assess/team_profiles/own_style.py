"""The leader's own style, and how it meets each person and job area: all at once."""

from __future__ import annotations

from collections.abc import Mapping

from assess.answering.matching import OwnStyle, own_style
from assess.campaigns.definitions import definition_of
from assess.profiles_seen.types import SeenProfile
from assess.scoring.match import match_each
from assess.scoring.results import Profile
from assess.scoring.style_results import Match
from assess.store.queries import Queries

__all__ = ["AreaViews", "OwnStyle", "matches", "own_style"]

AreaViews = tuple[SeenProfile | None, SeenProfile | None]
"""The person's own view and the manager's, of one person, job area and wave."""


def matches(
    q: Queries, style: OwnStyle | None, areas: Mapping[tuple[str, str], AreaViews]
) -> dict[tuple[str, str], Match]:
    """The match of each person and job area that has one, by the same key.

    An area that the leader has not rated has none: the person was told that it goes by that rating.
    """
    if style is None:
        return {}
    by_content: dict[str, list[tuple[tuple[str, str], AreaViews]]] = {}
    for key, (own, manager) in areas.items():
        if manager is not None and manager.for_match:
            shown = own if own is not None and own.for_match else None
            by_content.setdefault(manager.content_hash, []).append((key, (shown, manager)))
    found: dict[tuple[str, str], Match] = {}
    for content_hash, entries in by_content.items():
        made = match_each(
            style.styles,
            style.situations,
            definition_of(q, content_hash).questionnaire,
            [(_profile(own), _profile(manager)) for _, (own, manager) in entries],
            style.interval,
        )
        found |= {key: one for (key, _), one in zip(entries, made, strict=True) if one is not None}
    return found


def _profile(seen: SeenProfile | None) -> Profile | None:
    return None if seen is None else seen.profile
