"""Three things to do: which of what is known about a team comes first. Pure rules in one visible table.

One thing of what waits today, one of what a person needs, one of what the team or the leader does next, each
by the first rule that finds something; places that stay empty are filled in the order of the table. There
are at most three, one of a kind. Whatever else is equal, names decide, so that the same team always has the
same three. Of a named person nothing psychological is said, and nothing psychological chooses who fell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from msgspec import structs

from assess.disclosure.thresholds import DEFAULT_GROUP
from assess.measurement.profile_change import real_together
from assess.personal_data.own import OwnTask
from assess.profiles_seen.types import AreaChange
from assess.scoring.situations import STYLES
from assess.scoring.style_results import LeadingId, MatchView, StylesResult
from assess.store.ids import time_text
from assess.team_profiles.types import (
    NO_TALKS,
    FacetCell,
    FacetColumn,
    PersonArea,
    TalkFacts,
    TeamPerson,
    Thing,
    ThingKind,
)
from questionnaires.definition import Questionnaire, StyleId

Slot: TypeAlias = Literal["today", "person", "team"]
Values: TypeAlias = dict[str, str | int | float]
MOST = 3
SLOTS: tuple[Slot, ...] = ("today", "person", "team")
LEAST_AREAS = DEFAULT_GROUP
"""Person-areas from which on the styles that they call for are set against the leader's own."""


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """What the rules look at. `people` alphabetical, of whom a thing may name one; `everybody`: the whole
    team, where `people` is a part of it; `to_rate`: what the leader can still answer about others;
    `style_task`: an open questionnaire about the own style, by id; `columns`: groups of the team, the one
    that is called the team's first."""

    people: tuple[TeamPerson, ...] = ()
    everybody: tuple[TeamPerson, ...] = ()
    questionnaire: Questionnaire | None = None
    to_rate: tuple[OwnTask, ...] = ()
    style: StylesResult | None = None
    style_task: str | None = None
    columns: tuple[FacetColumn, ...] = ()
    talks: TalkFacts = field(default=NO_TALKS)
    outdated: frozenset[tuple[str, str]] = frozenset()
    """Person and wave, by id: a rating of then that the leader is asked to make anew in a newer wave."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`find` gives the thing where its reason is there."""

    kind: ThingKind
    slot: Slot
    find: Callable[[TeamFacts], Thing | None]


def choose(facts: TeamFacts) -> tuple[Thing, ...]:
    """At most three things, in the order of `RULES`."""
    found = [(rule, thing) for rule in RULES if (thing := rule.find(facts)) is not None]
    first = {slot: next((kind for kind, _ in found if kind.slot == slot), None) for slot in SLOTS}
    chosen = [rule for rule in first.values() if rule is not None]
    rest = [rule for rule, _ in found if rule not in chosen]
    kept = {rule.kind for rule in (*chosen, *rest)[:MOST]}
    return tuple(thing for rule, thing in found if rule.kind in kept)


# --- what waits today ------------------------------------------------------------------------------


def _rate(facts: TeamFacts) -> Thing | None:
    """People to rate, in the wave that closes first. `wave`; `closes_at`: UTC, empty where it has no end."""
    if not facts.to_rate:
        return None
    wave = min(
        (one.wave for one in facts.to_rate),
        key=lambda one: (one.closes_at is None, one.closes_at and one.closes_at.timestamp(), one.id),
    )
    people = tuple(dict.fromkeys(one.subject for one in facts.to_rate if one.wave.id == wave.id))
    closes_at = "" if wave.closes_at is None else time_text(wave.closes_at)
    return Thing("rate", people, values={"wave": wave.name, "closes_at": closes_at})


def _overdue_agreement(facts: TeamFacts) -> Thing | None:
    """People with whom an agreement is overdue."""
    return Thing("overdue-agreement", facts.talks.overdue) if facts.talks.overdue else None


# --- what a person needs ---------------------------------------------------------------------------


def _views_differ(facts: TeamFacts) -> Thing | None:
    """The person and area where the two views most probably mean different levels: ask before advising. Not
    where the two have talked since the newer of the views: then it was asked. `agreement`: Σ p_own·p_manager;
    `more`: how many others there are like that."""
    found = [
        (area.comparison.agreement, one, area)
        for one, area in _areas(facts)
        if area.views_differ
        and area.comparison is not None
        and area.comparison.agreement is not None
        and not _talked_since(facts, one, area)
    ]
    if not found:
        return None
    agreement, one, area = min(found, key=lambda entry: entry[0])
    values: Values = {"agreement": agreement, "more": len(found) - 1}
    return Thing("views-differ", (one.person,), area.job_area, values)


def _talked_since(facts: TeamFacts, one: TeamPerson, area: PersonArea) -> bool:
    held = facts.talks.held.get(one.person.id)
    made = [view.made_at for view in (area.manager, area.own) if view is not None]
    return held is not None and bool(made) and held >= max(made)


def _leading(kind: LeadingId) -> Callable[[TeamFacts], Thing | None]:
    """The person and area with the largest risk of that kind, by the leader's own rating: where both views
    mean the same, before where there is no other. `views`: how many there are; of one the thing to do is to
    ask. `risk` (0–1); `called_for` and `likely`: the style that is most probably called for, and the one that
    the leader most probably uses; `more`: others like that."""

    def find(facts: TeamFacts) -> Thing | None:
        found = [
            (len(area.match.views), risk_of(view, kind), one, area, view)
            for one, area in _areas(facts)
            if area.match is not None
            and (view := _advised(area)) is not None
            and view.leaning == kind
            and _leans(view, kind)
        ]
        if not found:
            return None
        views, risk, one, area, view = max(found, key=lambda entry: entry[:2])
        values: Values = {
            "views": views,
            "risk": risk,
            "called_for": _most(view.called_for),
            "likely": _most(view.likely),
            "more": len(found) - 1,
        }
        return Thing(kind, (one.person,), area.job_area, values)

    return find


def risk_of(view: MatchView, kind: LeadingId) -> float:
    """The probability of leading too tightly, or too loosely."""
    return view.over if kind == "over-leading" else view.under


def _advised(area: PersonArea) -> MatchView | None:
    """The leader's view of the match, where there is no other or both mean the same level."""
    if area.match is None:
        return None
    views = {view.perspective: view for view in area.match.views}
    return views.get("manager") if "self" not in views or area.match.advice_allowed else None


def _leans(view: MatchView, kind: LeadingId) -> bool:
    """Whether the likeliest style is tighter (looser) than the one most probably called for. Near a border
    the risk may come from the second likeliest need: what is told of both styles would contradict it."""
    likely, called_for = STYLES.index(_most(view.likely)), STYLES.index(_most(view.called_for))
    return likely < called_for if kind == "over-leading" else likely > called_for


def _fell(facts: TeamFacts) -> Thing | None:
    """The person and area where most technical scales of the leader's rating have fallen, beyond error. The
    others do not count: beside the table of technical changes the rest of them could be worked out. `wave`:
    the earlier one; `more`: others."""
    technical = _technical(facts.questionnaire)
    found = [
        (len(fallen), one, area, area.change)
        for one, area in _areas(facts)
        if area.change is not None and (fallen := _fallen(area.change, technical))
    ]
    if not found:
        return None
    _, one, area, change = max(found, key=lambda entry: entry[0])
    values: Values = {"wave": change.earlier.wave_name, "more": len(found) - 1}
    return Thing("fell", (one.person,), area.job_area, values)


def _technical(questionnaire: Questionnaire | None) -> frozenset[str]:
    """The domain in which named people may stand side by side, and its facets."""
    if questionnaire is None or questionnaire.classification is None:
        return frozenset()
    across = questionnaire.classification.across
    return frozenset({across, *questionnaire.scales[across].facets})


def _fallen(change: AreaChange, scales: frozenset[str]) -> list[str]:
    """Of the scales looked through, those that have fallen beyond error, for all of them together."""
    if change.change is None:
        return []
    looked_through = tuple(one for one in change.change.scales if one.id in scales)
    found = real_together([structs.replace(change.change, scales=looked_through)])
    return [one.id for one in found if (one.difference or 0) < 0]


# --- what the team or the leader does next ---------------------------------------------------------


def _plan_talk(facts: TeamFacts) -> Thing | None:
    """People without a talk for a year, and none planned."""
    return Thing("plan-talk", facts.talks.without_talk) if facts.talks.without_talk else None


def _answer_style(facts: TeamFacts) -> Thing | None:
    """The own style is not known, and a questionnaire about it waits. `task`: its id."""
    if facts.style is not None or facts.style_task is None:
        return None
    return Thing("answer-style", values={"task": facts.style_task})


def _practise_style(facts: TeamFacts) -> Thing | None:
    """The style that the team calls for more often than the leader uses it, beyond the error of the leader's
    own share: the one with the largest distance. `style`; `called_for`, `share`: 0–1; `areas`."""
    team = facts.everybody or facts.people
    views = [view for one in team for area in one.areas if (view := _advised(area)) is not None]
    if facts.style is None or len(views) < LEAST_AREAS:
        return None
    found = []
    for use in facts.style.uses:
        called_for = sum(view.called_for.get(use.style, 0.0) for view in views) / len(views)
        if called_for > use.high:
            found.append((called_for - use.share, use, called_for))
    if not found:
        return None
    _, use, called_for = max(found, key=lambda entry: entry[0])
    values: Values = {"style": use.style, "called_for": called_for, "share": use.share, "areas": len(views)}
    return Thing("practise-style", values=values)


def _team_facet(facts: TeamFacts) -> Thing | None:
    """The lowest facet of the team as a group that clearly lies under the upper band: only where its people
    do not differ, and never one that is lowest by a trivial gap alone. `scale`; `mean`; `source`; `unit`."""
    for column in facts.columns:
        low = [
            (cell.mean, cell)
            for cell in column.cells
            if cell.mean is not None and cell.agrees is not False and _is_clearly_low(cell, facts)
        ]
        if low:
            mean, cell = min(low, key=lambda entry: entry[0])
            values: Values = {
                "scale": cell.scale_id,
                "mean": mean,
                "source": column.source,
                "unit": column.unit,
            }
            return Thing("team-facet", values=values)
    return None


def _is_clearly_low(cell: FacetCell, facts: TeamFacts) -> bool:
    scales = facts.questionnaire.scales if facts.questionnaire else {}
    scale = scales.get(cell.scale_id)
    if scale is None or scale.facets or scale.bands is None or cell.high is None:
        return False
    return cell.high < scale.bands[1]


# --- the table -------------------------------------------------------------------------------------

RULES: tuple[Rule, ...] = (
    Rule("rate", "today", _rate),
    Rule("overdue-agreement", "today", _overdue_agreement),
    Rule("views-differ", "person", _views_differ),
    Rule("under-leading", "person", _leading("under-leading")),
    Rule("over-leading", "person", _leading("over-leading")),
    Rule("fell", "person", _fell),
    Rule("plan-talk", "team", _plan_talk),
    Rule("answer-style", "team", _answer_style),
    Rule("practise-style", "team", _practise_style),
    Rule("team-facet", "team", _team_facet),
)


def _areas(facts: TeamFacts) -> Iterator[tuple[TeamPerson, PersonArea]]:
    """In the order of the team: alphabetical, so that the first of equals is always the same. Not what the
    leader is asked to rate anew: the new rating comes first."""
    for one in facts.people:
        for area in one.areas:
            if (one.person.id, area.wave_id) not in facts.outdated:
                yield one, area


def _most(shares: Mapping[StyleId, float]) -> StyleId:
    """The style with the largest share; the tighter of two."""
    return max(sorted(shares), key=lambda style: shares[style])
