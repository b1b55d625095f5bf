"""Norms from finished waves, on both engines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import pytest
from crowd import Crowd, given
from small_organisation import NOON, later

from assess.answering import export, results
from assess.audit import log
from assess.errors import NotFound
from assess.evidence import norms
from assess.evidence.errors import NotEnough
from assess.rights import Actor

if TYPE_CHECKING:
    from assess.evidence.norms import BuiltNorms
    from assess.store import Store


@pytest.fixture
def crowd(store: Store) -> Crowd:
    return Crowd(store)


def build(crowd: Crowd, *wave_ids: str) -> BuiltNorms:
    return norms.build(crowd.store, crowd.administrator, wave_ids, crowd.content_hash, "self", NOON)


def test_norms_are_the_mid_ranks_of_the_scores(crowd: Crowd) -> None:
    answers = given(210, seed=11)
    built = build(crowd, crowd.answered_wave(210, answers=answers))
    skill, will = built.norms.records
    assert (built.version, built.built_by, built.built_at, built.norms.people) == (1, "Bo Ørsted", NOON, 210)
    assert (skill.scale, will.scale, skill.n, skill.handed_in) == ("skill", "will", 210, "2026-11-23")
    scores = answers[:6].mean(axis=0)
    for row in skill.table.rows:
        below, at = (scores < row.score - 1e-9).mean(), (abs(scores - row.score) < 1e-9).mean()
        assert row.percentile == pytest.approx(100 * (below + at / 2), abs=2.5 + 1e-9)
    # Every mean of six answers on 1 to 5, reversed items turned: 1, 1 1/6 … 5.
    assert [row.score for row in will.table.rows] == pytest.approx(list(np.arange(6, 31) / 6))
    turned = np.vstack([answers[6:11], 6 - answers[11:]]).mean(axis=0)
    assert will.table.mean == pytest.approx(turned.mean(), abs=0.05)


def test_under_two_hundred_people_they_are_refused_with_the_number(crowd: Crowd) -> None:
    first, second = crowd.answered_wave(150), crowd.answered_wave(150, seed=2)  # the same people twice
    with pytest.raises(NotEnough) as refused:
        build(crowd, first, second)
    assert (refused.value.reason, refused.value.found, refused.value.needed) == ("people-under-200", 150, 200)
    third = crowd.answered_wave(60, seed=3, skip=150)
    built = build(crowd, first, third)
    assert (built.norms.people, built.norms.records[0].n) == (210, 210)
    assert built.norms.wave_ids == tuple(sorted((first, third)))


def test_only_finished_waves_of_enough_people_count(crowd: Crowd) -> None:
    many, still_open = crowd.answered_wave(220), crowd.answered_wave(220, closed=False)
    for waves, reason in (((many, still_open), "wave-open"), ((), "no-waves")):
        with pytest.raises(NotEnough) as refused:
            build(crowd, *waves)
        assert refused.value.reason == reason


def test_each_building_is_a_version_of_its_own_and_logged(crowd: Crowd) -> None:
    wave_id = crowd.answered_wave(200)
    first = build(crowd, wave_id)
    second = norms.build(
        crowd.store,
        crowd.administrator,
        [wave_id],
        crowd.content_hash,
        "self",
        later(days=1),
        smooth=True,
    )
    listed = norms.built(crowd.store, crowd.administrator, crowd.organisation_id)
    assert listed == (second, first)
    assert [one.version for one in listed] == [2, 1]
    assert [one.norms.smoothed for one in listed] == [True, False]
    entries = [entry for entry in log.about(crowd.store, crowd.organisation_id) if "norms" in entry.action]
    assert [entry.object_id for entry in entries] == [first.id, second.id]


def test_others_may_neither_build_nor_list(crowd: Crowd) -> None:
    wave_id = crowd.answered_wave(200)
    with pytest.raises(NotFound):
        norms.build(crowd.store, Actor(crowd.employee_id), [wave_id], crowd.content_hash, "self", NOON)
    with pytest.raises(NotFound):
        norms.built(crowd.store, Actor(crowd.employee_id), crowd.organisation_id)


def test_norms_of_two_waves_are_the_two_put_together(crowd: Crowd) -> None:
    """Were those who took part in both left out of one of them, the difference would tell what they said."""
    first, second = crowd.answered_wave(200), crowd.answered_wave(210, seed=2)
    one, other, both = build(crowd, first), build(crowd, second), build(crowd, first, second)
    for scale in range(2):
        tables = [built.norms.records[scale].table for built in (one, other, both)]
        assert [table.n for table in tables] == [200, 210, 410]
        for first_row, second_row, row in zip(*(table.rows for table in tables), strict=True):
            together = (200 * first_row.percentile + 210 * second_row.percentile) / 410
            assert row.percentile == pytest.approx(together, abs=5)


def test_no_person_has_a_percentile(crowd: Crowd) -> None:
    build(crowd, crowd.answered_wave(200))
    session = crowd.finish_alone(crowd.wave(job_areas="chosen"), crowd.employee_id)
    found = results.results(crowd.store, session, NOON)
    everything = repr(found) + msgspec.json.encode(export.export(crowd.store, session, NOON)).decode()
    assert not re.search(r"percentile|stanine|\bsten\b|t_score|norm_", everything)
