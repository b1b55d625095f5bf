"""The frozen types of a manual: chapters of a few kinds of blocks, and the figures behind them.

Every text is plain (the template escapes it) and in the reader's language. Figures in blocks are words for
people; the same figures stand unrounded in `ManualView.figures`.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from assess.measurement.dif import MantelDif
from assess.measurement.norms import NormTable
from assess.measurement.response_quality_results import ResponseQuality
from assess.measurement.results import Reliability
from questionnaires.definition import LanguageId, PerspectiveId
from reports.view.parts import Part

FORMAT = "assess-manual/1"

ParagraphKind: TypeAlias = Literal["plain", "lead", "small"]
ColumnKind: TypeAlias = Literal["text", "number", "strip"]
ChapterState: TypeAlias = Literal["written", "measured", "partly", "waiting", "apart", "not-applicable"]


class Paragraph(Part, frozen=True, tag_field="block", tag="paragraph"):
    """Running text."""

    text: str
    kind: ParagraphKind = "plain"


class Bullets(Part, frozen=True, tag_field="block", tag="list"):
    """A list of statements."""

    lines: tuple[str, ...]


class Heading(Part, frozen=True, tag_field="block", tag="heading"):
    """The heading of a section (2) or of what stands in one (3)."""

    text: str
    level: Literal[2, 3] = 2


class Waiting(Part, frozen=True, tag_field="block", tag="waiting"):
    """What cannot be said yet, and which data it waits for."""

    text: str
    needs: str


class Remark(Part, frozen=True, tag_field="block", tag="remark"):
    """Findings that call for something to be done."""

    title: str
    lines: tuple[str, ...]


class Strip(Part, frozen=True):
    """A point with an interval on an axis. `lines` are values marked across; `finding` says it in words."""

    finding: str
    lo: float
    hi: float
    value: float | None
    low: float | None
    high: float | None
    lines: tuple[float, ...] = ()


class Column(Part, frozen=True):
    """A column of a table. `width` in millimetres, 0 for what is left; `ticks` are the axis of strips."""

    label: str
    kind: ColumnKind = "text"
    width: float = 0.0
    ticks: tuple[tuple[float, str], ...] = ()


class Row(Part, frozen=True):
    """A row: its head and the cells after it. A `group` row heads the rows below it and has no cells.

    `strip` is drawn in the column of that kind; the cells leave that column out.
    """

    head: str
    cells: tuple[str, ...] = ()
    group: bool = False
    strip: Strip | None = None


class Table(Part, frozen=True, tag_field="block", tag="table"):
    """A table whose heads repeat on every page. `strong` says that the heads of rows are names."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    small: bool = False
    strong: bool = False


class Bin(Part, frozen=True):
    """One bar of a histogram: from `low` up to `high` (score units), and the share of the scores in it."""

    low: float
    high: float
    share: float


class Histogram(Part, frozen=True):
    """How the scores of one scale are spread. `finding` is its title."""

    name: str
    finding: str
    lo: float
    hi: float
    bins: tuple[Bin, ...]
    mean: float
    cut: float | None
    ticks: tuple[tuple[float, str], ...]


class Histograms(Part, frozen=True, tag_field="block", tag="histograms"):
    """Small histograms beside each other, with a caption that says how to read them."""

    charts: tuple[Histogram, ...]
    caption: str


class Curve(Part, frozen=True):
    """The standard error along the latent scale of one scale; `points` are (place, error)."""

    name: str
    finding: str
    points: tuple[tuple[float, float], ...]
    across: str
    ticks: tuple[tuple[float, str], ...]
    highest: float
    levels: tuple[tuple[float, str], ...]


class Curves(Part, frozen=True, tag_field="block", tag="curves"):
    """Small curves beside each other, with a caption that says how to read them."""

    charts: tuple[Curve, ...]
    caption: str


Block: TypeAlias = Paragraph | Bullets | Heading | Waiting | Remark | Table | Histograms | Curves


class Chapter(Part, frozen=True):
    """One chapter. `state` says what it rests on, `state_words` the same for the list of chapters."""

    id: str
    number: int
    title: str
    state: ChapterState
    state_words: str
    blocks: tuple[Block, ...]


class ScaleNorms(Part, frozen=True):
    """The norm table of one scale."""

    scale: str
    table: NormTable


class ItemDif(Part, frozen=True):
    """Differential functioning of one item of one scale between two groups of sheets."""

    reference: str
    focal: str
    scale: str
    item: str
    dif: MantelDif


class GroupFigures(Part, frozen=True):
    """The figures of one perspective and form, unrounded. None: too few sheets, or not applicable."""

    perspective: PerspectiveId
    short_form: str | None
    n: int | None
    reliability: Reliability | None
    response_quality: ResponseQuality | None
    norms: tuple[ScaleNorms, ...]


class Cover(Part, frozen=True):
    """The first page: what this is, how far it has been tried, and what is known so far.

    `untested`: nobody has tried the questionnaire yet, which `tested` says.
    """

    kicker: str
    title: str
    version: str
    tested: str
    untested: bool
    about: str
    known: tuple[str, ...]
    waiting: tuple[str, ...]


class ManualView(Part, frozen=True):
    """A manual before it takes a form. `subject` is always empty: it is about nobody."""

    format: str
    language: LanguageId
    title: str
    subject: str
    organisation: str
    day: str
    date: str
    summary: str
    cover: Cover
    chapters: tuple[Chapter, ...]
    figures: tuple[GroupFigures, ...]
    dif: tuple[ItemDif, ...]
    words: dict[str, str]


def from_json(stored: bytes) -> ManualView:
    """The view that `reports.view.to_json` wrote. Raises `msgspec.ValidationError` for anything else."""
    return msgspec.json.decode(stored, type=ManualView)
