"""The frozen types of the handbook: chapters of a few kinds of blocks, as its files hold them."""

from __future__ import annotations

from typing import TypeAlias

from questionnaires.definition import LanguageId
from reports.manual.blocks import Bullets, Heading, Paragraph, Remark, Table
from reports.view.parts import Part

FORMAT = "assess-guide/1"


class Points(Part, frozen=True, forbid_unknown_fields=True, tag_field="block", tag="points"):
    """A list whose lines begin with a short sentence that says what the line is about; `ordered`: steps."""

    lines: tuple[str, ...]
    ordered: bool = False


GuideBlock: TypeAlias = Paragraph | Bullets | Heading | Remark | Table | Points


class GuideChapter(Part, frozen=True, forbid_unknown_fields=True):
    """One chapter. `id` is its anchor on page and paper."""

    id: str
    title: str
    blocks: tuple[GuideBlock, ...]


class GuideTexts(Part, frozen=True, forbid_unknown_fields=True):
    """One language's file. `short` is the handbook in a few lines, under the heading `short_title`.

    `written`: the day of these words (ISO 8601). `words`: what stands around the text, by key.
    """

    language: LanguageId
    written: str
    title: str
    kicker: str
    about: str
    short_title: str
    short: tuple[str, ...]
    words: dict[str, str]
    chapters: tuple[GuideChapter, ...]


class GuideView(GuideTexts, frozen=True):
    """The handbook before it takes a form. `subject` and `organisation` are always empty: it is about nobody.

    `day`, `date`: when the words were written, for machines and for people.
    """

    format: str
    subject: str
    organisation: str
    day: str
    date: str
    summary: str
