"""From the results of a task to a view: the kind of scoring decides which, and nothing is added."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest
from leader_examples import FITTING, LEADERSHIP, MIXED, leader, match_of

from assess.answering.types import (
    AreaResult,
    JobArea,
    Organisation,
    Person,
    PersonMatch,
    Results,
    StoredProfile,
    Task,
    TaskKey,
    Wave,
)
from questionnaires.definition import Perspective
from reports.leader import LeaderView
from reports.outcome import VIEWS, view_of_results
from reports.view import PersonalView

ZONE = ZoneInfo("Europe/Copenhagen")
KAREN = Person("p1", "Karen", "Karen Bjerregaard", "da")
BO = Person("p2", "Bo", "Bo Lind", "da")
LATE = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)


def task(definition):
    return Task(
        key=TaskKey("t1", "w1", "hash", "self", KAREN.id, KAREN.id),
        definition=definition,
        respondent=KAREN,
        subject=KAREN,
        organisation=Organisation("o1", "Rugbrød", "customer"),
        wave=Wave("w1", "Autumn", None, True, False),
        language="en",
        sheets=(),
        choice=None,
        sharing=None,
    )


def results(profile, definition=LEADERSHIP, matches=()):
    own = None if profile is None else StoredProfile("s1", KAREN, profile.perspective, profile, LATE)
    return Results(
        task=task(definition), other=None, areas=(AreaResult(None, own, None, None),), matches=matches
    )


def test_situations_become_a_leader_s_view():
    """Half past eleven at night in UTC is the next day in Copenhagen."""
    shown = view_of_results(results(leader(MIXED)), "en", ZONE)
    assert isinstance(shown, LeaderView)
    assert (shown.subject, shown.organisation) == ("Karen Bjerregaard", "Rugbrød")
    assert shown.day == date(2026, 11, 22).isoformat()


def test_the_people_led_stand_in_it_with_their_job_areas():
    bread = JobArea("a1", {"da": "Brød", "en": "Bread"})
    found = match_of(FITTING, (0.9, 0.05, 0.03, 0.02))
    matches = (
        PersonMatch(BO, bread, found, None, "Autumn", LATE),
        PersonMatch(BO, None, found, None, "Spring", LATE),
    )
    shown = view_of_results(results(leader(FITTING), matches=matches), "en", ZONE)
    assert [(card.name, card.job_area) for card in shown.match.cards] == [
        ("Bo Lind", ""),
        ("Bo Lind", "Bread"),
    ]
    assert [card.rated for card in shown.match.cards] == [
        "From Spring; you rated on 22 November 2026.",
        "From Autumn; you rated on 22 November 2026.",
    ]


@pytest.mark.parametrize(
    ("language", "day"), [("da", "22. november 2026"), ("sv", "22 november 2026"), ("en", "22 November 2026")]
)
def test_a_report_whose_style_is_not_the_newest_says_that_another_page_goes_by_that(language, day):
    found = PersonMatch(BO, None, match_of(FITTING, (0.9, 0.05, 0.03, 0.02)), None, "Autumn", LATE)
    newest = results(leader(FITTING), matches=(found,))
    assert view_of_results(newest, language, ZONE).match.again == ""
    older = view_of_results(replace(newest, answered_again=LATE), language, ZONE)
    assert day in older.match.again
    assert day in older.match.cards[0].rated


def test_of_direct_reports_it_is_only_said_that_they_are_confidential():
    shown = view_of_results(results(leader(MIXED)), "en", ZONE)
    assert shown.raters is None
    assert "confidential" in shown.raters_note


def test_a_questionnaire_that_asks_no_direct_reports_says_so():
    alone = msgspec.structs.replace(LEADERSHIP.questionnaire, perspectives={"self": Perspective()})
    definition = msgspec.structs.replace(LEADERSHIP, questionnaire=alone)
    shown = view_of_results(results(leader(MIXED), definition), "en", ZONE)
    assert "it is your own view" in shown.raters_note


def test_scales_become_a_personal_view(definition, profile):
    shown = view_of_results(results(profile("self", 4, 4, 3, 3), definition), "en", ZONE)
    assert isinstance(shown, PersonalView)


def test_a_manager_sees_what_is_shared_of_an_area_that_the_manager_has_not_rated(definition, profile):
    bread, till = JobArea("a1", {"en": "Bread"}), JobArea("a2", {"en": "Till"})
    rating = StoredProfile("s1", BO, "manager", profile("manager", 4, 4, 3, 3), LATE)
    shared = StoredProfile("s2", KAREN, "self", profile("self", 2, 2, 3, 3), LATE)
    bos = replace(
        task(definition), key=TaskKey("t1", "w1", "hash", "manager", BO.id, KAREN.id), respondent=BO
    )
    areas = (AreaResult(bread, rating, None, None), AreaResult(till, None, shared, None))
    shown = view_of_results(Results(task=bos, other=KAREN, areas=areas, matches=()), "en", ZONE)
    assert [(area.job_area, [voice.perspective for voice in area.voices]) for area in shown.areas] == [
        ("Bread", ["manager"]),
        ("Till", ["self"]),
    ]
    assert [area.voices[0].label for area in shown.areas] == ["You", "Karen"]


@pytest.mark.parametrize("which", [LEADERSHIP, None], ids=["situations", "scales"])
def test_nothing_submitted_is_no_view(definition, which):
    assert view_of_results(results(None, which or definition), "en", ZONE) is None


def test_every_kind_of_scoring_has_a_view():
    from assess.scoring.kinds import SCORING_KINDS

    assert set(VIEWS) == set(SCORING_KINDS)
