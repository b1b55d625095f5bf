"""The frozen types of a team's view. Pure values; every text is plain and in the reader's language.

Numbers stand beside their words where a chart or a file needs them. No part of a named person holds a
psychological facet or the number of the psychological domain; the one exception is the place of a mark in the
quadrant, whose name `reports.team.paper` takes away before anything is printed.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from questionnaires.definition import LanguageId, LevelId, PerspectiveId, StyleId
from reports.group.parts import GroupBar
from reports.team.heat_parts import BandKey, ChangePart, FacetsPart, TechnicalPart
from reports.view.parts import MarkShape, Part, Quadrant

FORMAT = "assess-team-view/1"

MOST_WITH_BOTH_RINGS = 8
"""Up to so many marks have the ring of 90 of 100 cases beside that of 50; with more it would cover all."""

Target: TypeAlias = Literal[
    "rate", "person", "talk", "plan-talk", "talks", "style", "own-style", "facets", "needs"
]
"""Where a thing to do leads: whom to rate, a person’s result, a planned talk, planning one, the talks,
what the leader is asked, the own leadership style, the team’s facets or its needs."""
Risk: TypeAlias = Literal["low", "moderate", "high"]


class ThingCard(Part, frozen=True):
    """One thing to do: what, why, and where. `person_id` and `task_id` are empty where it is about nobody
    in particular, and on paper."""

    kind: str
    title: str
    why: str
    way: str
    target: Target
    person_id: str = ""
    task_id: str = ""
    talk_id: str = ""
    people: tuple[str, ...] = ()
    """Ids of everybody whom it is about, where these are several."""
    page_only: bool = False
    """It rests on the leader's own ratings as a group, which leave the page in no file."""


# --- the quadrant ----------------------------------------------------------------------------------


class TeamMark(Part, frozen=True):
    """One view of one person and job area. `number`: 0 where marks have none, `label`: "" on paper."""

    number: int
    shape: MarkShape
    label: str
    x: float
    y: float
    x_sem: float
    y_sem: float


class TeamPair(Part, frozen=True):
    """One person and job area: one mark, or two which a line joins. `label` names them in the list."""

    number: int
    label: str
    task_id: str
    marks: tuple[TeamMark, ...]


class TeamQuadrant(Part, frozen=True):
    """The picture: `frame` holds the axes, cuts and corners, and no points of its own."""

    frame: Quadrant
    pairs: tuple[TeamPair, ...]
    numbered: bool
    finding: str
    caption: str
    on_paper: str
    """What stands in the place of `caption` where names and rings are taken away."""
    typical: tuple[float, float] | None = None
    """Only on paper: the usual standard error on both axes, for the one ring that stands for all."""


# --- people ----------------------------------------------------------------------------------------


class VoiceKey(Part, frozen=True):
    """How a view is drawn and called."""

    shape: MarkShape
    label: str


class NeedSide(Part, frozen=True):
    """What one view says of a person in a job area, in words. `is_clear`: one need stands out. `level` is
    None where too few answers were given."""

    perspective: PerspectiveId
    label: str
    level: LevelId | None
    need: str
    certainty: str
    is_clear: bool
    day: str


class PersonRow(Part, frozen=True):
    """One person in one job area, with a side for each view that the reader may see.

    `agreement` says how two views go together, "" without two. `task_id` leads to the person's result; ""
    where the leader was not asked about the person. `next_talk`: the day of a planned one, whose id is
    `talk_id`; both "" without one.
    """

    person_id: str
    name: str
    first_name: str
    unit: str
    area: str
    task_id: str
    sides: tuple[NeedSide, ...]
    agreement: str
    next_talk: str
    talk_id: str


class NeedRow(Part, frozen=True):
    """How many need what: `count` is the sum of the probabilities of this level."""

    level: LevelId
    name: str
    count: float
    words: str
    bar: GroupBar


class NeedsPart(Part, frozen=True):
    """The distribution over the needs as one perspective sees it. `total`: the profiles that are counted."""

    perspective: PerspectiveId
    label: str
    total: int
    total_words: str
    finding: str
    rows: tuple[NeedRow, ...]


class MatchRow(Part, frozen=True):
    """How the leader's usual choices meet one person in one job area, by the leader's own view of it where
    there is one. Risks in words: see `Risk`. One style or two: `reports.leader.meeting.named_styles`. Either
    `hint`, a first step, or `question`, what to ask before."""

    person_id: str
    name: str
    area: str
    task_id: str
    need: str
    calls_for_styles: tuple[StyleId, ...]
    calls_for: str
    likely_styles: tuple[StyleId, ...]
    likely: str
    over: Risk
    under: Risk
    over_words: str
    under_words: str
    hint: str
    question: str


class MatchesPart(Part, frozen=True):
    """The match list, alphabetical. Without a result of the own style there are no rows: see `note`.
    `why`: what the risks count beside what is named; `absent`: who is not in it, and why."""

    finding: str
    note: str
    why: str
    absent: str
    rows: tuple[MatchRow, ...]


# --- the whole -------------------------------------------------------------------------------------


class TeamView(Part, frozen=True):
    """A leader's team. `lead` is the finding of the whole in a sentence; `others` tells of people of whom
    nothing may be seen, and never why. `area` is the filter, and `filtered` says what it does not touch;
    `untold` says for each head of `facets` what of it cannot be told, and why. `limits`: what is not shown.
    `needs_on_page`: which part of `needs` is in no file, and why. `words`: headings of page and paper.
    """

    format: str
    language: LanguageId
    title: str
    subject: str
    organisation: str
    day: str
    date: str
    summary: str
    area: str
    filtered: str
    lead: str
    nothing: str
    things: tuple[ThingCard, ...]
    voices: tuple[VoiceKey, ...]
    quadrant: TeamQuadrant | None
    needs: tuple[NeedsPart, ...]
    needs_on_page: str
    people: tuple[PersonRow, ...]
    others: str
    matches: MatchesPart
    technical: TechnicalPart | None
    facets: FacetsPart | None
    untold: tuple[str, ...]
    change: ChangePart | None
    bands: tuple[BandKey, ...]
    reading: tuple[str, ...]
    limits: tuple[str, ...]
    words: dict[str, str]
