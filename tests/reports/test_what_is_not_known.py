"""A report claims nothing that is not known: no precision, no level, no manager, no answers, no name.

Facets are given as (knowledge, skill, will, energy), as in `test_view_rules`.
"""

from __future__ import annotations

from io import BytesIO

import msgspec
import pytest
from pypdf import PdfReader

from assess.scoring.borderline import expected_borderline
from assess.scoring.profile import make_profile
from questionnaires.definition import OptionSet, Perspective, ShortForm
from reports.pdf import make_html, render_document
from reports.view import AreaProfiles


def changed(definition, **parts):
    """The definition with other parts of its structure."""
    return msgspec.structs.replace(
        definition, questionnaire=msgspec.structs.replace(definition.questionnaire, **parts)
    )


def sheet(definition, value, *, perspective="self", without=()):
    """Every scored item that the perspective is asked, at one keyed value."""
    asked = definition.questionnaire.perspectives[perspective].items
    return {
        item.id: 6 - value if item.reverse else value
        for item in definition.questionnaire.items
        if getattr(item, "options", "") == "fit"
        and item.id != "alone"
        and (not asked or item.id in asked)
        and not item.id.startswith(tuple(without) or "-")
    }


def both(view, definition, own, other, **options):
    pair = make_profile(definition, "self", own), make_profile(definition, "manager", other)
    return view(definition=definition, areas=[AreaProfiles("Bread", *pair)], **options)


# --- differences -----------------------------------------------------------------------------------


@pytest.fixture
def plain(definition):
    """No levels and no precision: scores and nothing more."""
    return changed(definition, classification=None, precision={})


def test_without_precision_no_difference_is_called_chance(view, plain):
    made = both(view, plain, sheet(plain, 4), sheet(plain, 3))
    found = made.areas[0].side_by_side
    assert found.finding.startswith("We do not know how precise the scores are, so it cannot be said")
    assert {row.kind for row in found.differences} == {"unknown"}
    assert found.questions == ()
    html = make_html(made)
    assert made.words["unknown"] in html
    assert made.words["within"] not in html


def test_a_scale_that_one_side_has_no_score_for_cannot_be_compared(view, profile):
    made = view(profile("self", 4, 4, 4, 4), profile("manager", 4, 0, 4, 4))
    found = {row.name: row for row in made.areas[0].side_by_side.differences}
    assert found["Skill"].kind == "incomparable"
    assert found["Skill"].note == "Your manager: too few answers: 0 of 4, at least 3 needed"
    assert found["Knowledge"].kind == "within"
    html = make_html(made)
    assert html.index(made.words["within"]) < html.index(made.words["incomparable"])


def test_where_no_score_is_shared_nothing_is_compared(view, plain):
    other = dict.fromkeys(sheet(plain, 3), 0)
    found = both(view, plain, sheet(plain, 4), other).areas[0].side_by_side
    assert found.finding == "The two views cannot be compared: there is no score that both have."


def test_a_difference_on_common_items_says_so(view, definition):
    """The manager is asked three of the four items of will: 4 each; self 5 each there and 1 on the fourth."""
    asked = tuple(item for item in sheet(definition, 3) if item != "will-4")
    part = changed(definition, perspectives={"self": Perspective(), "manager": Perspective(items=asked)})
    own = sheet(part, 4) | {"will-1": 5, "will-2": 5, "will-3": 5, "will-4": 1}
    made = both(view, part, own, sheet(part, 4, perspective="manager"))
    found = {row.name: row for row in made.areas[0].side_by_side.differences}
    assert found["Will"].own_words == found["Will"].other_words
    assert found["Will"].difference == pytest.approx(1.0)
    assert found["Will"].difference_words.startswith("+1.0")
    assert found["Will"].note == "The difference is for the 3 items that both were asked."
    assert found["Skill"].note == ""
    assert found["Will"].note in make_html(made)


def test_too_few_common_answers_are_said_to_be_too_few(view, definition):
    asked = tuple(item for item in sheet(definition, 3) if item != "will-4")
    part = changed(definition, perspectives={"self": Perspective(), "manager": Perspective(items=asked)})
    made = both(view, part, sheet(part, 4) | {"will-1": 0}, sheet(part, 4, perspective="manager"))
    found = {row.name: row for row in made.areas[0].side_by_side.differences}
    assert (found["Will"].kind, found["Will"].note) == ("incomparable", "Too few answers to the same items")


# --- levels ----------------------------------------------------------------------------------------


@pytest.fixture
def half(definition):
    """Both perspectives are asked the technical half only: no level can come of it."""
    items = tuple(item for item in sheet(definition, 3) if item.startswith(("knowledge", "skill")))
    return changed(
        definition, perspectives={"self": Perspective(items=items), "manager": Perspective(items=items)}
    )


def test_who_cannot_have_a_level_reads_nothing_of_levels(view, half):
    made = both(view, half, sheet(half, 4, perspective="self"), sheet(half, 3, perspective="self"))
    area = made.areas[0]
    assert area.standings[0].state == "none"
    assert (area.quadrant, area.advice, made.method.legend) == (None, None, ())
    assert all(row.cut is None for group in area.groups for row in group.rows)
    assert not any("between needs" in line for line in made.method.precision)
    assert not any("School" in fact.name for fact in made.method.origin)


def test_advice_is_not_promised_where_the_manager_cannot_have_a_level(view, definition, half):
    one = changed(
        definition,
        perspectives={"self": Perspective(), "manager": half.questionnaire.perspectives["manager"]},
    )
    own = make_profile(one, "self", sheet(one, 4))
    area = view(definition=one, areas=[AreaProfiles("Bread", own)]).areas[0]
    assert area.standings[0].state == "clear"
    assert area.advice is None


def test_the_share_of_borderline_people_is_that_of_the_precision_in_force(view, definition, profile):
    own = profile("self", 4, 4, 4, 4)
    # two axes of reliability .80: 40 % (see tests/scoring/test_borderline.py)
    share = expected_borderline(definition.questionnaire, own)
    assert round(100 * share) == 40
    (line,) = [line for line in view(own).method.precision if "between needs" in line]
    assert "about 40 in 100 people" in line


def test_two_forms_give_a_range_of_shares(view, definition):
    """Half of the items: √2 times the error, so more people between needs."""
    items = tuple(item for item in sheet(definition, 3) if item.endswith(("-1", "-2")))
    scales = definition.questionnaire.scales
    short = changed(
        definition, short_forms={"short": ShortForm(items=items, min_answered=dict.fromkeys(scales, 2))}
    )
    full = make_profile(short, "self", sheet(short, 4))
    brief = make_profile(short, "self", dict.fromkeys(items, 4), short_form="short")
    made = view(definition=short, areas=[AreaProfiles("A", full), AreaProfiles("B", brief)])
    many = round(100 * expected_borderline(short.questionnaire, brief))
    assert many > 40
    assert any(f"about 40–{many} in 100" in line for line in made.method.precision)


def test_the_reliability_is_that_of_all_voices(view, definition):
    known = definition.questionnaire.precision["self"]
    surer = {scale: msgspec.structs.replace(p, reliability=0.9) for scale, p in known.items()}
    two = changed(definition, precision={"self": known, "manager": surer})
    made = both(view, two, sheet(two, 4), sheet(two, 4))
    assert any("0.70–0.90" in line for line in made.method.precision)


# --- whom it is for --------------------------------------------------------------------------------


@pytest.fixture
def alone(definition):
    """Only the person answers: nobody else has a side."""
    precision = {"self": definition.questionnaire.precision["self"]}
    return changed(definition, perspectives={"self": Perspective()}, precision=precision)


def test_without_a_manager_there_is_no_talk_to_go_to(view, alone):
    own = make_profile(alone, "self", sheet(alone, 2) | {"tenure": 1})
    made = view(definition=alone, areas=[AreaProfiles("Bread", own)])
    said = [made.notes.lead, *made.notes.prompts, *made.notes.columns, made.method.contest]
    said += [made.words["notes"], made.words["replies_lead"], *made.areas[0].frames.lines]
    assert [text for text in said if "talk" in text or "manager" in text or "each other" in text] == []
    assert made.areas[0].advice is None


def test_with_a_manager_there_is(view, profile):
    made = view(profile("self", 4, 4, 4, 4))
    assert "talk" in made.notes.lead
    assert "What I need from my manager" in made.notes.prompts


def test_two_views_are_of_a_job_area_only_where_the_questionnaire_has_them(view, plain):
    def note(definition):
        return both(view, definition, sheet(definition, 4), sheet(definition, 3)).areas[0].notes

    assert note(plain) == ("There are two views of this job area; they stand side by side further on.",)
    assert note(changed(plain, by_job_area=False)) == (
        "There are two views; they stand side by side further on.",
    )


def test_working_conditions_name_the_questionnaire_s_own_low_parts(view, profile):
    assert "Low in your own view: Energy." in view(profile("self", 5, 5, 5, 2)).areas[0].frames.lines[0]
    assert (
        "Low in your own view: Will and energy." in view(profile("self", 5, 5, 2, 2)).areas[0].frames.lines[0]
    )
    # both facets in the middle band, the whole under its cut
    assert "Worth a closer look: Psychological." in view(profile("self", 5, 5, 3, 3)).areas[0].frames.lines[0]


@pytest.mark.parametrize(
    ("language", "heading"), [("en", "Answer sheet 17"), ("da", "Besvarelse 17"), ("sv", "Svar 17")]
)
def test_without_a_name_the_sheet_heads_the_report(view, profile, language, heading):
    nameless = {"first_name": "", "last_name": "", "sheet": "17", "language": language}
    made = view(profile("self", 4, 4, 4, 4), **nameless)
    assert made.subject == heading
    named = view(profile("self", 4, 4, 4, 4), sheet="17", language=language)
    assert named.subject == "Amina Holm"


def test_without_a_name_no_text_has_a_gap(view, profile):
    made = view(profile("manager", 4, 4, 4, 4), audience="manager", first_name="", last_name="", sheet="17")
    (row, *_) = made.areas[0].calculations[0].rows
    assert row.text == "The employee does knowledge-1."
    assert made.words["where"] == "Where the employee stands"


# --- what was answered -----------------------------------------------------------------------------


def test_nothing_answered_does_not_promise_the_rest(view, profile):
    assert "still say something" not in view(profile("self", 0, 0, 0, 0)).areas[0].meaning
    assert "still say something" in view(profile("self", 0, 0, 4, 4)).areas[0].meaning


def test_free_text_keeps_its_lines(view, profile, fonts):
    made = view(profile("self", 4, 4, 4, 4, topics="First line\nSecond line"))
    pages = PdfReader(BytesIO(render_document(made, fonts).pdf)).pages
    assert any("First line\nSecond line" in page.extract_text() for page in pages)


def test_an_answer_of_the_second_voice_alone_bears_its_name(view, definition):
    everybody = changed(definition, perspectives={"self": Perspective(), "manager": Perspective()})
    made = both(view, everybody, sheet(everybody, 4), sheet(everybody, 4) | {"topics": "Shifts"})
    assert "Your manager: Shifts" in make_html(made)


def test_an_axis_is_labelled_with_the_values_of_the_options(view, definition):
    """Options 0, 25 … 100: no 20, 40, 60 between them."""
    options = definition.questionnaire.options | {
        "fit": OptionSet(values=(0, 25, 50, 75, 100), cannot_say=True)
    }
    percent = changed(definition, options=options, classification=None, precision={})
    own = make_profile(percent, "self", sheet(percent, 4))
    made = view(definition=percent, areas=[AreaProfiles("Bread", own)])
    assert made.areas[0].groups[0].rows[0].ticks == (0, 25, 50, 75, 100)
    assert ">75</text>" in make_html(made)
    assert ">40</text>" not in make_html(made)


def test_many_values_are_thinned_and_mixed_ones_left_to_whole_numbers(view, definition):
    long = changed(
        definition,
        options=definition.questionnaire.options | {"fit": OptionSet(values=tuple(range(0, 101, 10)))},
        classification=None,
        precision={},
    )
    own = make_profile(long, "self", sheet(long, 4))
    row = view(definition=long, areas=[AreaProfiles("", own)]).areas[0].groups[0].rows[0]
    assert row.ticks == (0, 20, 40, 60, 80, 100)


# --- the first page, and who made the questionnaire ------------------------------------------------


def test_two_marks_without_levels_have_a_legend_on_the_first_page(view, plain, fonts):
    made = both(view, plain, sheet(plain, 4), sheet(plain, 3))
    first = PdfReader(BytesIO(render_document(made, fonts).pdf)).pages[0].extract_text()
    assert "You" in first
    assert "Your manager" in first


def test_the_method_page_names_authors_source_licence_and_school(view, definition, profile, fonts):
    said = msgspec.structs.replace(
        definition.questionnaire.provenance,
        authors="A. Person",
        source="A book",
        licence="CC BY 4.0",
        notes="Ten interviews.",
    )
    named = changed(definition, provenance=said, written_in="en")
    made = view(definition=named, areas=[AreaProfiles("B", make_profile(named, "self", sheet(named, 4)))])
    assert [(fact.name, fact.value) for fact in made.method.origin] == [
        ("Authors", "A. Person, 2026"),
        ("Licence", "CC BY 4.0"),
        ("School followed", "ability and willingness"),
        ("Source", "A book"),
        ("Notes by the authors", "Ten interviews."),
        ("Reason for the borders", "a convention"),
    ]
    pages = PdfReader(BytesIO(render_document(made, fonts).pdf)).pages
    printed = " ".join(page.extract_text() for page in pages)
    for words in ("A. Person, 2026", "CC BY 4.0", "Ten interviews.", "a convention"):
        assert words in printed


def test_notes_in_another_language_than_the_readers_are_left_to_the_translated_method(view, definition):
    named = changed(definition, written_in="sv")
    made = view(definition=named, areas=[AreaProfiles("B", make_profile(named, "self", sheet(named, 4)))])
    assert [fact.name for fact in made.method.origin] == ["Authors", "Licence", "School followed"]
