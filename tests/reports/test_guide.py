"""The handbook: the same in three languages, plain to read, whole, and tagged on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import msgspec
import page as validation
import pytest
from pypdf import PdfReader

from questionnaires.definition import LanguageId
from reports.fonts import Fonts
from reports.guide import GuideView, guide_view
from reports.guide.parts import GuideBlock, Points
from reports.manual.blocks import Bullets, Paragraph, Remark, Table
from reports.pdf import led_in, render_document

LANGUAGES: tuple[LanguageId, ...] = ("da", "sv", "en")
by_language = pytest.mark.parametrize("language", LANGUAGES)


def texts_of(block: GuideBlock) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield block.text
    elif isinstance(block, Bullets | Points):
        yield from block.lines
    elif isinstance(block, Remark):
        yield from (block.title, *block.lines)
    elif isinstance(block, Table):
        yield from (column.label for column in block.columns)
        yield from (cell for row in block.rows for cell in (row.head, *row.cells))


def every_text(view: GuideView) -> list[str]:
    found = [view.title, view.about, *view.short]
    for chapter in view.chapters:
        found += [chapter.title, *(text for block in chapter.blocks for text in texts_of(block))]
    return found


def skeleton(view: GuideView) -> list[tuple[object, ...]]:
    """What a translation must share with its source: chapters, kinds of blocks, and how many of each."""
    return [
        (chapter.id, type(block).__name__, len(list(texts_of(block))), getattr(block, "ordered", None))
        for chapter in view.chapters
        for block in chapter.blocks
    ]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_language_has_the_same_chapters_and_as_much_in_each(language: LanguageId) -> None:
    source = guide_view("da")
    assert skeleton(guide_view(language)) == skeleton(source)
    assert len(guide_view(language).short) == len(source.short)
    assert guide_view(language).written == source.written


@by_language
def test_it_says_everything_that_whoever_holds_a_talk_must_know(language: LanguageId) -> None:
    ids = [chapter.id for chapter in guide_view(language).chapters]
    assert ids == [
        "profile",
        "uncertainty",
        "prepare",
        "open",
        "differ",
        "needs",
        "frames",
        "stuck",
        "agreements",
        "coach",
        "never",
        "privacy",
        "evidence",
    ]


@by_language
def test_workload_and_frames_come_before_anything_personal(language: LanguageId) -> None:
    (chapter,) = [found for found in guide_view(language).chapters if found.id == "frames"]
    steps = next(block for block in chapter.blocks if isinstance(block, Points))
    workload = {"da": "Arbejdsmængden", "sv": "Arbetsmängden", "en": "The workload"}
    personal = {"da": "personlige", "sv": "personliga", "en": "personal"}
    assert steps.lines[0].startswith(workload[language])
    assert personal[language] in steps.lines[-1]


@by_language
def test_the_four_needs_and_the_three_kinds_of_agreements_are_there(language: LanguageId) -> None:
    tables = {
        chapter.id: block
        for chapter in guide_view(language).chapters
        for block in chapter.blocks
        if isinstance(block, Table)
    }
    heads = [row.head for row in tables["needs"].rows]
    assert [re.findall(r"\((M\d)\)$", head) for head in heads] == [["M1"], ["M2"], ["M3"], ["M4"]]
    kinds = {
        "da": ["Faglig", "Adfærdsmæssig", "Personlig"],
        "sv": ["Yrkesmässig", "Beteendemässig", "Personlig"],
        "en": ["Professional", "Behavioural", "Personal"],
    }
    assert [row.head for row in tables["agreements"].rows] == kinds[language]


NEVER: dict[LanguageId, tuple[str, ...]] = {
    "da": ("løn", "udvælgelse", "afskedigelse", "rangordning"),
    "sv": ("lön", "urval", "uppsägning", "rangordning"),
    "en": ("pay", "selection", "dismissal", "ranking"),
}


@by_language
def test_the_first_page_says_what_the_profile_is_never_for(language: LanguageId) -> None:
    last = guide_view(language).short[-1]
    assert all(word in last for word in NEVER[language])


@by_language
def test_the_limits_of_the_evidence_are_told(language: LanguageId) -> None:
    chapter = guide_view(language).chapters[-1]
    said = " ".join(text for block in chapter.blocks for text in texts_of(block))
    for source in ("Thompson", "Vecchio (2009)", "Glasø", "DeNisi", "Schaubroeck"):
        assert source in said
    assert {"da": "ikke afprøvet", "sv": "inte prövat", "en": "not been tried"}[language] in said


@by_language
def test_what_it_says_of_figures_is_what_they_are(language: LanguageId) -> None:
    """90 % intervals; a border under 70 %; a facet's interval of ± 0.68 = 1.645 · 0.75 · √(1 − 0.70)."""
    (chapter,) = [found for found in guide_view(language).chapters if found.id == "uncertainty"]
    said = " ".join(text for block in chapter.blocks for text in texts_of(block))
    half = 1.645 * 0.75 * (1 - 0.70) ** 0.5
    score, low, high = (float(number.replace(",", ".")) for number in re.findall(r"\d[.,]\d", said)[:3])
    assert (low, high) == (round(score - half, 1), round(score + half, 1))
    assert "90" in said
    assert "70" in said


@by_language
def test_sentences_are_short_and_quotes_are_the_languages_own(language: LanguageId) -> None:
    quotes = {"da": '”“"„', "sv": '“„»«"', "en": '»«"„'}[language]
    for text in every_text(guide_view(language)):
        assert not any(mark in text for mark in quotes), text
        for sentence in re.split(r"(?<=[.!?:])\s", text):
            if not re.search(r"\(\d{4}", sentence) and "Journal" not in sentence:
                assert len(sentence.split()) <= 30, sentence


@by_language
def test_each_point_begins_with_what_it_is_about(language: LanguageId) -> None:
    for chapter in guide_view(language).chapters:
        for block in chapter.blocks:
            if isinstance(block, Points):
                for line in block.lines:
                    assert 'class="lead-in"' in led_in(line), line


def test_a_language_without_a_handbook_is_told() -> None:
    with pytest.raises(FileNotFoundError):
        guide_view("fi")


@pytest.mark.slow
@by_language
def test_the_document_has_six_to_eight_tagged_pages_with_bookmarks(
    language: LanguageId, fonts: Fonts, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    view = guide_view(language)
    rendered = render_document(view, fonts)
    assert not [record for record in caplog.records if record.name == "weasyprint"]
    path = tmp_path / "guide.pdf"
    path.write_bytes(rendered.pdf)
    assert validation.validate_pdf(path, profile="ua1").failures == []
    reader = PdfReader(BytesIO(rendered.pdf))
    assert 6 <= len(reader.pages) == rendered.pages <= 8
    bookmarks = [str(entry["/Title"]) for entry in reader.outline if not isinstance(entry, list)]
    assert [title for chapter in view.chapters for title in bookmarks if title.endswith(chapter.title)] == [
        f"{number} {chapter.title}" for number, chapter in enumerate(view.chapters, 1)
    ]
    assert msgspec.json.decode(reader.attachments["result.json"][0], type=GuideView) == view
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == (view.title, "Assess")
    for page in list(reader.pages)[1:]:
        extracted = (line.strip() for line in page.extract_text().splitlines())
        lines = [line for line in extracted if len(line) > len("12.")][:-2]  # markers, head, foot
        for number, chapter in enumerate(view.chapters, 1):
            heading = f"{number} {chapter.title}"
            if heading in lines:
                assert len(lines) - lines.index(heading) > 3, "a heading has three lines beneath it"
