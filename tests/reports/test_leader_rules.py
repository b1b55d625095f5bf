"""The rules of a leader's view: what is a finding, what is named, what is practised, and what is not said."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from example_definitions import choices
from leader_examples import (
    ALWAYS_S2,
    FITTING,
    FIVE_WHO_SEE_S1,
    LANGUAGES,
    LEADERSHIP,
    LOOSE,
    MIXED,
    TIGHT,
    entry,
    leader,
    match_of,
    people,
    raters,
    view_of,
    wordless,
)

from assess.scoring.profile import make_profile
from reports.leader import from_json, in_order, leader_view, to_json
from reports.pdf import make_html

TODAY = date(2026, 11, 21)

# --- the primary style -----------------------------------------------------------------------------


def sheet(*counts: int) -> str:
    """A sheet with so many choices of S1, S2, S3, S4, turned so that they spread over the levels."""
    return "".join(str(style) * count for style, count in enumerate(counts, start=1))


@pytest.mark.parametrize(
    ("counts", "headline"),
    [
        ((0, 20, 0, 0), "Your most used style is very probably coaching"),
        ((2, 11, 4, 3), "Your most used style is very probably coaching"),
        ((2, 10, 4, 4), "Your most used style is probably coaching"),
        ((4, 8, 4, 4), "Your most used style is probably coaching"),
        ((2, 8, 5, 5), "Your most used style is perhaps coaching"),
        ((5, 7, 4, 4), "Your most used style is perhaps coaching"),
        ((5, 5, 5, 5), "You use all four styles equally often"),
        ((7, 7, 4, 2), "Instructing and coaching: your most used styles, level with each other"),
        ((7, 6, 4, 3), "Instructing and coaching: too close to call"),
        ((6, 5, 5, 4), "Instructing, coaching and supporting: too close to call"),
        ((6, 6, 6, 2), "Instructing, coaching and supporting: your most used styles, level with each other"),
    ],
)
def test_a_tie_is_named_and_a_lead_of_one_answer_is_not_a_finding(counts, headline):
    shown = view_of(sheet(*counts))
    assert shown.brief.headline == headline
    assert shown.styles.finding.startswith(headline)


def test_a_lead_of_one_answer_is_said_to_be_none():
    brief = view_of(sheet(7, 6, 4, 3)).brief
    assert brief.certainty.startswith(
        "Instructing is one answer ahead (7 of 20). That lead is too small to count"
    )


def test_the_certainty_of_the_most_used_style_is_said_in_percent():
    shown = view_of(sheet(3, 9, 5, 3))
    assert f"most is {shown.styles.rows[1].most_words}." in shown.brief.certainty
    assert shown.styles.rows[1].most_words == f"{100 * shown.styles.rows[1].most_used:.0f}%"


def test_all_other_styles_are_named_with_their_counts():
    assert view_of(sheet(3, 9, 5, 3)).brief.ranks == (
        "Also used: supporting (5). Styles you can develop: instructing (3) and delegating (3)."
    )


def test_the_profile_has_four_rows_with_interval_and_rank():
    rows = view_of(sheet(3, 9, 5, 3)).styles.rows
    assert [row.style for row in rows] == ["S1", "S2", "S3", "S4"]
    assert [row.count_words for row in rows] == ["3", "9", "5", "3"]
    assert [row.rank_words for row in rows] == [
        "to develop",
        "most used",
        "also used",
        "to develop",
    ]
    assert all(row.low < row.share < row.high for row in rows)
    assert rows[1].share_words == "45%"
    assert (rows[0].strengths, rows[0].overuse, rows[0].needed) == (
        "Instructing gives this.",
        "Instructing in excess.",
        "Instructing is needed here.",
    )


# --- flexibility beside effectiveness --------------------------------------------------------------


def test_one_style_throughout_has_no_evidence_of_following_the_situation():
    """Always S2: flexibility 0, effectiveness 5·(3 + 4 + 3 + 2) = 60, and every shuffle gives the same 60."""
    shown = view_of(ALWAYS_S2)
    assert (shown.plane.x, shown.plane.y) == (0, 60)
    assert shown.plane.blind.mean == pytest.approx(60)
    assert shown.plane.blind.sd == pytest.approx(0, abs=1e-6)
    assert shown.pattern.id == "narrow-not-fitting"
    assert shown.brief.pattern_line == (
        "Flexibility 0 of 30, effectiveness 60 of 80. "
        "If the same choices were shuffled, they would do as well or better in over 99% of cases."
    )


def test_flexibility_stands_below_effectiveness_with_what_chance_gives():
    effectiveness, flexibility = view_of(FITTING).figures
    assert (effectiveness.name, effectiveness.value, effectiveness.scale) == ("Effectiveness", "80", "20–80")
    assert (effectiveness.chance, effectiveness.blind_at_least) == ("50.0", "under 1%")
    assert (flexibility.name, flexibility.value, flexibility.scale) == ("Flexibility", "30", "0–30")
    assert (flexibility.chance, flexibility.blind) == ("23.9", "")


@pytest.mark.parametrize("missing", ["flexibility", "effectiveness"])
def test_neither_is_drawn_without_the_other(missing):
    profile = leader(MIXED)
    styles = msgspec.structs.replace(profile.styles, **{missing: None, "pattern": None})
    shown = leader_view(
        LEADERSHIP,
        msgspec.structs.replace(profile, styles=styles),
        language="en",
        first_name="Karen",
        today=TODAY,
    )
    assert shown.plane is None
    assert shown.pattern is None
    assert "Flexibility" not in [row.name for row in shown.figures]
    assert "Flexibility" not in shown.brief.pattern_line


def test_with_situations_missing_the_ends_of_the_scale_are_those_of_the_answered():
    """16 situations answered, four of each level, all fitting: 16 to 64."""
    shown = view_of("1234" * 4 + "----")
    assert shown.answered == "16 of 20 situations answered"
    assert (shown.plane.y_lo, shown.plane.y_hi, shown.plane.y) == (16, 64, 64)


# --- styles against what was called for ------------------------------------------------------------


def test_each_row_of_the_table_counts_what_fits_is_tighter_and_looser():
    """S2 in all five situations of each level: looser at M1, fits at M2, tighter at M3 and M4."""
    table = view_of(ALWAYS_S2).table
    assert [(row.fitting, row.tighter, row.looser) for row in table.rows] == [
        (0, 0, 5),
        (5, 0, 0),
        (0, 5, 0),
        (0, 5, 0),
    ]
    assert [row.points for row in table.rows] == ["3.0", "4.0", "3.0", "2.0"]
    assert [fact.value for fact in table.totals] == ["5 of 20", "10 of 20", "5 of 20"]
    for row in table.rows:
        assert [cell.style for cell in row.cells if cell.fits] == [row.calls_for]


@pytest.mark.parametrize(
    ("styles", "leaning"),
    [
        (TIGHT, "over-leading"),
        (LOOSE, "under-leading"),
        (MIXED, "fitting"),
        (ALWAYS_S2, "over-leading"),
    ],
)
def test_a_leaning_is_named_where_one_index_is_surely_the_larger(styles, leaning):
    """Always S2 is tighter in 10 of 15 and looser in 5 of 15: 97 % sure."""
    leading = view_of(styles).leading
    assert leading.leaning == leaning
    assert leading.headline == f"Leaning {leaning}"


def test_a_few_choices_in_one_direction_are_no_leaning():
    """Three of fifteen tighter and none looser: probably more tight than loose, but no pattern."""
    leading = view_of("1234" * 2 + "1233" * 2 + "1133").leading
    over, under = leading.rows
    assert (over.count, under.count) == (4, 0)
    assert leading.leaning == "fitting"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rule_that_names_a_leaning_stands_under_the_indices(language):
    for styles in (TIGHT, MIXED):
        view = view_of(styles, language=language)
        rule = view.leading.rule
        assert "95" in rule
        assert {"en": "a third", "da": "en tredjedel", "sv": "en tredjedel"}[language] in rule
        assert f'<p class="rule">{rule}</p>' in make_html(view)


def test_without_words_of_the_questionnaire_nothing_empty_stands_in_the_report():
    """A leaning that is named stands alone; that none is named says nothing."""
    plain, tight = (view_of(styles, definition=wordless()) for styles in (MIXED, TIGHT))
    assert 'class="two portraits"' not in make_html(plain)
    assert 'class="two portraits"' in make_html(view_of(MIXED))
    assert f"{plain.leading.headline}.</strong>" not in make_html(plain)
    assert f"{tight.leading.headline}.</strong>" in make_html(tight)


def test_the_situations_that_differ_most_come_first_and_five_at_most():
    """S1 in all: weights 4, 3, 1, 1; of 4 they lack 0, 1, 3, 3. The third and fourth of each four lead."""
    contrasts = view_of("1" * 20).contrasts
    assert [(row.number, row.difference) for row in contrasts.rows] == [
        (3, 3),
        (4, 3),
        (7, 3),
        (8, 3),
        (11, 3),
    ]
    first = contrasts.rows[0]
    assert first.situation == "Situation 3 at work."
    assert (first.own_name, first.direction_words, first.points) == (
        "instructing",
        "tighter than called for",
        "1 of 4 points",
    )
    assert first.best_name == "supporting"


def test_own_and_better_action_are_those_of_the_sheet():
    """Situation 3 begins with S3: action A is S3, B is S4, C is S1, D is S2."""
    first = view_of("1" * 20).contrasts.rows[0]
    assert (first.own_letter, first.own_action) == ("C", "You act 3C.")
    assert (first.best_letter, first.best_action) == ("A", "You act 3A.")


def test_where_nothing_differs_that_is_said():
    contrasts = view_of(FITTING).contrasts
    assert contrasts.rows == ()
    assert contrasts.lead.startswith("In every situation")


# --- three things to practise ----------------------------------------------------------------------


def test_a_clear_leaning_comes_first_then_the_pattern_then_the_least_used_style():
    shown = view_of(TIGHT)
    assert [found.source for found in shown.practise] == ["leaning", "pattern", "style"]
    assert shown.practise[0].text == "Against over-leading 1."
    assert shown.practise[1].text == f"Step 1 of {shown.pattern.id}."
    assert shown.practise[2].text == "Practise Delegating 1."


def test_a_leader_who_holds_too_tight_does_not_practise_the_tightest_style():
    for styles, forbidden in ((TIGHT, "S1"), (LOOSE, "S4")):
        assert forbidden not in [found.style for found in view_of(styles).practise]


def test_a_leader_whose_choices_all_fit_is_not_asked_why_they_differ():
    assert [found.text for found in view_of(FITTING).practise] == [
        "Practise Instructing 1.",
        "Practise Coaching 1.",
        "Practise Supporting 1.",
    ]


@pytest.mark.parametrize("styles", [MIXED, FITTING, ALWAYS_S2, TIGHT, LOOSE, "1234" * 4 + "----"])
def test_there_are_three_and_they_differ(styles):
    found = view_of(styles).practise
    assert len({practice.text for practice in found}) == len(found) == 3
    assert all(practice.why for practice in found)


# --- the match -------------------------------------------------------------------------------------


def test_people_stand_in_alphabetical_order_as_a_dane_sorts():
    cards = view_of(MIXED, language="da", matches=people(MIXED)).match.cards
    assert [(card.name.split()[0], card.job_area[:3]) for card in cards] == [
        ("Amina", "Bes"),
        ("Amina", "Sur"),
        ("Bo", "Kas"),
        ("Christian", "Mod"),
        ("Dorthe", "Rug"),
        ("Erik", "Kas"),
        ("Yusuf", "Rug"),
        ("Åse", "Kas"),
    ]


def card(styles, manager, own=None, wishes="", **options):
    found = match_of(styles, manager, own, wishes)
    return view_of(styles, matches=[entry("Bo Lind", "Bread", found)], **options).match.cards[0]


CLEARLY = {
    "M1": (0.97, 0.01, 0.01, 0.01),
    "M2": (0.01, 0.97, 0.01, 0.01),
    "M3": (0.01, 0.01, 0.97, 0.01),
    "M4": (0.01, 0.01, 0.01, 0.97),
}


@pytest.mark.parametrize(
    ("styles", "level", "advice"),
    [
        (FITTING, "M1", "Bo M1 fits in Bread."),
        (FITTING, "M4", "Bo M4 fits in Bread."),
        ("1" * 20, "M3", "Bo M3 too tight."),
        ("4" * 20, "M2", "Bo M2 too loose."),
    ],
)
def test_where_both_agree_there_is_advice_for_monday(styles, level, advice):
    found = card(styles, CLEARLY[level], CLEARLY[level])
    assert (found.advice_given, found.advice_title, found.advice) == (True, "Something to try", advice)
    assert found.reason == ""


@pytest.mark.parametrize(
    ("chosen", "risks", "advice"),
    [
        # The priors add half a choice to each style, 7 in all. Three of five fit: 3.5/7; two tighter: 3/7.
        ("44422", ("low (under 1%)", "moderate (49%)"), "Bo M4 too tight."),
        ("44442", ("low (under 1%)", "moderate (35%)"), "Bo M4 fits in Bread."),
        ("44222", ("low (under 1%)", "high (63%)"), "Bo M4 too tight."),
    ],
)
def test_the_advice_says_what_the_risks_say(chosen, risks, advice):
    """At M4, where both are almost sure of it."""
    styles = list(FITTING)
    for number, style in zip((3, 7, 11, 15, 19), chosen, strict=True):
        styles[number] = style
    found = card("".join(styles), CLEARLY["M4"], CLEARLY["M4"])
    assert (found.sides[0].loose, found.sides[0].tight) == risks
    assert found.advice == advice


def test_without_words_for_advice_that_is_the_reason():
    found = card(FITTING, CLEARLY["M1"], CLEARLY["M1"], definition=wordless())
    assert not found.advice_given
    assert found.reason == "The questionnaire has no words of advice for this."


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.244, "low (24%)"),
        (0.246, "moderate (25%)"),
        (0.494, "moderate (49%)"),
        (0.496, "high (50%)"),
    ],
)
def test_the_word_for_a_risk_goes_with_the_percentage_beside_it(share, words):
    found = match_of(FITTING, CLEARLY["M1"])
    (view,) = found.views
    found = msgspec.structs.replace(found, views=(msgspec.structs.replace(view, under=share),))
    shown = view_of(FITTING, matches=[entry("Bo Lind", "Bread", found)]).match.cards[0]
    assert shown.sides[0].loose == words


def test_where_they_disagree_there_is_a_question_and_the_reason():
    found = card(FITTING, CLEARLY["M1"], CLEARLY["M4"])
    assert not found.advice_given
    assert (found.advice_title, found.advice) == ("A question for the talk", "Bo, M1 in Bread?")
    assert found.reason.startswith("It is not certain enough")


def test_one_view_alone_gives_no_advice():
    found = card(FITTING, CLEARLY["M1"])
    assert not found.advice_given
    assert found.agreement == ""
    assert found.reason == "Advice needs both views, and there is only one here."


def test_a_leader_whose_choices_there_are_open_gets_a_question():
    """At M2 twice S1, twice S2, once S3 and the priors: fitting 2.5/7, tighter 2.5/7, looser 2/7."""
    styles = list(FITTING)
    for number, style in zip((1, 5, 9, 13, 17), "11223", strict=True):
        styles[number] = style
    found = card("".join(styles), CLEARLY["M2"], CLEARLY["M2"])
    assert not found.advice_given
    assert found.reason == "It is not clear what you would choose there, so no advice is given."
    assert found.advice == "Bo, M2 in Bread?"


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        ("", ""),
        ("2222", "Bo would like the leadership to stay as it is."),
        (
            "1232",
            "Bo would like more supporting and less instructing leadership, "
            "and coaching and delegating as now.",
        ),
        (
            "3311",
            "Bo would like more instructing and coaching and less supporting and delegating leadership.",
        ),
    ],
)
def test_the_employee_s_wishes_stand_in_a_sentence(wishes, said):
    assert card(FITTING, CLEARLY["M1"], CLEARLY["M1"], wishes).wishes == said


def test_each_view_is_said_with_probability_fit_and_risks():
    """All fitting: at M1 S1 has 5.5/7; fit (4·5.5 + (3 + 2 + 1)/2)/7 = 25/7 = 3.571, looser 1.5/7 = 21 %."""
    found = card(FITTING, (1.0, 0.0, 0.0, 0.0), CLEARLY["M4"])
    first, second = found.sides
    assert (first.label, second.label) == ("You", "Bo")
    assert first.calls_for == "instructing over 99%"
    assert first.likely == "instructing 79%"
    assert first.fit == pytest.approx(25 / 7)
    assert first.fit_words == "3.6"
    assert (first.loose, first.tight) == ("low (21%)", "low (under 1%)")
    assert first.sum.endswith("= 3.57")
    assert first.sum.startswith("1.00 × 3.57 + 0.00 × ")


def test_two_styles_are_named_where_none_reaches_one_half():
    first = card(FITTING, (0.4, 0.35, 0.15, 0.1)).sides[0]
    assert first.calls_for == "instructing 40%, coaching 35%"


def test_close_to_a_border_both_needs_and_both_styles_are_named():
    shown = view_of(FITTING, matches=[entry("Bo", "Bread", match_of(FITTING, (0.52, 0.4, 0.05, 0.03)))])
    first = shown.match.cards[0].sides[0]
    assert first.calls_for == "instructing 52%, coaching 40%"
    assert first.need == (
        "Between two needs: “Clear instruction helps here” and "
        "“Instruction, explanation and practice help here”"
    )
    assert "not only the ones that are named" in shown.match.reading
    several = card(FITTING, (0.4, 0.25, 0.2, 0.15)).sides[0]
    assert several.need == "Between several needs, nearest to “Clear instruction helps here”"


def test_without_a_result_of_the_leader_s_own_there_is_no_match():
    found = match_of(FITTING, CLEARLY["M1"])
    assert view_of("1" * 10 + "-" * 10, matches=[entry("Bo", "Bread", found)]).match is None


# --- self against others ---------------------------------------------------------------------------


def test_differences_are_findings_only_where_the_interval_excludes_zero():
    part = view_of(FITTING, raters=raters(FITTING, *FIVE_WHO_SEE_S1)).raters
    assert part.raters == 5
    for row in part.rows:
        assert (row.kind != "none") == (row.low > 0 or row.high < 0)
        assert (row.finding_words != "") == (row.kind != "none")
    assert part.blind == (
        "Leaning over-leading: they see more of it than you do.",
        "Their answers show a poorer fit than yours.",
    )
    assert "Instructing: they see more of it than you do." in part.other
    assert part.hidden == ()


def test_raters_who_see_the_same_give_no_finding():
    part = view_of(FITTING, raters=raters(FITTING, *[FITTING] * 5)).raters
    assert part.finding == "No difference is larger than chance would explain."
    assert (part.hidden, part.blind, part.other) == ((), (), ())


def test_how_far_raters_agree_is_shown_from_ten():
    few = view_of(FITTING, raters=raters(FITTING, *FIVE_WHO_SEE_S1, *[FITTING] * 4)).raters
    assert few.agreement == "How far direct reports agree with each other is shown only from 10 of them."
    ten = view_of(FITTING, raters=raters(FITTING, *FIVE_WHO_SEE_S1, *[FITTING] * 5)).raters
    assert ten.agreement.startswith("Any two of them expect the same style from you in ")
    assert "kappa" in ten.agreement


def test_shares_are_in_percent_and_their_differences_in_points_with_a_sign():
    rows = {row.id: row for row in view_of(FITTING, raters=raters(FITTING, *FIVE_WHO_SEE_S1)).raters.rows}
    assert rows["S1"].own_words == "25%"
    assert rows["S1"].others_words == "100%"
    assert rows["S1"].difference_words == "−75"
    assert rows["fit"].own_words == "4.00"
    assert rows["fit"].limit == 3 * rows["S1"].limit


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("not-asked", "Nobody else’s answers"),
        ("confidential", "are confidential. Nothing from them is shown here"),
        ("too-few", "shown only together, for a group large enough"),
    ],
)
def test_without_a_group_it_is_explained_why_nothing_stands_there(note, said):
    shown = view_of(MIXED, raters_note=note)
    assert shown.raters is None
    assert said in shown.raters_note
    assert not any(letter.isdigit() for letter in shown.raters_note)


def test_a_group_under_its_minimum_is_refused():
    small = msgspec.structs.replace(raters(FITTING, *FIVE_WHO_SEE_S1), raters=4)
    with pytest.raises(ValueError, match="minimum"):
        view_of(FITTING, raters=small)


# --- every number can be followed -------------------------------------------------------------------


def test_the_calculation_has_every_situation_and_every_sum():
    """MIXED: S1 3, S2 7, S3 6, S4 4; |3 − 5| + |7 − 5| + |6 − 5| + |4 − 5| = 6, flexibility 24."""
    calculation = view_of(MIXED).calculation
    assert [row.number for row in calculation.rows] == list(range(1, 21))
    sums = {fact.name: fact.value for fact in calculation.sums}
    assert sums["Choices"] == "instructing 3 + coaching 7 + supporting 6 + delegating 4 = 20"
    assert sums["Flexibility"].startswith("30 − (2 + 2 + 1 + 1) × 20 ÷ 20 = 24")
    total = sum(row.weight for row in calculation.rows)
    assert sums["Effectiveness"].endswith(f"= {total}")
    assert view_of(MIXED).plane.y == total


def test_a_situation_that_is_not_answered_is_a_dash():
    row = view_of("1234" * 4 + "1-34").calculation.rows[17]
    assert (row.letter, row.style, row.style_words, row.weight_words) == ("–", None, "–", "–")


def test_the_key_is_that_of_the_file():
    assert [row.weights for row in view_of(MIXED).key] == [
        (4, 3, 2, 1),
        (3, 4, 2, 1),
        (1, 3, 4, 2),
        (1, 2, 3, 4),
    ]


# --- less, and nothing ------------------------------------------------------------------------------


def test_below_the_minimum_there_is_an_honest_short_report():
    shown = view_of("1" * 15 + "-" * 5, matches=people(FITTING), raters=raters(FITTING, *FIVE_WHO_SEE_S1))
    assert shown.too_few.startswith("15 of 20 situations are answered, and at least 16 are needed.")
    for part in ("brief", "styles", "plane", "pattern", "table", "leading", "contrasts", "match", "raters"):
        assert getattr(shown, part) is None, part
    assert shown.practise == () == shown.figures
    assert shown.calculation is None
    assert shown.method.made


def test_at_the_minimum_there_is_a_whole_one():
    assert view_of("1" * 16 + "-" * 4).brief is not None


def test_a_third_party_s_questionnaire_without_words_about_styles_says_less_but_is_whole():
    shown = view_of(MIXED, definition=wordless(), matches=people(MIXED))
    assert [row.name for row in shown.styles.rows] == ["Instructing", "Coaching", "Supporting", "Delegating"]
    assert {row.about for row in shown.styles.rows} == {""}
    assert shown.pattern.headline
    assert shown.pattern.meaning == ""
    assert shown.leading.headline == "No clear leaning"
    assert shown.practise == ()
    assert shown.match.cards[0].sides
    assert {found.advice for found in shown.match.cards if not found.advice_given} == {
        "What would help you most: clear instruction, explanation, a listening ear, or a free hand?"
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_whole_in_every_language(language):
    """No gap left open, no doubled space or full stop, no label without words."""
    shown = view_of(MIXED, language=language, matches=people(MIXED), raters=raters(MIXED, *FIVE_WHO_SEE_S1))
    assert shown.language == language
    assert all(shown.words.values())
    said = to_json(shown).decode().replace("{\n", "").replace("{}", "")
    for fault in ("{first", "{name", "{job", "..", ".,", "( ", " )", " ;", "None", "NaN"):
        assert fault not in said, fault


@pytest.mark.parametrize("language", ["da", "sv"])
def test_no_label_is_left_in_english(language):
    english, shown = view_of(MIXED), view_of(MIXED, language=language)
    same = {key for key, words in shown.words.items() if words == english.words[key]}
    assert same <= {"situation", "interval"}


def test_json_gives_the_same_view_again():
    shown = view_of(MIXED, matches=people(MIXED), raters=raters(MIXED, *FIVE_WHO_SEE_S1))
    assert shown.format == "assess-leader-view/1"
    assert from_json(to_json(shown)) == shown


def test_a_view_of_another_format_is_refused():
    with pytest.raises(msgspec.ValidationError):
        from_json(b'{"format": "assess-personal-view/1"}')


def test_only_the_leader_s_own_answers_make_the_report():
    profile = make_profile(LEADERSHIP, "direct-report", choices(FITTING[:12]))
    with pytest.raises(ValueError, match="own answers"):
        leader_view(LEADERSHIP, profile, language="en", first_name="K", today=TODAY)


def test_a_profile_of_another_questionnaire_is_refused():
    other = msgspec.structs.replace(leader(MIXED), questionnaire_id="other")
    with pytest.raises(ValueError, match="a profile of other"):
        leader_view(LEADERSHIP, other, language="en", first_name="K", today=TODAY)


def test_a_profile_without_styles_is_refused():
    with pytest.raises(ValueError, match="leadership style"):
        leader_view(
            LEADERSHIP,
            msgspec.structs.replace(leader(MIXED), styles=None),
            language="en",
            first_name="K",
            today=TODAY,
        )


def test_a_report_without_a_name_is_headed_by_the_sheet():
    assert view_of(MIXED, first_name="", last_name="", sheet="17").subject == "Answer sheet 17"


def test_names_from_a_file_cannot_turn_the_line_they_stand_in():
    match = match_of(MIXED, (0.02, 0.1, 0.18, 0.7))
    plain = view_of(MIXED, first_name="Karen", last_name="Holm", matches=[entry("Bo Vang", "Kassen", match)])
    turned = view_of(
        MIXED,
        first_name="Ka\u202eren",
        last_name="\u2067Holm",
        matches=[entry("Bo\u2066 Vang\u202a", "\u202bKassen", match)],
    )
    assert turned == plain
    assert view_of(MIXED, first_name="", last_name="", sheet="\u202e17").subject == "Answer sheet 17"


def test_two_names_that_differ_only_in_signs_that_turn_keep_their_own_match():
    first, second = (
        match_of(MIXED, chances) for chances in ((0.9, 0.05, 0.03, 0.02), (0.02, 0.1, 0.18, 0.7))
    )
    entries = [entry("\u202eBo Vang", "Kassen", first), entry("Bo Vang", "Kassen", second)]
    ordered = in_order(entries, "da")
    assert [one.name for one in ordered] == ["Bo Vang", "Bo Vang"]
    assert [one.match for one in ordered] == [first, second]
    cards = view_of(MIXED, matches=entries).match.cards
    assert [card.sides[0].fit for card in cards] == [one.match.views[0].fit for one in ordered]
