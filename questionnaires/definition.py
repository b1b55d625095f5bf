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

PerspectiveId: TypeAlias = Literal["self", "manager", "direct-report"]
LanguageId: TypeAlias = Literal["da", "sv", "en"]
StyleId: TypeAlias = Literal["S1", "S2", "S3", "S4"]
LevelId: TypeAlias = Literal["M1", "M2", "M3", "M4"]
BandId: TypeAlias = Literal["low", "middle", "high"]
Side: TypeAlias = Literal["low", "high"]

ACTION_LETTERS = "ABCD"


class _Node(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A node of the file: immutable, and a key that nobody knows is an error."""


# --- response options ------------------------------------------------------------------------------


class OptionSet(_Node, frozen=True):
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


class RatingItem(_Node, frozen=True, tag_field="kind", tag="rating"):
    """A statement rated on an option set with `values`."""

    id: str
    options: str
    reason: str
    reverse: bool = False
    optional: bool = False


class ZeroToTenItem(_Node, frozen=True, tag_field="kind", tag="zero-to-ten"):
    """A number from 0 to 10; position p stands for p − 1."""

    id: str
    reason: str
    reverse: bool = False
    optional: bool = False
    cannot_say: bool = False


class ChoiceItem(_Node, frozen=True, tag_field="kind", tag="choice"):
    """One of the `choices` of an option set; never scored into a scale."""

    id: str
    options: str
    reason: str
    optional: bool = False


class TextItem(_Node, frozen=True, tag_field="kind", tag="text"):
    """Free text; never scored. `max_length` counts characters."""

    id: str
    reason: str
    max_length: int = 1000
    optional: bool = True


class WeightOverride(_Node, frozen=True):
    """A situation's own row of weights, with the reason why it departs from the matrix."""

    weights: dict[StyleId, int]
    reason: str


class SituationItem(_Node, frozen=True, tag_field="kind", tag="situation"):
    """A described situation with four actions. `actions` is the key: the style of action A, B, C, D."""

    id: str
    calls_for: LevelId
    actions: tuple[StyleId, StyleId, StyleId, StyleId]
    reason: str
    override: WeightOverride | None = None
    optional: bool = False


Item: TypeAlias = RatingItem | ZeroToTenItem | ChoiceItem | TextItem | SituationItem


# --- what is asked of whom -------------------------------------------------------------------------


class Page(_Node, frozen=True):
    """Items that are asked together on one screen."""

    id: str
    items: tuple[str, ...]


class Perspective(_Node, frozen=True):
    """One point of view. An empty `items` means every item of the questionnaire."""

    items: tuple[str, ...] = ()


class ShortForm(_Node, frozen=True):
    """A subset of the items with its own minimum for each scale that it can score."""

    items: tuple[str, ...]
    min_answered: dict[str, int]


# --- scales, scoring, classification ---------------------------------------------------------------


class Scale(_Node, frozen=True):
    """A mean of items. Exactly one of `items` (a facet or plain scale) and `facets` (a domain) is given.

    A domain's items are those of its facets, in order. `bands` are the two cuts between the
    interpretation bands low | middle | high, in score units; a score on a cut belongs to the band above.
    """

    min_answered: int
    items: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    bands: tuple[float, float] | None = None


class RatingScales(_Node, frozen=True, tag_field="kind", tag="rating-scales"):
    """Scales are means of keyed item values (see `assess/scoring/`)."""


class Situations(_Node, frozen=True, tag_field="kind", tag="situations"):
    """Situational scoring: `weights[level][style]`; `min_answered` situations are needed for a score.

    `flexibility_when_missing` names how flexibility is rescaled when situations are missing; without it
    flexibility is not given for an incomplete sheet.
    """

    weights: dict[LevelId, dict[StyleId, int]]
    min_answered: int
    secondary_from: int = 4
    flexibility_when_missing: Literal["proportional"] | None = None


Scoring: TypeAlias = RatingScales | Situations


class Level(_Node, frozen=True):
    """One quadrant: the side of the cut on each axis, and the style that it calls for."""

    across: Side
    up: Side
    calls_for: StyleId


class Quadrants(_Node, frozen=True, tag_field="kind", tag="quadrants"):
    """Two scales cut once each into four levels. `name` names the school (`ability-and-willingness`).

    A score on the cut belongs to the high side. A level whose probability is under `borderline_below` is
    borderline; a facet whose whole interval lies under `mixed_below` makes its domain mixed; advice needs
    Σ p_self·p_other of at least `agreement_from`.
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


class Precision(_Node, frozen=True):
    """Reliability (0–1) and SD (score units) of one scale, answered in full."""

    reliability: float
    sd: float


class Provenance(_Node, frozen=True):
    """Where the questionnaire comes from. `tested` is said to every reader of a report."""

    authors: str
    year: int
    source: str
    licence: str
    tested: Literal["not-yet-tested-with-users", "interviews", "field-data", "published"]
    notes: str = ""


class Questionnaire(_Node, frozen=True):
    """The structure: everything but the words. The order of `items` is the order of asking."""

    format: Literal[1]
    id: str
    version: str
    source_language: LanguageId
    languages: tuple[LanguageId, ...]
    privacy: Literal["personal", "confidential"]
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

    @property
    def notes_language(self) -> LanguageId:
        """The language of the reasons and notes in this file; a report in another one leaves them out."""
        return self.written_in or self.source_language


# --- words -----------------------------------------------------------------------------------------


class SituationTexts(_Node, frozen=True):
    """The words of a situation item, for one perspective."""

    situation: str
    actions: tuple[str, str, str, str]


class OptionTexts(_Node, frozen=True):
    """The words of one option set, in the order of its values or choices."""

    labels: tuple[str, ...]
    cannot_say: str = ""


class PageTexts(_Node, frozen=True):
    """The heading of one page."""

    title: str
    hint: str = ""


class PerspectiveTexts(_Node, frozen=True):
    """What one perspective reads around the items. `closing` is read after submitting."""

    title: str
    welcome: str
    closing: str


class BandTexts(_Node, frozen=True):
    """Interpretation of a score in one band: for the subject, what to try next, and for the talk."""

    self: str
    next: str
    talk: str


class ScaleTexts(_Node, frozen=True):
    """The words of one scale; `bands` only when the scale has bands."""

    name: str
    about: str
    bands: dict[BandId, BandTexts] = msgspec.field(default_factory=dict)


class LevelTexts(_Node, frozen=True):
    """`need` is the headline (a need, never a verdict); `questions` are for the subject to ask the manager;
    `advice` is for the manager and is shown only under the agreement rule."""

    need: str
    meaning: str
    next: tuple[str, ...]
    questions: tuple[str, ...]
    advice: tuple[str, ...]


class Texts(_Node, frozen=True):
    """All words of one language. Every text may use the placeholders of `PLACEHOLDERS`.

    `translates` maps the path of each text (`items.knowledge-1.self`) to the hash of the source text that
    it translates; it is empty in the source language.
    """

    language: LanguageId
    title: str
    summary: str
    intended_use: tuple[str, ...]
    not_for: tuple[str, ...]
    method: tuple[str, ...]
    perspectives: dict[PerspectiveId, PerspectiveTexts]
    options: dict[str, OptionTexts]
    items: dict[str, dict[PerspectiveId, str | SituationTexts]]
    scales: dict[str, ScaleTexts] = msgspec.field(default_factory=dict)
    pages: dict[str, PageTexts] = msgspec.field(default_factory=dict)
    levels: dict[LevelId, LevelTexts] = msgspec.field(default_factory=dict)
    translates: dict[str, str] = msgspec.field(default_factory=dict)


PLACEHOLDERS = frozenset(
    {"first_name", "job_area", "customer", "a_customer", "the_customer", "customers", "the_customers"}
)
"""`{first_name}` is the subject's (never used in a self text); the customer words are the organisation's."""


class Definition(_Node, frozen=True):
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
