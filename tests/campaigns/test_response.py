"""Rates of response and reminders: numbers of groups that are large enough, and never who."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from campaigning import MORNING, WEEK

from assess.answering import paper_printing
from assess.campaigns import campaigns, filling, reminding, timetable
from assess.campaigns.plans import Planned
from assess.campaigns.reminding import Reminded
from assess.campaigns.response import BANDS, UnitResponse, band_of, response
from assess.errors import NotAllowed, NotFound
from assess.rights import Actor

if TYPE_CHECKING:
    from campaigning import Chain

SHOP = ("Amina", "Anders", "Ada", "Alf", "Asta", "Axel")
LATER = MORNING + timedelta(days=2)


def large_shops(chain: Chain) -> None:
    """With their leaders Baker Street has 7 people, Canal Street 5, South 3; Nora and Chief are alone."""
    for name in SHOP[2:]:
        chain.join(name, "Baker Street")
    for name in ("Cleo", "Curt", "Cora"):
        chain.join(name, "Canal Street")
    chain.join("Sigrid", "South")


def by_name(chain: Chain, wave_id: str) -> dict[str, UnitResponse]:
    return {one.path[-1]: one for one in response(chain.store, chain.admin, wave_id, LATER)}


def own(chain: Chain, kind: str = "personal", **parts: object) -> str:
    """A wave in which everybody answers about themselves."""
    return chain.opened(questionnaires=(Planned(chain.hashes[kind], ("self",)),), **parts)


def test_only_groups_that_are_large_enough_are_counted(chain: Chain) -> None:
    large_shops(chain)
    wave_id = own(chain)
    for name in SHOP[:3]:
        chain.submit(chain.task_id(wave_id, "self", name, name), LATER)
    found = by_name(chain, wave_id)
    assert [(name, one.depth, one.invited) for name, one in found.items()] == [
        ("Head", 0, 17),
        ("North", 1, 13),
        ("Baker Street", 2, 7),
        ("Canal Street", 2, 5),
        ("South", 1, 3),
    ]
    assert {name: one.submitted for name, one in found.items()} == {
        "Head": 3,
        "North": None,
        "Baker Street": 3,
        "Canal Street": 0,
        "South": None,
    }
    assert {one.band for one in found.values()} == {None}


def test_who_is_not_counted_alone_is_counted_with_others(chain: Chain) -> None:
    large_shops(chain)
    wave_id = own(chain)
    for name in ("Sara", "Nora"):
        chain.submit(chain.task_id(wave_id, "self", name, name), LATER)
    found = by_name(chain, wave_id)
    south = found["South"].group
    assert south is not None
    assert (south.units, south.invited, south.submitted) == (
        (("Head",), ("Head", "North"), ("Head", "South")),
        5,
        2,
    )
    north = found["North"].group
    assert north is not None
    assert (north.invited, north.submitted) == (12, 0)  # the shops, without Nora
    assert found["Baker Street"].group is None


def test_differences_of_what_is_told_are_never_fewer_than_k(chain: Chain) -> None:
    large_shops(chain)
    found = by_name(chain, own(chain)).values()
    told = {one.invited for one in found if one.submitted is not None} | {
        one.group.invited for one in found if one.group is not None
    }
    assert told == {17, 12, 7, 5}


def test_half_of_what_one_is_asked_is_not_an_answer(chain: Chain) -> None:
    large_shops(chain)
    wave_id = chain.opened()
    chain.submit(chain.task_id(wave_id, "self", "Bo", "Bo"), LATER)
    assert by_name(chain, wave_id)["Head"].submitted == 0


def test_of_confidential_sheets_a_band_is_told_while_the_wave_is_open(chain: Chain) -> None:
    large_shops(chain)
    wave_id = own(chain, "confidential")
    seen = []
    for name in SHOP:
        found = by_name(chain, wave_id)["Baker Street"]
        assert found.submitted is None
        seen.append(found.band)
        chain.submit(chain.task_id(wave_id, "self", name, name), LATER)
    # 0 … 5 of 7
    assert seen == [(0, 50)] * 4 + [(50, 100)] * 2
    campaigns.close(chain.store, chain.admin, wave_id, LATER)
    found = by_name(chain, wave_id)
    assert (found["Baker Street"].submitted, found["Baker Street"].band) == (None, (50, 100)), "under ten"
    assert (found["Head"].submitted, found["Head"].band) == (6, None)


def test_that_all_or_nobody_has_answered_confidentially_is_never_told(chain: Chain) -> None:
    large_shops(chain)
    nobody, everybody = own(chain, "confidential"), own(chain, "confidential")
    for name in chain.people:
        chain.submit(chain.task_id(everybody, "self", name, name), LATER)
    for wave_id, band in ((nobody, (0, 20)), (everybody, (80, 100))):
        campaigns.close(chain.store, chain.admin, wave_id, LATER)
        found = by_name(chain, wave_id)["Head"]
        assert (found.submitted, found.band) == (None, band)


def test_no_band_is_so_narrow_that_it_tells_of_anybody() -> None:
    """Not nobody, not all, and also without one answer that is known no single number."""
    for invited in range(4, 200):
        counts = Counter(band_of(submitted, invited) for submitted in range(invited + 1))
        assert min(counts.values()) >= 3
        assert len(counts) <= BANDS
        assert sorted(low for low, _ in counts)[0] == 0
        assert max(high for _, high in counts) == 100


def test_of_fewer_than_k_nothing_is_told(chain: Chain) -> None:
    wave_id = own(chain, least=10)
    found = response(chain.store, chain.admin, wave_id, LATER)
    assert {(one.submitted, one.band, one.group) for one in found} == {(None, None, None)}


def test_response_is_for_administrators_of_an_open_wave(chain: Chain) -> None:
    wave_id = chain.draft()
    with pytest.raises(NotAllowed):
        response(chain.store, chain.admin, wave_id, MORNING)
    with pytest.raises(NotFound):
        response(chain.store, Actor("somebody"), wave_id, MORNING)


def reminded(chain: Chain, wave_id: str) -> set[str]:
    return {name for kind, name, _ in chain.letters(wave_id) if kind == "reminder"}


def test_only_who_has_not_submitted_is_reminded_once_a_day(chain: Chain) -> None:
    wave_id = own(chain)
    for name in ("Amina", "Bo", "Chief"):
        chain.submit(chain.task_id(wave_id, "self", name, name), LATER)
    assert reminding.remind(chain.store, chain.admin, wave_id, LATER) == Reminded(6, exact=True)
    assert reminded(chain, wave_id) == {"Nora", "Sven", "Cia", "Anders", "Carl", "Sara"}
    assert reminding.remind(chain.store, chain.admin, wave_id, LATER + timedelta(hours=3)).letters == 0
    assert reminding.remind(chain.store, chain.admin, wave_id, LATER + timedelta(days=1)).letters == 6


def test_nobody_is_reminded_on_the_day_of_the_invitation(chain: Chain) -> None:
    wave_id = own(chain)
    assert reminding.remind(chain.store, chain.admin, wave_id, MORNING + timedelta(hours=9)).letters == 0
    # 23:30 UTC is the next day in Copenhagen.
    at = MORNING.replace(hour=23, minute=30)
    assert reminding.remind(chain.store, chain.admin, wave_id, at).letters == 9


def test_of_confidential_sheets_it_is_told_about_how_many_are_reminded(chain: Chain) -> None:
    large_shops(chain)
    wave_id = own(chain, "confidential")
    assert reminding.remind(chain.store, chain.admin, wave_id, LATER) == Reminded(20, exact=False)
    assert len(reminded(chain, wave_id)) == 17


def test_that_nobody_is_reminded_of_confidential_sheets_is_not_told(chain: Chain) -> None:
    """It would say of each that they have answered."""
    wave_id = own(chain, "confidential")
    some = reminding.remind(chain.store, chain.admin, wave_id, LATER)
    assert (some, len(reminded(chain, wave_id))) == (Reminded(10, exact=False), 9)
    for name in chain.people:
        chain.submit(chain.task_id(wave_id, "self", name, name), LATER)
    assert reminding.remind(chain.store, chain.admin, wave_id, LATER + timedelta(days=1)) == some
    assert len(reminded(chain, wave_id)) == 9


def test_planned_reminders_go_once_on_their_day(chain: Chain) -> None:
    """Closing on Monday 16 March at 8:00 UTC: three days before is Friday the 13th, 9:00 = 8:00 UTC."""
    wave_id = own(chain, reminders=(3, 1))
    friday = MORNING + timedelta(days=11)
    for at in (friday - timedelta(seconds=1), friday, friday + timedelta(minutes=1)):
        timetable.due(chain.store, at)
        jobs = [subject for (subject,) in chain.run("SELECT subject FROM jobs WHERE kind = 'remind-wave'")]
        assert jobs == ([] if at < friday else [f"{wave_id}:2026-03-13"])
    reminding.remind_as_planned(chain.store, jobs[0], friday)
    reminding.remind_as_planned(chain.store, jobs[0], friday)
    assert len(chain.letters(wave_id)) == 18
    timetable.due(chain.store, MORNING + timedelta(days=13))
    assert len(chain.run("SELECT subject FROM jobs WHERE kind = 'remind-wave'")) == 2


def test_of_reminders_that_nobody_was_there_to_send_one_goes(chain: Chain) -> None:
    wave_id = own(chain, reminders=(5, 3, 1))
    timetable.due(chain.store, MORNING + timedelta(days=13, hours=2))
    assert chain.run("SELECT subject FROM jobs WHERE kind = 'remind-wave'") == [(f"{wave_id}:2026-03-15",)]


def test_a_planned_reminder_after_closing_does_nothing(chain: Chain) -> None:
    wave_id = own(chain)
    campaigns.close(chain.store, chain.admin, wave_id, LATER)
    reminding.remind_as_planned(chain.store, f"{wave_id}:2026-03-13", MORNING + WEEK)
    assert reminded(chain, wave_id) == set()


@pytest.mark.parametrize("has_answered", [True, False])
def test_taking_somebody_out_does_not_tell_whether_that_person_had_answered(
    chain: Chain, has_answered: bool
) -> None:
    """What is not submitted is taken back from whoever leaves: no number may fall for that."""
    large_shops(chain)
    wave_id = own(chain)
    if has_answered:
        chain.submit(chain.task_id(wave_id, "self", "Ada", "Ada"), LATER)
    before = by_name(chain, wave_id)
    chain.leave("Ada", LATER)
    filling.fill(chain.store, wave_id, LATER)
    assert by_name(chain, wave_id) == before
    units = paper_printing.printable_units(chain.store, chain.admin, wave_id, LATER)
    people = {unit.path[-1]: (unit.people, unit.tasks) for unit in units}
    assert people["Baker Street"] == (6, 6), "who is asked now, whatever was answered"


def test_a_unit_that_is_emptied_to_leave_one_behind_goes_together_with_others(chain: Chain) -> None:
    large_shops(chain)
    wave_id = own(chain, "confidential")
    for name in SHOP[1:]:
        chain.leave(name, LATER)
    filling.fill(chain.store, wave_id, LATER)
    chain.submit(chain.task_id(wave_id, "self", "Amina", "Amina"), LATER)
    campaigns.close(chain.store, chain.admin, wave_id, LATER)
    shop = by_name(chain, wave_id)["Baker Street"]
    assert (shop.submitted, shop.band) == (None, None)
    assert shop.group is not None
    assert shop.group.invited >= 10
    assert len(shop.group.units) > 1


def test_of_a_small_confidential_group_no_number_is_told_after_closing_either(chain: Chain) -> None:
    large_shops(chain)
    wave_id = own(chain, "confidential")
    for name in SHOP[:3]:
        chain.submit(chain.task_id(wave_id, "self", name, name), LATER)
    campaigns.close(chain.store, chain.admin, wave_id, LATER)
    found = by_name(chain, wave_id)
    assert (found["Baker Street"].invited, found["Baker Street"].submitted) == (7, None)
    assert (found["Head"].invited, found["Head"].submitted) == (17, 3)


def test_whoever_submits_all_that_is_still_asked_has_finished(chain: Chain) -> None:
    """A leader whose report leaves is not asked about the report any more."""
    wave_id = chain.opened(questionnaires=(Planned(chain.hashes["personal"], ("self", "manager")),))
    before = sum(one.submitted or 0 for one in response(chain.store, chain.admin, wave_id, LATER)[:1])
    leaders = [task for task in chain.tasks(wave_id) if task[0] == "manager" and task[1] == "Cia"]
    for _, _, subject in leaders:
        chain.leave(subject, LATER)
    filling.fill(chain.store, wave_id, LATER)
    chain.submit(chain.task_id(wave_id, "self", "Cia", "Cia"), LATER)
    after = sum(one.submitted or 0 for one in response(chain.store, chain.admin, wave_id, LATER)[:1])
    assert leaders
    assert after == before + 1
