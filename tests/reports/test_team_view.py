"""The view of a team: findings, rules of words, and what of named people is never side by side."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

import msgspec
import pytest
from team_examples import (
    AREAS,
    COPENHAGEN,
    NOON,
    PSYCHOLOGICAL,
    TECHNICAL,
    column,
    exactly,
    expected,
    person,
    person_area,
    team_of,
    things,
    viewed,
)

from assess.files.spreadsheet import write_table
from assess.team_profiles.types import NextTalk, TeamPerson, Thing, ThingKind
from reports import charts
from reports.pdf import make_html
from reports.team import on_paper
from reports.team.inputs import inputs
from reports.team.matches import risk_of
from reports.team.tables import TABLES
from reports.team.things import TARGETS, WORDS
from reports.view.parts import to_json

HIDDEN = {
    "will": (1, 1, 2, 2),
    "responsibility": (2, 2, 2, 3),
    "relations": (1, 2, 2, 2),
    "energy": (1, 1, 1, 2),
}
"""By hand: means 1.5, 2.25, 1.75, 1.25, and of all sixteen 27/16 = 1.6875."""
CANARIES = (1.5, 2.25, 1.75, 1.25, 1.6875)


@pytest.fixture(scope="module")
def alone():
    """A team of one, technical 4.0 throughout, whose psychological numbers are the canaries."""
    known = dict.fromkeys(TECHNICAL, (4, 4, 4, 4))
    manager, own = exactly("manager", known | HIDDEN), exactly("self", known | HIDDEN)
    assert [manager.scale(one).score for one in (*PSYCHOLOGICAL, "psychological")] == list(CANARIES)
    then = exactly("manager", known | dict.fromkeys(PSYCHOLOGICAL, (5, 5, 5, 5)))
    one = TeamPerson(
        person=person(0),
        unit="Butik Nord",
        areas=(person_area(person(0), AREAS[0], manager, own, then),),
        task_id="task-x",
        next_talk=None,
    )
    found = replace(
        team_of(1),
        people=(one,),
        expected=expected((one,)),
        facets=(),
        team_change=None,
        things=things((one,)),
    )
    return viewed(found)


def numbers(value):
    """Every number in a JSON value."""
    if isinstance(value, dict):
        for one in value.values():
            yield from numbers(one)
    elif isinstance(value, list):
        for one in value:
            yield from numbers(one)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield float(value)


def shown(number):
    """How a number could be written: with one decimal or two, in any of the languages."""
    rounded = {f"{number:.2f}", f"{number:.1f}", f"{number + 1e-9:.1f}"}
    return {text.replace(".", mark) for text in rounded for mark in ".,"}


def table(view, name):
    text = io.StringIO(newline="")
    write_table(text, *TABLES[name](view))
    return list(csv.reader(io.StringIO(text.getvalue(), newline="")))


# --- the canaries ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TABLES)
def test_no_file_holds_a_psychological_number_of_a_named_person(alone, name):
    cells = {cell for row in table(alone, name) for cell in row}
    for number in CANARIES:
        assert not cells & shown(number), number
    if name not in ("needs", "facets"):
        assert any(cell.startswith("Amina") for cell in cells)


def test_no_file_of_named_people_has_a_column_for_a_psychological_facet(alone):
    for name in ("quadrant", "matches", "technical", "change"):
        heads = " ".join(table(alone, name)[0]).casefold()
        assert not any(word in heads for word in ("will", "responsib", "relation", "energy", "psycholog"))


def test_nothing_in_the_data_but_the_picture_holds_one(alone):
    """Of the page's own value too: the picture's places are the one exception."""
    data = msgspec.json.decode(to_json(msgspec.structs.replace(alone, quadrant=None)))
    ticks = {0.0, 0.25, 0.5, 0.75, 1.0}
    found = set(numbers(data)) - ticks
    assert not found & set(CANARIES)


def test_on_paper_the_picture_has_no_names_and_no_exact_places(alone):
    paper = on_paper(alone)
    text = to_json(paper).decode()
    assert "person-000" not in text
    assert "task-x" not in text
    quadrant = to_json(paper.quadrant).decode()
    assert "Amina" not in quadrant
    [pair] = paper.quadrant.pairs
    assert (pair.marks[0].x, pair.marks[0].y) == (4.0, 2.0), "1.6875 to the nearest whole point"
    assert on_paper(paper) == paper


def test_the_printed_page_holds_none(alone):
    """What stands in the document besides pictures."""
    html = re.sub(r"<svg.*?</svg>", "", make_html(alone), flags=re.S)
    said = set(re.findall(r"\d+[.,]\d+", html))
    for number in CANARIES:
        assert not said & shown(number), number


def test_what_has_fallen_on_the_psychological_side_is_not_listed(alone):
    """All four facets fell by more than two points, really; the list of changes does not know."""
    [row] = alone.change.people
    assert not row.is_real
    assert [cell.words for cell in row.cells] == ["0.0"] * 5


def test_the_order_of_printed_points_is_not_that_of_names():
    paper = on_paper(viewed(team_of(12)))
    places = [[(mark.x, mark.y, mark.shape) for mark in pair.marks] for pair in paper.quadrant.pairs]
    assert places == sorted(places)


def test_printed_points_tell_no_more_than_the_nearest_whole_point():
    """Whoever knows a named person's technical number finds the mark; it is no nearer than half a point."""
    found = team_of(45)
    true = viewed(found).quadrant
    marks = [mark for pair in on_paper(viewed(found)).quadrant.pairs for mark in pair.marks]
    whole = Counter(
        (float(round(mark.x)), float(round(mark.y))) for pair in true.pairs for mark in pair.marks
    )
    assert Counter((float(round(mark.x)), float(round(mark.y))) for mark in marks) == whole
    assert len({(mark.x, mark.y, mark.shape) for mark in marks}) > len(whole), "they do not cover each other"
    by_place = {(mark.x, mark.y) for mark in marks}
    first = {(min(max(x, 1.0), 5.0), min(max(y, 1.0), 5.0)) for x, y in whole}
    assert first <= by_place, "where a mark is drawn depends on its number at the point alone"


@pytest.mark.parametrize("cut", [3.0, 3.3, 3.5])
def test_a_printed_mark_stays_in_the_field_of_its_own_need(cut):
    """3.44 is drawn at 3 and 3.56 at 4; at a cut of 3, 2.9 is drawn at 2. By their number in a field."""
    view = viewed(team_of(45))
    frame = msgspec.structs.replace(view.quadrant.frame, cut_across=cut, cut_up=cut)
    part = msgspec.structs.replace(view.quadrant, frame=frame)

    def fields(quadrant):
        return Counter(
            (mark.shape, mark.x >= cut, mark.y >= cut) for pair in quadrant.pairs for mark in pair.marks
        )

    printed = on_paper(msgspec.structs.replace(view, quadrant=part)).quadrant
    assert fields(printed) == fields(part)
    assert len(fields(part)) >= 4


def test_counts_of_a_few_people_do_not_leave_the_page():
    """Of one person they are the probabilities, from which the psychological number can be worked out; of
    many they are in tenths, so that two files with and without somebody tell little of that one."""
    few, many = viewed(team_of(4)), viewed(team_of(12))
    assert few.needs
    assert not on_paper(few).needs
    why = "Not in the document and the tables (You and Own view): under 5 people single answers could be"
    assert few.needs_on_page.startswith(why)
    assert on_paper(few).needs_on_page == few.needs_on_page
    assert [(line[0], line[3]) for line in table(few, "needs")[1:]] == [("You", ""), ("Own view", "")]
    assert all(line[2].startswith(why) for line in table(few, "needs")[1:])
    assert many.needs_on_page == ""
    assert [part.perspective for part in on_paper(many).needs] == ["manager", "self"]
    for row in (row for part in on_paper(many).needs for row in part.rows):
        assert row.count == row.bar.filled == round(row.count, 1)
    assert all(re.fullmatch(r"\d+(\.\d)?", line[3]) for line in table(many, "needs")[1:])


def test_the_leaders_own_ratings_as_a_group_stay_on_the_page():
    """Two documents, before and after somebody was rated: one less the other would be that person."""
    found = team_of(12)
    own = column("ratings", people=9, unit="Butik Nord", wave="Efterår 2026")
    low = Thing("team-facet", values=VALUES["team-facet"] | {"source": "ratings"})
    rate = Thing("rate", (found.people[0].person,), values=VALUES["rate"])
    published = viewed(replace(found, facets=(column(),), team_change=None, things=(rate,)))
    whole = viewed(replace(found, facets=(column(), own), things=(rate, low)))
    assert [head.page_only for head in whole.facets.heads] == [False, True]
    assert "page alone" in whole.untold[1]
    assert "page alone" in whole.change.who
    assert "{number}" not in whole.change.who
    paper, other = on_paper(whole), on_paper(published)
    assert to_json(paper) == to_json(other)
    assert on_paper(paper) == paper
    assert make_html(whole) == make_html(published)
    for name in TABLES:
        assert table(whole, name) == table(published, name)


def test_where_the_ratings_are_all_there_is_of_groups_paper_has_none():
    found = team_of(12)
    people = tuple(
        replace(one, areas=tuple(replace(area, change=None) for area in one.areas)) for one in found.people
    )
    view = viewed(replace(found, people=people, facets=(column("ratings", people=9),)))
    assert view.change.rows
    assert (on_paper(view).facets, on_paper(view).untold, on_paper(view).change) == (None, (), None)
    assert on_paper(on_paper(view)) == on_paper(view)
    assert len(table(view, "facets")) == len(table(view, "change")) == 1


# --- needs -----------------------------------------------------------------------------------------


def test_expected_counts_add_up_to_the_ratings():
    for part in viewed(team_of(12)).needs:
        assert sum(row.count for row in part.rows) == pytest.approx(part.total)
        assert [row.level for row in part.rows] == ["M1", "M2", "M3", "M4"]
        assert all(row.bar.filled == row.count and row.bar.hi == part.total for row in part.rows)


def test_the_finding_names_most_only_where_it_is_most():
    found = team_of(12)
    [manager, *_] = found.expected
    most = replace(manager, counts={"M1": 6.0, "M2": 2.0, "M3": 2.0, "M4": 2.0})
    spread = replace(manager, counts={"M1": 4.0, "M2": 3.0, "M3": 3.0, "M4": 2.0})
    close = replace(manager, counts={"M1": 2.3, "M2": 1.5, "M3": 2.1, "M4": 2.1}, total=8)
    halves = replace(manager, counts={"M1": 4.3, "M2": 3.7, "M3": 0.0, "M4": 0.0}, total=8)
    few = replace(manager, counts={"M1": 2.0, "M2": 0.0, "M3": 0.0, "M4": 0.0}, total=2)
    assert viewed(replace(found, expected=(most,))).lead == (
        "Most often it is “Clear instruction helps here”: about 6 of your 12 ratings."
    )
    assert viewed(replace(found, expected=(spread,))).lead.startswith("The needs differ; most often")
    for evenly in (close, halves):
        lead = viewed(replace(found, expected=(evenly,))).lead
        assert lead == "The needs differ, and none is clearly the most frequent."
    assert viewed(replace(found, expected=(few,))).lead.startswith("Too few for a pattern")


@pytest.mark.parametrize(
    ("people", "told"), [(1, "It lies clearly in one field."), (2, "All 2 lie clearly in one field.")]
)
def test_where_all_lie_clearly_there_are_no_others(people, told):
    clear = exactly("manager", dict.fromkeys((*TECHNICAL, *PSYCHOLOGICAL), (5, 5, 5, 5)))
    members = tuple(
        TeamPerson(
            person(place), "Butik Nord", (person_area(person(place), AREAS[0], clear, None),), "t", None
        )
        for place in range(people)
    )
    assert viewed(replace(team_of(people), people=members)).quadrant.finding == told


def test_certainty_of_named_people_is_words_alone():
    view = viewed(team_of(12))
    assert {side.certainty for row in view.people for side in row.sides} == {
        "fairly clear",
        "close to a border",
    }
    for row in view.people:
        for side in row.sides:
            assert (
                side.is_clear == (side.certainty == "fairly clear") == ("Between two needs" not in side.need)
            )


def test_people_stay_in_the_order_of_the_alphabet():
    view = viewed(team_of(12))
    names = [row.name for row in view.people]
    assert names == [one.person.name for one in team_of(12).people]
    assert [row.name for row in view.matches.rows] == [name for name in names if name in names]


def test_others_are_counted_and_never_explained():
    view = viewed(replace(team_of(4), others=3))
    assert view.others.startswith("3 more people in your units are not shown.")
    assert viewed(replace(team_of(4), others=0)).others == ""


def test_a_planned_talk_is_told_by_its_day():
    one = team_of(4).people[0]
    talked = replace(one, next_talk=NextTalk("talk-1", NOON))
    view = viewed(replace(team_of(4), people=(talked,)))
    assert view.people[0].next_talk == "23 November 2026"
    assert on_paper(view).people[0].talk_id == ""


# --- the match list --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "risk"),
    [
        (0.0, "low"),
        (0.244, "low"),
        (0.246, "moderate"),
        (0.25, "moderate"),
        (0.494, "moderate"),
        (0.5, "high"),
        (1.0, "high"),
    ],
)
def test_risks_are_words_by_the_percentage_of_the_leaders_report(share, risk):
    assert risk_of(share) == risk


def test_risks_carry_no_numbers():
    view = viewed(team_of(12))
    assert {word for row in view.matches.rows for word in (row.over_words, row.under_words)} <= {
        "low risk",
        "moderate risk",
        "high risk",
    }


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_it_says_from_when_the_own_style_is_by_the_clocks_of_the_organisation(language: str):
    at = datetime(2026, 5, 14, 22, 30, tzinfo=UTC)
    note = viewed(replace(team_of(4), style_at=at), language).matches.note
    assert ("15. maj 2026" if language == "da" else "15 ma") in note.lower()
    assert note.startswith(viewed(team_of(4), language).matches.note)


def matched(chances, likely, *, borderline, over=0.1, under=0.1):
    """A match by the leader's view: probabilities of M1…M4, and of the styles that are likely."""
    [area] = team_of(1).people[0].areas
    view = area.match.views[0]
    levels = tuple(
        msgspec.structs.replace(one, probability=chance)
        for one, chance in zip(view.levels, chances, strict=True)
    )
    styles = ("S1", "S2", "S3", "S4")
    told = msgspec.structs.replace(
        view,
        level=max(levels, key=lambda one: one.probability).level,
        levels=levels,
        called_for=dict(zip(styles, chances, strict=True)),
        likely=dict(zip(styles, likely, strict=True)),
        borderline=borderline,
        over=over,
        under=under,
    )
    return msgspec.structs.replace(
        area.match, views=(told,), agreement=None, advice_allowed=False, advice_level=None
    )


def row_of(found):
    [one] = team_of(1).people
    people = (replace(one, areas=(replace(one.areas[0], match=found),)),)
    [row] = viewed(replace(team_of(1), people=people)).matches.rows
    return row


@pytest.mark.parametrize(
    ("found", "called", "likely"),
    [
        # one stands out in each
        (matched((0.8, 0.1, 0.1, 0), (0.7, 0.3, 0, 0), borderline=False), "instructing", "instructing"),
        # close to a border both styles that may be called for are named
        (
            matched((0.05, 0.48, 0.05, 0.42), (0.1, 0.2, 0.6, 0.1), borderline=True, over=0.6),
            "coaching or delegating",
            "supporting",
        ),
        # no likely style reaches one half
        (
            matched((0.9, 0.1, 0, 0), (0.4, 0.35, 0.15, 0.1), borderline=False, under=0.55),
            "instructing",
            "instructing or coaching",
        ),
        # one alone would contradict the high risk
        (
            matched((0.9, 0.1, 0, 0), (0.5, 0.3, 0.1, 0.1), borderline=False, under=0.5),
            "instructing",
            "instructing or coaching",
        ),
        (
            matched((0.1, 0.75, 0, 0.15), (0, 0.1, 0.8, 0.1), borderline=False, over=0.5),
            "coaching or delegating",
            "supporting or coaching",
        ),
    ],
)
def test_a_row_names_what_its_risks_rest_on(found, called, likely):
    row = row_of(found)
    assert (row.calls_for, row.likely) == (called, likely)
    assert not re.search(r"\d", row.calls_for + row.likely), "a number would tell the psychological one"


def test_a_high_risk_always_lies_between_the_styles_that_are_named():
    for size in (12, 30):
        for row in viewed(team_of(size)).matches.rows:
            loose, tight = (
                any(way(used, best) for used in row.likely_styles for best in row.calls_for_styles)
                for way in (lambda used, best: used > best, lambda used, best: used < best)
            )
            assert loose or row.under != "high"
            assert tight or row.over != "high"


def test_no_row_leaves_the_leader_with_nothing_to_do():
    view = viewed(team_of(12))
    assert all(bool(row.hint) != bool(row.question) for row in view.matches.rows)
    assert "not only the ones that are named" in view.matches.why
    clear = row_of(matched((0.1, 0.1, 0.8, 0), (0, 0, 1, 0), borderline=False))
    assert clear.question == "What is going well these days, and is anything holding you back?"
    assert row_of(matched((0.4, 0.4, 0.2, 0), (0, 0, 1, 0), borderline=True)).question.startswith(
        "What would help you most"
    )
    printed = make_html(view)
    for text in {row.hint or row.question for row in view.matches.rows}:
        assert text in printed


def test_who_stands_in_the_picture_and_not_in_the_list_is_named_with_the_reason():
    found = team_of(4)
    [first, *rest] = found.people
    own = exactly("self", dict.fromkeys((*TECHNICAL, *PSYCHOLOGICAL), (4, 4, 4, 4)))
    alone = replace(person_area(first.person, AREAS[1], None, own), match=None)
    unrated = replace(first, areas=(*first.areas, alone))
    part = viewed(replace(found, people=(unrated, *rest))).matches
    assert part.absent == "Not in this list, because you have not rated it: Amina Yıldız (Serving customers)."
    assert viewed(found).matches.absent == ""


def test_a_first_step_stands_only_where_both_views_agree():
    found = team_of(12)
    allowed = {
        one.person.name: area.match.advice_allowed for one in found.people for area in one.areas if area.match
    }
    for row in viewed(found).matches.rows:
        assert bool(row.hint) == allowed[row.name]


def test_without_an_own_style_the_list_says_what_to_do():
    people = tuple(
        replace(one, areas=tuple(replace(area, match=None) for area in one.areas))
        for one in team_of(4).people
    )
    part = viewed(replace(team_of(4), people=people, has_style=False)).matches
    assert part.rows == ()
    assert part.note.startswith("You have not answered the questionnaire about your own leadership style")


# --- heat maps -------------------------------------------------------------------------------------


def test_named_people_stand_beside_technical_facets_alone():
    part = viewed(team_of(12)).technical
    assert part.scales == ("technical", *TECHNICAL)
    assert all(len(row.cells) == 5 for row in part.rows)
    assert len(part.rows) == 18, "a row for each view"


@pytest.mark.parametrize(
    ("score", "words", "band"), [(2.46, "2.46", 2), (2.5, "2.5", 3), (2.44, "2.4", 2), (4.0, "4.0", 4)]
)
def test_a_number_and_its_colour_never_contradict(score, words, band):
    """2.46 would be rounded to 2.5, which is another colour: it gets two decimals."""
    team = inputs(team_of(1), "en", "customer", COPENHAGEN)
    result = team_of(1).people[0].areas[0].manager.profile.scale("skill")
    cell = team.cell(msgspec.structs.replace(result, score=score))
    assert (cell.words, cell.band) == (words, band)


def test_where_views_differ_there_is_neither_number_nor_colour():
    view = viewed(replace(team_of(12), facets=(column(people=14),)))
    [differing] = [row.cells[0] for row in view.facets.rows if row.cells[0].words == "views differ"]
    assert (differing.value, differing.band, differing.interval) == (None, None, "")


def test_a_small_group_has_no_spread():
    view = viewed(replace(team_of(12), facets=(column(people=6),)))
    assert {row.cells[0].spread for row in view.facets.rows} == {""}
    assert "No spread is told here" in view.facets.caption
    assert "No spread" not in viewed(replace(team_of(12), facets=(column(people=14),))).facets.caption


def test_a_trivial_gap_between_facets_is_no_finding():
    flat = column(people=14)
    cells = tuple(
        replace(cell, mean=3.4 + 0.1 * (place % 2), band=None, low=3.1, high=3.8, agrees=True)
        for place, cell in enumerate(flat.cells)
    )
    view = viewed(replace(team_of(12), facets=(replace(flat, cells=cells),)))
    assert view.facets.finding == "No part stands clearly above or below the others."


def test_groups_that_are_shown_together_say_so():
    view = viewed(
        replace(
            team_of(12),
            facets=(
                column(own=False, units=("Butik Nord", "Kaffevognen"), came=2, left=1, same_people=False),
            ),
        )
    )
    assert view.facets.heads[0].title == "Butik Nord and Kaffevognen"
    assert view.facets.heads[0].notes == (
        "Shown together: Butik Nord and Kaffevognen.",
        "Compared with Efterår 2025: 2 have come, 1 have gone.",
    )


# --- change ----------------------------------------------------------------------------------------


def test_only_real_changes_are_called_so():
    part = viewed(team_of(12)).change
    assert {row.verdict for row in part.rows if row.is_real} == {"real"}
    assert {row.verdict for row in part.rows if not row.is_real} == {"may be noise"}
    assert part.who.startswith("11 people whom you rated both in Efterår 2025 and in Efterår 2026.")


def test_it_is_said_that_people_have_come_and_gone_and_never_how_few():
    group = team_of(12).team_change

    def who(**parts):
        return viewed(replace(team_of(12), facets=(), team_change=replace(group, **parts))).change.who

    changed = "The people are not the same as before: some have come or gone"
    assert changed not in who(came=0, left=0)
    assert "Rated for the first time: 5; only then, or gone by now: 0." in who(came=5, left=0)
    for parts in ({"came": None, "left": 0}, {"came": 0, "left": None}, {"came": 6, "left": None}):
        told = who(**parts)
        assert changed in told
        assert re.findall(r"\d+", told.replace("2025", "").replace("2026", "")) == ["11"]


def test_two_numbers_of_people_rated_are_told_apart():
    own = column("ratings", people=9)
    assert "Your ratings as a group count 9: whoever has a result on every part now." in (
        viewed(replace(team_of(12), facets=(own,))).change.who
    )
    same = viewed(replace(team_of(12), facets=(column("ratings", people=11),))).change.who
    assert "as a group count" not in same


def test_without_a_group_the_people_are_counted():
    part = viewed(replace(team_of(4), team_change=None)).change
    real = sum(one.is_real for one in part.people)
    assert part.rows == ()
    assert part.finding.startswith(f"In {real} of 4 ratings" if real else "No change is large enough")


# --- things to do ----------------------------------------------------------------------------------


def test_every_kind_of_thing_has_words_and_a_place():
    assert set(WORDS) == set(TARGETS) == set(get_args(ThingKind))


VALUES = {
    "rate": {"wave": "Autumn", "closes_at": "2026-12-06T22:59:59.000000Z"},
    "views-differ": {"agreement": 0.2, "more": 2},
    "over-leading": {"views": 2, "risk": 0.6, "called_for": "S4", "likely": "S1", "more": 0},
    "under-leading": {"views": 2, "risk": 0.42, "called_for": "S1", "likely": "S4", "more": 1},
    "fell": {"wave": "Spring", "scales": "skill", "more": 0},
    "answer-style": {"task": "t"},
    "practise-style": {"style": "S3", "called_for": 0.4, "share": 0.1, "areas": 9},
    "team-facet": {"scale": "energy", "mean": 2.2, "source": "release", "unit": "Butik Nord"},
}


@pytest.mark.parametrize("kind", get_args(ThingKind))
@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_each_thing_says_what_and_why_in_each_language(kind, language):
    found = team_of(4)
    of_people = kind not in ("answer-style", "practise-style", "team-facet")
    thing = Thing(
        kind,
        (found.people[0].person,) if of_people else (),
        AREAS[0] if of_people else None,
        VALUES.get(kind, {}),
    )
    [card] = viewed(replace(found, things=(thing,)), language).things
    assert card.title
    assert card.why
    assert card.way
    assert "{" not in card.title + card.why
    assert ("Amina" in card.title) == of_people
    if language != "en":
        [english] = viewed(replace(found, things=(thing,))).things
        assert card.title != english.title
        assert card.why != english.why


def test_how_large_a_risk_is_is_said_as_in_the_list():
    found = team_of(4)
    things = [
        Thing("under-leading", (found.people[0].person,), AREAS[0], VALUES["under-leading"] | {"risk": risk})
        for risk in (0.42, 0.5)
    ]
    some, high = viewed(replace(found, things=tuple(things))).things
    assert some.why.startswith("There is some risk of under-leading.")
    assert high.why.startswith("The risk of under-leading is high.")


def test_one_view_alone_leads_to_a_question_and_two_to_advice():
    found = team_of(4)
    who = (found.people[0].person,)
    things = [
        Thing(kind, who, AREAS[0], VALUES[kind] | {"views": views})
        for kind in ("under-leading", "over-leading")
        for views in (1, 2)
    ]
    cards = viewed(replace(found, things=tuple(things))).things
    assert [card.title.split()[0] for card in cards] == ["Ask", "Try", "Ask", "Try"]
    alone = "That is your rating alone: hear the other view before you lead differently."
    assert [alone in card.why for card in cards] == [True, False, True, False]


def test_a_fall_of_a_named_person_names_no_facet():
    found = team_of(4)
    thing = Thing(
        "fell", (found.people[0].person,), AREAS[0], {"wave": "Spring", "scales": "skill", "more": 0}
    )
    [card] = viewed(replace(found, things=(thing,))).things
    assert not re.search("skill|will|energy|relations", card.title + card.why, re.I)


# --- the whole -------------------------------------------------------------------------------------


def test_a_team_of_which_nothing_is_known_says_what_comes():
    empty = replace(
        team_of(1),
        definition=None,
        people=(),
        expected=(),
        facets=(),
        team_change=None,
        things=(),
        job_areas=(),
    )
    for language in ("da", "sv", "en"):
        view = viewed(empty, language)
        assert view.nothing
        assert (view.quadrant, view.technical, view.facets, view.change) == (None, None, None, None)
        assert make_html(view)


@pytest.mark.parametrize("name", TABLES)
def test_each_row_of_a_file_is_as_long_as_its_head(name):
    rows = table(viewed(team_of(12)), name)
    assert len(rows) > 4
    assert {len(row) for row in rows} == {len(rows[0])}


def test_a_name_is_never_run_as_a_formula():
    one = replace(person(0), name="=cmd()|Amina")
    known = dict.fromkeys((*TECHNICAL, *PSYCHOLOGICAL), (4, 4, 4, 4))
    area = person_area(one, AREAS[0], exactly("manager", known), None)
    view = viewed(replace(team_of(1), people=(TeamPerson(one, "", (area,), "t", None),)))
    assert table(view, "technical")[1][0] == "'=cmd()|Amina"


def test_the_view_goes_to_json_and_back():
    view = viewed(team_of(12))
    assert msgspec.json.decode(to_json(view), type=type(view)) == view


# --- older waves, one rule, filters, what is not told ----------------------------------------------


def in_spring(found, number=0):
    """The team, with one person whose rating is of the spring."""
    one = found.people[number]
    [area] = one.areas
    old = replace(area.manager, wave_id="Spring", wave_name="Spring 2026")
    areas = (replace(area, manager=old, own=None, comparison=None, task_id="task of spring"),)
    people = tuple(replace(one, areas=areas) if other is one else other for other in found.people)
    return replace(found, people=people, newest_wave=area.manager.wave_id)


def test_what_is_of_an_older_wave_says_so_wherever_it_is_named_or_counted():
    found = in_spring(team_of(12))
    view = viewed(found)
    name = found.people[0].person.name
    assert [row.area for row in view.people if row.name == name] == ["Baking bread (Spring 2026)"]
    assert [row for row in view.people if "Spring" in row.area] == [
        row for row in view.people if row.name == name
    ]
    assert [row.area for row in view.technical.rows if row.name == name] == ["Baking bread (Spring 2026)"]
    assert view.quadrant.pairs[0].label == f"{name} · Baking bread (Spring 2026)"
    assert view.needs[0].total_words == "your 12 ratings (1 of them from Spring 2026)"
    assert view.people[0].task_id == view.quadrant.pairs[0].task_id == "task of spring"
    assert [row.area for row in view.matches.rows if row.name == name] == ["Baking bread (Spring 2026)"]


def test_a_thing_that_rests_on_an_older_wave_says_so():
    found = in_spring(team_of(12))
    things = tuple(
        Thing("over-leading", (one.person,), AREAS[0], VALUES["over-leading"]) for one in found.people[:2]
    )
    old, new = viewed(replace(found, things=things)).things
    assert old.title.endswith(" in “Baking bread” (Spring 2026)")
    assert new.title.endswith(" in “Baking bread”")


def test_picture_list_and_things_count_one_and_the_same_disagreement():
    for number in (4, 12, 45):
        found = team_of(number)
        view = viewed(found)
        told = sum("views differ" in row.agreement for row in view.people)
        by_rule = sum(area.views_differ for one in found.people for area in one.areas)
        assert told == by_rule
        if told > 1:
            assert f"In {told} of " in view.quadrant.finding


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "It lies close to a border"),
        (2, "Both lie close to a border"),
        (3, "All 3 lie close to a border"),
    ],
)
def test_of_two_that_lie_close_to_a_border_both_are_said_to(number: int, said: str):
    """Every score is 14/4 = 3.5: on both borders."""
    rated = exactly("manager", dict.fromkeys((*TECHNICAL, *PSYCHOLOGICAL), (3, 3, 4, 4)))
    found = team_of(number, earlier=False)
    people = tuple(
        replace(one, areas=(person_area(one.person, AREAS[0], rated, None),)) for one in found.people
    )
    view = viewed(replace(found, people=people, expected=expected(people)))
    assert view.quadrant.finding.startswith(said)


def test_one_ring_is_not_called_the_inner_one():
    few, many = viewed(team_of(4)), viewed(team_of(12))
    assert "inner ring" in few.quadrant.caption
    assert "within the ring" in many.quadrant.caption
    assert "inner" not in many.quadrant.caption


def test_on_paper_one_ring_stands_for_the_uncertainty_of_all():
    view = on_paper(viewed(team_of(12)))
    across, up = view.quadrant.typical
    assert 0.05 <= across <= 1.0
    assert 0.05 <= up <= 1.0
    assert charts.team_quadrant(view.quadrant).count('class="chart-own-area"') == 1


def test_a_filter_says_what_it_does_not_touch():
    found = replace(team_of(12), job_area_id=AREAS[0].id)
    assert "whole team" in viewed(found).filtered
    assert viewed(team_of(12)).filtered == ""


def test_figures_that_are_missing_have_a_reason():
    found = team_of(12)
    small = replace(
        found.facets[0],
        people=7,
        cells=tuple(replace(cell, spread=None, agreement=None) for cell in found.facets[0].cells),
    )
    [told] = viewed(replace(found, facets=(small,))).untold
    assert "from 10 people on" in told
    old = replace(small, people=14, cells=tuple(replace(cell, spread=0.7) for cell in small.cells))
    [told] = viewed(replace(found, facets=(old,))).untold
    assert "made before agreement was told" in told


def test_a_thing_about_somebody_with_a_planned_talk_leads_to_the_talk():
    found = team_of(12)
    one = next(person for person in found.people if person.next_talk is not None)
    thing = Thing("views-differ", (one.person,), one.areas[0].job_area, {"agreement": 0.1, "more": 0})
    [card] = viewed(replace(found, things=(thing,))).things
    assert (card.target, card.talk_id) == ("talk", one.next_talk.talk_id)
    assert "30 November 2026" in card.why
    [printed] = on_paper(viewed(replace(found, things=(thing,)))).things
    assert printed.talk_id == ""
