"""The parts of a leader's view that are about other people: the match, and self against others.

As in `reports/leader/parts.py`: pure values with all their words.
"""

from __future__ import annotations

from assess.scoring.style_results import RaterFinding
from questionnaires.definition import PerspectiveId, StyleId
from reports.view.parts import Part

# --- the match -------------------------------------------------------------------------------------


class StyleChance(Part, frozen=True):
    """A style as called for (`probability`) and as the leader's likely one (`likely`)."""

    style: StyleId
    name: str
    probability: float
    words: str
    likely: float
    likely_words: str


class MatchSide(Part, frozen=True):
    """The match as one perspective on the employee sees it.

    `calls_for` and `likely` name the most probable styles with their probabilities, `fit` is the
    expected weight with its interval, `loose` and `tight` the two risks in words, `sum` how the fit was
    calculated. `need` is the most probable need in words.
    """

    perspective: PerspectiveId
    label: str
    need: str
    calls_for_style: StyleId
    calls_for: str
    likely_style: StyleId
    likely: str
    fit: float
    fit_low: float
    fit_high: float
    fit_words: str
    fit_interval: str
    under: float
    over: float
    loose: str
    tight: str
    chances: tuple[StyleChance, ...]
    finding: str
    sum: str


class MatchCard(Part, frozen=True):
    """One employee in one job area. `advice` is given under the agreement rule (`advice_given`), else it is
    a question for the talk and `reason` says why; `wishes` is the employee's own, in a sentence. `rated` says
    of which wave the rating is, and from when ("" where that is not known)."""

    name: str
    first_name: str
    job_area: str
    sides: tuple[MatchSide, ...]
    wishes: str
    agreement: str
    advice_given: bool
    advice_title: str
    advice: str
    reason: str
    rated: str = ""


class MatchPart(Part, frozen=True):
    """All person-areas, alphabetically. `lowest` and `highest` are the ends of the scale of fit.

    `reading` says what a fit is; `reading_line` what its line is, for those who draw one; `again` that the
    leader has answered once more since, which other pages go by ("" where not).
    """

    lead: str
    reading: str
    reading_line: str
    lowest: int
    highest: int
    cards: tuple[MatchCard, ...]
    again: str = ""


# --- self against others ---------------------------------------------------------------------------


class RaterRow(Part, frozen=True):
    """One figure of the direct reports beside the leader's own.

    `difference` = own − others with `low`, `high` (None where the own is not known); `limit` is the end
    of the axis on which it is drawn (from −limit to +limit). `finding_words` is "" where the interval
    holds zero.
    """

    id: str
    name: str
    own_words: str
    others_words: str
    others_interval: str
    difference: float | None
    low: float | None
    high: float | None
    limit: float
    difference_words: str
    interval_words: str
    kind: RaterFinding
    finding_words: str
    finding: str


class RatersPart(Part, frozen=True):
    """Self against a group of at least `least` direct reports; no single sheet shows in it.

    `hidden` and `blind` say what the group sees otherwise beyond error; `axis` labels the axis of the shares:
    its lower end, zero, its upper end.
    """

    raters: int
    least: int
    finding: str
    lead: str
    hidden: tuple[str, ...]
    blind: tuple[str, ...]
    other: tuple[str, ...]
    rows: tuple[RaterRow, ...]
    agreement: str
    axis: tuple[str, str, str]
