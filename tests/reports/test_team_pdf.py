"""The report of a team on paper: four to eight pages of any team, valid, without names in the picture."""

from __future__ import annotations

from io import BytesIO

import msgspec
import page as validation
import pytest
from pypdf import PdfReader
from team_examples import team_of, viewed

from reports.pdf import render_document
from reports.team import TeamView, on_paper


@pytest.mark.slow
@pytest.mark.parametrize(("people", "language", "too_long"), [(4, "sv", 0), (45, "en", 2), (200, "da", 4)])
def test_a_report_has_four_to_eight_pages_and_is_valid(people, language, too_long, fonts, tmp_path, caplog):
    """Each list of people is there whole, or it is said where it stands."""
    view = viewed(team_of(people), language)
    rendered = render_document(view, fonts)
    assert not [record for record in caplog.records if record.name == "weasyprint"]
    path = tmp_path / "team.pdf"
    path.write_bytes(rendered.pdf)
    assert validation.validate_pdf(path, profile="ua1").failures == []
    reader = PdfReader(BytesIO(rendered.pdf))
    assert 4 <= len(reader.pages) <= 8
    attached = reader.attachments["result.json"][0]
    assert msgspec.json.decode(attached, type=TeamView) == on_paper(view)
    assert b"person-" not in attached
    said = " ".join(" ".join(one.extract_text() for one in reader.pages).split())
    assert said.count(" ".join(view.words["list_elsewhere"].split())) == too_long
    assert (team_of(people).people[-1].person.name in said) == (people < 200)
