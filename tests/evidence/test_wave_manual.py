"""The technical manual of a closed wave: what it is made of, who may have it, and what it does not tell."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec
import numpy as np
import pytest
from crowd import Crowd, given
from small_organisation import NOON, later

from assess.audit import log
from assess.errors import NotFound
from assess.evidence import norms, precision
from assess.evidence.errors import NotEnough
from assess.evidence.manual import WaveManual, wave_manual
from assess.rights import Actor
from reports.wave_manual import view_of_wave

if TYPE_CHECKING:
    from assess.store import Store
    from reports.manual import ManualView


@pytest.fixture
def crowd(store: Store) -> Crowd:
    return Crowd(store)


def made(crowd: Crowd, wave_id: str, actor: Actor | None = None) -> WaveManual:
    return wave_manual(crowd.store, actor or crowd.administrator, wave_id, crowd.content_hash, NOON)


def view(found: WaveManual) -> ManualView:
    return view_of_wave(found, "en", ZoneInfo("Europe/Copenhagen"), NOON, organisation="Bakery")


def words(shown: ManualView, chapter: str) -> str:
    return msgspec.json.encode(next(one for one in shown.chapters if one.id == chapter)).decode()


def test_it_holds_the_figures_and_no_answers(crowd: Crowd) -> None:
    found = made(crowd, crowd.answered_wave(40))
    [(form, figures)] = found.figures
    assert (form.perspective, figures.sheets) == ("self", 40)
    assert not any(isinstance(part, np.ndarray) for part in vars(found).values())


@pytest.mark.parametrize("chapter", ["distributions", "fairness", "precision", "validity"])
def test_what_says_where_answers_lie_is_told_apart(crowd: Crowd, chapter: str) -> None:
    shown = view(made(crowd, crowd.answered_wave(320)))
    said = words(shown, chapter)
    assert "published in group results alone" in said or "rests on single answers" in said
    assert [one.state for one in shown.chapters if one.id == "distributions"] == ["apart"]
    assert "Histogram" not in msgspec.json.encode(shown).decode()


def test_each_manual_is_a_look_at_the_figures(crowd: Crowd) -> None:
    wave_id = crowd.answered_wave(40)
    made(crowd, wave_id)
    [entry] = [
        one for one in log.about(crowd.store, crowd.organisation_id) if one.action == "see-measurement"
    ]
    assert entry.actor_id == crowd.administrator.id
    assert entry.object_id.startswith(wave_id)


def test_open_waves_and_small_ones_have_none(crowd: Crowd) -> None:
    for wave_id, reason in (
        (crowd.answered_wave(40, closed=False), "wave-open"),
        (crowd.answered_wave(9), "n-under-10"),
    ):
        with pytest.raises(NotEnough) as refused:
            made(crowd, wave_id)
        assert refused.value.reason == reason


def test_others_do_not_learn_that_there_is_a_wave(crowd: Crowd) -> None:
    wave_id = crowd.answered_wave(40)
    for actor in (Actor(crowd.employee_id), Actor("someone", frozenset({"elsewhere"}))):
        with pytest.raises(NotFound):
            made(crowd, wave_id, actor)


def test_a_manual_made_again_after_an_erasure_does_not_show_the_difference(crowd: Crowd) -> None:
    wave_id = crowd.answered_wave(40)
    before = view(made(crowd, wave_id))
    with crowd.store.write() as q:
        row = q.submitted_sheets(wave_id=wave_id, content_hash=crowd.content_hash, perspective="self")[0]
        q.delete_answers(sheet_id=row["id"])
        q.delete_sheet(id=row["id"])
    assert view(made(crowd, wave_id)) == before


def test_it_tells_the_records_in_force_and_no_others(crowd: Crowd) -> None:
    wave_id = crowd.answered_wave(210, answers=given(210, 5, noise=2.0))
    where = (crowd.store, crowd.administrator, [wave_id], crowd.content_hash, "self")
    old = precision.publish(*where, NOON)
    new = precision.publish(*where, later(days=1))
    norms.build(*where, NOON)
    norms.build(*where, later(days=1), smooth=True)
    found = made(crowd, wave_id)
    assert [one.id for one in found.precision] == [new.id]
    assert [one.version for one in found.norms] == [2]
    shown = view(found)
    assert "record 2026-11-24, n = 210 is in force since" in words(shown, "precision")
    assert "Its error stands for: skill" in words(shown, "precision")
    assert "local record 2026-11-24, n = 210" in words(shown, "versions")
    assert old.record_id not in words(shown, "versions")
    assert "version 2 of" in words(shown, "norms")
    assert "The norms are smoothed." in words(shown, "norms")


def test_a_record_that_widens_nothing_is_told_so(crowd: Crowd) -> None:
    wave_id = crowd.answered_wave(120, answers=given(120, 5, noise=0.3))
    precision.publish(crowd.store, crowd.administrator, [wave_id], crowd.content_hash, "self", NOON)
    assert "It widens no interval" in words(view(made(crowd, wave_id)), "precision")


def test_the_figures_are_those_of_the_page(crowd: Crowd) -> None:
    found = made(crowd, crowd.answered_wave(60))
    [figures] = view(found).figures
    [(_, page)] = found.figures
    assert (figures.n, figures.reliability) == (60, page.reliability)
    assert figures.response_quality == page.response_quality


def test_distributions_need_ten_people_on_both_sides(crowd: Crowd) -> None:
    """Thirty direct reports of five leaders: the page has figures, but nothing is spread out."""
    found = made(crowd, crowd.answered_wave(30, perspective="direct-report", subjects=5))
    [figures] = view(found).figures
    assert (figures.n, figures.reliability) == (30, None)
    assert "Histograms" not in words(view(found), "distributions")
