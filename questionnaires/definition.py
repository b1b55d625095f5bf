"""The frozen types of a questionnaire. Pure: no file, clock or global is touched here.

`questionnaire.yaml` becomes a `Questionnaire`, `da.yaml` and its like a `Texts`; together they are a
`Definition`. Everything that scores, asks or prints reads these types and nothing else. The reader and
the checker that make them stand in `questionnaires/reader.py` and `questionnaires/checker.py`; the file
format is described in `questionnaires/README.md`.
"""

from __future__ import annotations

import hashlib
from typing import Literal, TypeAlias

import msgspec

from questionnaires.terms import (
    ACTION_LETTERS,
    BandId,
    LanguageId,
    LeaningId,
    LevelId,
    Node,
    PatternId,
    PerspectiveId,
    Privacy,
    Side,
    StyleId,
)
from questionnaires.texts import (
    PLACEHOLDERS,
    BandTexts,
    LeaningTexts,
    LevelTexts,
    MatchTexts,
    OptionTexts,
    PageTexts,
    PatternTexts,
    PerspectiveTexts,
    ScaleTexts,
    SituationTexts,
    StyleTexts,
    Texts,
)

__all__ = [
    "ACTION_LETTERS",
    "PLACEHOLDERS",
    "BandId",
    "BandTexts",
    "ChoiceItem",
    "Definition",
    "Item",
    "LanguageId",
    "LeaningId",
    "LeaningTexts",
    "Level",
    "LevelId",
    "LevelTexts",
    "MatchTexts",
    "OptionSet",
    "OptionTexts",
    "Page",
    "PageTexts",
    "PatternId",
    "PatternTexts",
    "Perspective",
    "PerspectiveId",
    "PerspectiveTexts",
    "Precision",
    "Privacy",
    "Provenance",
    "Quadrants",
    "Questionnaire",
    "RatingItem",
    "RatingScales",
    "Scale",
    "ScaleTexts",
    "Scoring",
    "ShortForm",
    "Side",
    "SituationItem",
    "SituationTexts",
    "Situations",
    "StyleId",
    "StyleTexts",
    "TextItem",
    "Texts",
    "WeightOverride",
    "ZeroToTenItem",
    "content_hash",
    "decode",
    "encode",
]

# --- response options ------------------------------------------------------------------------------


class OptionSet(Node, frozen=True):
    """What can be chosen. Exactly one of `values` (rating) and `choices` (single choice) is given.

    Position p (1…m) stands for `values[p - 1]` or `choices[p - 1]`. `cannot_say` adds an option that is
    stored as position 0: missing, never a number.
    """

    values: tuple[int, ...] = ()
    choices: tuple[str, ...] = ()
    cannot_say: bool = False

    @property
    def size(self) -> int:
        """Number of positions, "can't say" not counted."""
        return len(self.values) or len(self.choices)


# --- items -----------------------------------------------------------------------------------------


class RatingItem(Node, frozen=True, tag_field="kind", tag="rating"):
    """A statement rated on an option set with `values`."""

    id: str
    options: str
    reason: str
    reverse: bool = False
    optional: bool = False


class ZeroToTenItem(Node, frozen=True, tag_field="kind", tag="zero-to-ten"):
    """A number from 0 to 10; position p stands for p − 1."""

    id: str
    reason: str
    reverse: bool = False
    optional: bool = False
    cannot_say: bool = False


class ChoiceItem(Node, frozen=True, tag_field="kind", tag="choice"):
    """One of the `choices` of an option set; never scored into a scale."""

    id: str
    options: str
    reason: str
    optional: bool = False


class TextItem(Node, frozen=True, tag_field="kind", tag="text"):
    """Free text; never scored. `max_length` counts characters."""

    id: str
    reason: str
    max_length: int = 1000
    optional: bool = True


class WeightOverride(Node, frozen=True):
    """A situation's own row of weights, with the reason why it departs from the matrix."""

    weights: dict[StyleId, int]
    reason: str


class SituationItem(Node, frozen=True, tag_field="kind", tag="situation"):
    """A described situation with four actions. `actions` is the key: the style of action A, B, C, D."""

    id: str
    calls_for: LevelId
    actions: tuple[StyleId, StyleId, StyleId, StyleId]
    reason: str
    override: WeightOverride | None = None
    optional: bool = False


Item: TypeAlias = RatingItem | ZeroToTenItem | ChoiceItem | TextItem | SituationItem


# --- what is asked of whom -------------------------------------------------------------------------


class Page(Node, frozen=True):
    """Items that are asked together on one screen."""

    id: str
    items: tuple[str, ...]


class Perspective(Node, frozen=True):
    """One point of view. An empty `items` means every item of the questionnaire.

    `min_answered` is the perspective's own minimum where it is asked only some of the situations.
    """

    items: tuple[str, ...] = ()
    min_answered: int | None = None


class ShortForm(Node, frozen=True):
    """A subset of the items with its own minimum for each scale that it can score."""

    items: tuple[str, ...]
    min_answered: dict[str, int]


# --- scales, scoring, classification ---------------------------------------------------------------


class Scale(Node, frozen=True):
    """A mean of items. Exactly one of `items` (a facet or plain scale) and `facets` (a domain) is given.

    A domain's items are those of its facets, in order. `bands` are the two cuts between the
    interpretation bands low | middle | high, in score units; a score on a cut belongs to the band above.
    """

    min_answered: int
    items: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    bands: tuple[float, float] | None = None


class RatingScales(Node, frozen=True, tag_field="kind", tag="rating-scales"):
    """Scales are means of keyed item values (see `assess/scoring/`)."""


class Situations(Node, frozen=True, tag_field="kind", tag="situations"):
    """Situational scoring: `weights[level][style]`; `min_answered` situations are needed for a score.

    A style chosen `secondary_from` times or more is secondary, unless it is the most used one.
    `flexibility_when_missing` names how flexibility is rescaled when situations are missing; without it
    flexibility is not given for an incomplete sheet. `flexible_from` (0–30) is where flexibility counts as
    high, `evidence_below` (0–1) the probability of doing as well with the same choices blindly under which
    the choices are said to follow the situation; `cut_reason` says why.
    """

    weights: dict[LevelId, dict[StyleId, int]]
    min_answered: int
    secondary_from: int = 4
    flexibility_when_missing: Literal["proportional"] | None = None
    flexible_from: float = 20.0
    evidence_below: float = 0.05
    cut_reason: str = ""


Scoring: TypeAlias = RatingScales | Situations


class Level(Node, frozen=True):
    """One quadrant: the side of the cut on each axis, and the style that it calls for."""

    across: Side
    up: Side
    calls_for: StyleId


class Quadrants(Node, frozen=True, tag_field="kind", tag="quadrants"):
    """Two scales cut once each into four levels. `name` names the school (`ability-and-willingness`).

    A score on the cut belongs to the high side. A level whose probability is under `borderline_below` is
    borderline; a facet whose whole interval lies under `mixed_below` makes its domain mixed; advice needs
    Σ p_self·p_other of at least `agreement_from`. `wishes` names, for a style, the choice item by which the
    subject wishes for less of it, as now, or more of it (positions 1, 2, 3).
    """

    name: str
    across: str
    up: str
    cuts: dict[str, float]
    cut_reason: str
    levels: dict[LevelId, Level]
    borderline_below: float = 0.70
    mixed_below: float = 2.5
    agreement_from: float = 0.50
    wishes: dict[StyleId, str] = msgspec.field(default_factory=dict)


class Precision(Node, frozen=True):
    """Reliability (0–1) and SD (score units) of one scale, answered in full."""

    reliability: float
    sd: float


class Provenance(Node, frozen=True):
    """Where the questionnaire comes from. `tested` is said to every reader of a report."""

    authors: str
    year: int
    source: str
    licence: str
    tested: Literal["not-yet-tested-with-users", "interviews", "field-data", "published"]
    notes: str = ""


class Questionnaire(Node, frozen=True):
    """The structure: everything but the words. The order of `items` is the order of asking."""

    format: Literal[1]
    id: str
    version: str
    source_language: LanguageId
    languages: tuple[LanguageId, ...]
    privacy: Privacy
    minutes: int
    by_job_area: bool
    perspectives: dict[PerspectiveId, Perspective]
    options: dict[str, OptionSet]
    items: tuple[Item, ...]
    scoring: Scoring
    provenance: Provenance
    scales: dict[str, Scale] = msgspec.field(default_factory=dict)
    pages: tuple[Page, ...] = ()
    short_forms: dict[str, ShortForm] = msgspec.field(default_factory=dict)
    classification: Quadrants | None = None
    precision: dict[PerspectiveId, dict[str, Precision]] = msgspec.field(default_factory=dict)
    interval: float = 0.90
    written_in: LanguageId | None = None
    shuffled: bool = False

    def privacy_of(self, perspective: PerspectiveId) -> Privacy:
        """The promise to respondents of one perspective. What people say about their leader is confidential,
        whatever the questionnaire is to the leader."""
        return "confidential" if perspective == "direct-report" else self.privacy

    @property
    def notes_language(self) -> LanguageId:
        """The language of the reasons and notes in this file; a report in another one leaves them out."""
        return self.written_in or self.source_language


class Definition(Node, frozen=True):
    """A whole questionnaire: structure and words."""

    questionnaire: Questionnaire
    texts: dict[LanguageId, Texts]


def encode(definition: Definition) -> bytes:
    """JSON of a definition, with the order of scales, options and perspectives as in the file."""
    return msgspec.json.encode(definition)


def decode(stored: bytes | str) -> Definition:
    """The definition that `encode` wrote. Raises `msgspec.ValidationError` for anything else."""
    return msgspec.json.decode(stored, type=Definition)


def content_hash(definition: Definition) -> str:
    """What a wave stores, and what a profile is derived from: SHA-256 (hex) of the canonical JSON.

    Keys are sorted for it, so the order in which keys stand in the files does not matter.
    """
    return hashlib.sha256(msgspec.json.encode(definition, order="sorted")).hexdigest()
