"""The frozen types of a group's result. Pure values; every text is plain and in the reader's language."""

from __future__ import annotations

from questionnaires.definition import LanguageId
from reports.view.parts import Fact, Part

FORMAT = "assess-group-view/2"


class GroupBar(Part, frozen=True):
    """One row as a picture: a point with its interval (`low` to `high`), or a range without a point, or a
    share filled from nought. `ticks`: values to mark. In score units or shares."""

    finding: str
    lo: float
    hi: float
    ticks: tuple[float, ...]
    point: float | None
    low: float | None
    high: float | None
    filled: float | None = None


class GroupRow(Part, frozen=True):
    """A scale, or the share of a style. `is_whole`: a domain, its parts come beneath. `value_words` is the
    mean, the range that is shown instead, or that people differ too much for a mean (`views_differ`); the
    words of what is not shown are empty."""

    id: str
    name: str
    is_whole: bool
    bar: GroupBar
    value_words: str
    interval_words: str
    spread_words: str
    agreement_words: str
    views_differ: bool
    trend_words: str
    trend_is_clear: bool


class GroupLevel(Part, frozen=True):
    """How large a share of the group needs what."""

    id: str
    name: str
    words: str
    bar: GroupBar


class ApartRow(Part, frozen=True):
    """How far the groups of the release differ on one scale: the part of the variation that lies between them
    (ICC(1)) with its interval, and how well their means can be told apart (ICC(2), with what that means)."""

    id: str
    name: str
    is_whole: bool
    between: float
    between_words: str
    interval_words: str
    reliability: float
    reliability_words: str


class GroupsApart(Part, frozen=True):
    """About all groups of the release together. `who` says how many groups and people."""

    finding: str
    who: str
    rows: tuple[ApartRow, ...]


class GroupComments(Part, frozen=True):
    """What was written to one question."""

    question: str
    texts: tuple[str, ...]


class GroupView(Part, frozen=True):
    """A group's result. `subject` is the unit; `who` says who is in the figures, `not_shown` what is left
    out and why, `facts` where the figures come from; `compared` whose earlier figures changes are counted
    from, `apart` how far the groups of the release differ. `words`: headings of page and paper."""

    format: str
    language: LanguageId
    title: str
    subject: str
    path: str
    wave: str
    organisation: str
    day: str
    date: str
    summary: str
    people: int
    who: tuple[str, ...]
    tested: str
    axis: tuple[str, str]
    rows: tuple[GroupRow, ...]
    has_intervals: bool
    has_spread: bool
    has_agreement: bool
    trend_head: str
    compared: str
    levels: tuple[GroupLevel, ...]
    apart: GroupsApart | None
    comments: tuple[GroupComments, ...]
    reading: tuple[str, ...]
    not_shown: tuple[str, ...]
    facts: tuple[Fact, ...]
    words: dict[str, str]
