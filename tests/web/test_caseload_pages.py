"""The coach's caseload and the administrators' shares, by HTTP."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from browsing import Visitor
from small_organisation import NOON
from talking import Talking
from team import Team, maturity

from assess.answering import sharing
from assess.audit import log
from assess.people import administrators, register
from assess.rights import Actor
from assess.store import Store
from assess.talks import preparing, showing, talks
from assess.talks.types import PreparationTexts

SignedIn = Callable[[str], Visitor]


@pytest.fixture
def bakery(store: Store) -> Team:
    return Team(store)


@pytest.fixture
def talk(bakery: Team) -> Talking:
    return Talking(bakery)


def rated(talk: Talking, *skills: int) -> None:
    team = talk.bakery
    assert isinstance(team, Team)
    for number, skill in enumerate(skills):
        wave_id = team.open_wave(NOON - timedelta(hours=9 - number))
        own, _ = team.enter_pair(team.employee_id, wave_id=wave_id)
        team.give(own, maturity(skill, 3), share=False)
        sharing.decide_with(talk.store, talk.amina, own.task.id, talk.clara_id, True, NOON)


def test_the_caseload_says_what_is_next_and_who_has_prepared(talk: Talking, signed_in: SignedIn) -> None:
    rated(talk, 3)
    talk_id = talk.plan(talk.clara, as_role="coach")
    clara = signed_in(talk.clara_id)
    assert clara.open("/coaching").says(
        "Something to do now", "Amina Yıldız", "Nobody has prepared yet", "None shown to you"
    )
    preparing.save(talk.store, talk.amina, talk_id, PreparationTexts("Calm"), 0, NOON, ready=True)
    assert clara.open("/coaching").says("Amina has prepared, you have not yet")
    assert not clara.page.says("Calm"), "never what"
    assert f"/talks/{talk_id}" in clara.page.html
    talk.agree(talk_id, "Bake alone", talk.clara)
    assert clara.open("/coaching").says("1 open agreement")


def test_figures_of_a_person_stand_on_the_persons_own_page_only(talk: Talking, signed_in: SignedIn) -> None:
    """People never stand side by side: the list says whether a figure changed, not how many or how."""
    rated(talk, 1, 3)
    clara = signed_in(talk.clara_id)
    page = clara.open("/coaching")
    assert rows(clara, "/coaching") == [
        ["Amina Yıldız", "None shown to you", "–", "None shown to you", "Real change"]
    ]
    assert not page.says("+2.00")
    assert not re.search(r"\d of \d", page.text)
    page = clara.open(f"/coaching/people/{talk.amina.id}")
    assert page.says(
        "1 of 2 figures has really changed; the others may be noise.",
        "Real change",
        "May be noise",
        "+2.00",
        "+1.30 to +2.70",
        "Autumn to Autumn",
        "90% certainty",
    )


def test_a_persons_page_says_when_two_waves_cannot_be_compared(talk: Talking, signed_in: SignedIn) -> None:
    """The earlier profile is by a version that asked something else."""
    rated(talk, 1, 3)
    with talk.store.engine.transaction(write=True) as connection:
        connection.execute(
            """UPDATE profiles SET profile = REPLACE(
                profile, '"questionnaire_version":"1.0', '"questionnaire_version":"2.0'
            ) WHERE id = (SELECT MIN(id) FROM profiles)"""
        )
    clara = signed_in(talk.clara_id)
    words = "The questionnaire asks something else since then."
    assert rows(clara, "/coaching")[0][-1] == "Cannot be told"
    looks = [one for one in log.about(talk.store, talk.amina.id) if one.action == "see-profile"]
    assert looks == [], "nothing of a result was shown"
    assert clara.open(f"/coaching/people/{talk.amina.id}").says(words)
    assert not clara.page.says("certainty")


def test_another_need_without_a_real_change_is_called_what_it_may_be(
    talk: Talking, signed_in: SignedIn
) -> None:
    """From 3.0 to 3.5, which is the cut, the level is another one, and the difference within the error."""
    team = talk.bakery
    assert isinstance(team, Team)
    for number, given in enumerate((maturity(3, 3), maturity(3, 3) | {"skill-2": 4})):
        own, _ = team.enter_pair(team.employee_id, wave_id=team.open_wave(NOON - timedelta(hours=9 - number)))
        team.give(own, given, share=False)
        sharing.decide_with(talk.store, talk.amina, own.task.id, talk.clara_id, True, NOON)
    clara = signed_in(talk.clara_id)
    assert rows(clara, "/coaching")[0][-1] == "May be noise"
    assert clara.open(f"/coaching/people/{talk.amina.id}").says(
        "No change that is larger than the error of measurement.",
        "That another need stands there now may be chance as well.",
    )


def test_a_talk_that_is_shown_says_who_holds_it_and_leads_to_its_agreements(
    talk: Talking, signed_in: SignedIn
) -> None:
    talk_id = talk.plan()
    showing.show(talk.store, talk.amina, talk_id, talk.clara_id, NOON)
    own = talk.plan(talk.clara, days=30, as_role="coach")
    page = signed_in(talk.clara_id).open(f"/coaching/people/{talk.amina.id}")
    assert page.says("with Bo Ørsted")
    assert not page.says("with Clara Berg")
    for one in (talk_id, own):
        assert f"/talks/{one}/agreements" in page.html


def test_only_a_coachs_own_people_have_a_page(talk: Talking, signed_in: SignedIn) -> None:
    rated(talk, 3)
    clara = signed_in(talk.clara_id)
    assert clara.open(f"/coaching/people/{talk.amina.id}").status == 200
    missing = clara.open("/coaching/people/" + "0" * 32)
    for somebody in (talk.dana_id, talk.bo.id, talk.clara_id):
        page = clara.open(f"/coaching/people/{somebody}")
        assert (page.status, page.text) == (404, missing.text)
    for somebody in (talk.amina.id, talk.bo.id):
        assert signed_in(somebody).open(f"/coaching/people/{talk.amina.id}").status == 404


def test_a_talk_whose_time_is_over_asks_whether_it_was_held(
    talk: Talking, signed_in: SignedIn, clock: object
) -> None:
    rated(talk, 3)
    talk.plan(talk.clara, days=0.01, as_role="coach")
    clock.advance(hours=2)  # type: ignore[attr-defined]
    assert signed_in(talk.clara_id).open("/coaching").says("Something to do now", "Was it held?")


def test_without_two_waves_that_were_shown_there_is_a_dash_that_tells_nothing(
    talk: Talking, signed_in: SignedIn
) -> None:
    rated(talk, 3)
    clara = signed_in(talk.clara_id)
    assert rows(clara, "/coaching") == [["Amina Yıldız", "None shown to you", "–", "None shown to you", "–"]]
    assert clara.page.says("where two waves of the same person have been shown to you")
    assert clara.page.says("A dash says nothing about whether anybody has answered.")
    assert clara.page.says("Nothing to do now")
    assert not clara.page.says("Something to do now")


def test_who_waits_for_the_coach_comes_first_then_the_next_talk_then_the_alphabet(
    talk: Talking, signed_in: SignedIn
) -> None:
    people = {}
    for number, name in enumerate(("Åse", "Bente", "Cæcilie", "Dorthe", "Egon")):
        people[name] = person_id = talk.bakery.add_person(name, f"{name} Holm", "da", f"4{number}")
        share_a_profile(talk, person_id)
    later = talk.plan(talk.clara, person_id=people["Bente"], days=9, as_role="coach")
    sooner = talk.plan(talk.clara, person_id=people["Egon"], days=5, as_role="coach")
    talk.plan(talk.clara, person_id=people["Dorthe"], days=20, as_role="coach")
    for talk_id in (later, sooner):
        preparing.save(talk.store, talk.clara, talk_id, PreparationTexts("Calm"), 0, NOON, ready=True)
    found = rows(signed_in(talk.clara_id), "/coaching")
    assert [row[0].split()[0] for row in found] == ["Dorthe", "Egon", "Bente", "Åse", "Cæcilie"]


def share_a_profile(talk: Talking, person_id: str) -> None:
    team = talk.bakery
    assert isinstance(team, Team)
    own, _ = team.enter_pair(person_id)
    team.give(own, maturity(3, 3), share=False)
    sharing.decide_with(talk.store, Actor(person_id), own.task.id, talk.clara_id, True, NOON)


# --- shares for administrators ---------------------------------------------------------------------


@pytest.fixture
def admin(talk: Talking, signed_in: SignedIn) -> Visitor:
    administrators.grant(talk.store, talk.dana_id, NOON)
    return signed_in(talk.dana_id)


def rows(visitor: Visitor, path: str = "/admin/talks") -> list[list[str]]:
    """The cells of the page's rows, without headings of the table and of its groups."""
    visitor.open(path)
    assert visitor.page.status == 200
    return [
        [
            " ".join(re.sub("<[^>]*>", " ", cell).split())
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)
        ]
        for row in re.findall(r"<tr.*?</tr>", visitor.page.html, flags=re.S)[1:]
        if "colspan" not in row
    ]


def test_a_unit_of_four_shows_nothing(admin: Visitor) -> None:
    assert rows(admin) == [["Butik Nord too few to show", "4", "–", "–"]]


def test_bands_of_a_larger_one_and_never_a_name_or_a_word(
    talk: Talking, admin: Visitor, clock: object
) -> None:
    for number in range(8):
        person_id = talk.bakery.add_person(f"P{number}", f"Person {number}", "da", f"3{number}")
        talk_id = talk.plan(person_id=person_id, days=7 + number)
        talk.agree(talk_id, "Bake alone")
    assert rows(admin) == [["Butik Nord", "12", "50–75%", "50–75%"]]
    assert not admin.page.says("Person 1")
    assert not admin.page.says("Bake alone")
    for talk_id in [one.id for one in talks.talks_of(talk.store, talk.bo, NOON)]:
        talks.cancel(talk.store, talk.bo, talk_id, NOON)
    assert rows(admin) == [["Butik Nord", "12", "50–75%", "50–75%"]], "counted once a week"
    clock.advance(days=7)  # type: ignore[attr-defined]


def test_why_a_larger_unit_is_not_shown_alone(talk: Talking, admin: Visitor) -> None:
    """A bakery of ten, with which the three of the kiosk beside it are counted."""
    team = talk.bakery

    def unit(name: str, above: str) -> str:
        return register.add_unit(talk.store, team.organisation_id, name, parent_id=above, now=NOON)

    above = unit("Øst", team.unit_id)
    units = [unit(name, above) for name in ("Bageri", "Kiosk")]
    for unit_id, many in zip(units, (10, 3), strict=True):
        for number in range(many):
            person_id = register.add_person(
                talk.store,
                team.organisation_id,
                first_name="P",
                name=f"Person {number}",
                language="da",
                email=None,
                employee_number=f"{many}-{number}",
                now=NOON,
            )
            register.join_unit(talk.store, person_id, unit_id, role="member", now=NOON)
    [bakery] = [row for row in rows(admin) if row[0].startswith("Bageri")]
    assert (bakery[0][-15:], *bakery[1:]) == ("not shown alone", "10", "–", "–")
    assert admin.page.says("a few people from outside it are counted with it")


def test_nobody_else_has_the_page(talk: Talking, signed_in: SignedIn) -> None:
    for person_id in (talk.amina.id, talk.bo.id, talk.clara_id):
        assert signed_in(person_id).open("/admin/talks").status == 404


def test_an_organisation_without_people_has_an_empty_page(store: Store, signed_in: SignedIn) -> None:
    organisation_id = register.add_organisation(store, "New", customer="customer", now=NOON)
    ada = register.add_person(
        store, organisation_id, first_name="Ada", name="Ada", language="en", email="ada@example.org", now=NOON
    )
    administrators.grant(store, ada, NOON)
    assert signed_in(ada).open("/admin/talks").says("Nobody belongs to a unit yet.")
