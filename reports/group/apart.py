"""How far the groups of a release differ, in words: ICC(1) and ICC(2) of all its groups together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assess.releases.agreement import CellIcc
from questionnaires.definition import Definition
from reports.group.parts import ApartRow, GroupsApart
from reports.view.words import Words

GOOD, FAIR = 0.70, 0.50
"""ICC(2) from which on means of groups can be told apart, and roughly: conventions."""


def groups_apart(
    words: Words, definition: Definition, icc: Mapping[str, CellIcc] | None, order: Sequence[str]
) -> GroupsApart | None:
    """None where the release does not tell it. `order`: ids of scales as the page has them."""
    found = [(scale_id, icc[scale_id]) for scale_id in order if icc and scale_id in icc]
    if not found:
        return None
    first = found[0][1]
    groups = words.count("{number} group", "{number} groups", first.cells)
    return GroupsApart(
        finding=_finding(words, found),
        who=words.count(
            "Of the whole wave, the same on the page of every unit: {number} person in {groups}.",
            "Of the whole wave, the same on the page of every unit: {number} people in {groups}.",
            first.people,
            groups=groups,
        ),
        rows=tuple(_row(words, definition, *one) for one in found),
    )


def _row(words: Words, definition: Definition, scale_id: str, one: CellIcc) -> ApartRow:
    scale = definition.questionnaire.scales.get(scale_id)
    between, reliability = max(one.icc1, 0.0), max(one.icc2, 0.0)
    return ApartRow(
        id=scale_id,
        name=words.scale_name(scale_id),
        is_whole=scale is not None and bool(scale.facets),
        between=one.icc1,
        between_words=words.near_percent(between),
        interval_words=words.percents(max(one.low, 0.0), max(one.high, 0.0)),
        reliability=one.icc2,
        reliability_words=words.say(
            "{verdict} ({number})", verdict=_verdict(words, one), number=words.two(reliability)
        ),
    )


def _verdict(words: Words, one: CellIcc) -> str:
    """An ICC(2) says nothing where the groups may not differ at all."""
    if one.low <= 0 or one.icc2 < FAIR:
        return words.say("hardly")
    return words.say("well") if one.icc2 >= GOOD else words.say("roughly")


def _finding(words: Words, found: Sequence[tuple[str, CellIcc]]) -> str:
    clear = [scale_id for scale_id, one in found if one.low > 0]
    if not clear:
        return words.say(
            "On no part do the groups differ more than chance explains: people differ within their group."
        )
    return words.say(
        "The groups differ more than chance explains on: {scales}.", scales=words.scale_listing(clear)
    )
