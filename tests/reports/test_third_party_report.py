"""Reports of questionnaires that are not ours: no levels, no precision, no interpretation, one scale."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import msgspec
import page as validation
import pytest
from pypdf import PdfReader

from assess.scoring.profile import make_profile
from questionnaires.reader import read_folder
from reports.pdf import render_document
from reports.view import AreaProfiles

IPIP = Path(__file__).parent.parent / "questionnaires" / "ipip-25"


@pytest.fixture(scope="module")
def ipip():
    return read_folder(IPIP)


@pytest.fixture(scope="module")
def ipip_view(ipip, view):
    """A person who answered everything but one item; reversed items answered low."""
    answers = {item.id: 2 if item.reverse else 5 for item in ipip.questionnaire.items}
    answers["O4"] = None
    own = make_profile(ipip, "self", answers)
    return view(definition=ipip, areas=[AreaProfiles("", own)], language="en")


def one_scale(definition):
    """The same questionnaire with its first scale only."""
    name, scale = next(iter(definition.questionnaire.scales.items()))
    questionnaire = msgspec.structs.replace(definition.questionnaire, scales={name: scale})
    return msgspec.structs.replace(definition, questionnaire=questionnaire)


def test_it_makes_no_claim_that_the_questionnaire_does_not_make(ipip_view):
    area = ipip_view.areas[0]
    assert area.standings[0].state == "none"
    assert area.headline == "The answers, scale by scale"
    assert area.quadrant is None
    assert area.advice is None
    assert area.frames is None
    assert area.strengths == () == area.next_steps == area.questions
    assert ipip_view.method.legend == ()
    assert ipip_view.method.precision == (
        "How precise the scores are is not known. No intervals are given for that reason.",
    )


def test_scores_without_precision_have_no_interval(ipip_view):
    (group,) = ipip_view.areas[0].groups
    assert group.domain is None
    assert len(group.rows) == 5
    for row in group.rows:
        # five answers of 5 on options 1…6, reversed 2 counting 7 − 2 = 5
        assert row.marks[0].score == 5.0
        assert row.marks[0].interval_words == ""
        assert row.cut is None


def test_the_calculation_is_complete(ipip_view):
    found = ipip_view.areas[0].calculations
    assert [len(part.rows) for part in found] == [5] * 5
    assert found[-1].totals == ("20 ÷ 4 = 5.00",)


def test_one_scale_is_its_own_headline(ipip, view):
    definition = one_scale(ipip)
    own = make_profile(definition, "self", {f"A{n}": 2 if n == 1 else 4 for n in range(1, 6)})
    area = view(definition=definition, areas=[AreaProfiles("", own)]).areas[0]
    # (7 − 2 + 4·4) / 5 = 4.2
    assert area.headline == "Agreeableness: 4.2 on a scale from 1 to 6"


def test_the_report_is_whole_valid_and_short(ipip_view, fonts, tmp_path, caplog):
    rendered = render_document(ipip_view, fonts)
    assert not [record for record in caplog.records if record.name == "weasyprint"]
    path = tmp_path / "report.pdf"
    path.write_bytes(rendered.pdf)
    assert validation.validate_pdf(path, profile="ua1").failures == []
    assert 3 <= rendered.pages <= 6
    said = " ".join(page.extract_text() for page in PdfReader(BytesIO(rendered.pdf)).pages)
    for words in ("Agreeableness", "Openness", "5.0", ipip_view.words["method"], ipip_view.words["notes"]):
        assert words in said
