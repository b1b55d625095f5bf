"""Cards with codes, and questionnaires to fill in with a pen."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import page as validation
import pytest
from pypdf import PdfReader

from assess.scoring.form import make_form
from questionnaires.library import find
from questionnaires.reader import read_folder
from reports.paper import Card, CardLink, FormOrder, cards_view, paper_form
from reports.paper.cards import PrintedLink, qr
from reports.paper.forms import FormBlock, PrintedTable
from reports.paper.printing import print_cards, print_forms

ZONE = ZoneInfo("Europe/Copenhagen")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TOKEN = "kT9" * 14 + "z"
ADDRESS = f"https://assess.example.dk/a/{TOKEN}"


def card(**parts):
    link = CardLink("Dig og dit arbejde", ADDRESS, 12)
    return Card(
        **({"name": "Amina Yıldız", "unit": "Butik Nord", "language": "da", "links": (link,)} | parts)
    )


def cards(*some):
    return cards_view(
        some, language="en", wave="Autumn 2026", organisation="Rugbrød", closes_at=NOON, zone=ZONE, today=NOON
    )


def order(name="job-maturity", perspective="self", language="da", **parts):
    definition = read_folder(find(name))
    questionnaire = definition.questionnaire
    blocks = (FormBlock(make_form(questionnaire, perspective), area="Bage brød"),)
    defaults = {
        "definition": definition,
        "perspective": perspective,
        "language": language,
        "wave": "Efterår 2026",
        "organisation": "Rugbrød & Co.",
        "customer": "customer",
        "name": "Amina Yıldız",
        "subject_name": "Amina Yıldız",
        "subject_first_name": "Amina",
        "code": "K7QF-3M2P-9XTB",
        "blocks": blocks,
        "statements": ("Du ser altid dine egne svar.",),
        "asks_to_share": True,
        "closes_at": NOON,
    }
    return FormOrder(**(defaults | parts))


def valid(rendered, folder, caplog):
    """The document's text, after it has passed as PDF/UA-1."""
    assert not [record for record in caplog.records if record.name == "weasyprint"]
    path = folder / "paper.pdf"
    path.write_bytes(rendered.pdf)
    assert validation.validate_pdf(path, profile="ua1").failures == []
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(rendered.pdf)).pages]


def test_a_card_is_in_its_persons_language_with_the_deadline_in_the_organisations_zone():
    danish, swedish = cards(card(), card(language="sv")).cards
    assert danish.until == "Svar senest den 23. november 2026 kl. 13.00."
    assert swedish.until == "Svara senast 23 november 2026 kl. 13:00."


def test_the_title_of_a_code_is_escaped():
    svg = str(qr(PrintedLink("t", "m", ADDRESS, "Kode <til> Amina")))
    assert "Kode &lt;til&gt; Amina" in svg
    assert ADDRESS not in svg


def test_cards_are_valid_and_as_many_as_there_are_people(fonts, tmp_path, caplog):
    view = cards(*(card(name=f"Person {number}") for number in range(7)))
    text = " ".join(valid(print_cards(view, fonts), tmp_path, caplog))
    assert all(f"Person {number}" in text for number in range(7))
    assert text.replace(" ", "").count(TOKEN) == 7


def test_a_printed_code_can_be_scanned(fonts, tmp_path):
    """Another program than the one that made the codes reads them from the printed page."""
    import zxingcpp
    from PIL import Image

    pdf = tmp_path / "cards.pdf"
    two = (CardLink("Dig og dit arbejde", ADDRESS, 12), CardLink("Din måde at lede på", f"{ADDRESS}2", 15))
    pdf.write_bytes(print_cards(cards(card(links=two)), fonts).pdf)
    subprocess.run(["pdftoppm", "-r", "150", "-png", str(pdf), str(tmp_path / "page")], check=True)
    with Image.open(next(tmp_path.glob("page*.png"))) as picture:
        assert {found.text for found in zxingcpp.read_barcodes(picture)} == {ADDRESS, f"{ADDRESS}2"}


def test_statements_with_the_same_options_stand_in_one_table():
    form = paper_form(order(), zone=ZONE, today=NOON)
    tables = [part for page in form.blocks[0].pages for part in page.parts if isinstance(part, PrintedTable)]
    assert all(len({item.ticks for item in table.items}) == 1 for table in tables)
    asked = [
        item.number
        for page in form.blocks[0].pages
        for part in page.parts
        for item in (part.items if isinstance(part, PrintedTable) else (part,))
    ]
    assert asked == list(range(1, len(make_form(order().definition.questionnaire, "self").item_ids) + 1))


def test_a_chosen_job_area_is_asked_for_and_never_a_gap_in_a_sentence():
    definition = read_folder(find("job-maturity"))
    block = FormBlock(make_form(definition.questionnaire, "self"), choices=("Bage brød", "Betjene kunder"))
    printed = paper_form(order(blocks=(block, block)), zone=ZONE, today=NOON).blocks
    assert printed[0].areas == ("Bage brød", "Betjene kunder")
    assert printed[1].heading == "Opgaveområde 2, hvis du vil svare om ét mere"


def test_the_paper_says_who_sees_more_because_it_is_paper():
    form = paper_form(order(), zone=ZONE, today=NOON)
    assert form.statements[0] == "Du ser altid dine egne svar."
    assert "administrator" in form.statements[-1]


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_printed_questionnaires_are_valid(language, fonts, tmp_path, caplog):
    forms = [
        paper_form(order(language=language), zone=ZONE, today=NOON),
        paper_form(
            order(
                "leadership-style",
                language=language,
                blocks=(FormBlock(make_form(read_folder(find("leadership-style")).questionnaire, "self")),),
            ),
            zone=ZONE,
            today=NOON,
        ),
    ]
    pages = valid(print_forms(forms, fonts), tmp_path, caplog)
    assert all("K7QF-3M2P-9XTB" in page for page in pages if page), "every sheet can be told"
