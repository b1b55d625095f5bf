"""Which three things come first: the rules as tables of cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from msgspec import structs
from small_organisation import NOON
from team import tiny_maturity

from assess.answering.types import JobArea, Person, Wave
from assess.measurement.change import Verdict
from assess.measurement.profile_change import ProfileChange, ScaleChange
from assess.personal_data.own import OwnTask
from assess.profiles_seen.types import AreaChange, SeenProfile
from assess.scoring.results import Comparison
from assess.scoring.style_results import Leaning, Match, MatchView, StylesResult, StyleUse
from assess.team_profiles.three_things import MOST, RULES, SLOTS, TeamFacts, choose
from assess.team_profiles.types import (
    FacetCell,
    FacetColumn,
    PersonArea,
    TalkFacts,
    TeamPerson,
    Thing,
    ThingKind,
)
from questionnaires.definition import Questionnaire, Scale, StyleId

BREAD = JobArea("bread", {"da": "Bage brød"})
QUESTIONNAIRE = tiny_maturity(
    scales={
        "skill": Scale(min_answered=1, items=("skill-1", "skill-2"), bands=(2.5, 3.5)),
        "will": Scale(min_answered=1, items=("will-1", "will-2"), bands=(2.5, 3.5)),
    }
).questionnaire


# --- a team put together by hand -------------------------------------------------------------------


def person(name: str) -> Person:
    return Person(name.lower(), name, f"{name} Berg", "da")


def styles(**shares: float) -> dict[StyleId, float]:
    return {style: shares.get(style, 0.0) for style in ("S1", "S2", "S3", "S4")}  # type: ignore[misc]


def view(perspective: str, leaning: Leaning, risk: float, called_for: StyleId = "S2") -> MatchView:
    return MatchView(
        perspective=perspective,  # type: ignore[arg-type]
        called_for=styles(**{called_for: 1.0}),
        level="M2",
        level_probability=0.9,
        borderline=False,
        likely=styles(S3=0.6, S2=0.4) if leaning == "under-leading" else styles(S1=0.6, S2=0.4),
        fit=3.0,
        fit_low=2.5,
        fit_high=3.5,
        under=risk if leaning == "under-leading" else 0.0,
        over=risk if leaning == "over-leading" else 0.0,
        leaning=leaning,
        levels=(),
    )


def matched(
    leaning: Leaning,
    risk: float = 0.6,
    *,
    own: bool = False,
    advice: bool = False,
    called_for: StyleId = "S2",
) -> Match:
    views = [view("manager", leaning, risk, called_for)]
    if own:
        views.append(view("self", "fitting", 0.1))
    return Match(
        views=tuple(views),
        wishes={},
        agreement=0.9 if own else None,
        advice_allowed=advice,
        advice_level="M2" if advice else None,
    )


def compared(agreement: float) -> Comparison:
    return Comparison(scales=(), agreement=agreement, advice_allowed=agreement >= 0.5)


def changed(**differences: tuple[float, Verdict]) -> AreaChange:
    """±0.7 around what is real; around noise as much as it takes."""
    scales = []
    for scale, (by, verdict) in differences.items():
        half = 0.7 if verdict == "real" else abs(by) + 0.1
        scales.append(ScaleChange(scale, 3.0, 3.0 + by, by, by - half, by + half, verdict))
    change = ProfileChange(coverage=0.9, scales=tuple(scales), level_before="M3", level_after="M1")
    earlier = cast("SeenProfile", _Named("Spring"))
    return AreaChange(earlier, earlier, change, None)


class _Named:
    """As much of a seen profile as a rule reads."""

    def __init__(self, wave_name: str) -> None:
        self.wave_name = wave_name


def area(**parts: Any) -> PersonArea:
    empty: dict[str, Any] = dict.fromkeys(
        ("manager", "own", "comparison", "match", "change", "own_change"), None
    )
    return PersonArea(**({"job_area": BREAD} | empty | parts))


def one(name: str, *areas: PersonArea) -> TeamPerson:
    return TeamPerson(person(name), "Butik Nord", areas, None, None)


def to_rate(name: str, wave: str = "Autumn", closes_in: int | None = 3) -> OwnTask:
    closes_at = None if closes_in is None else NOON + timedelta(days=closes_in)
    return OwnTask(
        id=f"task of {name}",
        title="…",
        outcome="levels",
        perspective="manager",
        subject=person(name),
        wave=Wave(wave, wave, closes_at, is_open=True, is_over=False),
        areas=(),
        state="new",
        answered=0,
        asked=32,
        has_result=False,
        is_confidential=False,
        submitted_at=None,
    )


def leader(**shares: tuple[float, float]) -> StylesResult:
    """Style → share and the upper end of its interval."""
    return StylesResult(
        answered=20,
        asked=20,
        min_answered=16,
        uses=tuple(
            StyleUse(
                style=style,
                count=int(20 * share),
                share=share,
                low=0.0,
                high=high,
                most_used=0.25,
                rank="primary",
            )  # type: ignore[arg-type]
            for style, (share, high) in shares.items()
        ),
    )


def column(source: str = "ratings", **cells: tuple[float | None, float | None, bool | None]) -> FacetColumn:
    """Scale → mean, upper end, whether people agree."""
    return FacetColumn(
        source=source,  # type: ignore[arg-type]
        unit="Butik Nord",
        units=("Butik Nord",),
        wave="Autumn",
        people=8,
        cells=tuple(
            FacetCell(scale, mean, None, None, high, None, None, agrees, None)
            for scale, (mean, high, agrees) in cells.items()
        ),
        whole=True,
        own=True,
        same_people=None,
        came=None,
        left=None,
    )


def facts(**parts: Any) -> TeamFacts:
    return TeamFacts(**({"questionnaire": QUESTIONNAIRE} | parts))


def kinds(things: Sequence[Thing]) -> list[ThingKind]:
    return [thing.kind for thing in things]


def only(found: TeamFacts) -> Thing:
    [thing] = choose(found)
    return thing


# --- each rule -------------------------------------------------------------------------------------


def test_whom_the_leader_has_talked_with_since_is_not_to_be_asked_once_more() -> None:
    """The newer view is of the 20th: a talk of the day before was not about it."""
    levels = {18: "M1", 20: "M3"}
    rated, own = (
        cast(
            "SeenProfile",
            SimpleNamespace(
                made_at=datetime(2026, 11, day, 12, tzinfo=UTC),
                wave_id="autumn",
                profile=SimpleNamespace(classification=SimpleNamespace(level=level)),
            ),
        )
        for day, level in levels.items()
    )
    people = (one("Dag", area(manager=rated, own=own, comparison=compared(0.2))),)
    for day, expected in ((19, ["views-differ"]), (21, [])):
        held = {person("Dag").id: datetime(2026, 11, day, 12, tzinfo=UTC)}
        assert kinds(choose(facts(people=people, talks=TalkFacts(held=held)))) == expected
    somebody = TalkFacts(held={person("Eva").id: datetime(2026, 11, 21, tzinfo=UTC)})
    assert kinds(choose(facts(people=people, talks=somebody))) == ["views-differ"]


def test_a_team_of_which_nothing_is_known_has_nothing_to_do() -> None:
    assert choose(facts()) == ()


def test_whom_to_rate_in_the_wave_that_closes_first() -> None:
    tasks = (
        to_rate("Dag", "Later", 9),
        to_rate("Amina", closes_in=3),
        to_rate("Zoe", closes_in=3),
        to_rate("Eva", "Never", None),
    )
    thing = only(facts(to_rate=tasks))
    assert thing.people == (person("Amina"), person("Zoe"))
    assert thing.values == {"wave": "Autumn", "closes_at": "2026-11-26T12:00:00.000000Z"}


def test_whom_to_rate_where_no_wave_has_an_end() -> None:
    thing = only(facts(to_rate=(to_rate("Amina", closes_in=None), to_rate("Dag", closes_in=None))))
    assert (len(thing.people), thing.values["closes_at"]) == (2, "")


DIFFER = area(comparison=compared(0.2))
OVER, UNDER = area(match=matched("over-leading")), area(match=matched("under-leading"))
FELL = area(change=changed(skill=(-1.0, "real")))


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (facts(people=(one("A", DIFFER),)), "views-differ"),
        (facts(people=(one("A", area(comparison=compared(0.5))),)), None),
        (facts(people=(one("A", OVER),)), "over-leading"),
        (facts(people=(one("A", UNDER),)), "under-leading"),
        (facts(people=(one("A", area(match=matched("fitting"))),)), None),
        (facts(people=(one("A", area(match=matched("open"))),)), None),
        # where the person's own view is known, both must mean the same level
        (facts(people=(one("A", area(match=matched("over-leading", own=True, advice=False))),)), None),
        (
            facts(people=(one("A", area(match=matched("over-leading", own=True, advice=True))),)),
            "over-leading",
        ),
        (facts(people=(one("A", FELL),)), "fell"),
        (facts(people=(one("A", area(change=changed(skill=(-1.0, "may-be-noise")))),)), None),
        # beside the technical changes, which stand in a table, it could be nothing else
        (facts(people=(one("A", area(change=changed(will=(-1.5, "real")))),)), None),
        (
            facts(
                people=(one("A", area(change=changed(skill=(-1.0, "may-be-noise"), will=(-1.5, "real")))),)
            ),
            None,
        ),
        (facts(people=(one("A", FELL),), questionnaire=None), None),
        (facts(people=(one("A", area(change=changed(skill=(1.0, "real")))),)), None),
        (facts(talks=TalkFacts(without_talk=(person("A"),))), "plan-talk"),
        (facts(talks=TalkFacts(overdue=(person("A"),))), "overdue-agreement"),
        (facts(style_task="own style"), "answer-style"),
        (facts(style_task="again", style=leader()), None),
        (facts(columns=(column(skill=(2.8, 3.2, True)),)), "team-facet"),
        # under ten people nobody knows whether they agree
        (facts(columns=(column(skill=(2.8, 3.2, None)),)), "team-facet"),
        (facts(columns=(column(skill=(None, None, False)),)), None),
        # lower than the rest, and yet not clearly under the upper band
        (facts(columns=(column(skill=(3.3, 3.6, True), will=(4.2, 4.5, True)),)), None),
        (facts(columns=(column(skill=(2.8, None, True)),)), None),
    ],
)
def test_each_rule_finds_its_reason_and_nothing_else(found: TeamFacts, kind: ThingKind | None) -> None:
    assert kinds(choose(found)) == ([] if kind is None else [kind])


def test_the_views_that_differ_most_come_first() -> None:
    people = (
        one("Amina", area(comparison=compared(0.3))),
        one("Dag", area(comparison=compared(0.1))),
        one("Eva", area(comparison=compared(0.1)), area(comparison=compared(0.9))),
    )
    thing = only(facts(people=people))
    assert thing.people == (person("Dag"),), "of equals the first in the alphabet"
    assert (thing.job_area, thing.values) == (BREAD, {"agreement": 0.1, "more": 2})


def test_the_largest_risk_comes_first_with_the_style_called_for_and_the_one_used() -> None:
    people = (
        one("Amina", area(match=matched("over-leading", 0.5))),
        one("Dag", area(match=matched("over-leading", 0.8, called_for="S4"))),
    )
    thing = only(facts(people=people))
    assert thing.people == (person("Dag"),)
    assert thing.values == {"views": 1, "risk": 0.8, "called_for": "S4", "likely": "S1", "more": 1}


def test_where_both_mean_the_same_comes_before_a_larger_risk_in_one_view() -> None:
    people = (
        one("Amina", area(match=matched("over-leading", 0.5, own=True, advice=True))),
        one("Dag", area(match=matched("over-leading", 0.8))),
    )
    thing = only(facts(people=people))
    assert (thing.people, thing.values["views"]) == ((person("Amina"),), 2)


@pytest.mark.parametrize(("kind", "called_for"), [("over-leading", "S1"), ("under-leading", "S3")])
def test_a_risk_that_comes_from_the_second_likeliest_need_is_not_told_against_the_likeliest(
    kind: Leaning, called_for: StyleId
) -> None:
    """The style that is probably chosen is the one that is probably called for."""
    assert choose(facts(people=(one("A", area(match=matched(kind, called_for=called_for))),))) == ()


def test_what_fell_is_not_said_of_a_named_person() -> None:
    thing = only(facts(people=(one("A", area(change=changed(skill=(-1.0, "real")))),)))
    assert thing.values == {"wave": "Spring", "more": 0}


def test_the_psychological_side_changes_neither_who_fell_nor_how_many() -> None:
    both = changed(skill=(-1.0, "real"), will=(-1.0, "real"))
    people = (
        one("Amina", area(change=changed(skill=(-1.0, "real"), will=(0.0, "may-be-noise")))),
        one("Dag", area(change=both)),
        one("Eva", area(change=changed(will=(-2.0, "real")))),
    )
    thing = only(facts(people=people))
    assert (thing.people, thing.values["more"]) == ((person("Amina"),), 1)


def of_two_technical_scales() -> Questionnaire:
    domain = Scale(min_answered=1, facets=("skill", "hand"), bands=(2.5, 3.5))
    parts = {"parts": domain, "hand": QUESTIONNAIRE.scales["skill"]}
    levels = QUESTIONNAIRE.classification
    assert levels is not None
    return tiny_maturity(
        scales=dict(QUESTIONNAIRE.scales) | parts,
        classification=structs.replace(levels, across="parts", cuts={"parts": 3.5, "will": 3.5}),
    ).questionnaire


def test_what_is_looked_for_in_more_figures_has_to_have_fallen_further() -> None:
    """±0.7 at 90 % is 1.645 errors; at 95 % for each of two figures it is 1.960/1.645·0.7 = 0.834."""
    for by, kinds in ((-0.83, []), (-0.84, ["fell"])):
        people = (one("Dag", area(change=changed(skill=(by, "real"), hand=(0.0, "may-be-noise")))),)
        found = choose(facts(people=people, questionnaire=of_two_technical_scales()))
        assert [thing.kind for thing in found] == kinds
    alone = (one("Dag", area(change=changed(skill=(-0.83, "real")))),)
    assert only(facts(people=alone)).kind == "fell"


def test_where_most_has_fallen_comes_first() -> None:
    people = (
        one("Amina", area(change=changed(skill=(-1.0, "real"), will=(-1.0, "real")))),
        one("Dag", area(change=changed(skill=(-1.0, "real"), hand=(-1.0, "real")))),
    )
    assert only(facts(people=people, questionnaire=of_two_technical_scales())).people == (person("Dag"),)


def of_wave(wave_id: str) -> Any:
    return cast("SeenProfile", SimpleNamespace(wave_id=wave_id, profile=SimpleNamespace(classification=None)))


def test_what_is_to_be_rated_anew_is_no_reason() -> None:
    old = area(match=matched("over-leading"), change=FELL.change, manager=of_wave("Spring"))
    new = replace(old, manager=of_wave("Autumn"))
    people = (one("Amina", old), one("Dag", new))
    outdated = frozenset({("amina", "Spring")})
    found = choose(facts(people=people, to_rate=(to_rate("Amina"),), outdated=outdated))
    assert [(thing.kind, [who.first_name for who in thing.people]) for thing in found] == [
        ("rate", ["Amina"]),
        ("over-leading", ["Dag"]),
        ("fell", ["Dag"]),
    ]
    assert [thing.values["more"] for thing in found[1:]] == [0, 0]


def test_changes_that_cannot_be_told_are_none() -> None:
    without = replace(changed(skill=(-1.0, "real")), change=None, reason="another-version")
    assert choose(facts(people=(one("A", area(change=without)),))) == ()


def five(called_for: StyleId) -> tuple[TeamPerson, ...]:
    fits = matched("fitting", 0.0, called_for=called_for)
    return tuple(one(name, area(match=fits)) for name in ("Amina", "Bea", "Cem", "Dag", "Eva"))


def test_the_style_that_the_team_calls_for_and_the_leader_hardly_uses() -> None:
    style = leader(S1=(0.5, 0.7), S2=(0.3, 0.5), S3=(0.2, 0.4), S4=(0.0, 0.1))
    thing = only(facts(people=five("S3"), style=style))
    assert thing.kind == "practise-style"
    assert thing.values == {"style": "S3", "called_for": 1.0, "share": 0.2, "areas": 5}


@pytest.mark.parametrize(
    ("people", "share"),
    [(five("S3"), (0.2, 1.0)), (five("S3")[:4], (0.2, 0.4))],
    ids=["within the error of the own share", "four areas"],
)
def test_no_style_to_practise(people: tuple[TeamPerson, ...], share: tuple[float, float]) -> None:
    assert choose(facts(people=people, style=leader(S3=share))) == ()


def test_the_lowest_facet_of_the_first_group_that_has_one() -> None:
    columns = (
        column("release", skill=(3.9, 4.2, True)),
        column("ratings", skill=(3.0, 3.3, None), will=(2.6, 2.9, None)),
    )
    thing = only(facts(columns=columns))
    assert thing.values == {"scale": "will", "mean": 2.6, "source": "ratings", "unit": "Butik Nord"}


# --- which three -----------------------------------------------------------------------------------

EVERYTHING = {
    "people": (
        one("Amina", DIFFER, area(match=matched("under-leading"))),
        one("Dag", area(match=matched("over-leading"), change=changed(skill=(-1.0, "real")))),
    ),
    "to_rate": (to_rate("Eva"),),
    "style_task": "own style",
    "columns": (column(skill=(2.8, 3.2, True)),),
    "talks": TalkFacts(without_talk=(person("Dag"),), overdue=(person("Amina"),)),
}


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        ((), ["rate", "views-differ", "plan-talk"]),
        (("to_rate",), ["overdue-agreement", "views-differ", "plan-talk"]),
        (("to_rate", "talks"), ["views-differ", "under-leading", "answer-style"]),
        (("people",), ["rate", "overdue-agreement", "plan-talk"]),
        (("people", "talks"), ["rate", "answer-style", "team-facet"]),
        (("people", "talks", "to_rate"), ["answer-style", "team-facet"]),
        (("talks", "style_task", "columns", "to_rate"), ["views-differ", "under-leading", "over-leading"]),
    ],
)
def test_one_of_what_waits_one_of_a_person_one_of_the_team_then_in_order(
    without: tuple[str, ...], expected: list[str]
) -> None:
    found = facts(**{name: part for name, part in EVERYTHING.items() if name not in without})
    assert kinds(choose(found)) == expected


def test_at_most_three_and_one_of_a_kind() -> None:
    things = choose(facts(**EVERYTHING))
    assert len(things) == MOST
    assert len(set(kinds(things))) == MOST


def test_the_table_has_each_kind_once_and_no_other_place() -> None:
    assert [rule.kind for rule in RULES] == list(dict.fromkeys(rule.kind for rule in RULES))
    assert {rule.slot for rule in RULES} == set(SLOTS)
