"""Self against others: what a group of direct reports sees, beside the leader's own answers."""

from __future__ import annotations

from typing import Literal, TypeAlias

from assess.disclosure.thresholds import DISTRIBUTION_GROUP
from assess.scoring.style_results import GroupValue, RaterAgreement, RaterFinding, RaterGroup
from reports.leader.inputs import STYLES, Leader
from reports.leader.leaning import leaning_name
from reports.leader.people_parts import RaterRow, RatersPart

RatersNote: TypeAlias = Literal["not-asked", "confidential", "too-few"]

FIT = "fit"
LIMITS = (0.25, 0.5, 1.0)
"""Ends of the axis of differences between shares; the smallest that holds every interval is taken."""
FIT_RANGE = 3.0
"""The largest difference between two mean points (1–4): drawn as long as one between shares of 0 and 1."""


def make_note(leader: Leader, note: RatersNote) -> str:
    """Why nothing of direct reports' answers stands in this report."""
    words = leader.words
    return {
        "not-asked": words.say(
            "Nobody else’s answers are part of this report: it is your own view. The people you lead know "
            "best whether this is how they see you lead. Ask them."
        ),
        "confidential": words.say(
            "Direct reports’ answers about you are confidential. Nothing from them is shown here, not even "
            "whether anybody has answered. If they are ever shown, it will only be together, for a group "
            "that is large enough."
        ),
        "too-few": words.say(
            "Direct reports’ answers are shown only together, for a group large enough that nobody can be "
            "recognised. There is no such group here, so nothing is shown. The limit protects those who "
            "answer."
        ),
    }[note]


def make_raters(leader: Leader, group: RaterGroup | None) -> RatersPart | None:
    """The comparison in words; None without a group. Raises `ValueError` for one under its own minimum."""
    if group is None:
        return None
    if group.raters < group.least:
        raise ValueError("a group of raters under its minimum has nothing to show")
    words = leader.words
    limit = _limit(group)
    rows = tuple(_row(leader, value, limit) for value in group.values)
    beyond = [row for row in rows if row.kind != "none"]
    return RatersPart(
        raters=group.raters,
        least=group.least,
        finding=words.count(
            "On one figure your direct reports probably see you differently from how you see yourself.",
            "On {number} figures your direct reports probably see you differently from how you see yourself.",
            len(beyond),
        )
        if beyond
        else words.say("No difference is larger than chance would explain."),
        lead=words.say(
            "{raters} direct reports answered {situations} of the situations, saying what they think you "
            "would do. Your own answers to the same situations appear beside theirs. Each difference is "
            "your figure minus theirs.",
            raters=str(group.raters),
            situations=str(group.situations),
        ),
        hidden=_sentences(rows, ("hidden-strength",)),
        blind=_sentences(rows, ("blind-spot",)),
        other=_sentences(rows, ("more-than-own", "less-than-own")),
        rows=rows,
        agreement=_agreement(leader, group.agreement),
        axis=(words.points(-limit), words.points(0.0), words.points(limit)),
    )


def _limit(group: RaterGroup) -> float:
    ends = [
        abs(end) / (FIT_RANGE if value.id == FIT else 1.0)
        for value in group.values
        for end in (value.low, value.high)
        if end is not None
    ]
    return next((limit for limit in LIMITS if all(end <= limit for end in ends)), LIMITS[-1])


def _name(leader: Leader, value: GroupValue) -> str:
    words = leader.words
    for style in STYLES:
        if value.id == style:
            return words.style_title(style)
    if value.id == "over-leading":
        return leaning_name(leader, "over-leading")
    if value.id == "under-leading":
        return leaning_name(leader, "under-leading")
    return words.say("Fit (points for each situation)")


def _row(leader: Leader, value: GroupValue, limit: float) -> RaterRow:
    words = leader.words
    is_fit = value.id == FIT
    name = _name(leader, value)
    kind: RaterFinding = value.finding if value.beyond_error else "none"

    def figure(number: float | None) -> str:
        if number is None:
            return "\N{EN DASH}"
        return words.two(number) if is_fit else words.near_percent(number)

    def difference(number: float) -> str:
        return words.signed(number) if is_fit else words.points(number)

    known = value.low is not None and value.high is not None
    interval = (
        words.say("{low} to {high}", low=difference(value.low or 0.0), high=difference(value.high or 0.0))
        if known
        else ""
    )
    apart = "" if value.difference is None else difference(value.difference)
    others = (
        f"{words.two(value.others_low)}\N{EN DASH}{words.two(value.others_high)}"
        if is_fit
        else words.percents(value.others_low, value.others_high)
    )
    you, others_label = words.say("You"), words.say("others")
    finding = f"{name}: {you} {figure(value.own)}, {others_label} {figure(value.others)}"
    return RaterRow(
        id=value.id,
        name=name,
        own_words=figure(value.own),
        others_words=figure(value.others),
        others_interval=others,
        difference=value.difference,
        low=value.low,
        high=value.high,
        limit=limit * FIT_RANGE if is_fit else limit,
        difference_words=apart,
        interval_words=interval,
        kind=kind,
        finding_words="" if kind == "none" else _finding(leader, value, name),
        finding=f"{finding}; {apart} ({interval})" if known and apart else finding,
    )


def _finding(leader: Leader, value: GroupValue, name: str) -> str:
    """What the others see otherwise, in words; which of it is a strength is said by the heading above it."""
    words = leader.words
    more = (value.difference or 0.0) < 0
    if value.id == FIT:
        return (
            words.say("Their answers show a better fit than yours.")
            if more
            else words.say("Their answers show a poorer fit than yours.")
        )
    return (
        words.say("{name}: they see more of it than you do.", name=name)
        if more
        else words.say("{name}: they see less of it than you do.", name=name)
    )


def _sentences(rows: tuple[RaterRow, ...], kinds: tuple[RaterFinding, ...]) -> tuple[str, ...]:
    return tuple(row.finding_words for row in rows if row.kind in kinds)


def _agreement(leader: Leader, found: RaterAgreement | None) -> str:
    words = leader.words
    if found is None:
        return words.say(
            "How far direct reports agree with each other is shown only from {number} of them.",
            number=str(DISTRIBUTION_GROUP),
        )
    pairs = words.say(
        "Any two of them expect the same style from you in {percent} of cases.",
        percent=words.percent(found.pairs),
    )
    if found.kappa is None:
        return pairs
    kappa = words.signed(found.kappa).lstrip("+")
    if found.low is None or found.high is None:
        return f"{pairs} " + words.say(
            "Fleiss’ kappa: {kappa} (0 is chance, 1 is complete agreement).", kappa=kappa
        )
    limits = words.say(
        "{low} to {high}", low=words.signed(found.low).lstrip("+"), high=words.signed(found.high).lstrip("+")
    )
    return f"{pairs} " + words.say(
        "Fleiss’ kappa: {kappa} ({interval}; 0 is chance, 1 is complete agreement).",
        kappa=kappa,
        interval=limits,
    )
