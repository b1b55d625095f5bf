"""The technical manual on paper: whole, valid, with bookmarks and its figures; and the command."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import page as validation
import pytest
from click.testing import CliRunner
from manual_examples import IPIP, blocks, chosen, job_maturity, leadership_style, manual, paired, rated
from pypdf import PdfReader

from assess.cli import main
from assess.commands.manual import manual_from_answers
from assess.settings import from_environment
from questionnaires.reader import read_folder
from reports.manual import from_json
from reports.pdf import Rendered, render_document

DATA = Path(__file__).parent.parent / "data"


def checked(view, fonts, folder, caplog):
    """The pages as texts, after the document has passed as PDF/UA-1 and WeasyPrint had nothing to say."""
    rendered = render_document(view, fonts)
    assert not [record for record in caplog.records if record.name == "weasyprint"]
    path = folder / "manual.pdf"
    path.write_bytes(rendered.pdf)
    assert validation.validate_pdf(path, profile="ua1").failures == []
    return PdfReader(BytesIO(rendered.pdf))


@pytest.mark.slow
@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_a_manual_with_answers_has_twenty_odd_pages_and_is_valid(language, fonts, tmp_path, caplog):
    definition = job_maturity()
    own, manager, pairs = paired(definition, 40)
    view = manual(definition, own, manager, pairs=pairs, language=language)
    reader = checked(view, fonts, tmp_path, caplog)
    assert 20 <= len(reader.pages) <= 34
    said = " ".join(page.extract_text() for page in reader.pages)
    assert view.cover.tested in said
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert [f"{chapter.number} {chapter.title}" for chapter in view.chapters] == titles[2:]


@pytest.mark.slow
def test_a_manual_of_situations_is_valid(fonts, tmp_path, caplog):
    definition = leadership_style()
    view = manual(definition, chosen(definition), chosen(definition, "direct-report", 12, 3), language="sv")
    assert len(checked(view, fonts, tmp_path, caplog).pages) >= 15


@pytest.mark.slow
def test_a_manual_without_answers_and_one_of_others_are_valid(fonts, tmp_path, caplog):
    checked(manual(job_maturity(), language="da"), fonts, tmp_path, caplog)
    ipip = read_folder(IPIP)
    checked(manual(ipip, rated(ipip, n=320)), fonts, tmp_path, caplog)


@pytest.mark.slow
def test_the_attached_file_holds_the_figures(fonts, tmp_path, caplog):
    definition = job_maturity()
    view = manual(definition, rated(definition, n=30))
    (attached,) = checked(view, fonts, tmp_path, caplog).attachments["result.json"]
    assert from_json(attached) == view
    assert from_json(attached).figures[0].reliability.n == 30


@pytest.mark.slow
def test_the_command_makes_it_of_the_answers_file(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSESS_DATA", str(tmp_path))
    output = tmp_path / "manual.pdf"
    arguments = ["manual", "job-maturity", str(DATA / "job-maturity.csv"), "--language", "en"]
    result = CliRunner().invoke(main, [*arguments, "-o", str(output)])
    assert result.exit_code == 0, result.output
    assert "Made of 60 sheets:" in result.stderr
    (attached,) = PdfReader(output).attachments["result.json"]
    assert [(group.perspective, group.n) for group in from_json(attached).figures] == [
        ("self", 30),
        ("manager", 30),
    ]


def test_the_command_compares_the_languages_that_the_file_tells(tmp_path, monkeypatch):
    definition, group = job_maturity(), rated(job_maturity(), n=40)
    rows = ["id;language;" + ";".join(group.form.scored_item_ids)]
    for place in range(40):
        cells = (str(answer or "") for answer in group.answers[:, place].tolist())
        rows.append(f"{place};{('da', 'sv')[place % 2]};" + ";".join(cells))
    seen = []
    monkeypatch.setattr("assess.commands.manual.static_fonts", lambda cache: None)
    monkeypatch.setattr(
        "assess.commands.manual.render_document",
        lambda view, fonts: seen.append(view) or Rendered(b"%PDF", 1),
    )
    manual_from_answers(
        definition,
        BytesIO("\n".join(rows).encode()),
        language="en",
        settings=from_environment({"ASSESS_DATA": str(tmp_path)}),
        say=lambda line: None,
    )
    (table,) = blocks(seen[0], "fairness", "Table")
    assert table.title == "Self-rating, Swedish against self-rating, Danish"


def test_the_command_refuses_a_language_that_there_is_not(tmp_path):
    result = CliRunner().invoke(
        main, ["manual", str(IPIP), "--language", "da", "-o", str(tmp_path / "m.pdf")]
    )
    assert result.exit_code == 1
    assert "no texts in da" in result.stderr
