"""The PDF: whole, tagged, attached, on as many pages as it needs, and unmoved by hostile text."""

from __future__ import annotations

import logging
import re
from io import BytesIO

import page as validation
import pytest
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from assess.scoring.profile import make_profile
from questionnaires.library import LIBRARY
from questionnaires.reader import read_folder
from reports.pdf import led_in, make_html, render, render_document
from reports.view import AreaProfiles, from_json, to_json

pytestmark = pytest.mark.xdist_group("personal-pdf")  # its reports are rendered once

LANGUAGES = ("da", "sv", "en")
SCORES = {"knowledge": 4, "skill": 5, "experience": 5, "judgement": 4}
OTHERS = {"will": 2, "responsibility": 3, "relations": 4, "energy": 2}


@pytest.fixture(scope="module")
def job_maturity():
    return read_folder(LIBRARY / "job-maturity")


def answers(definition, perspective, shift=0, short_form=None):
    """A full sheet of the real questionnaire: each facet at its number, moved by `shift`."""
    questionnaire = definition.questionnaire
    asked = questionnaire.perspectives[perspective].items or [item.id for item in questionnaire.items]
    if short_form:
        asked = questionnaire.short_forms[short_form].items
    given = {}
    for facet, score in (SCORES | OTHERS).items():
        for item in questionnaire.items:
            if item.id in asked and item.id in questionnaire.scales[facet].items:
                value = min(max(score + shift, 1), 5)
                given[item.id] = 6 - value if item.reverse else value
    return given | ({"tenure": 2, "topics": "Weekends & holidays"} if "tenure" in asked else {})


def area(definition, name, manager=None, short_form=None):
    own = make_profile(definition, "self", answers(definition, "self", 0, short_form), short_form=short_form)
    if manager is None:
        return AreaProfiles(name, own)
    sheet = answers(definition, "manager", manager, short_form)
    return AreaProfiles(name, own, make_profile(definition, "manager", sheet, short_form=short_form))


@pytest.fixture(scope="module")
def cases(job_maturity, view):
    """The views that are printed below, by name."""
    short = next(iter(job_maturity.questionnaire.short_forms))
    one, both = area(job_maturity, "Sourdough"), area(job_maturity, "Sourdough", -1)
    second = area(job_maturity, "The till", 1, short)
    return {
        "alone": view(definition=job_maturity, areas=[one]),
        "both": view(definition=job_maturity, areas=[both], organisation="The Bakery"),
        "two areas": view(definition=job_maturity, areas=[one, area(job_maturity, "The till", None, short)]),
        "two areas, both": view(definition=job_maturity, areas=[both, second]),
        "for the manager": view(
            definition=job_maturity,
            areas=[AreaProfiles("Sourdough", both.other, both.own)],
            audience="manager",
        ),
    } | {language: view(definition=job_maturity, areas=[both], language=language) for language in LANGUAGES}


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


def text(pdf):
    """All words of a PDF, without soft hyphens and line breaks."""
    return " ".join(" ".join(p.extract_text() for p in pdf.pages).replace("\N{SOFT HYPHEN}", "").split())


# --- what it says ----------------------------------------------------------------------------------


def test_the_first_page_stands_alone(cases, printed):
    first = " ".join(reader(printed["both"]).pages[0].extract_text().split())
    shown = cases["both"].areas[0]
    for words in ("Amina Holm", "The Bakery", "Sourdough", shown.headline, shown.steps[0], "Strengths"):
        assert words in first
    assert cases["both"].words["where"] not in first


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_is_there_in_the_reader_s_language(cases, printed, language):
    said = text(reader(printed[language]))
    shown = cases[language]
    for key in ("where", "parts", "strengths", "next", "sides", "replies", "calculation", "method", "notes"):
        assert shown.words[key] in said
    for row in shown.areas[0].groups[0].rows:
        assert row.name in said
        assert row.marks[0].interval_words in said
    assert shown.areas[0].questions[0] in said
    assert shown.method.facts[2].value in said


@pytest.mark.parametrize(
    ("name", "most"),
    [("alone", 9), ("both", 9), ("two areas", 10), ("two areas, both", 11), ("for the manager", 8)],
)
def test_it_has_as_many_pages_as_a_person_reads(printed, name, most):
    rendered = printed[name]
    assert 6 <= rendered.pages <= most
    assert len(reader(rendered).pages) == rendered.pages


def test_no_page_is_nearly_empty_and_no_heading_stands_alone(cases, printed):
    headings = {words for key, words in cases["both"].words.items() if key in ("parts", "sides", "replies")}
    for name, rendered in printed.items():
        for number, page in enumerate(reader(rendered).pages, start=1):
            words = page.extract_text().split()
            assert len(words) > 35, f"{name}, page {number}"
            assert " ".join(words[-6:]) not in headings, f"{name}, page {number}"


@pytest.mark.parametrize("areas", [1, 2])
def test_between_two_needs_both_are_told(view, profile, areas):
    """On the first page where one job area leaves the room for it, else with the job area."""
    own = AreaProfiles("Bread", profile("self", 5, 5, 3, 4))
    html = make_html(view(areas=[own] * areas))
    cover, _, inside = html.partition('id="inside"')
    for words in ("Meaning M3.", "Meaning M4."):
        assert (words in cover, words in inside) == (areas == 1, areas == 2)


def test_the_first_page_shows_both_domains_with_their_intervals(cases, printed):
    first = " ".join(reader(printed["both"]).pages[0].extract_text().split())
    for group in cases["both"].areas[0].groups:
        for mark in group.domain.marks:
            assert mark.interval_words in first


def test_side_by_side_stands_on_one_page_from_heading_to_last_row(cases, printed):
    for name in ("both", "for the manager", *LANGUAGES):
        shown = cases[name]
        both = shown.areas[0].side_by_side
        pages = [" ".join(p.extract_text().split()) for p in reader(printed[name]).pages]
        (page,) = (said for said in pages if f"{shown.words['sides']} {both.finding[:20]}" in said)
        for row in both.differences:
            assert f"{row.own_words} {row.other_words} {row.difference_words}" in page, f"{name}: {row.name}"


@pytest.mark.parametrize(
    ("paragraph", "html"),
    [
        ("No score is certain. Each has", '<span class="lead-in">No score is certain.</span> Each has'),
        ("Unsure? Say so.", '<span class="lead-in">Unsure?</span> Say so.'),
        ("The line is 3.5 here. It", '<span class="lead-in">The line is 3.5 here.</span> It'),
        ("One sentence only.", "One sentence only."),
        ("no end", "no end"),
        ("", ""),
        ("x" * 200 + ". Then", ("x" * 30 + "\N{ZERO WIDTH SPACE}") * 6 + "x" * 20 + ". Then"),
        ("<b>1</b> & 2. Then", '<span class="lead-in">&lt;b&gt;1&lt;/b&gt; &amp; 2.</span> Then'),
    ],
)
def test_the_first_sentence_of_a_paragraph_leads_in(paragraph, html):
    assert led_in(paragraph) == html


# --- what machines read ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["alone", "both", "two areas, both", "for the manager", *LANGUAGES])
def test_it_is_valid_pdf_ua(printed, tmp_path, name):
    path = tmp_path / "report.pdf"
    path.write_bytes(printed[name].pdf)
    assert validation.validate_pdf(path, profile="ua1").failures == []


def structure(node):
    """Every structure element below a node of the tag tree."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object() if isinstance(kid, IndirectObject) else kid
        if isinstance(found, dict) and "/S" in found:
            yield found
            yield from structure(found)


def test_tags_carry_headings_tables_and_described_figures(cases, printed):
    pdf = reader(printed["both"])
    elements = list(structure(pdf.trailer["/Root"]["/StructTreeRoot"]))
    kinds = {element["/S"] for element in elements}
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/LI", "/Figure"} <= kinds
    described = [element.get("/Alt", "") for element in elements if element["/S"] == "/Figure"]
    assert all(described)
    assert cases["both"].areas[0].quadrant.finding in described
    assert cases["both"].areas[0].groups[0].rows[0].finding in described


@pytest.mark.parametrize("language", LANGUAGES)
def test_title_and_language_are_in_the_metadata(cases, printed, language):
    pdf = reader(printed[language])
    assert pdf.metadata.title == f"{cases[language].title} – Amina Holm"
    assert pdf.trailer["/Root"]["/Lang"] == language
    assert pdf.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]


def test_bookmarks_lead_through_it(cases, printed):
    shown = cases["two areas"]
    titles = [entry.title for entry in reader(printed["two areas"]).outline if not isinstance(entry, list)]
    where = shown.words["where"]
    assert titles == [
        shown.words["summary"],
        f"Sourdough: {where}",
        f"The till: {where}",
        shown.words["calculation"],
        shown.words["method"],
        shown.words["notes"],
    ]


def test_the_result_is_attached_as_the_view_s_own_json(cases, printed):
    pdf = reader(printed["both"])
    assert list(pdf.attachments) == ["result.json"]
    (attached,) = pdf.attachments["result.json"]
    assert attached == to_json(cases["both"])
    assert from_json(attached) == cases["both"]
    (reference,) = pdf.trailer["/Root"]["/AF"]
    assert reference["/AFRelationship"] == "/Data"
    assert reference["/Desc"] == cases["both"].words["attachment"]


def test_all_fonts_are_embedded_and_ours(printed):
    names = set()
    for page in reader(printed["both"]).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            (descendant,) = font.get_object()["/DescendantFonts"]
            descriptor = descendant.get_object()["/FontDescriptor"].get_object()
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
            names.add(re.sub(r"^/[A-Z]{6}\+|,$", "", descriptor["/FontName"]))
    assert names <= {"Source-Sans-3", "Source-Sans-3-Semi-Bold", "Source-Sans-3-Italic"}, names


def test_running_header_and_page_numbers_stand_on_the_inner_pages(printed):
    pages = reader(printed["both"]).pages
    count = len(pages)
    assert "Job maturity · Amina Holm" not in pages[0].extract_text()
    for number, page in enumerate(pages[1:], start=2):
        said = page.extract_text()
        assert "Job maturity · Amina Holm" in said
        assert f"{number} / {count}" in said


# --- hostile text ----------------------------------------------------------------------------------

NAUGHTY = [
    pytest.param("<img src=file:///etc/passwd>", id="an image from a file"),
    pytest.param('<link rel=attachment href="file:///etc/passwd">', id="an attachment from a file"),
    pytest.param("</style><style>@import 'http://127.0.0.1:9/x.css';body{display:none}", id="a style sheet"),
    pytest.param("<svg><image href='http://127.0.0.1:9/x.png'/></svg>", id="SVG with an image"),
    pytest.param("{{ 7 * 7 }} {% raw %} {first_name} %(x)s", id="template code"),
    pytest.param("\" onload='x' --> ]]> &lt; \\", id="quotes and comment ends"),
    pytest.param("👩🏽‍🍳 Zoë 🥐 Ωλ", id="emoji and Greek"),
    pytest.param("مرحبا بالعالم שלום", id="right to left"),
    pytest.param("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 8, id="one endless word"),
    pytest.param("a" * 1000, id="no word at all"),
]


@pytest.mark.parametrize("naughty", NAUGHTY)
def test_text_from_a_person_is_only_ever_text(view, profile, fonts, caplog, naughty):
    own = profile("self", 5, 4, 2, 2, topics=naughty)
    other = profile("manager", 2, 4, 4, 4)
    made = view(
        areas=[AreaProfiles(naughty, own, other)], first_name=naughty, last_name=naughty, organisation=naughty
    )
    html = make_html(made)
    for tag in ("<img", "<link", "<image", "<style", "<script"):
        assert tag not in html
    with caplog.at_level(logging.WARNING, "weasyprint"):
        rendered = render_document(made, fonts)
    assert [record.getMessage() for record in caplog.records if record.name == "weasyprint"] == []
    pdf = reader(rendered)
    assert list(pdf.attachments) == ["result.json"]
    assert "root:" not in text(pdf)
    assert len(pdf.pages) == rendered.pages


def test_the_template_code_of_a_person_is_printed_as_it_stands(view, profile, fonts):
    made = view(profile("self", 4, 4, 4, 4, topics="{{ 7 * 7 }} <b>bold</b>"))
    assert "{{ 7 * 7 }} <b>bold</b>" in text(reader(render_document(made, fonts)))


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/",
        "https://example.org/x.css",
        "ftp://example.org/x",
        "data:text/css,body{}",
        "assess-font:../../etc/passwd",
        "assess-font:",
        "about:blank",
        "/etc/passwd",
    ],
)
def test_nothing_but_the_own_fonts_can_be_loaded(fonts, address):
    from reports.pdf import _own_fetcher

    with pytest.raises(ValueError, match="only the report's own fonts"):
        _own_fetcher(fonts).fetch(address)


def test_the_own_fonts_can_be_loaded(fonts):
    from reports.pdf import FONT_SCHEME, _own_fetcher

    face = fonts.faces[0].ttf
    assert _own_fetcher(fonts).fetch(f"{FONT_SCHEME}:{face.name}").read() == face.read_bytes()


# --- very long, very little ------------------------------------------------------------------------


def test_a_cover_that_would_run_over_is_set_smaller(view, job_maturity, fonts):
    """Two job areas with long names, seen by two people, on a border: more than a page at full size."""
    areas = [area(job_maturity, "An unusually long name of a job area " * 4, -1)] * 2
    made = view(
        definition=job_maturity, areas=areas, first_name="Bartholomew " * 6, last_name="Featherstone " * 6
    )
    pages = reader(render_document(made, fonts)).pages
    assert made.words["where"] not in pages[0].extract_text()
    assert made.words["where"] in pages[1].extract_text()


def test_nothing_answered_still_gives_a_whole_report(view, profile, fonts):
    rendered = render_document(view(profile("self", 0, 0, 0, 0)), fonts)
    said = text(reader(rendered))
    assert "Too few answers for a result" in said
    assert "0 of 8, at least 6 needed" in said
    assert rendered.pages >= 4


def test_the_same_view_gives_the_same_file(cases, fonts):
    assert render(cases["alone"], fonts) == render(cases["alone"], fonts)


def test_threads_print_beside_each_other(cases, fonts):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(3) as pool:
        made = list(pool.map(lambda _: render(cases["alone"], fonts), range(3)))
    assert {len(PdfReader(BytesIO(pdf)).pages) for pdf in made} == {len(PdfReader(BytesIO(made[0])).pages)}
