"""The frozen types of a personal view: what the page shows, the PDF prints and the attached JSON carries.

Pure values. Every text is plain (the templates escape it), complete, and in the reader's language; numbers
stand twice, as numbers for charts and machines, and as words for people. A tuple that is empty, or a part
that is `None`, has nothing to say and is not shown.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from questionnaires.definition import BandId, LanguageId, LevelId, PerspectiveId, StyleId

Audience: TypeAlias = Literal["subject", "manager", "coach"]
"""Who reads: whom it is about, who rated, or a coach, who did neither."""
DifferenceKind: TypeAlias = Literal["beyond", "within", "unknown", "incomparable"]
MarkShape: TypeAlias = Literal["disc", "diamond"]
LevelState: TypeAlias = Literal["clear", "borderline", "missing", "none"]

FORMAT = "assess-personal-view/1"


class Part(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A value of the view. Views are trees, never rings: the collector need not look at them."""


class Voice(Part, frozen=True):
    """One perspective as this reader calls it: `label` at the head of a column, `mention` in a sentence.

    `shape` is how its points are drawn in every chart.
    """

    perspective: PerspectiveId
    label: str
    mention: str
    shape: MarkShape
    answered: str
    date: str = ""


class Mark(Part, frozen=True):
    """One voice's score on one scale, in score units. Missing: the numbers are None, `missing` says why."""

    perspective: PerspectiveId
    shape: MarkShape
    label: str
    score: float | None
    sem: float | None
    low: float | None
    high: float | None
    score_words: str
    interval_words: str
    missing: str = ""


class ScaleRow(Part, frozen=True):
    """One scale: a domain with its facets beneath, a facet, or a scale that stands alone.

    `lo`, `hi` are the ends of the scale, `ticks` the values to label (none: whole numbers), `cut` the cut
    score if there is one. `finding` is the sentence that the chart of this row states.
    `band_words` names the band of the first mark.
    """

    id: str
    name: str
    about: str
    lo: float
    hi: float
    cut: float | None
    marks: tuple[Mark, ...]
    band: BandId | None
    band_words: str
    text: str
    finding: str
    mixed: str = ""
    ticks: tuple[int, ...] = ()


class ScaleGroup(Part, frozen=True):
    """A domain and its facets, or (domain None) the scales that stand alone."""

    domain: ScaleRow | None
    rows: tuple[ScaleRow, ...]


class Chance(Part, frozen=True):
    """How probable a level is, for one voice (0–1)."""

    level: LevelId
    need: str
    probability: float
    words: str


class Standing(Part, frozen=True):
    """Where one voice sees the subject in this job area, in words of need.

    `state`: clear, borderline (between all of `needs`, two or more), missing (too few answers) or none
    (the questionnaire has no levels). `headline` is a whole phrase; `certainty` says how sure it is.
    """

    voice: Voice
    state: LevelState
    level: LevelId | None
    headline: str
    needs: tuple[str, ...]
    certainty: str
    chances: tuple[Chance, ...]


class Corner(Part, frozen=True):
    """A quadrant: its level, its need, and on which side of each cut it lies."""

    level: LevelId
    need: str
    calls_for: StyleId
    style: str
    high_across: bool
    high_up: bool
    likely: bool


class Point(Part, frozen=True):
    """A voice's place in the quadrant with the standard errors of both axes (score units)."""

    perspective: PerspectiveId
    shape: MarkShape
    label: str
    x: float
    y: float
    x_sem: float
    y_sem: float


class Quadrant(Part, frozen=True):
    """The picture of two scales cut once each. `finding` is its title; `caption` says how to read it.

    `ticks` are the values to label on both axes; none: whole numbers.
    """

    across: str
    up: str
    lo: float
    hi: float
    cut_across: float
    cut_up: float
    corners: tuple[Corner, ...]
    points: tuple[Point, ...]
    finding: str
    caption: str
    legend: tuple[str, ...]
    ticks: tuple[int, ...] = ()


class Highlight(Part, frozen=True):
    """A strength or a next step: the scale it belongs to and what is said about it."""

    scale: str
    name: str
    text: str
    score_words: str


class Box(Part, frozen=True):
    """A short text with a title: frames beside low results, advice, a rule."""

    title: str
    lines: tuple[str, ...]


class Advice(Part, frozen=True):
    """What helps, when both perspectives agree enough (`given`); else the reason why none is given."""

    given: bool
    title: str
    lines: tuple[str, ...]


class Reply(Part, frozen=True):
    """An answer that is not scored: what was asked and what each voice answered ("" when not asked).

    `group` is the title of the page on which it was asked; `written` marks free text.
    """

    item: str
    group: str
    written: bool
    question: str
    answers: tuple[str, ...]


class Difference(Part, frozen=True):
    """Two voices on one scale.

    `kind`: the difference is larger than both errors together explain (beyond) or not (within), its error
    is not known (unknown), or there is no difference (incomparable). `note` says what a reader must know
    of it: that it rests on some of the items, or why there is none.
    """

    scale: str
    name: str
    is_domain: bool
    own_words: str
    other_words: str
    difference: float | None
    difference_words: str
    interval_words: str
    kind: DifferenceKind
    note: str = ""

    @property
    def beyond(self) -> bool:
        """Whether the difference is larger than chance would explain."""
        return self.kind == "beyond"


class SideBySide(Part, frozen=True):
    """Both perspectives: differences beyond error first, as questions; never a verdict, never an average.

    `own` and `other` name the two voices; `agreement` is Σ over levels of p_own·p_other (0–1).
    """

    own: str
    other: str
    finding: str
    lead: str
    questions: tuple[str, ...]
    differences: tuple[Difference, ...]
    agreement: float | None
    agreement_words: str


class AnswerRow(Part, frozen=True):
    """One item of the calculation: the answer and the value it counts, one for each voice."""

    item: str
    text: str
    reverse: bool
    answers: tuple[str, ...]
    values: tuple[float | None, ...]
    value_words: tuple[str, ...]


class Calculation(Part, frozen=True):
    """How one scale's score came about, for each of `voices`: a short total, and the sum in full."""

    scale: str
    name: str
    voices: tuple[str, ...]
    rows: tuple[AnswerRow, ...]
    totals: tuple[str, ...]
    sums: tuple[str, ...]


class AreaView(Part, frozen=True):
    """Everything about one job area. The first of `standings` belongs to the report's own voice.

    `readings` tells, between needs, what each of them would mean.
    """

    job_area: str
    voices: tuple[Voice, ...]
    standings: tuple[Standing, ...]
    headline: str
    kicker: str
    meaning: str
    readings: tuple[Box, ...]
    steps: tuple[str, ...]
    notes: tuple[str, ...]
    quadrant: Quadrant | None
    groups: tuple[ScaleGroup, ...]
    strengths: tuple[Highlight, ...]
    next_steps: tuple[Highlight, ...]
    frames: Box | None
    replies: tuple[Reply, ...]
    side_by_side: SideBySide | None
    questions: tuple[str, ...]
    advice: Advice | None
    calculations: tuple[Calculation, ...]


class LegendRow(Part, frozen=True):
    """A level on the method page, the only place where its code is explained."""

    level: LevelId
    need: str
    where: str
    style: str


class Fact(Part, frozen=True):
    """A line of small print: what, and its value."""

    name: str
    value: str


class Method(Part, frozen=True):
    """What the questionnaire is for, how it was made, how precise it is, and how to contest it.

    `origin` quotes the questionnaire's file: authors, licence, school; its notes only in their own language.
    """

    intended_use: tuple[str, ...]
    not_for: tuple[str, ...]
    made: tuple[str, ...]
    tested: str
    precision: tuple[str, ...]
    contest: str
    legend: tuple[LegendRow, ...]
    origin: tuple[Fact, ...]
    facts: tuple[Fact, ...]


class Notes(Part, frozen=True):
    """The page for notes and agreements: prompts with room to write."""

    lead: str
    prompts: tuple[str, ...]
    columns: tuple[str, ...]
    rows: int


class PersonalView(Part, frozen=True):
    """A personal report before it takes a form. `words` holds the headings and labels by their key.

    `day` is the date of the report as ISO 8601, `date` the same in words.
    """

    format: str
    language: LanguageId
    audience: Audience
    title: str
    subject: str
    first_name: str
    organisation: str
    day: str
    date: str
    summary: str
    areas: tuple[AreaView, ...]
    notes: Notes
    method: Method
    words: dict[str, str]


def to_json(view: Part) -> bytes:
    """A view as UTF-8 JSON, keys in the order of the types; equal views give equal bytes."""
    return msgspec.json.format(msgspec.json.encode(view), indent=1)


def from_json(stored: bytes) -> PersonalView:
    """The view that `to_json` wrote. Raises `msgspec.ValidationError` for anything else."""
    return msgspec.json.decode(stored, type=PersonalView)
