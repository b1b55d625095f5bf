"""A group's result on paper: one to three pages, valid, with what the page says."""

from __future__ import annotations

from io import BytesIO

import msgspec
import page as validation
import pytest
from group_examples import group, job_maturity, leadership_style, viewed
from pypdf import PdfReader

from assess.releases.agreement import CellIcc
from reports.group.parts import GroupView
from reports.pdf import render_document


def checked(view, fonts, folder, caplog):
    """The document, after it has passed as PDF/UA-1 and WeasyPrint had nothing to say."""
    rendered = render_document(view, fonts)
    assert not [record for record in caplog.records if record.name == "weasyprint"]
    path = folder / "group.pdf"
    path.write_bytes(rendered.pdf)
    assert validation.validate_pdf(path, profile="ua1").failures == []
    return PdfReader(BytesIO(rendered.pdf))


@pytest.mark.slow
@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_a_whole_result_has_at_most_three_pages_and_is_valid(language, fonts, tmp_path, caplog):
    scales = job_maturity().questionnaire.scales
    comments = tuple(f"Mere tid til oplæring nummer {number}" for number in range(12))
    view = viewed(
        group(
            job_maturity(),
            24,
            earlier=True,
            comments=comments,
            names=("Nord", "Syd"),
            merged=2,
            agreement={one: 0.8 - 0.3 * (place % 2) for place, one in enumerate(scales)},
            icc={
                one: CellIcc(icc1=0.1, icc2=0.6, low=0.05 * (place % 2), high=0.3, cells=6, people=84)
                for place, one in enumerate(scales)
            },
            moved=(False, 6, 5),
        ),
        language,
    )
    reader = checked(view, fonts, tmp_path, caplog)
    assert len(reader.pages) <= 3
    said = " ".join(" ".join(one.extract_text() for one in reader.pages).split())
    assert view.subject in said
    assert all(text in said for text in comments)
    attached = reader.attachments["result.json"][0]
    assert msgspec.json.decode(attached, type=GroupView) == view


@pytest.mark.slow
def test_a_small_group_and_one_of_styles_are_valid(fonts, tmp_path, caplog):
    assert len(checked(viewed(group(job_maturity(), 6), "da"), fonts, tmp_path, caplog).pages) <= 2
    assert len(checked(viewed(group(leadership_style(), 11), "sv"), fonts, tmp_path, caplog).pages) == 1
