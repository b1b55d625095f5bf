"""The leader's report on paper: 8–12 whole pages in every language, tagged, unmoved by hostile text."""

from __future__ import annotations

import logging
import re
from datetime import date
from io import BytesIO
from types import SimpleNamespace

import page as validation
import pytest
from example_definitions import STYLES
from leader_examples import (
    FIVE_WHO_SEE_S1,
    LANGUAGES,
    LEADERSHIP,
    MIXED,
    entry,
    match_of,
    people,
    raters,
    view_of,
    wordless,
)
from pypdf import PdfReader

from assess.scoring.profile import make_profile
from assess.scoring.raters import rater_group
from questionnaires.library import LIBRARY
from questionnaires.reader import read_folder
from reports.leader import from_json, leader_view, to_json
from reports.pdf import END, FIRST_INSIDE, Press, make_html, render, render_document

pytestmark = pytest.mark.xdist_group("leader-pdf")  # its reports are rendered once

CHOSEN = {"M1": "11122", "M2": "22213", "M3": "33324", "M4": "44332"}
"""What the leader below chose in the five situations of each level."""


@pytest.fixture(scope="module")
def real():
    return read_folder(LIBRARY / "leadership-style")


def answers(definition, chosen):
    """Positions by item id: the next style of `chosen` for the situation's level."""
    left = {level: list(styles) for level, styles in chosen.items()}
    return {
        item.id: item.actions.index(STYLES[int(left[item.calls_for].pop(0)) - 1]) + 1
        for item in definition.questionnaire.items
    }


@pytest.fixture(scope="module")
def cases(real):
    """The views that are printed below, by name."""
    given = answers(real, CHOSEN)
    own = make_profile(real, "self", given)
    asked = real.questionnaire.perspectives["direct-report"].items
    sheets = [
        {item.id: item.actions.index(style) + 1 for item in real.questionnaire.items if item.id in asked}
        for style in ("S1", "S1", "S1", "S2", "S1")
    ]
    group = rater_group(real, own, sheets)
    few = make_profile(real, "self", dict(list(given.items())[:10]))

    def made(language, profile=own, **options):
        settings = {
            "language": language,
            "first_name": "Karen",
            "last_name": "Bjerregaard",
            "today": date(2026, 11, 21),
            "organisation": "Rugbrød & Co",
            "raters_note": "confidential",
        }
        return leader_view(real, profile, **(settings | options))

    eight = people(MIXED)
    return {
        "alone": made("da"),
        "raters": made("da", matches=eight, raters=group),
        "few": made("da", few),
    } | {language: made(language, matches=eight) for language in LANGUAGES}


@pytest.fixture(scope="module")
def printed(cases, fonts):
    """The same views as PDF; a warning of WeasyPrint is an error."""
    warnings: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: warnings.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("weasyprint").addHandler(handler)
    made = {name: render_document(shown, fonts) for name, shown in cases.items()}
    logging.getLogger("weasyprint").removeHandler(handler)
    assert warnings == []
    return made


def reader(rendered):
    return PdfReader(BytesIO(rendered.pdf))


def words_of(page):
    """The words of a page, those that are broken at the end of a line put together again."""
    whole = " ".join(page.extract_text().replace("\N{SOFT HYPHEN}", "").split())
    return whole.replace("\N{HYPHEN} ", "")


def plain(said):
    """Words as `words_of` reads them from a page: every space an ordinary one."""
    return " ".join(said.split())


def text(pdf):
    return " ".join(words_of(page) for page in pdf.pages)


# --- what it says ----------------------------------------------------------------------------------


def test_the_first_page_is_understood_in_a_minute(cases, printed):
    shown = cases["da"]
    first = words_of(reader(printed["da"]).pages[0])
    for said in (
        "Karen Bjerregaard",
        "Rugbrød & Co",
        shown.brief.headline,
        shown.pattern.headline,
        shown.leading.headline,
        shown.brief.leaning_line,
    ):
        assert said in first
    assert shown.words["styles"] not in first


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_is_there_in_the_reader_s_language(cases, printed, language):
    shown = cases[language]
    said = text(reader(printed[language]))
    parts = ("styles", "fitting", "table", "leading", "situations", "practise", "match", "raters")
    for key in (*parts, "calculation", "key", "match_sums", "method", "notes", "facts"):
        assert shown.words[key] in said, key
    for row in shown.styles.rows:
        assert f"{row.name} {row.rank_words}" in said
        assert plain(row.interval_words) in said
    for card in shown.match.cards:
        assert card.name in said
    for fact in shown.calculation.sums:
        assert fact.name in said
    assert shown.raters_note[:40] in said


@pytest.mark.parametrize("name", ["alone", "raters", *LANGUAGES])
def test_it_has_eight_to_twelve_pages(printed, name):
    rendered = printed[name]
    assert 8 <= rendered.pages <= 12
    assert len(reader(rendered).pages) == rendered.pages


def test_below_the_minimum_it_is_short_and_says_so(cases, printed):
    shown = cases["few"]
    assert printed["few"].pages <= 5
    first = words_of(reader(printed["few"]).pages[0])
    assert shown.too_few in first
    assert shown.words["method"] in first
    assert shown.raters_note[:40] in first


def test_no_page_is_nearly_empty_and_no_heading_stands_alone(cases, printed):
    for name, rendered in printed.items():
        headings = set(cases[name].words.values())
        for number, page in enumerate(reader(rendered).pages, start=1):
            words = page.extract_text().split()
            assert len(words) > 35, f"{name}, page {number}"
            for tail in range(2, 8):
                assert " ".join(words[-tail:]) not in headings, f"{name}, page {number}"


def test_each_person_stands_on_one_page_from_name_to_advice(cases, printed):
    pages = [words_of(page) for page in reader(printed["da"]).pages]
    for card in cases["da"].match.cards:
        head = f"{card.name} · {card.job_area} {cases['da'].words['view']}"
        (page,) = (said for said in pages if head in said)
        assert card.sides[-1].fit_interval in page
        if card.advice:
            assert card.advice[:60] in page


def test_self_against_others_has_every_figure_with_its_interval(cases, printed):
    said = text(reader(printed["raters"]))
    part = cases["raters"].raters
    for row in part.rows:
        assert plain(f"{row.own_words} {row.others_words} {row.others_interval}") in said
        assert f"{row.difference_words} {row.interval_words}" in said
    for sentence in (*part.hidden, *part.blind, *part.other):
        assert sentence.split(":")[-1].strip()[:20] in said
    assert cases["raters"].raters_note == ""


def test_what_may_not_be_shown_is_explained_and_not_blank(cases, printed):
    said = text(reader(printed["alone"]))
    assert cases["alone"].raters_note in said
    assert cases["alone"].words["match"] not in said


# --- what machines read ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["alone", "raters", "few", *LANGUAGES])
def test_it_is_valid_pdf_ua(printed, tmp_path, name):
    path = tmp_path / "report.pdf"
    path.write_bytes(printed[name].pdf)
    assert validation.validate_pdf(path, profile="ua1").failures == []


def test_every_chart_is_described_by_its_finding(cases, printed):
    said = printed["raters"].pdf
    alts = {str(found.get("/Alt", "")) for found in objects(PdfReader(BytesIO(said)))}
    shown = cases["raters"]
    for finding in (
        shown.styles.finding,
        shown.plane.finding,
        shown.table.finding,
        shown.leading.rows[0].finding,
        shown.match.cards[0].sides[0].finding,
        shown.raters.rows[0].finding,
    ):
        assert finding in alts


def objects(pdf):
    for number in range(1, len(pdf.xref_objStm) + sum(len(table) for table in pdf.xref.values()) + 1):
        found = pdf.get_object(number)
        if isinstance(found, dict) and found.get("/S") == "/Figure":
            yield found


def test_the_result_is_attached_as_the_view_s_own_json(cases, printed):
    pdf = reader(printed["raters"])
    (attached,) = pdf.attachments["result.json"]
    assert attached == to_json(cases["raters"])
    assert from_json(attached) == cases["raters"]
    (reference,) = pdf.trailer["/Root"]["/AF"]
    assert reference["/AFRelationship"] == "/Data"


def test_all_fonts_are_embedded_and_ours(printed):
    names = set()
    for page in reader(printed["raters"]).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            (descendant,) = font.get_object()["/DescendantFonts"]
            descriptor = descendant.get_object()["/FontDescriptor"].get_object()
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
            names.add(re.sub(r"^/[A-Z]{6}\+|,$", "", descriptor["/FontName"]))
    assert names <= {"Source-Sans-3", "Source-Sans-3-Semi-Bold", "Source-Sans-3-Italic"}, names


def test_bookmarks_lead_through_it(cases, printed):
    words = cases["da"].words
    titles = [entry.title for entry in reader(printed["da"]).outline if not isinstance(entry, list)]
    parts = (
        "summary",
        "styles",
        "fitting",
        "situations",
        "match",
        "raters",
        "calculation",
        "method",
        "notes",
    )
    assert titles == [words[part] for part in parts]


def test_the_same_view_gives_the_same_file(cases, fonts):
    assert render(cases["few"], fonts) == render(cases["few"], fonts)


# --- hostile text, less text -----------------------------------------------------------------------

NAUGHTY = [
    pytest.param("<img src=file:///etc/passwd>", id="an image from a file"),
    pytest.param("</style><style>@import 'http://127.0.0.1:9/x.css'", id="a style sheet"),
    pytest.param("{{ 7 * 7 }} {% raw %} {first_name} %(x)s {0}", id="template code"),
    pytest.param("👩🏽‍🍳 Zoë مرحبا Ωλ", id="emoji, Arabic and Greek"),
    pytest.param("a" * 1000, id="no word at all"),
]


@pytest.mark.parametrize("naughty", NAUGHTY)
def test_text_from_a_person_is_only_ever_text(fonts, caplog, naughty):
    found = match_of(MIXED, (0.1, 0.2, 0.6, 0.1), (0.1, 0.1, 0.7, 0.1), "1223")
    shown = view_of(
        MIXED,
        first_name=naughty,
        last_name=naughty,
        organisation=naughty,
        matches=[entry(naughty, naughty, found)],
    )
    html = make_html(shown)
    for tag in ("<img", "<link", "<style", "<script"):
        assert tag not in html
    with caplog.at_level(logging.WARNING, "weasyprint"):
        rendered = render_document(shown, fonts)
    assert [record.getMessage() for record in caplog.records if record.name == "weasyprint"] == []
    assert list(reader(rendered).attachments) == ["result.json"]


def test_a_third_party_s_questionnaire_is_printed_whole(fonts, tmp_path):
    shown = view_of(MIXED, definition=wordless(), matches=people(MIXED), raters_note="not-asked")
    path = tmp_path / "report.pdf"
    path.write_bytes(render(shown, fonts))
    assert validation.validate_pdf(path, profile="ua1").failures == []


def test_a_leader_with_nobody_to_match_and_raters_is_printed(fonts):
    shown = view_of(MIXED, raters=raters(MIXED, *FIVE_WHO_SEE_S1))
    said = text(reader(render_document(shown, fonts)))
    assert shown.words["raters"] in said
    assert LEADERSHIP.texts["en"].title in said


# --- the last page of text -------------------------------------------------------------------------


def laid_out(pages: int, ends_at: float):
    """A document of so many pages whose text ends at this share of the last but one."""
    blank = SimpleNamespace(anchors={}, height=1000.0)
    cover = SimpleNamespace(anchors={FIRST_INSIDE: (0, 0)}, height=1000.0)
    last = SimpleNamespace(anchors={END: (0, 1000 * ends_at)}, height=1000.0)
    return SimpleNamespace(pages=[cover, *[blank] * (pages - 3), last, blank])


@pytest.mark.parametrize(
    ("plain", "dense", "chosen"),
    [
        ((9, 0.80), (8, 0.20), "plain"),  # nothing to mend
        ((9, 0.40), (8, 0.90), "dense"),  # a mostly blank page is saved
        ((9, 0.40), (9, 0.70), "dense"),
        ((9, 0.40), (9, 0.10), "plain"),  # denser would leave next to nothing on that page
        ((9, 0.40), (8, 0.20), "dense"),
        ((18, 0.60), (17, 0.90), "dense"),  # long
        ((18, 0.60), (18, 0.05), "plain"),
    ],
)
def test_a_report_is_set_denser_only_where_that_mends_its_last_page(monkeypatch, plain, dense, chosen):
    documents = {"": laid_out(*plain), " dense": laid_out(*dense)}
    monkeypatch.setattr(Press, "_lay_out", lambda _press, _view, _unknown, fit: documents[fit])
    own = object.__new__(Press)
    found = own._render(view_of(MIXED), set())
    assert found is documents["" if chosen == "plain" else " dense"]


def test_the_few_lines_of_origin_never_stand_last():
    html = make_html(view_of(MIXED))
    assert html.index('class="keep origin"') < html.index('class="columns made"') < html.index('id="end"')
