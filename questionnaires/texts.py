"""The frozen types of a questionnaire's words: what `da.yaml` and its like become. Pure."""

from __future__ import annotations

import msgspec

from questionnaires.terms import (
    BandId,
    LanguageId,
    LeaningId,
    LevelId,
    Node,
    PatternId,
    PerspectiveId,
    StyleId,
)


class SituationTexts(Node, frozen=True):
    """The words of a situation item, for one perspective."""

    situation: str
    actions: tuple[str, str, str, str]


class OptionTexts(Node, frozen=True):
    """The words of one option set, in the order of its values or choices."""

    labels: tuple[str, ...]
    cannot_say: str = ""


class PageTexts(Node, frozen=True):
    """The heading of one page."""

    title: str
    hint: str = ""


class PerspectiveTexts(Node, frozen=True):
    """What one perspective reads around the items. `closing` is read after submitting."""

    title: str
    welcome: str
    closing: str


class BandTexts(Node, frozen=True):
    """Interpretation of a score in one band: for the subject, what to try next, and for the talk."""

    self: str
    next: str
    talk: str


class ScaleTexts(Node, frozen=True):
    """The words of one scale; `bands` only when the scale has bands."""

    name: str
    about: str
    bands: dict[BandId, BandTexts] = msgspec.field(default_factory=dict)


class LevelTexts(Node, frozen=True):
    """`need` is the headline (a need, never a verdict); `questions` are for the subject to ask the manager;
    `advice` is for the manager and is shown only under the agreement rule."""

    need: str
    meaning: str
    next: tuple[str, ...]
    questions: tuple[str, ...]
    advice: tuple[str, ...]


class StyleTexts(Node, frozen=True):
    """A leadership style: what it gives, what too much of it does, when people need it, what to practise."""

    name: str
    about: str
    strengths: str
    overuse: str
    needed: str
    practise: tuple[str, ...]


class PatternTexts(Node, frozen=True):
    """Flexibility and effectiveness together: one of the four combinations."""

    headline: str
    meaning: str
    next: tuple[str, ...]


class LeaningTexts(Node, frozen=True):
    """Leading more tightly or more loosely than called for, or neither."""

    name: str
    about: str
    meaning: str
    next: tuple[str, ...]


class MatchTexts(Node, frozen=True):
    """What a leader can do with one employee in one job area that calls for a level; `{first_name}` is the
    employee. `too_tight` and `too_loose` are empty where leading tighter or looser is not possible;
    `question` is for the talk, where the views do not allow advice."""

    fitting: str
    question: str
    too_tight: str = ""
    too_loose: str = ""


class Texts(Node, frozen=True):
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
    styles: dict[StyleId, StyleTexts] = msgspec.field(default_factory=dict)
    patterns: dict[PatternId, PatternTexts] = msgspec.field(default_factory=dict)
    leanings: dict[LeaningId, LeaningTexts] = msgspec.field(default_factory=dict)
    match: dict[LevelId, MatchTexts] = msgspec.field(default_factory=dict)
    translates: dict[str, str] = msgspec.field(default_factory=dict)


PLACEHOLDERS = frozenset(
    {"first_name", "job_area", "customer", "a_customer", "the_customer", "customers", "the_customers"}
)
"""`{first_name}` is the subject's (never used in a self text); the customer words are the organisation's."""
