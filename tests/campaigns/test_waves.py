"""Opening waves and assigning questionnaires, on both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_organisation import NOON, later, tiny

from assess.answering import sheets
from assess.answering.types import Given
from assess.campaigns import waves
from assess.campaigns.definitions import definition_of
from assess.errors import NotAllowed, NotFound
from questionnaires.definition import content_hash

if TYPE_CHECKING:
    from small_organisation import Bakery


def test_a_wave_keeps_the_questionnaire_as_it_was(bakery: Bakery) -> None:
    with bakery.store.read() as q:
        assert definition_of(q, bakery.content_hash) == bakery.definition
    assert waves.add_questionnaire(bakery.store, bakery.definition, now=NOON) == bakery.content_hash
    changed = waves.add_questionnaire(bakery.store, tiny(version="2.0"), now=NOON)
    assert changed == content_hash(tiny(version="2.0")) != bakery.content_hash


def test_an_unknown_questionnaire_is_not_found(bakery: Bakery) -> None:
    with pytest.raises(NotFound), bakery.store.read() as q:
        definition_of(q, "0" * 64)


@pytest.mark.parametrize("minutes", [-1, 60])
def test_outside_its_time_a_wave_takes_no_answers(bakery: Bakery, minutes: int) -> None:
    session = bakery.enter(bakery.assign(bakery.wave(opens_at=NOON, closes_at=later(minutes=60))))
    sheet_id = bakery.task(session).sheets[0].sheet_id
    with pytest.raises(NotAllowed):
        sheets.save(bakery.store, session, sheet_id, {"skill-1": Given(position=1)}, later(minutes=minutes))
    assert not bakery.task(session).wave.is_over
    sheets.save(bakery.store, session, sheet_id, {"skill-1": Given(position=1)}, later(minutes=59))


@pytest.mark.parametrize(
    "parts", [{"closes_at": NOON}, {"closes_at": later(days=-1)}, {"max_job_areas": 0}, {"max_job_areas": -1}]
)
def test_a_wave_that_cannot_be_is_refused(bakery: Bakery, parts: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="a wave"):
        bakery.wave(**parts)


def test_closing_an_unknown_wave_is_told(bakery: Bakery) -> None:
    with pytest.raises(NotFound):
        waves.close_wave(bakery.store, "missing")


def test_the_second_given_area_is_asked_in_the_short_form(bakery: Bakery) -> None:
    session = bakery.enter(bakery.assign(bakery.wave(), areas=2))
    assert [sheet.short_form for sheet in bakery.task(session).sheets] == [None, "second-area"]


def test_a_questionnaire_without_job_areas_has_one_sheet(bakery: Bakery) -> None:
    definition = tiny(by_job_area=False, version="3.0")
    bakery.content_hash = waves.add_questionnaire(bakery.store, definition, now=NOON)
    session = bakery.enter(bakery.assign(bakery.wave(job_areas="chosen"), areas=0))
    task = bakery.task(session)
    assert [sheet.job_area for sheet in task.sheets] == [None]
    assert task.choice is None


def test_what_does_not_fit_is_not_assigned(bakery: Bakery) -> None:
    given, chosen = bakery.wave(), bakery.wave(job_areas="chosen")
    both = {"respondent_id": bakery.employee_id, "subject_id": bakery.employee_id}
    apart = {"respondent_id": bakery.manager_id, "subject_id": bakery.employee_id}
    one = bakery.area_ids[:1]
    for wave_id, perspective, people, areas in [
        (given, "direct-report", apart, one),
        (given, "self", apart, one),
        (given, "manager", both, one),
        (given, "self", both, ()),
        (given, "self", both, bakery.area_ids),
        (chosen, "self", both, one),
    ]:
        with pytest.raises(NotAllowed):
            waves.assign(
                bakery.store,
                wave_id,
                bakery.content_hash,
                perspective,  # type: ignore[arg-type]
                job_area_ids=areas,
                now=NOON,
                **people,
            )
    with bakery.store.read() as q:
        assert q.tasks_of_organisation(organisation_id=bakery.organisation_id) == []


def test_a_person_is_rated_by_one_manager_in_a_wave(bakery: Bakery) -> None:
    wave_id = bakery.wave()
    bakery.assign(wave_id, "manager")
    bakery.manager_id = bakery.add_person("Eva", "Eva Eng", "da", "1003")
    with pytest.raises(Exception, match=r"(?i)unique"):
        bakery.assign(wave_id, "manager")
