"""Publishing the precision measured here, and what it does to profiles, on both engines."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from crowd import Crowd, asked_of_many, given
from leading import leading
from small_organisation import NOON, later

from assess.answering import results
from assess.audit import log
from assess.errors import NotFound
from assess.evidence import precision
from assess.evidence.errors import NotEnough
from assess.measurement.reliability import reliability
from assess.people import register
from assess.personal_data.erasure import erase
from assess.rights import Actor

if TYPE_CHECKING:
    from assess.answering.types import Session
    from assess.evidence.precision import PublishedPrecision
    from assess.scoring.results import Profile
    from assess.settings import Settings
    from assess.store import Store

NOISY = 2.5
"""An error in each answer that makes alpha low, and intervals wider than the provisional ones."""


@pytest.fixture
def crowd(store: Store) -> Crowd:
    return Crowd(store)


def publish(crowd: Crowd, *wave_ids: str, now: datetime = NOON) -> PublishedPrecision:
    return precision.publish(crowd.store, crowd.administrator, wave_ids, crowd.content_hash, "self", now)


def profile(crowd: Crowd, session: Session) -> Profile:
    [area] = results.results(crowd.store, session, NOON).areas
    assert area.own is not None
    return area.own.profile


def test_a_publication_says_what_was_measured_and_which_figures_stand(crowd: Crowd) -> None:
    answers = given(120, seed=7)
    answers[:6] = given(120, seed=8, noise=NOISY)[:6]  # skill is noisy here, will is better than provisional
    published = publish(crowd, crowd.answered_wave(120, answers=answers))
    skill, will = published.details.scales
    expected = reliability(crowd.definition.questionnaire, crowd.form, answers).scales
    assert (published.details.sheets, published.details.people) == (120, 120)
    # To the safe side: reliability down to hundredths, SD up to 0.05.
    exact = expected[0]
    assert None not in (skill.alpha, skill.sd, skill.sem, exact.alpha, exact.sd, exact.sem)
    assert 0 <= (exact.alpha or 0) - (skill.alpha or 0) < 0.01
    assert 0 <= (skill.sd or 0) - (exact.sd or 0) < 0.05
    assert (exact.sem or 0) <= (skill.sem or 0) < (exact.sem or 0) + 0.05
    assert will.provisional_sem == pytest.approx(0.30)  # .75·√(1 − .84)
    assert skill.sem is not None
    assert will.sem is not None
    assert skill.sem > 0.30 > will.sem - 0.2
    assert skill.stands == "local"
    assert will.stands == ("local" if will.sem >= 0.30 else "provisional")
    assert (published.record_id, published.published_by) == ("2026-11-23, n = 120", "Bo Ørsted")
    assert published.in_force


def test_new_profiles_use_it_and_old_ones_stay(crowd: Crowd) -> None:
    closed = crowd.answered_wave(110, answers=given(110, seed=7, noise=NOISY))
    wave_id = crowd.wave(job_areas="chosen")
    before = crowd.finish_alone(wave_id, crowd.employee_id)
    first = profile(crowd, before)
    published = publish(crowd, closed)
    after = crowd.finish_alone(wave_id, crowd.add_people(300)[-1])
    assert first.record.source == "provisional"
    assert profile(crowd, before) == first
    made = profile(crowd, after)
    assert (made.record.id, made.record.source) == (published.record_id, "local")
    for scale, other in zip(made.scales, first.scales, strict=True):
        assert scale.sem is not None
        assert other.sem is not None
        assert scale.sem > other.sem


def test_it_never_narrows_an_interval(crowd: Crowd) -> None:
    """Of raters with a halo alpha is near 1, and nobody is measured any better."""
    answers = np.repeat(np.random.default_rng(1).integers(1, 6, (1, 120)), 12, axis=0).astype(np.uint8)
    answers[-1] = 6 - answers[-1]
    answers[::2, :3] = 3
    published = publish(crowd, crowd.answered_wave(120, answers=answers))
    assert all(scale.alpha is not None and scale.alpha > 0.95 for scale in published.details.scales)
    assert {scale.stands for scale in published.details.scales} == {"provisional"}
    made = profile(crowd, crowd.finish_alone(crowd.wave(job_areas="chosen"), crowd.employee_id))
    assert made.record.id == published.record_id
    assert made.record.values == crowd.definition.questionnaire.precision["self"]


def test_a_negative_alpha_is_no_precision_at_all(crowd: Crowd) -> None:
    answers = given(120, seed=9)
    answers[2:6] = 6 - answers[[0, 1, 0, 1]]  # two against four: the sum says little
    answers[4:6] = 6 - answers[4:6]
    answers[5] = np.random.default_rng(3).integers(1, 6, 120)
    published = publish(crowd, crowd.answered_wave(120, answers=answers))
    skill = published.details.scales[0]
    measured = reliability(crowd.definition.questionnaire, crowd.form, answers).scales[0].alpha
    assert measured is not None
    assert measured < 0
    assert (skill.alpha, skill.sem, skill.reason) == (0.0, skill.sd, None)


def test_a_scale_that_cannot_be_measured_here_keeps_the_provisional_figures(crowd: Crowd) -> None:
    answers = given(120, seed=9)
    answers[:6] = 3
    published = publish(crowd, crowd.answered_wave(120, answers=answers))
    skill = published.details.scales[0]
    assert (skill.alpha, skill.sem, skill.stands, skill.reason) == (
        None,
        None,
        "provisional",
        "constant-item",
    )


def test_under_a_hundred_sheets_it_is_refused_with_the_number(crowd: Crowd) -> None:
    first, second = crowd.answered_wave(60), crowd.answered_wave(39, seed=2)
    with pytest.raises(NotEnough) as refused:
        publish(crowd, first, second)
    assert (refused.value.reason, refused.value.found, refused.value.needed) == ("sheets-under-100", 99, 100)
    third = crowd.answered_wave(40, seed=3)
    # The same hundred people would count twice; sheets are what an alpha rests on.
    assert publish(crowd, first, third, first).details.sheets == 100
    assert publish(crowd, first, third).details.people == 60


def test_each_wave_must_stand_on_its_own_feet(crowd: Crowd) -> None:
    many, few, still_open = (
        crowd.answered_wave(120),
        crowd.answered_wave(9),
        crowd.answered_wave(30, closed=False),
    )
    for wave_id, reason in ((few, "n-under-10"), (still_open, "wave-open")):
        with pytest.raises(NotEnough) as refused:
            publish(crowd, many, wave_id)
        assert (refused.value.reason, refused.value.wave_id) == (reason, wave_id)
    with pytest.raises(NotEnough) as refused:
        publish(crowd)
    assert refused.value.reason == "no-waves"


def test_others_may_neither_publish_nor_withdraw_nor_look(crowd: Crowd) -> None:
    wave_id = crowd.answered_wave(120)
    published = publish(crowd, wave_id)
    elsewhere = register.add_organisation(crowd.store, "Elsewhere", customer="guest", now=NOON)
    for actor in (Actor(crowd.employee_id), Actor(crowd.manager_id, frozenset({elsewhere}))):
        for act in (precision.publish, precision.preview):
            with pytest.raises(NotFound):
                act(crowd.store, actor, [wave_id], crowd.content_hash, "self", NOON)  # type: ignore[operator]
        with pytest.raises(NotFound):
            precision.withdraw(crowd.store, actor, published.id, NOON)
        with pytest.raises(NotFound):
            precision.published(crowd.store, actor, crowd.organisation_id)
    with pytest.raises(NotFound):
        precision.withdraw(crowd.store, crowd.administrator, "missing", NOON)


def test_the_newest_is_in_force_until_it_is_withdrawn(crowd: Crowd) -> None:
    store, wave_id = crowd.store, crowd.answered_wave(120, answers=given(120, seed=7, noise=NOISY))
    first, second = publish(crowd, wave_id), publish(crowd, wave_id, now=later(hours=1))
    assert (first.record_id, second.record_id) == ("2026-11-23, n = 120", "2026-11-23, n = 120 (2)")

    def in_force() -> list[str]:
        found = precision.published(store, crowd.administrator, crowd.organisation_id)
        return [one.record_id for one in found if one.in_force]

    assert in_force() == [second.record_id]
    precision.withdraw(store, crowd.administrator, second.id, later(hours=2))
    precision.withdraw(store, crowd.administrator, second.id, later(hours=3))
    assert in_force() == [first.record_id]
    listed = precision.published(store, crowd.administrator, crowd.organisation_id)[0]
    assert (listed.withdrawn_at, listed.withdrawn_by) == (later(hours=2), "Bo Ørsted")
    precision.withdraw(store, crowd.administrator, first.id, later(hours=3))
    made = profile(crowd, crowd.finish_alone(crowd.wave(job_areas="chosen"), crowd.employee_id))
    assert made.record.source == "provisional"
    assert [
        entry.action
        for entry in log.about(store, crowd.organisation_id)
        if entry.action in {"publish-precision", "withdraw-precision"}
    ] == ["publish-precision"] * 2 + ["withdraw-precision"] * 2


def test_one_organisation_does_not_use_what_another_has_published(store: Store) -> None:
    here, there = Crowd(store), Crowd(store)
    noisy = publish(here, here.answered_wave(120, answers=given(120, seed=7, noise=NOISY)))
    noisier = publish(there, there.answered_wave(120, answers=given(120, seed=8, noise=2 * NOISY)))
    assert (noisy.record_id, noisier.record_id) == ("2026-11-23, n = 120", "2026-11-23, n = 120 (2)")
    for crowd, published in ((here, noisy), (there, noisier)):
        made = profile(crowd, crowd.finish_alone(crowd.wave(job_areas="chosen"), crowd.employee_id))
        assert made.record.id == published.record_id
        assert made.record.values["skill"].reliability == pytest.approx(published.details.scales[0].alpha)


def test_a_preview_changes_nothing(crowd: Crowd) -> None:
    wave_id = crowd.answered_wave(120)
    shown = precision.preview(crowd.store, crowd.administrator, [wave_id], crowd.content_hash, "self", NOON)
    assert precision.published(crowd.store, crowd.administrator, crowd.organisation_id) == ()
    assert publish(crowd, wave_id).details == shown


def test_a_record_is_dated_where_the_organisation_is(crowd: Crowd) -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    published = precision.publish(
        crowd.store,
        crowd.administrator,
        [crowd.answered_wave(120)],
        crowd.content_hash,
        "self",
        late,
        zone=ZoneInfo("Europe/Copenhagen"),
    )
    assert published.record_id == "2026-11-24, n = 120"


@pytest.mark.parametrize("engine", ["sqlite"])
def test_what_has_no_scales_has_no_precision(store: Store) -> None:
    assert leading().questionnaire.scales == {}
    constant = Crowd(store, definition=asked_of_many(version="2.0"))
    wave_id = constant.answered_wave(120, answers=np.full((12, 120), 3, np.uint8))
    with pytest.raises(NotEnough) as refused:
        publish(constant, wave_id)
    assert refused.value.reason == "no-figures"


def test_a_wave_from_which_answers_were_erased_is_published_no_more(crowd: Crowd, settings: Settings) -> None:
    """Seen before and after, the figures would differ by what one person had answered."""
    wave_id = crowd.answered_wave(120)
    before = precision.preview(crowd.store, crowd.administrator, [wave_id], crowd.content_hash, "self", NOON)
    assert before.sheets == 120
    with crowd.store.read() as q:
        somebody = q.submitted_sheets(wave_id=wave_id, content_hash=crowd.content_hash, perspective="self")[0]
    erase(crowd.store, settings, somebody["respondent_id"], NOON)
    with pytest.raises(NotEnough) as refused:
        precision.preview(crowd.store, crowd.administrator, [wave_id], crowd.content_hash, "self", NOON)
    assert refused.value.reason == "answers-erased"
