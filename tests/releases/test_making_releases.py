"""What a release holds, for whom, and that it stays as it is."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from shops import Shops, asked_in_shops

from assess.campaigns import waves
from assess.releases import making, respondents
from assess.releases.figures import GroupFigures
from assess.releases.making import About, make
from assess.scoring.results import PrecisionRecord
from assess.store import Store
from assess.store.ids import time_text

SQL = Path(__file__).parents[2] / "assess" / "store" / "sql"


@pytest.fixture
def shops(store: Store) -> Shops:
    made = Shops(store)
    for shop, number in (("Alby", 6), ("Birk", 7), ("Crona", 3), ("Dal", 12)):
        made.enter(shop, number)
    return made


def groups_of(shops: Shops, wave_id: str) -> dict[str, GroupFigures]:
    names = {unit_id: name for name, unit_id in shops.units.items()}
    with shops.store.read() as q:
        [release] = q.releases_of_wave(wave_id=wave_id)
        rows = q.release_groups(release_id=release["id"])
    return {names[row["unit_id"]]: msgspec.json.decode(row["figures"], type=GroupFigures) for row in rows}


def about_of(shops: Shops, wave_id: str) -> About:
    with shops.store.read() as q:
        [release] = q.releases_of_wave(wave_id=wave_id)
        return msgspec.json.decode(q.release(id=release["id"])["about"], type=About)


def published(shops: Shops, **parts: object) -> dict[str, GroupFigures]:
    wave_id = shops.wave(shops.everybody(), **parts)  # type: ignore[arg-type]
    assert len(make(shops.store, wave_id, shops.now)) == 1
    return groups_of(shops, wave_id)


def test_every_unit_has_the_figures_of_its_people_or_of_those_it_goes_together_with(shops: Shops) -> None:
    found = published(shops)
    assert {name: group.people for name, group in found.items()} == {
        "Rugbrød": 28,
        "Øst": 13,
        "Alby": 6,
        "Birk": 7,
        "Vest": 15,
        "Crona": 15,
        "Dal": 15,
    }
    assert found["Alby"].own
    assert not found["Crona"].own
    assert set(found["Crona"].unit_ids) == {shops.units["Crona"], shops.units["Dal"]}


def test_a_mean_is_the_mean_of_the_people_rounded_to_a_tenth(shops: Shops) -> None:
    answers = dict(
        zip(
            shops.people["Alby"],
            ([1, 2, 3, 3], [2, 2, 3, 3], [3, 4, 3, 3], [4, 4, 3, 3], [5, 5, 3, 3], [2, 3, 3, 3]),
            strict=True,
        )
    )
    [skill, will] = published(shops, answers=answers)["Alby"].measures
    # (1.5 + 2 + 3.5 + 4 + 5 + 2.5) / 6 = 3.083…; 3.1 ± 1.645 · 0.8 / √6 is 2.56 to 3.64; outwards.
    assert (skill.mean, skill.low, skill.high) == (3.1, 2.5, 3.7)
    assert (will.mean, will.band) == (None, (3.0, 3.5)), "all have answered the same"


def test_a_group_at_the_end_of_a_scale_is_shown_as_that_end(shops: Shops) -> None:
    answers = {name: [5, 5, 1, 1] for name in shops.people["Alby"]}
    answers[shops.people["Alby"][0]] = [4, 5, 1, 2]
    [skill, will] = published(shops, answers=answers)["Alby"].measures
    assert (skill.mean, skill.band) == (None, (4.6, 5.0))
    assert (will.mean, will.band) == (None, (1.0, 1.4))


def test_spread_and_levels_only_from_ten_people(shops: Shops) -> None:
    found = published(shops)
    for name, group in found.items():
        many = group.people >= 10
        assert group.has_distribution == many, name
        assert (group.levels is not None) == many, name
        assert any(measure.sd is not None for measure in group.measures) == many, name
    assert found["Vest"].levels is not None
    assert all(0.05 <= share <= 0.95 for share in found["Vest"].levels.values())


def test_a_region_whose_shops_are_small_shows_spread_for_both_together_only(store: Store) -> None:
    shops = Shops(store)
    shops.enter("Alby", 12)
    shops.enter("Birk", 6)
    found = published(shops)
    assert not found["Alby"].has_distribution, "less the region's spread it would be Birk's six people's"
    assert found["Øst"].has_distribution


def test_comments_come_from_ten_people_on_in_an_order_of_their_own(shops: Shops) -> None:
    everybody = shops.people["Dal"]
    remarks = {name: f"remark {place:02}" for place, name in enumerate(everybody)}
    remarks[shops.people["Alby"][0]] = "a small shop's"
    found = published(shops, remarks=remarks)
    assert found["Alby"].comments is None
    assert found["Vest"].comments is not None
    [comments] = found["Vest"].comments
    assert sorted(comments.texts) == [f"remark {place:02}" for place in range(12)]
    assert list(comments.texts) != sorted(comments.texts)


def test_comments_of_a_personal_questionnaire_are_nobodys_business(store: Store) -> None:
    shops = Shops(store, asked_in_shops(privacy="personal"))
    people = shops.enter("Dal", 12)
    found = published(shops, remarks=dict.fromkeys(people, "canary"))
    assert all(group.comments is None for group in found.values())


def test_whoever_lacks_a_scale_is_left_out_of_all_of_them(shops: Shops) -> None:
    answers = {shops.people["Alby"][0]: [4, 4, 0, 0]}
    assert published(shops, answers=answers)["Alby"].people == 5


def test_several_job_areas_count_as_their_mean_and_one_person(shops: Shops) -> None:
    answers = {name: [2 + place % 3] * 4 for place, name in enumerate(shops.people["Alby"])}
    wave_id = shops.wave(shops.everybody(), answers=answers, closed=False)
    with shops.store.write() as q:
        rows = q.release_sheets(wave_id=wave_id, content_hash=shops.content_hash, perspective="self")
        [first] = [row for row in rows if row["respondent_id"] == shops.people["Alby"][0]]
        task_id = next(
            row["id"]
            for row in q.tasks_of_wave(wave_id=wave_id)
            if row["respondent_id"] == first["respondent_id"]
        )
        assignment_id, sheet_id = shops.store.new_id(shops.now), shops.store.new_id(shops.now)
        q.add_assignment(id=assignment_id, task_id=task_id, position=2, job_area_id=None, short_form=None)
        q.add_sheet(id=sheet_id, assignment_id=assignment_id, order_seed=1)
        at = time_text(shops.now)
        q.save_answers(
            [
                {
                    "sheet_id": sheet_id,
                    "item_id": item,
                    "position": 4,
                    "text": None,
                    "revision": 1,
                    "saved_at": at,
                }
                for item in ("skill-1", "skill-2")
            ]
        )
        q.sheet_submitted(id=sheet_id, language="da", at=at)
    waves.close_wave(shops.store, wave_id)
    make(shops.store, wave_id, shops.now)
    alby = groups_of(shops, wave_id)["Alby"]
    # 2, 3, 4, 2, 3, 4, the first now 3, the mean of 2 and 4: 19 / 6 = 3.17; of sheets it were 22 / 7 = 3.14.
    assert (alby.people, alby.measures[0].mean) == (6, 3.2)


def test_however_many_sheets_are_read_at_once_the_figures_are_the_same(
    shops: Shops, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave_id = shops.wave(shops.everybody())
    record = PrecisionRecord(id="r", source="provisional", values={})
    found = []
    for size in (2_000, 3):
        monkeypatch.setattr(respondents, "BLOCK", size)
        with shops.store.read() as q:
            found.append(respondents.load_respondents(q, wave_id, shops.content_hash, "self", record))
    assert found[0].people == found[1].people
    assert found[0].values.tolist() == found[1].values.tolist()


def test_too_few_people_get_no_figures(store: Store) -> None:
    shops = Shops(store)
    shops.enter("Alby", 2)
    shops.enter("Dal", 2)
    wave_id = shops.wave(shops.everybody())
    make(store, wave_id, shops.now)
    assert groups_of(shops, wave_id) == {}
    assert about_of(shops, wave_id).nothing == "too-few"


def test_an_open_wave_has_no_results(shops: Shops) -> None:
    wave_id = shops.wave(shops.everybody(), closed=False)
    assert make(shops.store, wave_id, shops.now) == ()
    assert make(shops.store, "no such wave", shops.now) == ()


def test_a_release_is_made_once_and_never_altered(shops: Shops) -> None:
    wave_id = shops.wave(shops.everybody())
    [release_id] = make(shops.store, wave_id, shops.now)
    before = groups_of(shops, wave_id)
    with shops.store.write() as q:
        for row in q.release_sheets(wave_id=wave_id, content_hash=shops.content_hash, perspective="self"):
            q.delete_answers(sheet_id=row["id"])
    assert make(shops.store, wave_id, shops.now) == ()
    assert groups_of(shops, wave_id) == before
    with shops.store.read() as q:
        assert [row["id"] for row in q.releases_of_wave(wave_id=wave_id)] == [release_id]


def test_no_query_changes_or_deletes_what_was_published() -> None:
    for path in SQL.glob("*.sql"):
        assert not re.search(r"(?i)(update|delete\s+from)\s+release(s|_groups)\b", path.read_text()), (
            path.name
        )


def test_a_release_that_was_interrupted_leaves_nothing(shops: Shops, monkeypatch: pytest.MonkeyPatch) -> None:
    wave_id = shops.wave(shops.everybody())
    monkeypatch.setattr(making, "_member_rows", lambda *_: [{"release_id": None}])
    with pytest.raises(Exception):  # noqa: B017, PT011 (each engine has its own)
        make(shops.store, wave_id, shops.now)
    with shops.store.read() as q:
        assert q.releases_of_wave(wave_id=wave_id) == []
    monkeypatch.undo()
    assert len(make(shops.store, wave_id, shops.now)) == 1


# --- the second wave --------------------------------------------------------------------------------


def test_the_same_people_get_a_trend(shops: Shops) -> None:
    published(shops)
    better = {name: [4, 4, 3, 4] for name in shops.people["Birk"]}
    better |= {name: [3, 3, 2, 4] for name in shops.people["Birk"][:3]}
    found = published(shops, answers=better)
    [skill, _] = found["Birk"].measures
    assert skill.trend is not None
    # Then (2.5 + 3.5 + 3 + 2.5 + 3.5 + 3 + 2.5) / 7 = 2.93, shown as 2.9; now (3 · 3 + 4 · 4) / 7 = 3.57.
    assert skill.trend.difference == pytest.approx(0.7)
    # s² (1/7 + 1/7 − 2·7·0.8/49) = 0.64 · 0.0571 = 0.0366; 0.7 ± 1.645 · 0.191 = 0.39 to 1.01, outwards.
    assert (skill.trend.low, skill.trend.high, skill.trend.beyond) == (0.3, 1.1, True)
    assert found["Alby"].measures[0].trend is not None


def test_one_person_who_moves_makes_two_shops_one_and_shows_no_trend_of_either(shops: Shops) -> None:
    published(shops)
    moved = shops.everybody() | {shops.people["Alby"][0]: "Birk"}
    wave_id = shops.wave(moved)
    make(shops.store, wave_id, shops.now)
    found = groups_of(shops, wave_id)
    assert set(found["Alby"].unit_ids) == {shops.units["Alby"], shops.units["Birk"]}
    assert found["Alby"].compared_with is None
    assert found["Øst"].compared_with is not None
    assert about_of(shops, wave_id).merged == 1


def test_one_person_less_leaves_a_unit_out_and_the_others_as_they_were(shops: Shops) -> None:
    published(shops)
    wave_id = shops.wave(shops.everybody(Dal=1))
    make(shops.store, wave_id, shops.now)
    found = groups_of(shops, wave_id)
    assert set(found) == {"Rugbrød", "Øst", "Alby", "Birk"}
    assert (found["Rugbrød"].people, found["Rugbrød"].whole) == (13, False)


def test_another_version_of_the_questionnaire_is_the_same_one_to_the_guard(shops: Shops) -> None:
    published(shops)
    newer = Shops.__new__(Shops)
    newer.__dict__ |= shops.__dict__
    newer.definition = asked_in_shops(version="2.0")
    newer.content_hash = waves.add_questionnaire(shops.store, newer.definition, now=shops.now)
    wave_id = newer.wave(shops.everybody() | {shops.people["Alby"][0]: "Birk"})
    make(shops.store, wave_id, shops.now)
    assert about_of(shops, wave_id).merged == 1
    assert all(group.compared_with is None for group in groups_of(shops, wave_id).values())
