"""The frozen types of a talk brief and of an agreement sheet: pure values, every text in the reader's
language.

As in `reports/view/parts.py`: numbers stand as numbers for charts and as words for people, and a tuple that
is empty, or a part that is None, has nothing to say and is not shown.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from assess.talks.brief_types import Reader
from questionnaires.definition import LanguageId, StyleId
from reports.view.parts import Box, Difference, Part, Quadrant, Reply, ScaleGroup, Standing, Voice

FORMAT = "assess-talk-brief/1"
SHEET_FORMAT = "assess-agreement-sheet/1"
ROOM_FOR_NOTES = 420
"""Characters of working notes that fit on the holder's page, and the lines that they may take."""
LINES_FOR_NOTES = 5
FEW_NOTES = 240
"""Characters that fit even where the page is full."""

Verdict: TypeAlias = Literal["real", "may-be-noise", "unknown"]


# --- the page of whoever holds the talk ------------------------------------------------------------


class PlanStep(Part, frozen=True):
    """A part of the hour: from when, for how long, what, and what to say or to look at."""

    at: str
    minutes: str
    title: str
    lines: tuple[str, ...]


class PlanPoint(Part, frozen=True):
    """Something that matters in this talk, and one open question about it."""

    title: str
    text: str
    question: str


class WayToLead(Part, frozen=True):
    """A style in question, and when and how to lead on by it."""

    style: StyleId
    name: str
    text: str


class StyleForTalk(Part, frozen=True):
    """What a job area calls for and how that shows in this very talk. `style` is None where no advice is
    given: then `how` holds why and what each view points to, `question` what to ask first, and `ways` how to
    lead on by what is said. `wishes`: what the person has wished for."""

    job_area: str
    style: StyleId | None
    name: str
    need: str
    how: tuple[str, ...]
    question: str
    wishes: str
    ways: tuple[WayToLead, ...] = ()


class NeedRow(Part, frozen=True):
    """What is needed in one job area as each of `Plan.voices` sees it; "" where a view is not there."""

    job_area: str
    needs: tuple[str, ...]


class Plan(Part, frozen=True):
    """The talk at a glance, for whoever holds it alone. `lead` is a sentence or two on what the views of one
    job area say is needed; of several job areas `needs` has a row for each instead, as `voices` see it."""

    headline: str
    lead: str
    voices: tuple[str, ...]
    needs: tuple[NeedRow, ...]
    points: tuple[PlanPoint, ...]
    steps: tuple[PlanStep, ...]
    styles: tuple[StyleForTalk, ...]


# --- two views -------------------------------------------------------------------------------------


class TalkDifference(Part, frozen=True):
    """Two views on one scale, with the words of the table (`row`), for the chart `low` and `high` (the
    interval of the difference, not clipped, in score units) on an axis from −`limit` to `limit`, and what it
    states."""

    row: Difference
    low: float | None
    high: float | None
    limit: float
    finding: str


class Told(Part, frozen=True):
    """A sentence about one scale, under its name."""

    name: str
    text: str


class ViewOfChange(Part, frozen=True):
    """One scale from one wave to the next, as one voice sees it."""

    before: str
    after: str
    difference: str
    interval: str
    verdict: Verdict
    verdict_words: str


class ChangeRow(Part, frozen=True):
    """One scale; `views` as the `voices` of the part, None where a voice has no change to tell of."""

    scale: str
    name: str
    is_domain: bool
    views: tuple[ViewOfChange | None, ...]


class ChangePart(Part, frozen=True):
    """What has changed since the wave before. `findings` are sentences, `rows` the numbers of the scales on
    which some voice has a real change (domains always), `rest` names the others."""

    title: str
    findings: tuple[str, ...]
    voices: tuple[str, ...]
    rows: tuple[ChangeRow, ...]
    rest: str
    rule: str


class TalkArea(Part, frozen=True):
    """A job area in the talk.

    With two views: `differ` are the sentences of differences beyond error, `agree` those of agreement that is
    shown, `untold` those of parts whose difference cannot be told from chance, and `differences` the table
    and chart of all. With one view `groups` holds its scales instead. `axis`: what
    stands at the ends and the middle of the chart of differences.
    """

    job_area: str
    source: str
    voices: tuple[Voice, ...]
    standings: tuple[Standing, ...]
    quadrant: Quadrant | None
    finding: str
    differ: tuple[Told, ...]
    agree: tuple[str, ...]
    untold: tuple[str, ...]
    differences: tuple[TalkDifference, ...]
    axis: tuple[str, str, str]
    direction: str
    groups: tuple[ScaleGroup, ...]
    agreement: str
    frames: Box | None
    wishes: str
    replies: tuple[Reply, ...]
    change: ChangePart | None
    missing: str


# --- what is asked, prepared, agreed ---------------------------------------------------------------


class TalkQuestion(Part, frozen=True):
    """An open question and why it is here. `job_area` is empty where it is about the talk as a whole."""

    text: str
    why: str
    job_area: str


class PreparedRow(Part, frozen=True):
    """What was asked of both, and what each wrote ("" for nothing), in the order of `Preparations.names`."""

    title: str
    texts: tuple[str, ...]


class Preparations(Part, frozen=True):
    """What the two have prepared, side by side; one column while the other is not to be seen."""

    title: str
    names: tuple[str, ...]
    rows: tuple[PreparedRow, ...]
    note: str


class AgreementLine(Part, frozen=True):
    """An agreement in words."""

    kind: str
    what: str
    first_step: str
    help_needed: str
    owner: str
    due: str
    seen_by: str
    status: str
    is_done: bool
    is_overdue: bool
    signed: str


class Agreements(Part, frozen=True):
    """Agreements of one talk: `lead` says which, and what became of them as a whole; `more` counts those that
    are left to the list of agreements ("" where all stand here)."""

    title: str
    lead: str
    lines: tuple[AgreementLine, ...]
    more: str = ""


class BriefView(Part, frozen=True):
    """A talk brief before it takes a form. `plan` and `notes` are private to whoever holds the talk: they
    are in no file's data and in no presentation (`without_private`). `notes_left_out`: there are notes, and
    this is the file without them. `day` is that of the talk, ISO 8601."""

    format: str
    language: LanguageId
    reader: Reader
    title: str
    subject: str
    first_name: str
    other: str
    organisation: str
    day: str
    date: str
    time: str
    place: str
    summary: str
    plan: Plan | None
    notes: str
    areas: tuple[TalkArea, ...]
    nothing: str
    questions: tuple[TalkQuestion, ...]
    preparations: Preparations | None
    last_time: Agreements | None
    agreed: Agreements | None
    reading: tuple[str, ...]
    words: dict[str, str]
    notes_left_out: bool = False

    @property
    def notes_run_on(self) -> bool:
        """Whether the notes are too long for the holder's page, and stand whole on the last one."""
        return len(self.notes) > ROOM_FOR_NOTES or self.notes.count("\n") > LINES_FOR_NOTES

    @property
    def notes_are_short(self) -> bool:
        """Whether there are notes that find room on the holder's page however full it is."""
        return bool(self.notes) and len(self.notes) <= FEW_NOTES and "\n" not in self.notes

    @property
    def notes_start(self) -> str:
        """What of the notes stands on the holder's page."""
        if not self.notes_run_on:
            return self.notes
        start = "\n".join(self.notes.splitlines()[:LINES_FOR_NOTES])[:ROOM_FOR_NOTES]
        return f"{start.rsplit(' ', 1)[0].rstrip()} …"


class SheetField(Part, frozen=True):
    """A field of the sheet: its name in the form, its label, what stands in it, and how many lines it gets.
    `options`: what can be chosen; empty where anything can be written."""

    name: str
    label: str
    value: str
    lines: int
    options: tuple[str, ...] = ()


class SheetAgreement(Part, frozen=True):
    """One agreement with its fields, row by row; `state` tells what has become of it
    and whether both have signed what stands in the fields."""

    title: str
    state: str
    fields: tuple[tuple[SheetField, ...], ...]


class AgreementView(Part, frozen=True):
    """The agreement sheet: what is agreed in fields that can be filled in, room for more, and lines to
    sign."""

    format: str
    language: LanguageId
    title: str
    subject: str
    other: str
    organisation: str
    day: str
    date: str
    place: str
    summary: str
    lead: str
    agreements: tuple[SheetAgreement, ...]
    signatures: tuple[tuple[SheetField, ...], ...]
    rule: str
    words: dict[str, str]


def without_private(view: BriefView) -> BriefView:
    """The brief without the holder's page and working notes."""
    return msgspec.structs.replace(view, plan=None, notes="")


def without_notes(view: BriefView) -> BriefView:
    """The brief as the usual file has it: with the holder's page, and with room for notes in their place."""
    return msgspec.structs.replace(view, notes="", notes_left_out=bool(view.notes))


def from_json(stored: bytes) -> BriefView:
    """The view that `reports.view.parts.to_json` wrote. Raises `msgspec.ValidationError` for anything
    else."""
    return msgspec.json.decode(stored, type=BriefView)
