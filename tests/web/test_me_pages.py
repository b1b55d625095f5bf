"""A person's own pages, by HTTP: what to do, results, sharing, who has looked, the own data."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING

from browsing import Visitor
from small_organisation import NOON, Bakery

from assess.answering import sharing
from assess.campaigns import waves
from assess.people import administrators, appointments, register
from assess.personal_data import erasure_requests
from assess.rights import Actor
from assess.store.ids import time_text

if TYPE_CHECKING:
    from conftest import Clock


class TestWhatToDo:
    def test_nothing_to_do(self, bakery: Bakery, signed_in: Callable[[str], Visitor]) -> None:
        page = signed_in(bakery.employee_id).page
        assert page.status == 200
        assert page.says("Hello, Amina", "nothing for you to answer")

    def test_an_own_task_begins_here(self, bakery: Bakery, signed_in: Callable[[str], Visitor]) -> None:
        bakery.assign(bakery.wave())
        amina = signed_in(bakery.employee_id)
        assert amina.page.says("For you to answer", "Tiny (en)", "Baking bread", "Autumn")
        assert amina.press("Start").path == "/answer"
        assert amina.page.says("Amina Yıldız")

    def test_a_leader_sees_whom_to_rate(self, bakery: Bakery, signed_in: Callable[[str], Visitor]) -> None:
        bakery.assign(bakery.wave(), "manager")
        bo = signed_in(bakery.manager_id)
        assert bo.page.says("About somebody else", "Amina Yıldız")
        assert bo.press("Start: Amina Yıldız").path == "/answer"

    def test_somebody_elses_task_is_not_there(
        self, bakery: Bakery, signed_in: Callable[[str], Visitor]
    ) -> None:
        task_id = bakery.assign(bakery.wave(), "manager")
        amina = signed_in(bakery.employee_id)
        page = amina.post(f"/me/tasks/{task_id}", {"csrf_token": amina.token})
        assert page.status == 404
        assert amina.open("/answer").status == 401


SignedIn = Callable[[str], Visitor]


def appoint_coach(bakery: Bakery) -> str:
    coach_id = bakery.add_person("Clara", "Clara Åkesson", "en", "1003")
    administrators.grant(bakery.store, bakery.manager_id, NOON)
    admin = Actor(bakery.manager_id, frozenset({bakery.organisation_id}))
    appointments.appoint(bakery.store, admin, bakery.organisation_id, coach_id, "coach", NOON)
    return coach_id


def both_finish(bakery: Bakery, *, share: bool) -> tuple[str, str]:
    """Amina's own task and Bo's about her, both submitted."""
    wave = bakery.wave()
    mine, rating = bakery.assign(wave), bakery.assign(wave, "manager")
    bakery.finish(bakery.enter(mine), 4, share=share)
    bakery.finish(bakery.enter(rating), 2)
    return mine, rating


class TestResults:
    def test_an_own_result_of_any_wave(self, bakery: Bakery, signed_in: SignedIn) -> None:
        mine, _ = both_finish(bakery, share=False)
        amina = signed_in(bakery.employee_id)
        assert amina.page.says("Your results", "Tiny (en)")
        page = amina.open(f"/me/profiles/{mine}")
        assert page.status == 200
        assert page.says("Tiny (en)", "Only you see your profile", "My pages", "Account")

    def test_each_names_its_wave(self, bakery: Bakery, signed_in: SignedIn) -> None:
        both_finish(bakery, share=False)
        page = signed_in(bakery.employee_id).page
        assert re.search(r"Tiny \(en\)\s+Autumn · ", page.text)

    def test_many_ratings_of_a_wave_are_folded(self, bakery: Bakery, signed_in: SignedIn) -> None:
        both_finish(bakery, share=False)
        assert '<details class="wave-folded"' not in signed_in(bakery.manager_id).page.html, "one is shown"
        wave_id = bakery.wave()
        for number in range(5):
            task_id = waves.assign(
                bakery.store,
                wave_id,
                bakery.content_hash,
                "manager",
                respondent_id=bakery.manager_id,
                subject_id=bakery.add_person(f"P{number}", f"P{number} Person", "en", f"3{number}"),
                job_area_ids=bakery.area_ids[:1],
                now=NOON,
            )
            bakery.finish(bakery.enter(task_id), 2)
        page = signed_in(bakery.manager_id).page
        assert page.html.count('<details class="wave-folded"') == 1
        assert page.says("5 answered", "P4 Person")

    def test_nobody_elses(self, bakery: Bakery, signed_in: SignedIn) -> None:
        mine, rating = both_finish(bakery, share=True)
        assert signed_in(bakery.employee_id).open(f"/me/profiles/{rating}").status == 404
        assert signed_in(bakery.manager_id).open(f"/me/profiles/{mine}").status == 404
        assert signed_in(bakery.manager_id).open(f"/me/profiles/{mine}/report.pdf").status == 404

    def test_who_no_longer_leads_is_called_no_manager(self, bakery: Bakery, signed_in: SignedIn) -> None:
        mine, rating = both_finish(bakery, share=True)
        register.join_unit(bakery.store, bakery.manager_id, bakery.unit_id, role="leader", now=NOON)
        amina, bo = signed_in(bakery.employee_id), signed_in(bakery.manager_id)
        assert amina.open("/me/sharing").says("Bo Ørsted", "your manager")
        assert "both views here side by side" not in bo.open(f"/me/profiles/{rating}").text
        with bakery.store.write() as q:
            q.end_leaders_of_unit(unit_id=bakery.unit_id, now=time_text(NOON))
        page = amina.open("/me/sharing")
        assert page.says("Bo Ørsted", "sees nothing at the moment", "shared since")
        assert "your manager ·" not in page.text
        assert bo.open(f"/me/profiles/{rating}").says("both views here side by side")
        page = amina.open(f"/me/profiles/{mine}")
        assert page.says("Bo Ørsted no longer leads you", "You had shared it")
        assert "Shared with your manager" not in page.text
        page = amina.press("Stop sharing")
        assert page.says("Bo Ørsted no longer leads you")
        assert "Share my profile" not in page.text

    def test_nobody_is_asked_before_submitting_about_who_no_longer_leads(
        self, bakery: Bakery, signed_in: SignedIn
    ) -> None:
        wave = bakery.wave()
        mine = bakery.assign(wave)
        bakery.assign(wave, "manager")
        bakery.answer_all(bakery.enter(mine))
        register.join_unit(bakery.store, bakery.manager_id, bakery.unit_id, role="leader", now=NOON)
        with bakery.store.write() as q:
            q.end_leaders_of_unit(unit_id=bakery.unit_id, now=time_text(NOON))
        amina = signed_in(bakery.employee_id)
        amina.press("Continue")
        sheet_id = bakery.task(bakery.enter(mine)).sheets[0].sheet_id
        page = amina.open(f"/answer/{sheet_id}/check")
        assert page.status == 200
        assert "Bo Ørsted" not in page.text
        assert amina.press("Submit my answers").path == "/answer/profile?note=submitted"

    def test_sharing_from_the_result_page(self, bakery: Bakery, signed_in: SignedIn) -> None:
        mine, rating = both_finish(bakery, share=False)
        amina, bo = signed_in(bakery.employee_id), signed_in(bakery.manager_id)
        assert not bo.open(f"/me/profiles/{rating}").says("Side by side", "Difference")
        amina.open(f"/me/profiles/{mine}")
        assert amina.press("Share my profile").says("Your profile is shared.")
        assert bo.open(f"/me/profiles/{rating}").says("Side by side", "Difference")
        amina.press("Stop sharing")
        assert not bo.open(f"/me/profiles/{rating}").says("Side by side", "Difference")


class TestSharing:
    def test_each_receiver_by_itself(self, bakery: Bakery, signed_in: SignedIn) -> None:
        coach_id = appoint_coach(bakery)
        mine, _ = both_finish(bakery, share=True)
        amina = signed_in(bakery.employee_id)
        page = amina.open("/me/sharing")
        assert page.says("Bo Ørsted", "shared since 23 November 2026", "Clara Åkesson", "not shared")
        form = next(one for one in page.forms if one.data.get("with") == coach_id)
        amina.post(form.action, [*form.fields, ("share", "yes")])
        assert amina.page.says("It is shared from now on.")
        clara = signed_in(coach_id)
        assert clara.open(f"/coaching/profiles/{mine}").status == 200
        amina.post(form.action, [*form.fields, ("share", "no")])
        assert amina.page.says("no longer shared")
        assert clara.open(f"/coaching/profiles/{mine}").status == 404

    def test_the_result_page_knows_of_the_coach(self, bakery: Bakery, signed_in: SignedIn) -> None:
        coach_id = appoint_coach(bakery)
        mine, _ = both_finish(bakery, share=False)
        amina = signed_in(bakery.employee_id)
        assert amina.open(f"/me/profiles/{mine}").says("Only you see your profile.")
        sharing.decide_with(bakery.store, Actor(bakery.employee_id), mine, coach_id, True, NOON)
        page = amina.open(f"/me/profiles/{mine}")
        assert page.says("You do not share your profile with Bo Ørsted.", "with the coach: Clara Åkesson")
        assert not page.says("Only you see your profile.")
        assert f'<a href="/me/sharing#profile-{mine}">See and change who sees your results</a>' in page.html
        assert f'id="profile-{mine}"' in amina.open("/me/sharing").html

    def test_not_with_anybody_else(self, bakery: Bakery, signed_in: SignedIn) -> None:
        mine, rating = both_finish(bakery, share=False)
        amina = signed_in(bakery.employee_id)
        amina.open("/me/sharing")
        for task_id, with_id in ((mine, "nobody"), (rating, bakery.manager_id)):
            form = {"csrf_token": amina.token, "with": with_id, "share": "yes"}
            assert amina.post(f"/me/profiles/{task_id}/share", form).status == 404
            amina.open("/me/sharing")


def test_looks_are_told_in_words(bakery: Bakery, signed_in: SignedIn) -> None:
    _, rating = both_finish(bakery, share=True)
    signed_in(bakery.manager_id).open(f"/me/profiles/{rating}")
    page = signed_in(bakery.employee_id).open("/me/looks")
    assert page.says("Bo Ørsted looked at a result of yours", "Tiny (en) · Autumn", "23 November 2026")


def test_declining_is_not_told_as_stopping(bakery: Bakery, signed_in: SignedIn, clock: Clock) -> None:
    mine, _ = both_finish(bakery, share=False)
    amina = signed_in(bakery.employee_id)
    assert amina.open("/me/looks").says("You chose not to share a result with Bo Ørsted")
    for button in ("Share my profile", "Stop sharing"):
        clock.advance(minutes=1)
        amina.open(f"/me/profiles/{mine}")
        amina.press(button)
    assert amina.open("/me/looks").says(
        "You shared a result with Bo Ørsted", "You stopped sharing a result with Bo Ørsted"
    )


def test_the_own_profile_and_the_managers_rating_are_told_apart(bakery: Bakery, signed_in: SignedIn) -> None:
    coach_id = appoint_coach(bakery)
    mine, _ = both_finish(bakery, share=True)
    sharing.decide_with(bakery.store, Actor(bakery.employee_id), mine, coach_id, True, NOON)
    assert signed_in(coach_id).open(f"/coaching/profiles/{mine}").says("Side by side")
    assert (
        signed_in(bakery.employee_id)
        .open("/me/looks")
        .says(
            "Clara Åkesson looked at a result of yours",
            "Clara Åkesson looked at your manager’s rating of you",
        )
    )


class TestDownload:
    def test_the_data(self, bakery: Bakery, signed_in: SignedIn) -> None:
        both_finish(bakery, share=True)
        amina = signed_in(bakery.employee_id)
        assert amina.open("/me/data").says("Everything with your reports (ZIP)")
        page = amina.open("/me/data.json")
        assert page.response.headers["Content-Disposition"].startswith("attachment")
        assert page.response.headers["Cache-Control"] == "no-store"
        assert json.loads(page.content)["person"]["name"] == "Amina Yıldız"

    def test_with_every_report(self, bakery: Bakery, signed_in: SignedIn) -> None:
        both_finish(bakery, share=True)
        page = signed_in(bakery.employee_id).open("/me/data.zip")
        with zipfile.ZipFile(io.BytesIO(page.content)) as archive:
            names = archive.namelist()
            assert names[0] == "data.json"
            assert [archive.read(name)[:5] for name in names[1:]] == [b"%PDF-"]


class TestContact:
    def test_correcting(self, bakery: Bakery, signed_in: SignedIn) -> None:
        amina = signed_in(bakery.employee_id)
        amina.open("/me/contact")
        amina.press("Save", name="Amina Nyland", email="amina.nyland@example.org")
        assert amina.page.says("It is corrected.")
        assert amina.open("/me/contact").form("Save").data["name"] == "Amina Nyland"

    def test_what_cannot_be_kept_is_said_and_stays_in_the_form(
        self, bakery: Bakery, signed_in: SignedIn
    ) -> None:
        amina = signed_in(bakery.employee_id)
        amina.open("/me/contact")
        page = amina.press("Save", email="bo@example.org")
        assert page.status == 422
        assert page.says("There is a problem", "Somebody else in your organisation has this address")
        assert page.form("Save").data["email"] == "bo@example.org"


class TestErasure:
    def test_from_asking_to_the_end(self, bakery: Bakery, signed_in: SignedIn) -> None:
        administrators.grant(bakery.store, bakery.manager_id, NOON)
        amina, bo = signed_in(bakery.employee_id), signed_in(bakery.manager_id)
        amina.open("/me/erasure")
        assert amina.press("Ask for my data to be erased").says("Say that you have read what it means")
        assert amina.press("Ask for my data to be erased", read="yes").says("Your wish is noted.")
        assert bo.open("/admin/erasures").says("Amina Yıldız", "answer by 23 December 2026")
        admin = Actor(bakery.manager_id, frozenset({bakery.organisation_id}))
        (request,) = erasure_requests.requests(bakery.store, admin, bakery.organisation_id)
        assert bo.open(f"/admin/erasures/{request.id}").says("Erase everything about Amina Yıldız?")
        assert bo.press("Erase for good").says("It is erased")
        assert not bo.page.says("Amina")
        assert amina.open("/me").status == 401

    def test_taking_it_back(self, bakery: Bakery, signed_in: SignedIn) -> None:
        amina = signed_in(bakery.employee_id)
        amina.open("/me/erasure")
        amina.press("Ask for my data to be erased", read="yes")
        assert amina.press("I do not want it any more").says("You have taken it back.")

    def test_only_for_administrators(self, bakery: Bakery, signed_in: SignedIn) -> None:
        assert signed_in(bakery.employee_id).open("/admin/erasures").status == 404


def test_the_navigation_has_what_the_person_is(bakery: Bakery, signed_in: SignedIn) -> None:
    assert not signed_in(bakery.employee_id).page.says("My team")
    coach_id = appoint_coach(bakery)
    bakery.assign(bakery.wave(), "manager")
    assert signed_in(coach_id).page.says("My pages", "Coaching", "Account")
    assert not signed_in(coach_id).page.says("Administration")
    assert signed_in(bakery.manager_id).page.says("My pages", "My team", "Administration", "Account")


def test_every_own_page_needs_somebody(bakery: Bakery, visitor: Visitor) -> None:
    mine, _ = both_finish(bakery, share=True)
    for path in ("", "/sharing", "/looks", "/data", "/data.json", "/data.zip", "/contact", "/erasure"):
        assert visitor.open(f"/me{path}").status == 401
    assert visitor.open(f"/me/profiles/{mine}").status == 401


def test_sharing_with_a_coach_of_another_organisation_is_not_offered(
    bakery: Bakery, signed_in: SignedIn
) -> None:
    mine, _ = both_finish(bakery, share=False)
    page = signed_in(bakery.employee_id).open("/me/sharing")
    assert [form.data["with"] for form in page.forms if "with" in form.data] == [bakery.manager_id]
    assert mine in page.html
