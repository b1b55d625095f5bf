"""What a personal view says, and when: the rules as tables of cases.

Facets are given as (knowledge, skill, will, energy); each is answered four times with that number, so a
facet's score is the number itself and a domain's the mean of its two. The error of a domain is
0.6·√0.2 = 0.268, that of a facet 0.75·√0.3 = 0.411; an interval is ± 1.645 times that.
"""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from questionnaires.definition import Page, PageTexts
from reports.pdf import make_html
from reports.view import AreaProfiles, from_json, personal_view, to_json
from reports.view.words import words_for

CLEAR = {"M1": (2, 2, 2, 2), "M2": (2, 2, 5, 5), "M3": (5, 5, 2, 2), "M4": (5, 5, 5, 5)}


# --- where you stand -------------------------------------------------------------------------------


@pytest.mark.parametrize(("level", "facets"), CLEAR.items())
def test_a_clear_level_is_named_by_its_need_and_never_by_its_code(view, profile, level, facets):
    area = view(profile("self", *facets)).areas[0]
    assert area.headline == f"Need {level}"
    assert area.meaning == f"Meaning {level}."
    assert area.steps == (f"Try {level} 1", f"Try {level} 2", f"Try {level} 3")
    assert area.standings[0].state == "clear"
    assert area.questions == tuple(f"Question {level} {n}?" for n in (1, 2, 3))


def test_a_result_near_one_border_stands_between_two_needs(view, profile):
    """Technical 5 is surely high; psychological (3 + 4) / 2 = 3.5 lies on the cut: even chances."""
    area = view(profile("self", 5, 5, 3, 4)).areas[0]
    standing = area.standings[0]
    assert standing.state == "borderline"
    assert standing.needs == ("Need M3", "Need M4")
    assert area.headline == "Between two needs: “Need M3” and “Need M4”"
    assert "50% for the first, 50% for the second" in standing.certainty
    assert area.steps == ("Try M3 1", "Try M3 2", "Try M4 1")
    assert area.questions[:2] == ("Question M3 1?", "Question M4 1?")
    assert area.meaning == (
        "True of both: Technical is high. It is not certain whether psychological is high or low. "
        "The talk can settle which need it is."
    )
    assert [(reading.title, reading.lines) for reading in area.readings] == [
        ("Need M3", ("Meaning M3.",)),
        ("Need M4", ("Meaning M4.",)),
    ]


@pytest.mark.parametrize(
    ("facets", "common"),
    [
        pytest.param(
            (5, 5, 3, 4), "Technical is high. It is not certain whether psychological", id="M3 or M4"
        ),
        pytest.param(
            (2, 2, 3, 4), "Technical is low. It is not certain whether psychological", id="M1 or M2"
        ),
        pytest.param(
            (3, 4, 5, 5), "Psychological is high. It is not certain whether technical", id="M2 or M4"
        ),
        pytest.param(
            (3, 4, 2, 2), "Psychological is low. It is not certain whether technical", id="M1 or M3"
        ),
    ],
)
def test_between_two_needs_it_is_said_what_is_true_of_both(view, profile, facets, common):
    area = view(profile("self", *facets)).areas[0]
    assert area.meaning.startswith(f"True of both: {common} is high or low.")
    assert len(area.readings) == 2


@pytest.mark.parametrize(("name", "inside"), [("Will", "will"), ("IT skills", "IT skills"), ("", "")])
def test_a_scale_s_name_inside_a_sentence(definition, name, inside):
    scales = definition.texts["en"].scales
    renamed = msgspec.structs.replace(
        definition.texts["en"], scales=scales | {"will": msgspec.structs.replace(scales["will"], name=name)}
    )
    words = words_for(msgspec.structs.replace(definition, texts={"en": renamed}), "en")
    assert words.scale_mention("will") == inside


def test_a_clear_result_and_a_manager_s_view_have_one_reading(view, profile):
    assert view(profile("self", 5, 5, 5, 5)).areas[0].readings == ()
    assert view(profile("manager", 5, 5, 3, 4), audience="manager").areas[0].readings == ()


def test_a_result_near_both_borders_names_as_many_needs_as_it_takes(view, profile):
    """All on the cut: four levels of 25 %; three of them are needed to reach the borderline of 70 %."""
    standing = view(profile("self", 3, 4, 3, 4)).areas[0].standings[0]
    assert standing.headline == "Between several needs, nearest to “Need M1”"
    assert len(standing.needs) == 3
    assert [chance.words for chance in standing.chances] == ["25%"] * 4


def test_too_few_answers_give_a_reason_instead_of_a_level(view, profile):
    area = view(profile("self", 0, 4, 4, 4)).areas[0]
    assert area.standings[0].state == "missing"
    assert area.headline == "Too few answers for a result"
    assert "Technical: too few answers: 4 of 8, at least 6 needed." in area.meaning
    assert area.quadrant is None
    knowledge = area.groups[0].rows[0]
    assert knowledge.marks[0].score is None
    assert knowledge.marks[0].missing == "too few answers: 0 of 4, at least 3 needed"


def test_a_mixed_domain_is_said_in_words(view, profile):
    """Energy 1 has the interval 1 … 1.7, wholly under 2.5; will 5 holds the mean up."""
    area = view(profile("self", 5, 5, 5, 1)).areas[0]
    psychological = area.groups[1].domain
    assert psychological.mixed.startswith("Mixed. Clearly low: Energy.")
    assert "Psychological is mixed. Clearly low: Energy." in area.notes
    assert area.groups[0].domain.mixed == ""


@pytest.mark.parametrize(
    ("will", "energy", "low"),
    [
        pytest.param(5, 1, "Energy", id="one high, one clearly low"),
        pytest.param(3, 1, "Energy", id="one in the middle, one clearly low"),
        pytest.param(2, 1, "", id="both under the line: low, not mixed"),
        pytest.param(1, 1, "", id="both clearly low"),
        pytest.param(0, 1, "", id="the other is not known"),
        pytest.param(4, 2, "", id="low, but not clearly"),
    ],
)
def test_only_what_is_not_low_throughout_is_mixed(view, profile, will, energy, low):
    """Clearly low is a facet whose whole interval lies under 2.5: 1 is (to 1.68), 2 is not (to 2.68)."""
    area = view(profile("self", 5, 5, will, energy)).areas[0]
    assert area.groups[1].domain.mixed.startswith(f"Mixed. Clearly low: {low}." if low else "")
    assert bool(area.groups[1].domain.mixed) is bool(low)
    assert any("mixed" in note for note in area.notes) is bool(low)


def test_codes_stand_only_in_the_legend_of_the_method_page(view, profile):
    made = view(profile("self", 5, 5, 2, 2), profile("manager", 2, 2, 5, 5))
    assert [row.level for row in made.method.legend] == ["M1", "M2", "M3", "M4"]
    assert made.method.legend[2].where == "Technical high, psychological low"
    assert made.method.legend[2].style == "S3 supporting"


# --- strengths and next steps ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facets", "strengths", "next_steps"),
    [
        pytest.param((5, 4, 4, 5), ["Knowledge", "Energy", "Skill"], [], id="three strengths, highest first"),
        pytest.param(
            (2, 1, 3, 1), [], ["Skill", "Energy"], id="two steps, lowest first, ties as in the file"
        ),
        pytest.param((4, 3, 2, 5), ["Energy", "Knowledge"], ["Will", "Skill"], id="some of each"),
        pytest.param((0, 0, 0, 0), [], [], id="nothing answered, nothing claimed"),
    ],
)
def test_strengths_and_next_steps_follow_the_stated_rule(view, profile, facets, strengths, next_steps):
    area = view(profile("self", *facets)).areas[0]
    assert [found.name for found in area.strengths] == strengths
    assert [found.name for found in area.next_steps] == next_steps


def test_strengths_and_next_steps_say_what_to_try(view, profile):
    area = view(profile("self", 5, 2, 3, 3)).areas[0]
    assert area.strengths[0].text == "knowledge high next"
    assert area.next_steps[0].text == "skill low next"


@pytest.mark.parametrize(
    ("facets", "beside"),
    [
        pytest.param((5, 5, 2, 2), True, id="the domain is low"),
        pytest.param((5, 5, 5, 2), True, id="a facet is low"),
        pytest.param((1, 1, 5, 5), False, id="only the technical side is low"),
        pytest.param((5, 5, 4, 4), False, id="nothing is low"),
    ],
)
def test_frames_stand_beside_every_low_psychological_result(view, profile, facets, beside):
    assert (view(profile("self", *facets)).areas[0].frames is not None) is beside


def test_frames_stand_there_too_when_only_the_manager_sees_it_so_low(view, profile):
    area = view(profile("self", 5, 5, 5, 5), profile("manager", 5, 5, 2, 2)).areas[0]
    assert area.frames is not None


# --- self and manager ------------------------------------------------------------------------------


def test_a_self_rating_alone_never_gives_advice(view, profile):
    advice = view(profile("self", 5, 5, 5, 5)).areas[0].advice
    assert not advice.given
    assert "One view alone" in advice.lines[0]


@pytest.mark.parametrize(
    ("own", "other", "given"),
    [
        pytest.param((5, 5, 5, 5), (5, 5, 5, 5), True, id="the same level"),
        pytest.param((5, 5, 5, 5), (2, 2, 5, 5), False, id="different levels"),
        pytest.param((5, 5, 4, 4), (5, 5, 4, 4), True, id="both fairly sure of the same: .97·.97 + .03·.03"),
        pytest.param((5, 5, 3, 4), (5, 5, 5, 5), False, id="one on the cut: a hair under half is shared"),
        pytest.param((3, 4, 3, 4), (3, 4, 3, 4), False, id="both unsure of everything: 4·.25·.25"),
        pytest.param((0, 5, 5, 5), (5, 5, 5, 5), False, id="one without a level"),
    ],
)
def test_advice_needs_agreement_of_half(view, profile, own, other, given):
    advice = view(profile("self", *own), profile("manager", *other)).areas[0].advice
    assert advice.given is given
    if given:
        assert advice.lines[0].startswith("Advice M")


def test_differences_beyond_error_come_first_as_questions_without_a_verdict(view, profile):
    both = view(profile("self", 5, 3, 2, 4), profile("manager", 2, 3, 4, 4)).areas[0].side_by_side
    beyond = [row.name for row in both.differences if row.beyond]
    assert [row.beyond for row in both.differences] == sorted(
        (row.beyond for row in both.differences), reverse=True
    )
    assert beyond[:2] == ["Knowledge", "Will"]
    assert both.differences[0].difference_words == "+3.00"
    assert any("You rate these higher: Knowledge" in question for question in both.questions)
    assert any(question.startswith("Your manager rates these higher: Will") for question in both.questions)
    assert "more right" not in both.lead


def test_names_in_a_row_have_one_capital(view, profile):
    both = view(profile("self", 5, 5, 2, 2), profile("manager", 2, 2, 5, 5)).areas[0].side_by_side
    assert "You rate these higher: Knowledge, skill and technical. What" in both.questions[0]


def test_without_large_differences_nothing_is_asked(view, profile):
    both = view(profile("self", 4, 4, 4, 4), profile("manager", 4, 4, 4, 4)).areas[0].side_by_side
    assert both.finding == "No difference is larger than chance would explain."
    assert both.questions == ()
    assert {row.difference_words for row in both.differences} == {"0.00"}


def test_the_difference_can_be_worked_out_from_the_scores_beside_it(view, profile):
    """Knowledge 3, 3, 4 (one "can't say") and 4, 4, 3, 3: 10/3 and 3.5, whose difference is −0.1667."""
    own = profile("self", 3, 4, 4, 4, knowledge_1=0, knowledge_4=4)
    other = profile("manager", 4, 4, 4, 4, knowledge_3=3, knowledge_4=3)
    made = view(own, other)
    row = next(row for row in made.areas[0].side_by_side.differences if row.scale == "knowledge")
    assert (row.own_words, row.other_words, row.difference_words) == ("3.33", "3.50", "−0.17")
    # 1.645 · √((0.411·√(4/3))² + 0.411²) = 1.645 · √(0.2250 + 0.16875) = 1.032
    assert row.interval_words == "−1.20 to +0.87"
    assert "work the difference out" in made.words["decimals"]


def test_the_chance_is_worded_as_what_it_is(view, profile):
    (said,) = view(profile("self", 5, 5, 5, 5)).areas[0].notes
    assert said == (
        "Given these answers and their precision, the chance that this is the nearest need is over 99%."
    )


def test_one_voice_alone_has_no_side_by_side(view, profile):
    assert view(profile("self", 4, 4, 4, 4)).areas[0].side_by_side is None


def test_the_other_view_is_told_on_the_summary(view, profile):
    area = view(profile("self", 5, 5, 2, 2), profile("manager", 2, 2, 5, 5)).areas[0]
    assert area.headline == "Need M3"
    assert any("Your manager: “Need M2”. The views differ" in note for note in area.notes)


UNSURE = "You may both mean the same need; the talk can settle it."
NO_ADVICE = {
    "apart": "The two views are too far apart",
    "unsure": "It is not certain enough that you see the same need",
    "few": "One of you has given too few answers",
}


@pytest.mark.parametrize(
    ("own", "other", "said", "reason"),
    [
        pytest.param((5, 5, 2, 2), (5, 5, 2, 2), "much the same need.", "", id="both certain, the same"),
        pytest.param(
            (5, 5, 2, 2),
            (2, 2, 5, 5),
            "“Need M2”. The views differ, and that is where the talk begins.",
            "apart",
            id="both certain, different",
        ),
        pytest.param(
            (5, 5, 2, 5),
            (5, 5, 5, 5),
            f"“Need M4”. {UNSURE}",
            "unsure",
            id="the own view on the border beside it",
        ),
        pytest.param(
            (5, 5, 5, 5),
            (5, 5, 3, 4),
            f"between “Need M3” and “Need M4”. {UNSURE}",
            "unsure",
            id="the other on the border beside it",
        ),
        pytest.param(
            (5, 5, 3, 4),
            (2, 2, 3, 4),
            "between “Need M1” and “Need M2”. The views probably differ, and the talk can begin there.",
            "unsure",
            id="both on a border, with nothing in common",
        ),
        pytest.param(
            (5, 5, 5, 5),
            (3, 4, 3, 4),
            "between several needs, nearest to “Need M1”. "
            "The views probably differ, and the talk can begin there.",
            "unsure",
            id="the other on both borders",
        ),
        pytest.param((0, 5, 5, 5), (5, 5, 2, 2), "“Need M3”.", "few", id="the own view without a level"),
        pytest.param((5, 5, 2, 2), (0, 5, 5, 5), "too few answers to say.", "few", id="the other without"),
    ],
)
def test_the_other_view_is_worded_no_stronger_than_it_is(view, profile, own, other, said, reason):
    area = view(profile("self", *own), profile("manager", *other)).areas[0]
    assert area.notes[-1] == f"Your manager: {said}"
    assert area.advice.given is (reason == "")
    if reason:
        assert area.advice.lines[0].startswith(NO_ADVICE[reason])


def test_two_certain_views_of_one_need_are_probably_the_same_where_more_is_asked(view, definition, profile):
    """Psychological 3.25 and technical 3.75: Φ(0.25 / 0.268) = 82 % for M3 each, 68 % together."""
    questionnaire = definition.questionnaire
    asked = msgspec.structs.replace(questionnaire.classification, agreement_from=0.75)
    strict = msgspec.structs.replace(
        definition, questionnaire=msgspec.structs.replace(questionnaire, classification=asked)
    )
    own = profile("self", 5, 5, 3, 3, of=strict, will_1=4, energy_1=4)
    other = profile("manager", 4, 4, 2, 2, of=strict, knowledge_1=3, skill_1=3)
    area = view(definition=strict, areas=[AreaProfiles("Bread", own, other)]).areas[0]
    assert [standing.state for standing in area.standings] == ["clear", "clear"]
    assert area.side_by_side.agreement == pytest.approx(0.68, abs=0.005)
    assert area.notes[-1] == "Your manager: probably the same need."
    assert area.advice.lines[0].startswith(NO_ADVICE["unsure"])


# --- a manager reads -------------------------------------------------------------------------------


def test_a_manager_reads_talk_texts_and_the_names_as_seen_from_there(view, profile):
    made = view(profile("manager", 2, 4, 4, 4), profile("self", 4, 4, 4, 4), audience="manager")
    area = made.areas[0]
    assert [voice.label for voice in area.voices] == ["You", "Amina"]
    assert area.groups[0].rows[1].text == "skill high talk"
    assert area.kicker == "As you see it"
    assert "Meaning" not in area.meaning
    assert "two of you" in made.words["foot"]


def test_a_manager_meets_each_question_once(view, profile):
    area = view(profile("manager", 2, 4, 3, 4), audience="manager").areas[0]
    rows = [row for group in area.groups for row in (group.domain, *group.rows)]
    assert area.steps[:2] == ("knowledge low talk", "will middle talk")
    assert [row.text for row in rows if row.text in area.steps] == []


def test_a_manager_reads_what_the_employee_could_try_as_a_quotation(view, profile):
    made = view(profile("manager", 2, 4, 3, 4), audience="manager")
    area = made.areas[0]
    assert [found.text for found in area.strengths] == ["“skill high next”", "“energy high next”"]
    assert [found.text for found in area.next_steps] == ["“knowledge low next”", "“will middle next”"]
    assert made.words["pass_on"].endswith("suggestions that you can pass on to Amina.")
    assert view(profile("self", 2, 4, 3, 4)).words["pass_on"] == ""


def test_a_manager_reads_as_a_quotation_what_only_the_employee_was_asked(view, profile, definition):
    """The employee's questions speak of "I" and "my manager": a manager would misread them."""
    page = Page(id="end", items=("tenure", "alone"))
    items = definition.questionnaire.items
    asked = sorted(items, key=lambda item: item.id == "alone")
    titles = {"end": PageTexts(title="A little about you")}
    paged = msgspec.structs.replace(
        definition,
        questionnaire=msgspec.structs.replace(definition.questionnaire, pages=(page,), items=tuple(asked)),
        texts={"en": msgspec.structs.replace(definition.texts["en"], pages=titles)},
    )
    own = profile("manager", 4, 4, 4, 4, of=paged, alone=4)
    other = profile("self", 4, 4, 4, 4, of=paged, alone=3, tenure=2, topics="Shifts?")
    replies = view(own, other, definition=paged, audience="manager").areas[0].replies
    assert [(reply.group, reply.question) for reply in replies] == [
        ("A little about you", "Amina does alone."),
        ("Asked of Amina: “A little about you”", "“How long?”"),
        ("", "“What to talk about?”"),
    ]
    subject = view(other, own, definition=paged).areas[0].replies
    assert [reply.question for reply in subject] == ["How long?", "What to talk about?", "I do alone."]


@pytest.mark.parametrize(
    ("voices", "key"), [(1, "reading_bars"), (2, "reading_two")], ids=["one voice", "two voices"]
)
def test_how_to_read_the_bars_fits_what_is_drawn(view, profile, voices, key):
    sheets = (profile("self", 4, 4, 4, 4), profile("manager", 4, 4, 4, 4))[:voices]
    made = view(*sheets)
    html = " ".join(make_html(made).split())
    said = {name: made.words[name] in html for name in ("reading_bars", "reading_two")}
    assert said == {"reading_bars": key == "reading_bars", "reading_two": key == "reading_two"}


def test_the_texts_beside_the_scores_say_how_far_they_go(view, profile):
    mine = view(profile("self", 4, 4, 4, 4))
    assert mine.words["reading_texts"] == (
        "The texts say what scores like these usually mean; single answers may differ."
    )
    assert mine.words["reading_texts"] in make_html(mine)
    assert "questions" in view(profile("manager", 4, 4, 4, 4), audience="manager").words["reading_texts"]
    unscored = view(profile("self", 0, 0, 0, 0))
    assert unscored.words["reading_texts"] not in make_html(unscored)


def test_a_manager_never_reads_the_single_answers_of_the_employee(view, profile):
    own, other = profile("manager", 2, 4, 4, 4), profile("self", 4, 4, 4, 4)
    for found in view(own, other, audience="manager").areas[0].calculations:
        assert found.voices == ("You",)
    assert view(other, audience="manager").areas[0].calculations == ()
    assert view(other, own).areas[0].calculations[0].voices == ("You", "Your manager")


# --- how it was calculated, and what else was answered ---------------------------------------------


def test_every_score_can_be_followed_down_to_the_answers(view, profile):
    made = view(profile("self", 4, 2, 4, 4)).areas[0]
    skill = next(found for found in made.calculations if found.scale == "skill")
    assert [row.values for row in skill.rows] == [(2,), (2,), (2,), (2,)]
    assert [row.answers for row in skill.rows] == [("little",), ("little",), ("little",), ("mostly",)]
    assert [row.reverse for row in skill.rows] == [False, False, False, True]
    assert skill.totals == ("8 ÷ 4 = 2.00",)
    technical = next(found for found in made.calculations if found.scale == "technical")
    assert technical.rows == ()
    # 24 / 8 = 3; 1.645 · 0.6 · √0.2 = 0.441; Φ((3 − 3.5) / 0.268) = Φ(−1.863) = 3.1 %
    assert technical.sums == (
        "You: 24 ÷ 8 = 3.00; 3.00 ± 1.64 × 0.27 = 2.56–3.44; chance of being above 3.5: 3%",
    )


def test_unscored_answers_are_shown_as_they_were_given(view, profile):
    replies = view(profile("self", 4, 4, 4, 4, alone=0, tenure=2, topics="Shifts?")).areas[0].replies
    assert [(reply.item, reply.answers) for reply in replies] == [
        ("alone", ("can't say",)),
        ("tenure", ("long",)),
        ("topics", ("Shifts?",)),
    ]


def test_an_item_that_nobody_answered_is_left_out(view, profile):
    replies = view(profile("self", 4, 4, 4, 4, alone=2, topics="")).areas[0].replies
    assert [reply.item for reply in replies] == ["alone"]


# --- the whole -------------------------------------------------------------------------------------


def test_the_view_goes_to_json_and_back_unchanged(view, profile):
    made = view(profile("self", 5, 3, 2, 4), profile("manager", 2, 3, 4, 4))
    assert from_json(to_json(made)) == made
    assert msgspec.json.decode(to_json(made))["format"] == "assess-personal-view/1"


def test_the_method_page_says_what_was_used(view, profile):
    own = profile("self", 5, 5, 5, 5)
    method = view(own).method
    facts = {fact.name: fact.value for fact in method.facts}
    assert facts["Date of this report"] == "21 November 2026"
    assert facts["Questionnaire"] == "Small, version 1.0"
    assert facts["Fingerprint of the questionnaire"] == own.content_hash[:12]
    assert facts["Precision record"] == "provisional"
    assert facts["Answered items"] == "Bread, You, 16 of 19"
    assert any("provisional" in line and "0.70–0.80" in line for line in method.precision)
    assert method.tested == "This questionnaire has not yet been tested with users."


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "where these widen the authors’ estimate (reliability 0.70–0.80; record 2026-11-21, n = 143)"),
        (
            "da",
            "større usikkerhed end forfatternes skøn (reliabilitet 0,70–0,80; grundlag 2026-11-21, n = 143)",
        ),
        (
            "sv",
            "osäkerhet än författarnas uppskattning (reliabilitet 0,70–0,80; underlag 2026-11-21, n = 143)",
        ),
    ],
)
def test_a_local_record_is_said_to_hold_where_it_widens(view, profile, language, said):
    """All figures of a local record may be the authors': it never narrows an interval."""
    own = profile("self", 5, 5, 5, 5)
    local = msgspec.structs.replace(own.record, source="local", id="2026-11-21, n = 143")
    method = view(msgspec.structs.replace(own, record=local), language=language).method
    assert said in method.precision[0]


@pytest.mark.parametrize(
    "areas",
    [
        pytest.param(lambda own, _: [], id="no job area"),
        pytest.param(lambda own, _: [AreaProfiles("A", own)] * 3, id="three job areas"),
        pytest.param(lambda own, _: [AreaProfiles("A", own, own)], id="the same perspective twice"),
    ],
)
def test_a_view_of_something_else_is_refused(definition, profile, areas):
    from datetime import date

    from reports.view import personal_view

    own = profile("self", 4, 4, 4, 4)
    with pytest.raises(ValueError, match=r"job areas|perspective"):
        personal_view(definition, areas(own, None), language="en", first_name="A", today=date(2026, 11, 21))


def test_names_from_a_file_cannot_turn_the_line_they_stand_in(definition, profile):
    def view_of(area, **names):
        return personal_view(
            definition,
            [AreaProfiles(job_area=area, own=profile("self", 5, 5, 3, 4))],
            language="en",
            today=date(2026, 11, 21),
            **names,
        )

    turned = view_of("Ba\u2066king\u202c", first_name="\u202eAnna", last_name="Ho\u2069lm")
    assert turned == view_of("Baking", first_name="Anna", last_name="Holm")
    assert turned.subject == "Anna Holm"
    assert view_of("Baking", first_name="", sheet="s\u202d1").subject == "Answer sheet s1"
