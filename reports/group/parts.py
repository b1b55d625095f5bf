"""The frozen types of a group's result. Pure values; every text is plain and in the reader's language."""

from __future__ import annotations

from questionnaires.definition import LanguageId
from reports.view.parts import Fact, Part

FORMAT = "assess-group-view/1"


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
    mean or the range that is shown instead; the words of what is not shown are empty."""

    id: str
    name: str
    is_whole: bool
    bar: GroupBar
    value_words: str
    interval_words: str
    spread_words: str
    trend_words: str
    trend_is_clear: bool


class GroupLevel(Part, frozen=True):
    """How large a share of the group needs what."""

    id: str
    name: str
    words: str
    bar: GroupBar


class GroupComments(Part, frozen=True):
    """What was written to one question."""

    question: str
    texts: tuple[str, ...]


class GroupView(Part, frozen=True):
    """A group's result. `subject` is the unit; `who` says who is in the figures, `not_shown` what is left
    out and why, `facts` where the figures come from. `words`: headings of page and paper."""

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
    trend_head: str
    levels: tuple[GroupLevel, ...]
    comments: tuple[GroupComments, ...]
    reading: tuple[str, ...]
    not_shown: tuple[str, ...]
    facts: tuple[Fact, ...]
    words: dict[str, str]
