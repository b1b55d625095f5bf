"""The talk brief in words: what it says to whom, and what it never holds."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from talk_examples import (
    AMINA,
    AMINAS,
    APART,
    BO,
    BOS,
    MANAGER,
    PAST,
    SELF,
    TILL,
    ZONE,
    agreement,
    area,
    brief,
    prepared,
    talk,
    viewed,
)

from assess.answering.types import Person
from assess.scoring.comparison import compare
from assess.talks.brief_types import BriefQuestion, PastAgreements
from assess.talks.types import Agreement, Signature
from reports.talk import agreement_view, from_json, without_private
from reports.talk.agreements import lines_for
from reports.talk.alike import is_alike
from reports.talk.plan import shared_out
from reports.view.parts import to_json

NOTE = "CANARY-NOTE"
BEFORE = {"self": (3, 3, 3, 4, 4, 4, 4, 4), "manager": (3, 3, 4, 4, 4, 3, 4, 5)}


def everything(view) -> str:
    return to_json(view).decode()


# --- for whom --------------------------------------------------------------------------------------


def test_whoever_holds_the_talk_has_a_page_of_their_own():
    view = viewed(brief("holder", area(), note=NOTE))
    assert view.plan is not None
    assert view.notes == NOTE
    assert view.plan.steps[0].title == "Begynd"


@pytest.mark.parametrize("reader", ["person", "shown", "both"])
def test_nobody_else_has_that_page_or_the_notes(reader):
    view = viewed(brief(reader, area(), note=NOTE))
    assert view.plan is None
    assert NOTE not in everything(view)


def test_what_is_attached_to_a_file_or_shown_to_both_has_nothing_private():
    view = viewed(brief("holder", area(), note=NOTE))
    assert NOTE in everything(view)
    bare = without_private(view)
    assert NOTE not in everything(bare)
    assert bare.plan is None
    assert from_json(to_json(bare)) == bare


def test_each_reader_is_spoken_to():
    """The manager's own view is the manager's, the person's the person's; at one screen both have names."""
    labels = {
        reader: [voice.label for voice in viewed(brief(reader, area()), "en").areas[0].voices]
        for reader in ("holder", "person", "shown", "both")
    }
    assert labels == {
        "holder": ["You", "Amina"],
        "person": ["You", "Your manager"],
        "shown": ["Amina", "The manager"],
        "both": ["Amina", "The manager"],
    }


def test_a_coach_who_holds_the_talk_did_neither_rating():
    view = viewed(brief("holder", area(), holder_role="coach", language="en"), "en")
    assert [voice.label for voice in view.areas[0].voices] == ["Amina", "The manager"]
    assert view.plan is not None


def test_a_point_about_which_help_fits_names_what_each_view_points_to():
    found = brief("holder", area(), language="en")
    asked = BriefQuestion("x", "between-needs", "Which help?", "why", None, found.areas[0].area_id)
    view = viewed(replace(found, questions=(asked,)), "en")
    assert "A free hand and new challenges help here" in view.plan.points[0].text
    alone = brief("holder", area(None), language="en")
    view = viewed(replace(alone, questions=(asked,)), "en")
    assert re.match(r"You: .+\d+", view.plan.points[0].text)


def test_of_several_job_areas_each_has_a_row_with_what_each_view_says_is_needed():
    areas = (area(), area(APART, MANAGER, job_area=TILL), area(None, job_area=TILL))
    plan = viewed(brief("holder", *areas, language="en"), "en").plan
    assert plan.voices == ("You", "Amina")
    assert plan.lead == ""
    free, learning = (
        "A free hand and new challenges help here",
        "Instruction, explanation and practice help here",
    )
    assert [(row.job_area, row.needs) for row in plan.needs] == [
        ("Sourdough", (free, free)),
        ("The till", (free, learning)),
        ("The till", (free, "")),
    ]


def test_a_rating_that_somebody_else_gave_says_so_in_its_row():
    ours, theirs = area(), area(job_area=TILL)
    others = replace(theirs, manager=replace(theirs.manager, respondent_id="carl"))
    plan = viewed(brief("holder", ours, others, language="en"), "en").plan
    assert plan.voices == ("You", "Amina")
    assert plan.needs[1].needs[0].startswith("The manager: ")


def test_one_job_area_is_told_in_a_sentence():
    plan = viewed(brief("holder", area(), language="en"), "en").plan
    assert plan.lead.startswith("Both views: ")
    assert plan.needs == ()


# --- what is said first ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("areas", "headline"),
    [
        ((area((4,) * 8, (4,) * 8),), "The two views probably mean the same need: build on it"),
        ((area(),), "2 parts are seen differently: a place to begin"),
        ((area(APART, MANAGER),), "The two views probably mean different needs: begin there"),
        (
            (area(), area(APART, MANAGER, job_area=TILL)),
            "The till: the two views probably mean different needs. Begin there",
        ),
        (
            (area(APART, MANAGER), area(APART, MANAGER, job_area=TILL)),
            "The two views probably mean different needs in 2 job areas",
        ),
        (
            (area((3, 4) * 4, (3, 4) * 4),),
            "No difference that can be told from chance: ask what each of you sees",
        ),
        ((area(None),), "One view so far: hear the other one first"),
        ((), "A talk without a questionnaire"),
    ],
)
def test_the_headline_follows_the_need_then_the_parts(areas, headline):
    assert viewed(brief("holder", *areas, language="en"), "en").plan.headline == headline


def test_where_views_mean_different_needs_that_is_the_first_point():
    plan = viewed(brief("holder", area(APART, MANAGER), language="en"), "en").plan
    assert plan.points[0].title == "Which kind of help fits best?"
    assert plan.styles[0].how[0].startswith("The two views probably mean different needs.")


def test_of_several_job_areas_a_point_about_the_need_leaves_the_needs_to_their_rows():
    areas = (area(APART, MANAGER), area(APART, MANAGER, job_area=TILL))
    plan = viewed(brief("holder", *areas, language="en"), "en").plan
    assert plan.points[0].title == "Which kind of help fits best? · Sourdough"
    assert plan.points[0].text == ""
    assert plan.needs[0].needs == (
        "A free hand and new challenges help here",
        "Instruction, explanation and practice help here",
    )


def with_agreement(found, agreement, *, allowed):
    return replace(
        found,
        comparison=msgspec.structs.replace(found.comparison, agreement=agreement, advice_allowed=allowed),
    )


def test_agreement_is_claimed_only_where_it_is_shown():
    """The same scores in both views: shown to be alike where both mean the same need, else not told apart."""
    same = area((4,) * 8, (4,) * 8)
    shown = viewed(brief("holder", same, language="en"), "en").areas[0]
    assert shown.agree[0].startswith("Both see as strengths: knowledge")
    assert shown.untold == ()
    doubted = viewed(brief("holder", with_agreement(same, 0.09, allowed=False), language="en"), "en").areas[0]
    assert doubted.agree == ()
    assert doubted.untold[0].startswith("Both see as strengths: knowledge")


@pytest.mark.parametrize(
    ("low", "high", "is_shown"),
    [(-0.98, 0.98, True), (-1.0, 1.0, True), (-0.7, 1.01, False), (-1.01, 0.7, False), (0.1, 0.9, False)],
)
def test_a_part_is_alike_where_the_whole_interval_lies_within_a_point(low, high, is_shown):
    found = area()
    scales = tuple(
        msgspec.structs.replace(one, low=low, high=high, beyond_error=low > 0) if one.id == "will" else one
        for one in found.comparison.scales
    )
    found = replace(found, comparison=msgspec.structs.replace(found.comparison, scales=scales))
    assert is_alike(found, "will") == is_shown


def meaning_the_same(found, agreement):
    """The own view is sure of its need, the manager is in doubt."""
    sides = {
        "own": {"M1": 0.0, "M2": 0.0, "M3": 0.0, "M4": 1.0},
        "manager": {"M1": 0.0, "M2": 1 - agreement, "M3": 0.0, "M4": agreement},
    }
    made = {}
    for name, probabilities in sides.items():
        side = getattr(found, name)
        classification = msgspec.structs.replace(side.profile.classification, probabilities=probabilities)
        made[name] = replace(
            side, profile=msgspec.structs.replace(side.profile, classification=classification)
        )
    comparison = compare(found.definition, made["own"].profile, made["manager"].profile)
    return replace(found, **made, comparison=comparison)


@pytest.mark.parametrize(
    ("agreement", "allowed", "said"),
    [
        (0.4960, False, "just under 50%"),
        (0.4999, False, "just under 50%"),
        (0.4949, False, "49%"),
        (0.50, True, "50%"),
        (0.09, False, "9%"),
    ],
)
@pytest.mark.parametrize("reader", ["holder", "person", "both"])
def test_a_figure_never_contradicts_the_rule_of_advice(reader, agreement, allowed, said):
    found = meaning_the_same(area(), agreement)
    assert found.comparison.advice_allowed == allowed
    line = viewed(brief(reader, found, language="en"), "en").areas[0].agreement
    assert line.startswith(f"Agreement on the need: {said}.")


def test_a_reason_names_its_part():
    view = viewed(brief("holder", area(before=BEFORE), language="en"), "en")
    whys = [one.why for one in view.questions]
    assert "Skill: the manager sees more here than the employee does." in whys
    assert whys[0] == "To begin with."


def test_a_coach_to_whom_it_is_shown_is_none_of_the_two():
    assert "two of you" not in viewed(brief("shown", language="en"), "en").nothing


# --- two views -------------------------------------------------------------------------------------


def test_differences_beyond_error_come_first_and_are_sentences():
    """Skill: 5 against 3, energy: 4 against 3; the other facets are the same."""
    found = viewed(brief("holder", area(), language="en"), "en").areas[0]
    assert found.finding == "You differ beyond chance on 2 parts"
    assert [told.name for told in found.differ] == ["Skill", "Energy"]
    assert found.differ[0].text == "You see it higher than Amina does: 5.0 against 3.0."
    assert [one.row.kind for one in found.differences] == ["beyond"] * 2 + ["within"] * 8
    assert "Both see as strengths:" in found.agree[0]


def test_the_same_difference_is_turned_round_for_the_person():
    mine = viewed(brief("person", area(), language="en"), "en").areas[0]
    theirs = viewed(brief("holder", area(), language="en"), "en").areas[0]
    assert mine.differ[0].text == "Your manager sees it higher than you do: 5.0 against 3.0."
    for one, other in zip(mine.differences, theirs.differences, strict=True):
        assert one.row.difference == pytest.approx(-other.row.difference)
        assert (one.low, one.high) == pytest.approx((-other.high, -other.low))


def test_the_interval_of_a_difference_lies_within_the_axis():
    for one in viewed(brief("holder", area())).areas[0].differences:
        assert -one.limit <= one.low <= one.row.difference <= one.high <= one.limit


def test_with_one_view_there_is_no_comparison_and_no_reason_why():
    found = viewed(brief("holder", area(None), language="en"), "en").areas[0]
    assert found.finding == "Only one view so far"
    assert found.differences == ()
    assert found.groups
    assert "one view alone never calls for a style" in found.missing
    assert not re.search(r"share|answer|declin", found.missing)


def test_a_domain_that_differs_is_not_counted_beside_its_parts_and_told_after_them():
    """Every facet of one side a point apart: the domain differs beyond error too."""
    found = viewed(brief("holder", area((3,) * 8, (5,) * 8), language="en"), "en").areas[0]
    beyond = [one for one in found.differences if one.row.kind == "beyond"]
    assert found.finding == "You differ beyond chance on 8 parts"
    assert len(beyond) == 8 + 2
    assert any(one.row.is_domain for one in beyond)
    assert not any(one.row.is_domain for one in beyond if one.row.name == found.differ[0].name)


@pytest.mark.parametrize(("score", "is_strength"), [(3.5, False), (3.9, False), (4.0, True)])
def test_what_lies_on_the_cut_is_no_strength(score, is_strength):
    """The high band begins at 3.5: a strength from half a step above it on."""
    both = area((4,) * 8, (4,) * 8)
    sides = {
        name: replace(side, profile=scored(side.profile, score))
        for name, side in (("own", both.own), ("manager", both.manager))
    }
    found = viewed(brief("holder", replace(both, **sides), language="en"), "en").areas[0]
    assert any("Both see as strengths" in line for line in found.agree) == is_strength


def scored(profile, score):
    scales = tuple(msgspec.structs.replace(one, score=score) for one in profile.scales)
    return msgspec.structs.replace(profile, scales=scales)


def test_the_person_reads_of_agreement_but_not_of_advice_that_only_the_leader_gets():
    assert viewed(brief("person", area(), language="en"), "en").areas[0].agreement.endswith("%.")
    assert "Advice" in viewed(brief("holder", area(), language="en"), "en").areas[0].agreement


@pytest.mark.parametrize(
    ("reader", "title"), [("holder", "What Amina has prepared"), ("person", "What you have prepared")]
)
def test_one_preparation_is_called_by_whose_it_is(reader, title):
    found = brief(reader, area(), texts=(AMINAS, prepared()), language="en")
    assert viewed(found, "en").preparations.title == title


def test_the_person_is_told_on_what_the_other_s_brief_rests():
    line = "Bo reads only what Bo has answered and what you have shared"
    assert line in everything(viewed(brief("person", area(), language="en"), "en"))
    assert line not in everything(viewed(brief("holder", area(), language="en"), "en"))


# --- advice ----------------------------------------------------------------------------------------


def test_a_style_is_named_where_both_views_agree_on_the_need():
    style = viewed(brief("holder", area(), language="en"), "en").plan.styles[0]
    assert style.style == "S4"
    assert style.need == "A free hand and new challenges help here"
    assert style.how[0].startswith("Let Amina lead the talk.")
    assert style.question == ""


@pytest.mark.parametrize(
    ("own", "manager"),
    [(APART, MANAGER), (None, MANAGER), (SELF, None)],
    ids=["too far apart", "the manager's view alone", "the person's view alone"],
)
def test_elsewhere_there_is_a_question_instead(own, manager):
    style = viewed(brief("holder", area(own, manager), language="en"), "en").plan.styles[0]
    assert style.style is None
    assert style.question.endswith("?")
    assert style.need == ""
    assert len(style.ways) >= 2


STYLES = {
    "each view points to another": (
        area(APART, MANAGER),
        "Your view: probably delegating. The view of Amina: probably coaching.",
        ["S2", "S4"],
    ),
    "the manager's view alone": (area(None), "Your view: probably delegating.", ["S3", "S4"]),
    "the person's view alone, on a border": (
        area((3, 4) * 2 + (4,) * 4, None),
        "The view of Amina: perhaps coaching, perhaps delegating.",
        ["S2", "S4"],
    ),
}


@pytest.mark.parametrize("name", STYLES)
def test_the_styles_in_question_are_named_with_their_likelihood(name):
    found, pointed, ways = STYLES[name]
    style = viewed(brief("holder", found, language="en"), "en").plan.styles[0]
    assert style.how[1] == pointed
    assert [way.style for way in style.ways] == ways
    assert all(way.text.startswith("If Amina ") for way in style.ways)


def test_nobody_but_the_holder_reads_how_to_lead():
    for reader in ("person", "shown", "both"):
        assert "Let Amina lead" not in everything(viewed(brief(reader, area(), language="en"), "en"))


def test_low_psychological_scores_stand_beside_frames():
    found = viewed(brief("holder", area((4,) * 4 + (2, 2, 2, 2), MANAGER))).areas[0]
    assert found.frames is not None
    assert viewed(brief("holder", area())).areas[0].frames is None


# --- what matters, and the time --------------------------------------------------------------------


def test_what_matters_follows_the_chosen_questions():
    view = viewed(brief("holder", area(before=BEFORE), language="en"), "en")
    assert [point.title for point in view.plan.points] == [
        "Skill: two views",
        "Energy: two views",
        "Knowledge: higher than last time",
    ]
    assert view.plan.points[2].text == "Your view: 3.0 → 4.0; the view of Amina: 3.0 → 4.0."
    asked = [one.text for one in view.questions]
    assert all(point.question in asked for point in view.plan.points)


def test_points_name_the_job_area_where_there_are_two():
    view = viewed(brief("holder", area(), area(APART, MANAGER, job_area=TILL), language="en"), "en")
    assert {point.title.split(" · ")[1] for point in view.plan.points} <= {"Sourdough", "The till"}
    assert len(view.plan.styles) == 2


@pytest.mark.parametrize("minutes", [15, 20, 25, 30, 45, 50, 60, 75, 90, 120, 480])
@pytest.mark.parametrize("has_past", [True, False])
def test_the_parts_of_the_time_make_the_whole(minutes, has_past):
    parts = shared_out(minutes, has_past=has_past)
    assert sum(parts.values()) == minutes
    assert min(parts.values()) >= 5
    assert {"opening", "matters", "agree"} <= set(parts)
    assert has_past or "last" not in parts


def test_the_clock_of_the_plan_is_that_of_the_organisation():
    """The talk begins at nine UTC, ten in Copenhagen."""
    steps = viewed(brief("holder", area())).plan.steps
    assert steps[0].at == "10.00"
    assert [step.at for step in steps] == sorted(step.at for step in steps)


def test_the_person_s_own_words_come_before_the_points():
    plan = viewed(brief("holder", area())).plan
    titles = [step.title for step in plan.steps]
    own = titles.index("Først det, Amina har med")
    assert own < titles.index("Det vigtigste")
    assert any("lørdag" in line for line in plan.steps[own].lines)


# --- change ----------------------------------------------------------------------------------------


def test_a_change_has_a_verdict_and_what_may_be_noise_has_no_row():
    found = viewed(brief("holder", area(before=BEFORE), language="en"), "en").areas[0].change
    assert found.title == "Since Efterår 2025"
    assert (
        "You: skill and technical job maturity higher than last time. That is a real change."
        in found.findings
    )
    assert "Amina: energy lower than last time. That is a real change." in found.findings
    facets = [row for row in found.rows if not row.is_domain]
    assert all(any(one.verdict == "real" for one in row.views if one) for row in facets)
    marked = {
        row.name.lower() for row in found.rows if any(one.verdict == "real" for one in row.views if one)
    }
    assert all(name in " ".join(found.findings) for name in marked)
    assert "judgement" in found.rest


def test_without_an_earlier_wave_nothing_is_said_of_change():
    assert viewed(brief("holder", area())).areas[0].change is None


# --- what was written ------------------------------------------------------------------------------


def test_preparations_stand_side_by_side():
    found = viewed(brief("holder", area())).preparations
    assert found.names == ("Amina", "Bo")
    assert [len(row.texts) for row in found.rows] == [2] * 4
    assert found.rows[1].texts == (AMINAS.texts.wishes, BOS.texts.wishes)


def test_before_both_are_ready_there_is_only_the_own_one():
    view = viewed(brief("holder", area(), texts=(None, BOS), ready=False, language="en"), "en")
    assert view.preparations.names == ("Bo",)
    assert view.preparations.title == "What you have prepared"
    assert "once you are both ready" in view.preparations.note
    assert AMINAS.texts.wishes not in everything(view)


def test_a_field_that_neither_has_filled_in_is_left_out():
    found = viewed(brief("holder", texts=(prepared("a"), prepared("", "b")))).preparations
    assert [row.texts for row in found.rows] == [("a", ""), ("", "b")]


def test_last_time_s_agreements_are_counted_with_what_became_of_them():
    found = viewed(brief("holder", area(), language="en"), "en").last_time
    assert found.lead == "From the talk on 28 November 2025. 1 of 3 is done. One is past its date."
    assert [line.status for line in found.lines] == ["done", "past its date", "not begun"]
    assert [line.owner for line in found.lines] == ["Amina", "Both", "Bo"]


def earlier(*sizes):
    """Talks a year apart, the newest first, with so many agreements each that are not begun."""
    return [
        PastAgreements(
            PAST.held_on - timedelta(days=365 * number),
            tuple(agreement(f"{number}.{one}") for one in range(size)),
        )
        for number, size in enumerate(sizes)
    ]


@pytest.mark.parametrize(
    ("sizes", "shown", "more"),
    [
        ((3,), 3, ""),
        ((4, 6), 10, ""),
        ((4, 5, 2), 10, "One more from earlier talks is still open. It stands in the list of agreements."),
        (
            (3, *[2] * 20),
            10,
            "33 more from earlier talks are still open. They stand in the list of agreements.",
        ),
        ((12, 1), 12, "One more from earlier talks is still open. It stands in the list of agreements."),
    ],
)
def test_of_many_earlier_talks_the_last_is_told_whole_and_the_rest_is_counted(sizes, shown, more):
    found = viewed(brief("holder", past=earlier(*sizes), language="en"), "en").last_time
    assert len(found.lines) == shown
    assert [line.what for line in found.lines[: sizes[0]]] == [f"0.{one}" for one in range(sizes[0])]
    assert found.more == more
    assert f"0 of {sum(sizes)} are done." in found.lead, "what is not told of is counted too"


def test_the_days_of_many_earlier_talks_are_counted():
    found = viewed(brief("holder", past=earlier(*[1] * 20), language="en"), "en").last_time
    assert found.lead.startswith("From the talk on 28 November 2025 and 19 earlier ones.")


@pytest.mark.parametrize("reader", ["holder", "person", "both"])
@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_a_talk_without_any_questionnaire_reads_well(reader, language):
    view = viewed(brief(reader, past=(), language=language), language)
    assert view.areas == ()
    assert view.nothing
    assert len(view.questions) >= 6
    assert view.last_time is None
    assert (view.plan is None) == (reader != "holder")


def test_the_same_brief_made_twice_is_the_same():
    """So that a document that was made of it can be told to be up to date."""
    found = brief("holder", area(before=BEFORE), note=NOTE)
    assert to_json(viewed(found)) == to_json(viewed(found))


# --- the sheet -------------------------------------------------------------------------------------


def sheet(agreements=PAST.agreements, language="en"):
    from talk_examples import BAKERY

    return agreement_view(talk(), agreements, organisation=BAKERY, language=language, zone=ZONE)


def test_the_sheet_is_filled_with_what_is_agreed_and_has_room_for_more():
    view = sheet()
    assert len(view.agreements) == 4
    values = {field.name: field.value for one in view.agreements for row in one.fields for field in row}
    assert values["agreement-1-what"] == "Amina bager rugbrød alene om tirsdagen."
    assert values["agreement-1-kind"] == "Professional"
    assert values["agreement-2-due-on"] == "30 June 2026"
    assert values["agreement-3-owner"] == "Bo"
    assert values["agreement-4-what"] == ""
    assert view.agreements[0].state == "done · signed by both"


def test_every_field_has_a_name_of_its_own():
    view = sheet()
    rows = [row for one in view.agreements for row in one.fields] + list(view.signatures)
    names = [field.name for row in rows for field in row]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in names)


def test_a_sheet_without_agreements_is_there_to_be_written_on():
    view = sheet(())
    assert [one.state for one in view.agreements] == [""] * 2
    assert "copy" not in view.rule


def test_a_sheet_says_what_is_signed_already():
    signed, unsigned = PAST.agreements[0], replace(PAST.agreements[1], other_signed=False)
    assert sheet((signed,)).rule.startswith("All that is filled in here is signed by both of you")
    assert sheet((signed, unsigned)).rule.startswith("Seen by the two of you")


def signed(number: int, *signatures: tuple[Person, int]) -> Agreement:
    """One of the agreements, signed by some on days of December (at half past eleven in the evening, UTC)."""
    made = tuple(Signature(by, datetime(2026, 12, day, 23, 30, tzinfo=UTC)) for by, day in signatures)
    by = {signature.by.id for signature in made}
    return replace(
        PAST.agreements[number],
        signatures=made,
        signed_by=frozenset(by),
        person_signed=AMINA.id in by,
        other_signed=bool(by - {AMINA.id}),
    )


def lines_to_sign(*agreements, **of_talk):
    from talk_examples import BAKERY

    at = replace(talk(), **of_talk)
    view = agreement_view(at, agreements, organisation=BAKERY, language="en", zone=ZONE)
    return [tuple(field.value for field in row) for row in view.signatures]


def test_the_sheet_says_on_which_day_each_has_signed_what():
    """By the clocks of Copenhagen it is the next day already."""
    both = signed(0, (AMINA, 3), (BO, 4))
    assert sheet((both,)).agreements[0].state == (
        "done · signed by Amina on 4 December 2026; signed by Bo on 5 December 2026"
    )
    assert sheet((both,)).rule.endswith("a copy of 5 December 2026.")
    assert "underskrevet af Bo den 5. december 2026" in sheet((both,), "da").agreements[0].state
    assert "undertecknad av Bo den 5 december 2026" in sheet((both,), "sv").agreements[0].state
    assert sheet((signed(0, (AMINA, 3)),)).agreements[0].state == "done · signed by Amina on 4 December 2026"
    assert sheet((signed(0),)).agreements[0].state == "done · not signed yet"


def test_the_lines_to_sign_on_have_the_date_of_whoever_has_signed_everything():
    both, more = signed(0, (AMINA, 3), (BO, 4)), signed(1, (AMINA, 9))
    assert lines_to_sign(both) == [("Amina Holm", "4 December 2026"), ("Bo Berg", "5 December 2026")]
    assert lines_to_sign(both, more) == [("Amina Holm", "10 December 2026"), ("Bo Berg", "")]
    assert lines_to_sign() == [("Amina Holm", ""), ("Bo Berg", "")]


def test_after_a_change_of_manager_the_other_line_is_of_whoever_signed_last_or_of_nobody():
    dana = Person("dana", "Dana", "Dana Dahl", "da")
    moved = {"holder_is_current": False}
    assert lines_to_sign(signed(0, (AMINA, 3)), **moved)[1] == ("", "")
    assert lines_to_sign(signed(0, (AMINA, 3), (BO, 4)), **moved)[1] == ("Bo Berg", "5 December 2026")
    assert lines_to_sign(signed(0, (AMINA, 3), (BO, 4), (dana, 8)), **moved)[1] == (
        "Dana Dahl",
        "9 December 2026",
    )


@pytest.mark.parametrize(
    ("text", "lines"), [("", 2), ("a" * 78, 2), ("a" * 160, 4), ("a\nb", 2), ("a\nb\nc", 4)]
)
def test_paper_does_not_scroll(text, lines):
    """A field of 78 characters a line: at least two lines, and one to spare for longer texts."""
    assert lines_for(text, 78) == lines
