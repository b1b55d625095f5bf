"""A development talk between two people, from planning to the agreements that both have signed, by HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from browsing import Visitor
from small_organisation import NOON, Bakery
from talking import Talking

from assess.jobs.running import run_due
from assess.jobs.workplace import Workplace
from assess.talks import lapsing, preparing
from assess.talks.types import PreparationTexts

if TYPE_CHECKING:
    from conftest import Clock

    from assess.settings import Settings

SignedIn = Callable[[str], Visitor]


@pytest.fixture
def world(bakery: Bakery) -> Talking:
    """Bo leads the unit of Amina, Clara is a coach, Dana may become the new manager."""
    return Talking(bakery)


@pytest.fixture
def bo(world: Talking, signed_in: SignedIn) -> Visitor:
    return signed_in(world.bo.id)


@pytest.fixture
def amina(world: Talking, signed_in: SignedIn) -> Visitor:
    return signed_in(world.amina.id)


@pytest.fixture
def clara(world: Talking, signed_in: SignedIn) -> Visitor:
    return signed_in(world.clara_id)


def planned(bo: Visitor, day: str = "2026-12-03", **fields: str) -> str:
    """The manager plans a talk with the employee; gives the address of its page."""
    bo.open("/talks/new")
    amina = next(who for who in bo.page.form("Plan it and invite both").choices["who"] if who)
    fields = {"who": amina, "time": "10:00", "place": "Room 2"} | fields
    page = bo.press("Plan it and invite both", day=day, **fields)
    assert page.status == 200, page.text
    return page.path.split("?")[0]


def agreed(visitor: Visitor, talk: str, what: str = "Bake alone on Fridays", **fields: str) -> str:
    """One of the two writes an agreement; gives the address of its form."""
    visitor.open(f"{talk}/agreements/new")
    values = {"kind": "professional", "what": what, "owner": "person", "first_step": "Watch twice"}
    page = visitor.press("Save", **(values | fields))
    assert page.says("It holds when both have signed"), page.text
    return f"{talk}/agreements/{page.path.rpartition('#agreement-')[2]}"


def test_a_whole_talk_between_two_people(
    bo: Visitor, amina: Visitor, bakery: Bakery, clock: Clock, signed_in: SignedIn
) -> None:
    talk = planned(bo)
    assert bo.page.says("Talk with Amina Yıldız", "Thursday 3 December 2026", "10:00–11:00", "Room 2")

    # Both prepare alone.
    assert amina.open("/talks").says("Talk with Bo Ørsted", "Think it over on your own first")
    amina.open(f"{talk}/preparation")
    amina.press("Save, and be ready", strengths="I know the ovens", wishes="Mornings off")
    assert amina.page.says("You are ready, and Bo Ørsted can see that you are")
    assert bo.open(talk).says("Amina Yıldız", "ready since 23 November 2026", "not ready yet")
    assert "ovens" not in bo.open(f"{talk}/preparation").text, "nobody reads before both are ready"
    assert amina.open(f"{talk}/preparation").says("You can still change what you have written")

    bo.open(f"{talk}/preparation")
    bo.press("Save, and be ready", strengths="She trains others")
    assert bo.page.says("Read the talk brief")
    assert bo.open(f"{talk}/preparation").says("What is prepared", "She trains others", "I know the ovens")
    assert amina.open(f"{talk}/preparation").says("She trains others")

    # They talk, and write down what they agree on.
    clock.advance(days=9, hours=21, minutes=10)
    bo, amina = signed_in(bakery.manager_id), signed_in(bakery.employee_id)
    assert bo.open(talk).says("Now you talk", "Open the talk brief")
    agreed(amina, talk)
    assert bo.open(f"{talk}/agreements").says("Bake alone on Fridays", "Watch twice", "Not signed yet")
    assert bo.press("Sign it").says("Signed.", "Signed by you, not yet by the other")
    amina.open(f"{talk}/agreements")
    assert amina.page.says("Signed by the other, not yet by you")
    assert amina.press("Sign it").says("Signed by both")

    # It is noted as held, and the agreement lives on.
    bo.open(f"{talk}/held")
    assert bo.press("Yes, it was held").says("Noted: the talk was held", "Keep the agreements alive")
    amina.open(f"{talk}/agreements")
    assert amina.press("Note it: Bake alone on Fridays", status="under-way").says("Noted.", "Under way")
    assert amina.page.says("Signed by both"), "how far it is needs no new signature"


def test_a_talk_needs_neither_questionnaire_nor_preparation(
    bo: Visitor, amina: Visitor, bakery: Bakery, clock: Clock, signed_in: SignedIn
) -> None:
    """It opens when it begins."""
    talk = planned(bo)
    assert "To look at first" not in amina.open(f"{talk}/preparation").text
    assert amina.open(talk).says("opens when both are ready, at the latest when the talk begins")
    clock.advance(days=9, hours=21, minutes=10)
    amina, bo = signed_in(bakery.employee_id), signed_in(bakery.manager_id)
    assert amina.open(talk).says("Now you talk", "Open the talk brief")
    agreed(bo, talk)
    clock.advance(hours=1)
    bo, amina = signed_in(bakery.manager_id), signed_in(bakery.employee_id)
    for one in (bo, amina):
        assert one.open(talk).says("Read what is written down, and sign it")
        one.open(f"{talk}/agreements")
        one.press("Sign it")
    assert amina.page.says("Signed by both")
    assert bo.open(talk).says("Has the talk been held?")


def test_a_talk_in_which_both_have_signed_something_is_not_called_off(bo: Visitor, amina: Visitor) -> None:
    talk = planned(bo)
    assert "Cancel the talk" in bo.open(talk).text
    bo.open(f"{talk}/cancel")
    agreed(amina, talk)
    for one in (amina, bo):
        one.open(f"{talk}/agreements")
        one.press("Sign it")
    assert "Cancel the talk" not in bo.open(talk).text
    page = bo.post(f"{talk}/cancel", {"csrf_token": bo.token})
    assert page.status == 403
    assert page.says("That can no longer be done in this talk", "then it is noted as held")
    assert amina.open(talk).says("Has the talk been held?") is False
    assert "Cancelled" not in amina.page.text


def test_a_talk_noted_as_held_too_early_is_planned_again(
    bo: Visitor, amina: Visitor, bakery: Bakery, clock: Clock, signed_in: SignedIn
) -> None:
    talk = planned(bo)
    assert bo.open(f"{talk}/held").says("It is planned for another day", "Another time or place")
    assert "Yes, it was held" not in bo.page.text
    assert bo.post(f"{talk}/held", {"csrf_token": bo.token}).status == 403
    clock.advance(days=9, hours=19)
    amina, bo = signed_in(bakery.employee_id), signed_in(bakery.manager_id)
    bo.open(f"{talk}/held")
    assert bo.press("Yes, it was held").says("Noted: the talk was held", "By the clock it has not begun yet.")
    assert "It was not held yet" not in amina.open(talk).text, "whoever planned it sees to it"
    bo.open(talk)
    assert bo.press("It was not held yet").says("Taken back: the talk is still to come.")
    assert "It was not held yet" not in bo.open(talk).text


def test_the_brief_opens_when_both_are_ready(bo: Visitor, amina: Visitor) -> None:
    talk = planned(bo)
    assert amina.open(f"{talk}/brief").status == 403
    assert amina.open(f"{talk}/brief.pdf").status == 403
    for one in (bo, amina):
        one.open(f"{talk}/preparation")
        assert one.press("Save, and be ready").says("Write something in one of the four")
        one.press("Save, and be ready", questions="What is next?")
    assert amina.open(f"{talk}/brief").status == 200
    assert bo.open(f"{talk}/brief/present").status == 200
    assert bo.open(f"{talk}/brief.pdf").content.startswith(b"%PDF-")
    assert bo.open(f"{talk}/agreements.pdf").content.startswith(b"%PDF-")


def test_the_own_page_leads_to_the_next_talk(bo: Visitor, amina: Visitor) -> None:
    assert "Your next talk" not in amina.open("/me").text
    planned(bo, day="2026-12-10")
    planned(bo)
    assert amina.open("/me").says("Your next talk", "Thursday 3 December 2026", "Prepare")
    assert "10 December" not in amina.page.text


def test_the_list_says_which_agreements_wait(bo: Visitor, amina: Visitor) -> None:
    talk = planned(bo)
    agreed(amina, talk)
    assert bo.open("/talks").says("Agreements that wait for you", "to be signed by you")
    bo.open(f"{talk}/agreements")
    bo.press("Sign it")
    assert "Agreements that wait" not in bo.open("/talks").text, "Amina sees to it"
    amina.open(f"{talk}/agreements")
    amina.press("Sign it")
    assert amina.open("/talks").says("Agreements that wait for you", "Bake alone on Fridays", "Not begun")
    amina.open(f"{talk}/agreements")
    amina.press("Note it: Bake alone on Fridays", status="done")
    assert "Agreements that wait" not in amina.open("/talks").text


def test_a_rating_leads_to_planning_a_talk_about_it(bo: Visitor, amina: Visitor, bakery: Bakery) -> None:
    wave = bakery.wave()
    mine, rating = bakery.assign(wave), bakery.assign(wave, "manager")
    bakery.finish(bakery.enter(mine), 4, share=False)
    bakery.finish(bakery.enter(rating), 2)
    assert f"/talks/new?person={bakery.employee_id}" in bo.open(f"/me/profiles/{rating}").html
    assert "/talks/new" not in amina.open(f"/me/profiles/{mine}").html


# --- planning ---------------------------------------------------------------------------------------


def test_whoever_leads_and_coaches_nobody_plans_no_talk(amina: Visitor) -> None:
    assert amina.open("/talks/new").status == 404
    assert "Plan a talk" not in amina.open("/talks").text
    assert amina.page.says("Your manager plans it")


def test_what_was_typed_stays_when_something_is_wrong(bo: Visitor) -> None:
    bo.open("/talks/new")
    page = bo.press("Plan it and invite both", day="tomorrow", time="25:00", place="The meeting room")
    assert page.status == 422
    assert page.says("Not planned yet", "Write a day like", "Write a time like")
    assert page.title.startswith("Problem:")
    assert page.form("Plan it and invite both").data["place"] == "The meeting room"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"day": "2026-11-20"}, "This time has passed"),
        ({"day": "2036-11-20"}, "That is too far away"),
        ({"day": "2026-12-03", "place": "x" * 201}, "Too long: at most 200 characters fit"),
        ({"day": "2027-03-28", "time": "02:30"}, "the clocks go forward"),
    ],
)
def test_what_cannot_be_planned_says_why(
    bo: Visitor, world: Talking, fields: dict[str, str], said: str
) -> None:
    bo.open(f"/talks/new?person={world.amina.id}")
    page = bo.press("Plan it and invite both", **fields)
    assert page.status == 422
    assert page.says(said)


def test_a_day_in_another_century_is_too_far_and_not_misread(bo: Visitor) -> None:
    bo.open("/talks/new")
    amina = next(who for who in bo.page.form("Plan it and invite both").choices["who"] if who)
    page = bo.press("Plan it and invite both", who=amina, day="2226-12-03", time="10:00")
    assert page.status == 422
    assert page.says("That is too far away. Choose a day within two years")
    assert "Write a day like" not in page.text


def test_whoever_plans_with_somebody_without_an_address_is_told_so(bo: Visitor, bakery: Bakery) -> None:
    talk = planned(bo)
    assert "no e-mail address" not in bo.open(talk).text
    with bakery.store.engine.transaction(write=True) as connection:
        connection.execute("UPDATE people SET email = NULL WHERE id = ?", (bakery.employee_id,))
    assert bo.open(talk).says("Amina Yıldız has no e-mail address here, and gets no letter.")


def without_address(bakery: Bakery, person_id: str) -> None:
    with bakery.store.engine.transaction(write=True) as connection:
        connection.execute("UPDATE people SET email = NULL WHERE id = ?", (person_id,))


def letters_have_gone(bakery: Bakery) -> None:
    with bakery.store.engine.transaction(write=True) as connection:
        connection.execute("UPDATE outbox SET state = 'sent', finished_at = created_at")


def test_before_anything_is_sent_the_form_says_whom_no_letter_reaches(
    bo: Visitor, world: Talking, bakery: Bakery
) -> None:
    form = f"/talks/new?person={world.amina.id}"
    assert "no e-mail address" not in bo.open(form).text
    without_address(bakery, world.amina.id)
    assert bo.open("/talks/new").says("Amina Yıldız (no e-mail address)"), "in the list, whoever is chosen"
    said = "Amina Yıldız has no e-mail address here, and gets no letter: only you do."
    assert not bo.page.says(said)
    assert bo.open(form).says(said)
    assert bo.press("Plan it and invite both", day="").says("Not planned yet", said)
    page = bo.press("Plan it and invite both", day="2026-12-03", time="10:00")
    assert page.says("Planned. A letter with a calendar file is on its way to you.")
    assert page.says("can prepare on paper, and you write down together what you agree on")
    assert "to both of you" not in page.text


def test_after_moving_and_cancelling_the_page_says_which_letters_there_are(
    bo: Visitor, amina: Visitor, bakery: Bakery
) -> None:
    talk = planned(bo)
    assert bo.page.says("Planned. Letters with a calendar file are on their way to both of you.")
    bo.open(f"{talk}/change")
    page = bo.press("Move it and tell both", day="2026-12-04")
    assert page.says("Moved. The invitation has not gone yet; it tells the new time and place.")
    letters_have_gone(bakery)
    bo.open(f"{talk}/change")
    assert bo.press("Move it and tell both", day="2026-12-07").says("Moved. Letters are on their way")
    without_address(bakery, bakery.manager_id)
    amina.open(f"{talk}/cancel")
    page = amina.press("Cancel the talk and tell both")
    assert page.says("Cancelled. A letter with a calendar file is on its way to you.")
    assert page.says("Bo Ørsted has no e-mail address here, and gets none.")


def test_whose_invitation_had_not_gone_hears_nothing_of_the_end_and_the_page_says_so(
    bo: Visitor, amina: Visitor
) -> None:
    talk = planned(bo)
    bo.open(f"{talk}/cancel")
    page = bo.press("Cancel the talk and tell both")
    assert page.says("Cancelled. The invitation had not gone yet, so no letter goes.")
    assert "on their way" not in page.text
    other = planned(bo, "2026-12-09")
    page = bo.open(f"{other}?note=cancelled")
    assert "Cancelled" not in page.text, "an address says nothing that has not happened"


def test_talks_are_not_planned_and_moved_all_day(bo: Visitor, bakery: Bakery) -> None:
    talk = planned(bo)
    for day in range(9):
        letters_have_gone(bakery)
        bo.open(f"{talk}/change")
        assert bo.press("Move it and tell both", day=f"2026-12-{day + 10}").says("Moved.")
    bo.open(f"{talk}/change")
    page = bo.press("Move it and tell both", day="2026-12-21")
    assert page.status == 422
    assert page.says("Not moved yet", "too many letters", "Try again tomorrow")


def test_the_sheet_can_be_printed_before_anything_is_agreed(bo: Visitor) -> None:
    assert bo.open(f"{planned(bo)}/agreements").says("As a sheet to print or fill in (PDF)")


def test_a_form_sent_twice_plans_one_talk_and_leads_to_it(bo: Visitor, world: Talking) -> None:
    talk = planned(bo)
    bo.open(f"/talks/new?person={world.amina.id}")
    page = bo.press("Plan it and invite both", day="2026-12-03", time="10:30")
    assert page.status == 422
    assert page.says("The two of you have planned another talk at that time", "the other talk")
    assert f'href="{talk}"' in page.html


def test_the_address_chooses_whom(world: Talking, bo: Visitor) -> None:
    assert bo.open("/talks/new").form("Plan it and invite both").data["who"] == ""
    page = bo.open(f"/talks/new?person={world.amina.id}")
    assert page.form("Plan it and invite both").data["who"] == f"{world.amina.id}:manager"
    both = bo.open(f"/talks/new?person=nobody&person={world.amina.id}")
    assert world.amina.id in both.form("Plan it and invite both").data["who"]
    assert bo.open("/talks/new?person=nobody").form("Plan it and invite both").data["who"] == ""


def test_times_are_those_of_the_organisation(bo: Visitor, amina: Visitor) -> None:
    """Danish summer time has ended: ten o'clock in Copenhagen is nine in UTC."""
    talk = planned(bo)
    assert bo.open("/talks/new").says("Times are those of Copenhagen")
    file = amina.open(f"{talk}/calendar.ics")
    assert b"DTSTART:20261203T090000Z" in file.content


def test_a_talk_can_be_moved_and_what_is_prepared_stays(bo: Visitor, amina: Visitor) -> None:
    talk = planned(bo)
    amina.open(f"{talk}/preparation")
    amina.press("Save, and finish later", wishes="Mornings off")
    form = bo.open(f"{talk}/change").form("Move it and tell both")
    assert form.data["day"] == "2026-12-03"
    assert form.data["time"] == "10:00"
    assert form.data["minutes"] == "60"
    bo.press("Move it and tell both", day="2026-12-04", time="14:15", minutes="90")
    assert bo.page.says("Moved.", "Friday 4 December 2026", "14:15–15:45")
    assert amina.open(f"{talk}/preparation").form("Save, and be ready").data["wishes"] == "Mornings off"
    assert amina.open(f"{talk}/change").status == 404, "the one who holds it moves it"


def test_both_can_cancel_it(bo: Visitor, amina: Visitor) -> None:
    talk = planned(bo)
    assert amina.open(f"{talk}/cancel").says("It cannot be taken up again")
    assert amina.press("Cancel the talk and tell both").says("Cancelled.")
    assert bo.open(talk).says("This talk was cancelled")
    assert bo.open("/talks").says("1 cancelled")
    # Whoever put the file into a calendar by hand gets one that takes it out again
    assert b"METHOD:CANCEL" in bo.open(f"{talk}/calendar.ics").content


def test_what_cannot_be_cancelled_is_not_asked_about(bo: Visitor, amina: Visitor) -> None:
    talk = planned(bo)
    agreed(amina, talk)
    for one in (bo, amina):
        one.open(f"{talk}/agreements")
        one.press("Sign it")
    assert bo.open(f"{talk}/cancel").path.endswith(talk), "back at the talk"
    assert "Cancel the talk" not in bo.page.text


# --- preparing --------------------------------------------------------------------------------------


def test_a_preparation_can_be_taken_up_again_until_both_are_ready(bo: Visitor, amina: Visitor) -> None:
    talk = planned(bo)
    amina.open(f"{talk}/preparation")
    amina.press("Save, and be ready", strengths="I know the ovens")
    amina.open(f"{talk}/preparation")
    assert amina.press("Save, and not be ready yet", wishes="More").says("You are not ready any more")
    bo.open(f"{talk}/preparation")
    bo.press("Save, and be ready")
    assert "ovens" not in bo.open(f"{talk}/preparation").text


def test_what_was_typed_while_the_page_was_locked_is_shown(bo: Visitor, amina: Visitor) -> None:
    talk = planned(bo)
    amina.open(f"{talk}/preparation")
    amina.press("Save, and be ready", strengths="The ovens")
    amina.open(f"{talk}/preparation")
    bo.open(f"{talk}/preparation")
    bo.press("Save, and be ready", strengths="She trains others")
    late = amina.press("Save", strengths="The ovens, and the new mixer", wishes="")
    assert late.status == 409
    assert late.says("This is not saved", "Copy what you want to bring along", "and the new mixer")
    assert "and the new mixer" not in amina.open(f"{talk}/preparation").text


def test_a_text_that_is_too_long_is_kept_on_the_page(bo: Visitor, amina: Visitor) -> None:
    talk = planned(bo)
    amina.open(f"{talk}/preparation")
    page = amina.press("Save, and be ready", wishes="x" * 2001)
    assert page.status == 422
    assert page.says("Not saved yet", "Too long: at most 2000 characters fit")
    assert page.form("Save, and be ready").data["wishes"] == "x" * 2001


def test_a_stale_tab_shows_both_versions_and_loses_none(bo: Visitor, amina: Visitor) -> None:
    talk = planned(bo)
    stale = amina.open(f"{talk}/preparation")
    amina.press("Save, and finish later", strengths="In the first tab", wishes="The same")
    amina.page = stale
    page = amina.press("Save, and be ready", strengths="In the second tab", wishes="The same")
    assert page.status == 409
    assert page.says("Which text is right?", "In the first tab", "In the second tab")
    assert "What do you wish for?" not in page.text, "what is the same needs no choice"

    assert amina.press("Keep these").status == 422, "nothing is chosen for anybody"
    assert amina.page.form("Keep these").data["strengths"] == "In the second tab"
    assert amina.page.says("Choose what to keep", "In the first tab", "In the second tab")
    amina.press("Keep these", keep_strengths="both")
    assert amina.page.says("You are ready"), "the button that was pressed still counts"
    stored = amina.open(f"{talk}/preparation").form("Save").data["strengths"]
    assert stored == "In the first tab\n\nIn the second tab"


def test_the_script_saves_while_one_writes(bo: Visitor, amina: Visitor) -> None:
    talk = planned(bo)
    amina.open(f"{talk}/preparation")
    texts = {"strengths": "I kn", "wishes": "", "obstacles": "", "questions": ""}
    first = amina.send(f"{talk}/preparation", {**texts, "seen": "0"})
    assert (first.status_code, first.get_json()) == (200, {"seen": 1})
    assert amina.send(f"{talk}/preparation", {**texts, "wishes": "Other", "seen": "0"}).status_code == 409
    assert amina.send(f"{talk}/preparation", {**texts, "wishes": "x" * 2001, "seen": "1"}).status_code == 422
    assert amina.send(f"{talk}/preparation", ["nonsense"]).status_code == 400
    assert amina.send(f"{talk}/preparation", {**texts, "wishes": 7, "seen": "1"}).status_code == 400
    assert amina.open(f"{talk}/preparation").form("Save, and be ready").data["strengths"] == "I kn"


# --- agreements -------------------------------------------------------------------------------------


def test_the_three_kinds_are_explained(bo: Visitor, amina: Visitor) -> None:
    talk = planned(bo)
    page = amina.open(f"{talk}/agreements/new")
    assert page.says("Professional", "Behavioural", "Personal", "Only what the person wants to agree on")


def test_what_is_missing_is_told_and_nothing_typed_is_lost(bo: Visitor, amina: Visitor) -> None:
    talk = planned(bo)
    amina.open(f"{talk}/agreements/new")
    page = amina.press("Save", first_step="Watch twice", due_on="soon")
    assert page.status == 422
    assert page.says("Not saved yet", "Write a day like")
    page = amina.press("Save", due_on="2026-11-01")
    assert page.says(
        "Choose what kind of agreement it is", "Write what you agree on", "Choose who sees to it"
    )
    assert page.says("This day has passed")
    assert page.form("Save").data["first-step"] == "Watch twice"


def test_two_who_change_the_same_agreement_see_both_versions(bo: Visitor, amina: Visitor) -> None:
    talk = planned(bo)
    form = agreed(amina, talk)
    amina.open(form)
    bo.open(form)
    bo.press("Save", what="Bake alone on Saturdays", due_on="2027-01-31")
    page = amina.press("Save", what="Bake alone on Sundays", owner="both")
    assert page.status == 409
    assert page.says("Two versions of the agreement", "Bo Ørsted changed this agreement")
    assert page.says("Bake alone on Saturdays", "Bake alone on Sundays", "31 January 2027", "Both together")
    amina.press("Keep these", keep_what="mine", keep_due_on="stored", keep_owner="stored")
    assert amina.page.says("Saved. Both sign what it says now", "Bake alone on Sundays", "31 January 2027")
    versions = amina.open(f"{form}/versions")
    assert versions.says("Bake alone on Sundays", "Bake alone on Saturdays", "Bake alone on Fridays")
    assert versions.says("Version 3", "written by Bo Ørsted")


def test_a_decision_that_was_forgotten_changes_neither_what_was_typed_nor_the_other_decisions(
    bo: Visitor, amina: Visitor
) -> None:
    talk = planned(bo)
    form = agreed(amina, talk)
    amina.open(form)
    bo.open(form)
    bo.press("Save", what="From Bo", first_step="His step")
    amina.press("Save", what="From Amina", first_step="Her step")
    for _ in range(2):
        page = amina.press("Keep these", keep_what="both", keep_first_step=None)
        assert page.status == 422
        assert not page.says("From Bo From Amina"), "what was typed stays what was typed"
    assert page.form("Keep these").data["keep-what"] == "both", "what was chosen stays chosen"
    assert "keep-first-step" not in page.form("Keep these").data
    amina.press("Keep these", keep_first_step="mine")
    kept = amina.open(form).form("Save").data
    assert (kept["what"], kept["first-step"]) == ("From Bo\n\nFrom Amina", "Her step")


def test_who_changes_it_while_the_other_decides_is_decided_about_too(bo: Visitor, amina: Visitor) -> None:
    talk = planned(bo)
    form = agreed(amina, talk)
    amina.open(form)
    bo.open(form)
    bo.press("Save", what="From Bo")
    amina.press("Save", what="From Amina")
    bo.open(form)
    bo.press("Save", what="From Bo again", first_step="His step")
    page = amina.press("Keep these", keep_what="both")
    assert page.status == 422, "the text that Amina decided about is not there any more"
    assert page.says("From Bo again", "From Amina", "His step")
    assert "keep-what" not in page.form("Keep these").data
    amina.press("Keep these", keep_what="mine", keep_first_step="stored")
    kept = amina.open(form).form("Save").data
    assert (kept["what"], kept["first-step"]) == ("From Amina", "His step")


def test_what_changed_since_the_page_was_opened_is_not_signed(bo: Visitor, amina: Visitor) -> None:
    talk = planned(bo)
    form = agreed(amina, talk)
    page_to_sign = bo.open(f"{talk}/agreements")
    amina.open(form)
    amina.press("Save", what="Something else altogether")
    bo.page = page_to_sign
    page = bo.press("Sign it")
    assert page.status == 409
    assert page.says("Not everything was signed", "Something else altogether", "Not signed yet")
    assert bo.press("Sign it").says("Signed.")


def test_a_change_asks_both_to_sign_again(bo: Visitor, amina: Visitor) -> None:
    talk = planned(bo)
    form = agreed(amina, talk)
    for one in (bo, amina):
        one.open(f"{talk}/agreements")
        one.press("Sign it")
    assert amina.open(form).says("When you change what is agreed, both sign again")
    amina.press("Save", what="Bake alone on Mondays")
    assert bo.open(f"{talk}/agreements").says("Not signed yet")
    assert bo.open(f"{form}/versions").says("Signed by Amina Yıldız and Bo Ørsted", "Not signed")


def test_what_nobody_has_signed_can_be_taken_out_and_put_back(
    bo: Visitor, amina: Visitor, world: Talking, signed_in: SignedIn
) -> None:
    talk = planned(bo)
    form = agreed(amina, talk)
    amina.open(form)
    assert amina.press("Take the agreement out").says("Taken out", "1 was taken out")
    assert bo.open(f"{talk}/agreements").says("Nothing is written down yet")
    assert bo.press("Put it back: Bake alone on Fridays").says("It is there again", "Not signed yet")
    amina.open(form)
    for one in (signed_in(world.bo.id), signed_in(world.amina.id)):
        one.open(f"{talk}/agreements")
        one.press("Sign it")
    assert amina.press("Take the agreement out").says("Both have signed it, so it stays")
    page = amina.open(form)
    assert page.says("Both have signed it, so it stays")
    assert "Take the agreement out" not in page.text


def test_an_agreement_taken_out_while_somebody_writes_comes_back_with_what_is_written(
    bo: Visitor, amina: Visitor
) -> None:
    talk = planned(bo)
    form = agreed(amina, talk)
    amina.open(form)
    bo.open(form)
    bo.press("Take the agreement out")
    page = amina.press("Save", what="Bake alone on Sundays")
    assert page.status == 409
    assert page.says("was taken out while you were writing", "Bake alone on Sundays")
    assert amina.press("Keep these", keep_what="mine").says("Bake alone on Sundays", "Not signed yet")


def test_an_agreement_is_found_only_in_its_own_talk(bo: Visitor, amina: Visitor) -> None:
    first, second = planned(bo), planned(bo, day="2026-12-10")
    form = agreed(amina, first)
    agreement_id = form.rpartition("/")[2]
    assert amina.open(form).status == 200
    assert amina.open(f"{second}/agreements/{agreement_id}").status == 404
    assert amina.open(f"{second}/agreements/{agreement_id}/versions").status == 404


def test_the_next_talk_begins_with_what_was_agreed_last_time(
    bo: Visitor, amina: Visitor, bakery: Bakery, clock: Clock, signed_in: SignedIn
) -> None:
    first = planned(bo)
    agreed(amina, first, due_on="2026-12-20")
    second = planned(bo, day="2027-01-14")
    clock.advance(days=30)
    amina = signed_in(bakery.employee_id)
    page = amina.open(f"{second}/preparation")
    assert page.says("To look at first", "Bake alone on Fridays", "agreed last time", "overdue")
    assert amina.open(f"{second}/agreements").says("From earlier talks", "Bake alone on Fridays")


def test_the_manager_looks_at_the_own_rating_first_and_the_employee_at_the_own_result(
    bo: Visitor, amina: Visitor, bakery: Bakery
) -> None:
    wave = bakery.wave()
    mine, rating = bakery.assign(wave), bakery.assign(wave, "manager")
    talk = planned(bo)
    assert bo.open(f"{talk}/preparation").says("To look at first", "still to answer")
    bakery.finish(bakery.enter(mine), 4, share=False)
    bakery.finish(bakery.enter(rating), 2)
    assert bo.open(f"{talk}/preparation").says("Your rating of Amina")
    assert f"/me/profiles/{rating}" in bo.page.html
    assert mine not in bo.page.html
    assert f"/me/profiles/{mine}" in amina.open(f"{talk}/preparation").html


# --- who else sees it -------------------------------------------------------------------------------


def test_a_coach_sees_a_talk_as_long_as_the_person_shows_it(
    bo: Visitor, amina: Visitor, clara: Visitor
) -> None:
    talk = planned(bo)
    agreed(amina, talk)
    assert clara.open(talk).status == 404
    assert amina.open(f"{talk}/showing").says("Clara Berg", "coach", "not shown")
    assert amina.press("Show it to Clara Berg").says("It is shown from now on", "shown since")
    assert clara.open(talk).says("Talk of Amina Yıldız with Bo Ørsted", "shows you this talk")
    assert clara.open(f"{talk}/agreements").says("Bake alone on Fridays")
    assert "You sign" not in clara.page.text, "a coach changes nothing"
    assert clara.open(f"{talk}/agreements/new").status == 404
    assert clara.open(f"{talk}/preparation").status == 404
    assert clara.open(f"{talk}/showing").status == 404
    assert amina.open(f"{talk}/agreements").says("You, Bo Ørsted and Clara Berg")
    amina.open(f"{talk}/showing")
    assert amina.press("Stop showing it to Clara Berg").says("It is no longer shown")
    assert clara.open(talk).status == 404
    assert clara.open(f"{talk}/agreements").status == 404


def test_agreements_move_on_to_a_new_manager_by_the_persons_choice(
    bo: Visitor, amina: Visitor, world: Talking, signed_in: SignedIn
) -> None:
    talk = planned(bo)
    agreed(amina, talk)
    bo.open(f"{talk}/notes")
    bo.press("Save", text="My own words")
    world.new_manager(world.dana_id)

    dana = signed_in(world.dana_id)
    assert amina.open(talk).says("Bo Ørsted no longer leads you", "Decide who sees this talk")
    assert bo.open(talk).status == 404, "the former manager sees nothing more"
    assert bo.page.says("This talk is no longer yours to see", "Nothing is wrong with your link")
    assert "Amina" not in bo.page.text
    assert bo.open(f"{talk}/agreements").says("This talk is no longer yours to see")
    assert 'href="/talks"' in bo.page.html
    assert dana.open(talk).status == 404, "the new one sees nothing before the person has chosen"
    nothing = dana.open("/talks/00000000000000000000000000000000").text
    assert dana.open(talk).text == nothing, "as if there were none"
    assert bo.open("/talks").says("Talk of")
    assert f'href="{talk}/notes"' in bo.page.html, "the way to what is left"
    assert f'href="{talk}"' not in bo.page.html
    assert bo.open(f"{talk}/notes").says("My own words", "You no longer see this talk")

    told = "Dana Dahl is your manager now, and sees nothing of what you have agreed before."
    for page in ("/me", "/talks"):
        assert amina.open(page).says(told, "Decide who sees this talk: Talk with Bo Ørsted")
        assert f'href="{talk}/showing"' in amina.page.html
    assert not dana.open("/me").says("is your manager now")
    amina.open(f"{talk}/showing")
    assert amina.page.says("Dana Dahl", "your new manager")
    amina.press("Show it to Dana Dahl")
    assert told not in amina.open("/me").text
    assert told not in amina.open("/talks").text
    assert f'{talk}/brief"' not in dana.open(talk).text, "the brief was made for the two of then"
    dana.open(f"{talk}/agreements")
    assert dana.page.says("Bake alone on Fridays")
    assert dana.open(f"{talk}/agreements/new").says("The manager of today")
    assert "Bo Ørsted" not in dana.page.text, "whoever sees nothing any more sees to nothing"
    dana.open(f"{talk}/agreements")
    assert dana.press("Sign it").says("Signed.")
    assert dana.open(f"{talk}/preparation").status == 404, "what the two prepared stays between them"
    assert bo.open(f"{talk}/notes").status == 200
    bo.press("Delete the notes", sure="yes")
    assert bo.open(f"{talk}/notes").status == 404


@pytest.mark.parametrize(
    ("language", "why"),
    [
        ("en", "because Bo Ørsted was no longer your manager"),
        ("da", "fordi Bo Ørsted ikke længere var din leder"),
        ("sv", "eftersom Bo Ørsted inte längre var din chef"),
    ],
)
def test_a_talk_that_can_no_longer_be_held_is_cancelled_and_its_page_says_why(
    bo: Visitor,
    world: Talking,
    settings: Settings,
    clock: Clock,
    signed_in: SignedIn,
    language: str,
    why: str,
) -> None:
    talk = planned(bo)
    world.new_manager(world.dana_id)
    place = Workplace(world.store, settings, clock)
    lapsing.look(place, "")
    clock.advance(hours=25)
    run_due(place, {lapsing.END_JOB: lapsing.end})
    amina = signed_in(world.amina.id)
    assert amina.open(talk).says("Cancelled", "because Bo Ørsted was no longer your manager")
    assert amina.open("/me/looks").says("A talk was cancelled by itself")
    amina.press({"en": "English", "da": "Dansk", "sv": "Svenska"}[language])
    assert amina.open(talk).says(why)
    assert signed_in(world.bo.id).open(talk).status == 404


# --- notes ------------------------------------------------------------------------------------------


def test_notes_are_their_writers_and_the_page_says_what_the_law_may_give_others(
    bo: Visitor, amina: Visitor
) -> None:
    talk = planned(bo)
    page = bo.open(f"{talk}/notes")
    assert page.says("Only you open these notes here", "may have a right of access to them")
    bo.press("Save", text="She was tired in May")
    assert bo.open(f"{talk}/notes").form("Save").data["text"] == "She was tired in May"
    pages = [talk, f"{talk}/notes", f"{talk}/agreements", f"{talk}/preparation", "/talks", "/me"]
    assert not any("tired" in amina.open(path).text for path in pages)


def test_notes_show_both_versions_too(bo: Visitor) -> None:
    talk = planned(bo)
    stale = bo.open(f"{talk}/notes")
    bo.press("Save", text="First")
    bo.page = stale
    page = bo.press("Save", text="Second")
    assert page.status == 409
    assert page.says("First", "Second")
    decision = bo.page
    bo.press("Keep these", keep_text="both")
    bo.page = decision
    bo.press("Keep these", keep_text="mine")  # the button pressed twice: the first has been kept already
    assert bo.page.says("First Second", "Choose what to keep")
    bo.press("Keep these", keep_text="stored")
    assert bo.open(f"{talk}/notes").form("Save").data["text"] == "First\n\nSecond"


def test_notes_can_be_deleted(bo: Visitor) -> None:
    talk = planned(bo)
    bo.open(f"{talk}/notes")
    bo.press("Save", text="Something")
    assert bo.press("Delete the notes").says("Say that they are to be deleted")
    bo.open(f"{talk}/notes")
    assert bo.press("Delete the notes", sure="yes").says("Your notes are deleted")
    assert bo.page.form("Save").data["text"] == ""


def test_who_holds_several_talks_is_offered_all_their_briefs_where_the_talks_are(
    world: Talking, signed_in: SignedIn, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assess.batches.offers.MANY", 1)
    bo = signed_in(world.bo.id)
    planned(bo)
    assert not bo.open("/talks").says("Many at once")
    clock.advance(days=10, hours=1)  # the talk has begun: its brief can be read
    assert signed_in(world.bo.id).open("/talks").says("Many at once", "All briefs of your planned talks")
    assert not signed_in(world.amina.id).open("/talks").says("Many at once")


def test_all_briefs_at_once_come_when_two_are_open_and_that_is_said(
    world: Talking, bo: Visitor, amina: Visitor
) -> None:
    words = "All talk briefs in one file: you can order it here once two of them are open."
    assert not bo.open("/talks").says(words), "nothing is planned"
    karl = world.bakery.add_person("Karl", "Karl Holm", "da", "2001")
    talks = {world.plan(): world.amina, world.plan(person_id=karl): world.actor(karl)}
    assert bo.open("/talks").says(words)
    assert not amina.open("/talks").says(words), "only who holds a talk"
    for talk_id, actor in talks.items():
        for one in (actor, world.bo):
            preparing.save(world.store, one, talk_id, PreparationTexts("Calm"), 0, NOON, ready=True)
    page = bo.open("/talks")
    assert 'name="kind" value="unit-briefs"' in page.html
    assert not page.says(words)
