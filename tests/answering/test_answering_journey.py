"""From the link to the profile, on both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from small_organisation import NOON, later

from assess.answering import export, links, results, sessions, sharing, sheets, tasks
from assess.answering.types import Given

if TYPE_CHECKING:
    from small_organisation import Bakery


def test_an_employee_answers_submits_and_sees_the_profile_at_once(bakery: Bakery) -> None:
    task_id = bakery.assign(bakery.wave())
    token = links.mint(bakery.store, task_id, NOON)

    seen = links.look(bakery.store, token, NOON)
    assert (seen.respondent.first_name, seen.language) == ("Amina", "da")
    assert [sheet.asked for sheet in seen.sheets] == [7]

    session = sessions.find(bakery.store, links.exchange(bakery.store, token, NOON), NOON)
    assert session is not None
    sheet_id = bakery.answer_all(session, position=4)
    assert bakery.task(session).sheets[0].required_left == 0

    assert sheets.submit(bakery.store, session, sheet_id, later(minutes=5)).first_time
    [area] = results.results(bakery.store, session, later(minutes=5)).areas
    assert area.job_area is not None
    assert area.job_area.name("sv") == "Baka bröd"
    assert area.own is not None
    assert (area.other, area.comparison) == (None, None)
    # will-2 is reversed: position 4 of 1–5 counts as 2, so the mean of will is (4 + 2) / 2.
    assert [area.own.profile.scale(name).score for name in ("skill", "will")] == [4.0, 3.0]
    assert area.own.profile.content_hash == bakery.content_hash


def test_another_device_resumes_where_the_first_one_stopped(bakery: Bakery) -> None:
    task_id = bakery.assign(bakery.wave())
    token = links.mint(bakery.store, task_id, NOON)
    phone = sessions.find(bakery.store, links.exchange(bakery.store, token, NOON), NOON)
    assert phone is not None
    sheet_id = bakery.task(phone).sheets[0].sheet_id
    sheets.save(bakery.store, phone, sheet_id, {"skill-1": Given(position=2)}, NOON)
    sessions.set_language(bakery.store, phone, "en")

    later_on = later(hours=30)
    secret = links.exchange(bakery.store, token, later_on)
    laptop = sessions.find(bakery.store, secret, later_on)
    assert laptop is not None
    assert laptop.language == "en"
    assert sheets.sheet(bakery.store, laptop, sheet_id, later_on).answers["skill-1"].position == 2


def test_both_views_stand_side_by_side_when_both_have_submitted_and_the_employee_shares(
    bakery: Bakery,
) -> None:
    wave_id = bakery.wave()
    employee = bakery.enter(bakery.assign(wave_id))
    manager = bakery.enter(bakery.assign(wave_id, "manager"))

    bakery.finish(employee, position=5, share=False)
    assert not results.results(bakery.store, employee, NOON).both
    bakery.finish(manager, position=3)

    own = results.results(bakery.store, employee, NOON)
    assert own.both
    assert own.other is not None
    assert own.other.first_name == "Bo"
    comparison = own.areas[0].comparison
    assert comparison is not None
    assert [scale.difference for scale in comparison.scales] == [2.0, 0.0]  # will: (5+1)/2 − (3+3)/2

    assert not results.results(bakery.store, manager, NOON).both
    sharing.share(bakery.store, employee, NOON)
    assert results.results(bakery.store, manager, NOON).both
    sharing.unshare(bakery.store, employee, NOON)
    assert not results.results(bakery.store, manager, NOON).both


def test_the_respondent_chooses_job_areas_where_the_wave_says_so(bakery: Bakery) -> None:
    wave_id = bakery.wave(job_areas="chosen")
    employee = bakery.enter(bakery.assign(wave_id, areas=0))
    assert bakery.task(employee).must_choose_areas

    task = tasks.choose_job_areas(bakery.store, employee, [bakery.area_ids[2], bakery.area_ids[0]], NOON)
    assert [sheet.job_area and sheet.job_area.id for sheet in task.sheets] == [
        bakery.area_ids[2],
        bakery.area_ids[0],
    ]
    assert [(sheet.short_form, sheet.asked) for sheet in task.sheets] == [(None, 7), ("second-area", 2)]


def test_the_export_holds_the_own_answers_in_words(bakery: Bakery) -> None:
    employee = bakery.enter(bakery.assign(bakery.wave()))
    bakery.finish(employee, position=4)
    data = export.export(bakery.store, employee, NOON)
    answers = {answer["item"]: answer for answer in data["sheets"][0]["answers"]}
    assert answers["skill-1"]["statement"] == "I do skill-1 with Bage brød (da)"
    assert answers["skill-1"]["answer"] == "fit 4 (da)"
    assert data["person"]["name"] == "Amina Yıldız"
    assert data["sheets"][0]["profile"]["content_hash"] == bakery.content_hash
