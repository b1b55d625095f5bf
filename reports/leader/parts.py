"""The frozen types of a leader's view: what the page shows, the PDF prints and the attached JSON carries.

Pure values, as in `reports/view/parts.py`: every text is plain, complete, in the reader's language; numbers
stand twice, as numbers for charts and as words for people. What is empty or `None` is not shown. Shares and
probabilities are 0–1.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from assess.scoring.style_results import Direction, LeadingId, StyleRank
from questionnaires.definition import LanguageId, LeaningId, LevelId, PatternId, StyleId
from reports.leader.people_parts import MatchPart, RatersPart
from reports.view.parts import Fact, Method, Notes, Part

PracticeSource: TypeAlias = Literal["leaning", "pattern", "style"]

FORMAT = "assess-leader-view/1"


# --- in short --------------------------------------------------------------------------------------


class Brief(Part, frozen=True):
    """What a leader understands in one minute.

    `headline` names the most used style or styles, `certainty` says how sure that is, `ranks` the other
    styles. `pattern` and `leaning` are headlines with a sentence each; "" where nothing can be said.
    """

    headline: str
    certainty: str
    ranks: str
    pattern: str
    pattern_line: str
    leaning: str
    leaning_line: str


# --- the four styles -------------------------------------------------------------------------------


class StyleRow(Part, frozen=True):
    """One style among the choices. `low`, `high` bound the true share; `most_used` is the probability that
    no other style has a larger one. `finding` says the row in one phrase. The four texts are the
    questionnaire's and may be empty.
    """

    style: StyleId
    name: str
    count: int
    share: float
    low: float
    high: float
    most_used: float
    rank: StyleRank
    count_words: str
    share_words: str
    interval_words: str
    most_words: str
    rank_words: str
    finding: str
    about: str = ""
    strengths: str = ""
    overuse: str = ""
    needed: str = ""


class StyleProfile(Part, frozen=True):
    """The four styles in the order S1…S4. `finding` is the title of the chart, `caption` how to read it."""

    answered: int
    rows: tuple[StyleRow, ...]
    finding: str
    caption: str


# --- flexibility beside effectiveness --------------------------------------------------------------


class Region(Part, frozen=True):
    """Where a benchmark lies, by mean and standard deviation; `label` names it in the picture."""

    mean: float
    sd: float
    label: str


class Plane(Part, frozen=True):
    """The one picture of flexibility (`x`) beside effectiveness (`y`).

    `chance_x`, `chance_y`: answering at random, drawn as an ellipse; `blind`: the own choices shuffled, an
    upright interval at the own flexibility. `finding` is the title, `caption` says how to read it.
    """

    x: float
    y: float
    x_lo: float
    x_hi: float
    y_lo: float
    y_hi: float
    chance_x: Region
    chance_y: Region
    blind: Region
    across: str
    up: str
    own: str
    finding: str
    caption: str


class FigureRow(Part, frozen=True):
    """One of the figures in the table beside the picture, with what it is compared with, in words.

    `chance` and `blind` are the means of the two benchmarks, `chance_at_least` and `blind_at_least` the
    probability of reaching as much by them; "" where a benchmark does not exist.
    """

    name: str
    value: str
    scale: str
    chance: str
    chance_at_least: str
    blind: str
    blind_at_least: str


class Pattern(Part, frozen=True):
    """Flexibility and effectiveness together: one of four combinations. `evidence` is its number in words."""

    id: PatternId
    headline: str
    meaning: str
    evidence: str
    next: tuple[str, ...]


# --- styles against what was called for ------------------------------------------------------------


class TableCell(Part, frozen=True):
    """How often a style was chosen where a level called for leadership.

    `share` of the level's answered situations (0 where there are none); `fits`: it is the style that
    fits best.
    """

    style: StyleId
    count: int
    share: float
    weight: int
    fits: bool
    direction: Direction


class TableRow(Part, frozen=True):
    """One called-for level in words of need. `fitting`, `tighter` and `looser` count its choices;
    `points` is their mean weight in words."""

    level: LevelId
    need: str
    calls_for: StyleId
    style: str
    answered: int
    cells: tuple[TableCell, ...]
    fitting: int
    tighter: int
    looser: int
    points: str


class StyleTable(Part, frozen=True):
    """The 4 × 4 table. `columns` names the styles S1…S4; `totals` counts what fits, is tighter and looser;
    `finding` holds all numbers for whoever hears it."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    totals: tuple[Fact, ...]
    finding: str
    caption: str


class LeadingRow(Part, frozen=True):
    """Over- or under-leading: `count` of `possible` situations, the share and the interval of the tendency
    (None where nothing was possible). `finding` says the row in one phrase."""

    id: LeadingId
    name: str
    count: int
    possible: int
    share: float | None
    low: float | None
    high: float | None
    count_words: str
    share_words: str
    interval_words: str
    finding: str


class Leading(Part, frozen=True):
    """Both indices, and what they say together. `leaning` is over- or under-leading only by the rule of
    `leaning_of`, which `rule` says in words."""

    rows: tuple[LeadingRow, ...]
    leaning: LeaningId
    headline: str
    about: str
    meaning: str
    rule: str = ""


class Contrast(Part, frozen=True):
    """A situation where choice and call differed. `number` counts the situations in the order of the file;
    `points` is what the choice counts of what the best would count, in words."""

    item: str
    number: int
    situation: str
    need: str
    own_letter: str
    own_style: StyleId
    own_name: str
    own_action: str
    best_letter: str
    best_style: StyleId
    best_name: str
    best_action: str
    difference: int
    direction: Direction
    direction_words: str
    points: str


class Contrasts(Part, frozen=True):
    """Up to five situations, the largest difference first. `lead` says what the list is; where every
    choice fitted best, that, with no rows."""

    lead: str
    rows: tuple[Contrast, ...]


# --- what to do, and how it was calculated ---------------------------------------------------------


class Practice(Part, frozen=True):
    """One concrete thing to practise, and why this one. `style` is the style that it trains, if one."""

    source: PracticeSource
    why: str
    text: str
    style: StyleId | None = None


class ChoiceRow(Part, frozen=True):
    """One situation on its way into the scores; not answered: dashes."""

    item: str
    number: int
    text: str
    level: LevelId
    need: str
    letter: str
    style: StyleId | None
    style_words: str
    weight: int | None
    weight_words: str
    best_words: str


class LeaderCalculation(Part, frozen=True):
    """Every number down to the single choices: the rows, and the sums as lines that one can follow."""

    rows: tuple[ChoiceRow, ...]
    sums: tuple[Fact, ...]


class KeyRow(Part, frozen=True):
    """A row of the questionnaire's key: what each style S1…S4 counts at a level."""

    level: LevelId
    need: str
    weights: tuple[int, ...]
    best: StyleId


# --- the whole -------------------------------------------------------------------------------------


class LeaderView(Part, frozen=True):
    """A leader's report before it takes a form. `words` holds the headings and labels by their key.

    With fewer answers than the questionnaire's minimum `too_few` says so, and everything from `brief` to
    `calculation` is empty. `raters_note` explains why nothing stands where direct reports' answers could
    stand ("" where they do).
    """

    format: str
    language: LanguageId
    title: str
    subject: str
    first_name: str
    organisation: str
    day: str
    date: str
    summary: str
    answered: str
    too_few: str
    brief: Brief | None
    styles: StyleProfile | None
    plane: Plane | None
    figures: tuple[FigureRow, ...]
    pattern: Pattern | None
    table: StyleTable | None
    leading: Leading | None
    contrasts: Contrasts | None
    match: MatchPart | None
    raters: RatersPart | None
    raters_note: str
    practise: tuple[Practice, ...]
    calculation: LeaderCalculation | None
    key: tuple[KeyRow, ...]
    notes: Notes
    method: Method
    words: dict[str, str]


def from_json(stored: bytes) -> LeaderView:
    """The view that `to_json` wrote. Raises `msgspec.ValidationError` for anything else."""
    return msgspec.json.decode(stored, type=LeaderView)
