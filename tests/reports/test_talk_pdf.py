"""The talk brief and the agreement sheet on paper: as many pages as a leader reads, valid, nothing private
attached, fields that can be filled in."""

from __future__ import annotations

import json
from io import BytesIO

import msgspec
import page as validation
import pytest
from pypdf import PdfReader
from talk_examples import (
    APART,
    BAKERY,
    MANAGER,
    PAST,
    TILL,
    ZONE,
    agreement,
    area,
    brief,
    prepared,
    talk,
    viewed,
)

from reports.pdf import render_document
from reports.talk import AgreementView, BriefView, agreement_view, without_private

NOTE = "Canarynote"
BEFORE = {"self": (3, 3, 3, 4, 4, 4, 4, 4), "manager": (3, 3, 4, 4, 4, 3, 4, 5)}
LOW_BEFORE = {"self": (3, 3, 3, 4, 3, 4, 4, 4), "manager": (3, 3, 4, 4, 4, 3, 4, 3)}
OTHER = {"tenure": 2, "freshness": 3, "safe_alone": 4, "wish_s1": 1, "wish_s3": 3, "topics": "Weekends"}
LONG = " ".join(["Det gør en forskel, når vi taler om det i god tid."] * 40)[:2000]


def checked(view, fonts, folder, caplog):
    """The document, after it has passed as PDF/UA-1 and WeasyPrint had nothing to say."""
    rendered = render_document(view, fonts)
    assert not [record for record in caplog.records if record.name == "weasyprint"]
    path = folder / "talk.pdf"
    path.write_bytes(rendered.pdf)
    assert validation.validate_pdf(path, profile="ua1").failures == []
    return PdfReader(BytesIO(rendered.pdf))


def said(page) -> str:
    text = page.extract_text().replace("\N{SOFT HYPHEN}", "").replace("\N{HYPHEN}", "-")
    return " ".join(text.split())


@pytest.mark.slow
@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_a_brief_has_the_holder_s_page_and_three_more(language, fonts, tmp_path, caplog):
    view = viewed(brief("holder", area(before=BEFORE, **OTHER), note=NOTE, language=language), language)
    reader = checked(view, fonts, tmp_path, caplog)
    assert len(reader.pages) == 4
    assert reader.metadata.author == view.organisation
    first, *others = (said(one) for one in reader.pages)
    for words in (
        view.subject,
        view.plan.headline,
        NOTE,
        view.plan.styles[0].name,
        *(p.title for p in view.plan.points),
    ):
        assert words in first
    assert all(NOTE not in other and view.words["private"] not in other for other in others)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_a_brief_of_two_job_areas_has_four_pages_too(language, fonts, tmp_path, caplog):
    """With everything in it: two views that differ, low parts, a wave before, other answers, agreements."""
    low = area((4, 4, 3, 4, 2, 2, 3, 2), (3, 4, 3, 4, 3, 2, 4, 2), before=LOW_BEFORE, job_area=TILL, **OTHER)
    areas = (area(before=BEFORE, **OTHER), low)
    view = viewed(brief("holder", *areas, note=NOTE, language=language), language)
    reader = checked(view, fonts, tmp_path, caplog)
    assert len(reader.pages) == 4
    pages = [said(one) for one in reader.pages]
    assert min(map(len, pages)) > 1500, "no page is mostly empty"
    for row in view.plan.needs:
        assert " ".join((row.job_area, *row.needs)) in pages[0], "a row for each job area"
    whole = "".join("".join(pages).split())  # words may be parted at the end of a line
    for words in (
        *(one.finding for one in view.areas),
        view.areas[1].frames.title,
        *(reply.answers[1] for one in view.areas for reply in one.replies),
        *(line.what for line in view.last_time.lines),
        *(text for row in view.preparations.rows for text in row.texts),
        *view.reading,
    ):
        assert "".join(words.split()) in whole
    for rule in (view.areas[0].direction, view.areas[0].change.rule):
        assert whole.count("".join(rule.split())) == 1, "how to read the tables is said once"


@pytest.mark.slow
def test_the_person_s_brief_has_neither_that_page_nor_the_notes(fonts, tmp_path, caplog):
    view = viewed(brief("person", area(before=BEFORE, **OTHER), note=NOTE))
    reader = checked(view, fonts, tmp_path, caplog)
    assert len(reader.pages) == 2
    whole = " ".join(said(one) for one in reader.pages)
    assert NOTE not in whole
    assert all(len(said(one)) > 800 for one in reader.pages), "no page is nearly empty"
    for corner in view.areas[0].quadrant.corners:
        assert corner.need in said(reader.pages[0]), "each field of the picture says what it means"


@pytest.mark.slow
def test_what_is_attached_holds_nothing_private(fonts, tmp_path, caplog):
    view = viewed(brief("holder", area(), note=NOTE))
    reader = checked(view, fonts, tmp_path, caplog)
    attached = reader.attachments["result.json"][0]
    assert NOTE.encode() not in attached
    assert msgspec.json.decode(attached, type=BriefView) == without_private(view)


@pytest.mark.slow
def test_two_job_areas_and_full_preparations_run_on_and_stay_whole(fonts, tmp_path, caplog):
    """Two pages more for two thousand characters in each of eight fields; the holder's page stays one."""
    full = prepared(LONG, LONG, LONG, LONG)
    areas = (area(before=BEFORE), area(APART, MANAGER, job_area=TILL))
    view = viewed(brief("holder", *areas, texts=(full, full), note=f"{NOTE} " * 60))
    reader = checked(view, fonts, tmp_path, caplog)
    assert 6 <= len(reader.pages) <= 9
    assert view.words["private_notes"] in said(reader.pages[0])
    assert view.areas[0].finding in said(reader.pages[1])
    assert said(reader.pages[-1]).count(NOTE) == 60, "long notes stand whole on the last page"


@pytest.mark.slow
def test_a_full_page_loses_no_note(fonts, tmp_path, caplog):
    """Where the holder's page is set short, notes stand on a page of their own."""
    full = prepared(*(f"{LONG[:139]}" for _ in range(4)))
    areas = (area(before=BEFORE), area(APART, MANAGER, job_area=TILL), area(APART, MANAGER, job_area=TILL))
    view = viewed(brief("holder", *areas, texts=(full, full), note=NOTE))
    reader = checked(view, fonts, tmp_path, caplog)
    assert NOTE in " ".join(said(one) for one in reader.pages)


@pytest.mark.slow
@pytest.mark.parametrize("found", ["none", "single"])
def test_a_brief_with_little_in_it_is_short_and_whole(found, fonts, tmp_path, caplog):
    areas = () if found == "none" else (area(None),)
    view = viewed(brief("holder", *areas, past=(), language="sv"), "sv")
    reader = checked(view, fonts, tmp_path, caplog)
    assert len(reader.pages) == (2 if found == "none" else 3)
    assert all(len(said(one)) > 600 for one in reader.pages)


# --- the sheet -------------------------------------------------------------------------------------


def sheet(agreements, language="da") -> AgreementView:
    return agreement_view(talk(), agreements, organisation=BAKERY, language=language, zone=ZONE)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_the_sheet_has_named_fields_with_what_is_agreed(language, fonts, tmp_path, caplog):
    view = sheet(PAST.agreements, language)
    reader = checked(view, fonts, tmp_path, caplog)
    assert len(reader.pages) == 2
    fields = reader.get_fields()
    wanted = {field.name: field.value for one in view.agreements for row in one.fields for field in row}
    wanted |= {field.name: field.value for row in view.signatures for field in row}
    assert {name: str(field.get("/V", "")) for name, field in fields.items()} == wanted
    assert all(field["/TU"] for field in fields.values()), "each is called by name when it is read out"
    assert len({str(field["/TU"]) for field in fields.values()}) > len(view.agreements) * 6


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "words", "pages", "has_room"),
    [(1, 1, 1, True), (1, 18, 1, False), (1, 40, 2, True), (2, 1, 1, False), (3, 1, 2, True)],
)
def test_an_empty_form_is_there_only_where_there_is_room_for_it(
    number, words, pages, has_room, fonts, tmp_path, caplog
):
    """Where the agreements and the signatures fill a page an empty form would make another."""
    text = "Bage brød alene " * words
    agreements = tuple(agreement(text, first_step=text, seen_by=text) for _ in range(number))
    reader = checked(sheet(agreements), fonts, tmp_path, caplog)
    names = set(reader.get_fields())
    titles = "".join(said(page) for page in reader.pages)
    assert f"agreement-{number}-what" in names
    assert len(reader.pages) == pages
    assert "agreement-1-what" in {str(one.get_object()["/T"]) for one in reader.pages[0]["/Annots"]}
    assert (f"agreement-{number + 1}-what" in names) == has_room
    assert (f"Aftale {number + 1}" in titles) == has_room
    attached = json.loads(reader.attachments["result.json"][0])
    assert len(attached["agreements"]) == number + has_room, "the data are those of the paper"


@pytest.mark.slow
def test_what_stands_in_a_field_is_what_was_written(fonts, tmp_path, caplog):
    """A word of five hundred characters has no hidden signs in its field, and costs no minute."""
    endless = "Æblegrød" * 60
    text = f'{endless} & <b> "{endless}"'
    view = sheet((agreement(text, first_step=endless, help_needed="To\nlinjer", seen_by=endless),))
    fields = checked(view, fonts, tmp_path, caplog).get_fields()
    assert str(fields["agreement-1-what"]["/V"]) == text
    assert str(fields["agreement-1-first-step"]["/V"]) == endless
    assert str(fields["agreement-1-help-needed"]["/V"]) == "To\nlinjer"
    assert not any("\N{ZERO WIDTH SPACE}" in str(field.get("/V", "")) for field in fields.values())


@pytest.mark.slow
def test_long_agreements_are_printed_whole(fonts, tmp_path, caplog):
    """A field does not scroll on paper: the longest text that there can be has room for all its lines."""
    text = ("Vi mødes hver fredag og ser på, hvordan det går. " * 21)[:1000]
    view = sheet((agreement(text, first_step=text, help_needed=text, seen_by=text),))
    reader = checked(view, fonts, tmp_path, caplog)
    heights = {
        str(one["/T"]): float(one["/Rect"][1]) - float(one["/Rect"][3])
        for page in reader.pages
        for one in (each.get_object() for each in page.get("/Annots", ()))
    }
    for name in ("what", "first-step", "help-needed", "seen-by"):
        assert abs(heights[f"agreement-1-{name}"]) >= 1000 / 78 * 13, "thirteen lines of thirteen points"
