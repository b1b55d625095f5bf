"""Questionnaires on paper: printed with a code, typed in later in the respondent's name. Both engines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from campaigning import confidential

from assess.answering import cards, paper_entry, paper_printing, results, sheets
from assess.answering.errors import InvalidAnswers, InvalidChoice
from assess.answering.paper_codes import ALPHABET, code_hash, new_code
from assess.answering.paper_entry import Entered, NotTakenFromPaper
from assess.answering.types import Given, Task
from assess.audit import log
from assess.campaigns import waves
from assess.errors import NotFound, StoreUnavailable
from assess.rights import Actor

if TYPE_CHECKING:
    from small_organisation import Bakery

ALL = {
    "skill-1": Given(position=4),
    "skill-2": Given(position=4),
    "will-1": Given(position=5),
    "will-2": Given(position=1),
    "tenure": Given(position=2),
}


def administrator(bakery: Bakery) -> Actor:
    return Actor(bakery.manager_id, frozenset({bakery.organisation_id}))


@dataclass
class Paper:
    """Printed questionnaires: their codes, by task."""

    bakery: Bakery
    codes: dict[str, str] = field(default_factory=dict)

    def print_all(self, wave_id: str) -> None:
        bakery = self.bakery
        found = paper_printing.forms_to_print(
            bakery.store, administrator(bakery), wave_id, bakery.unit_id, bakery.now
        )
        self.codes |= {form.task.key.id: form.code for form in found}

    def enter(self, task_id: str, *blocks: Entered, **parts: Any) -> Task:
        bakery = self.bakery
        return paper_entry.enter(
            bakery.store, administrator(bakery), self.codes[task_id], blocks, bakery.now, **parts
        )

    def find(self, task_id: str) -> paper_entry.PaperTask:
        return paper_entry.find(
            self.bakery.store, administrator(self.bakery), self.codes[task_id], self.bakery.now
        )


@pytest.fixture
def paper(bakery: Bakery) -> Paper:
    return Paper(bakery)


def printed(paper: Paper, **parts: Any) -> str:
    """A task of the employee about herself, printed."""
    wave_id = paper.bakery.wave(**parts)
    areas = 1 if parts.get("job_areas", "given") == "given" else 0
    task_id = paper.bakery.assign(wave_id, areas=areas)
    paper.print_all(wave_id)
    return task_id


def test_a_code_has_sixty_bits_and_forgives_how_it_is_typed():
    code = new_code()
    assert len(ALPHABET) ** 12 == 2**60
    assert code_hash(code) == code_hash(code.lower().replace("-", " "))
    assert code_hash("0O1I-LAAA-AAAA") == code_hash("0011-1AAA-AAAA")
    assert len({new_code() for _ in range(200)}) == 200


def test_typed_answers_are_submitted_in_the_persons_name_and_scored(bakery, paper):
    task_id = printed(paper)
    paper.enter(task_id, Entered(ALL))
    session = bakery.enter(task_id)
    sheet = sheets.sheet(bakery.store, session, bakery.task(session).sheets[0].sheet_id, bakery.now)
    assert {name: (one.position, one.text) for name, one in sheet.answers.items()} == {
        name: (one.position, one.text) for name, one in ALL.items()
    }
    assert sheet.submitted_at is not None
    (area,) = results.results(bakery.store, session, bakery.now).areas
    assert area.own is not None
    scores = {scale.id: scale.score for scale in area.own.profile.scales}
    assert scores == {"skill": 4.0, "will": 5.0}, "(4 + 4) / 2 and (5 + (6 - 1)) / 2"


def test_it_is_noted_about_the_person_who_typed_it_in(bakery, paper):
    task_id = printed(paper)
    paper.enter(task_id, Entered(ALL))
    noted = [(one.actor_id, one.action, one.object_id) for one in log.about(bakery.store, bakery.employee_id)]
    assert (bakery.manager_id, "enter-paper", task_id) in noted


def test_it_is_noted_before_anything_is_stored_and_once(bakery, paper, monkeypatch):
    """A fault between the transactions leaves no answer that nobody is noted for; going on adds no line."""
    task_id = printed(paper)

    def fails(*_: object, **__: object) -> None:
        raise StoreUnavailable("The disk is full.")

    def lines() -> list[str]:
        return [one.action for one in log.about(bakery.store, bakery.employee_id)]

    with monkeypatch.context() as broken:
        broken.setattr(paper_entry, "save", fails)
        with pytest.raises(StoreUnavailable):
            paper.enter(task_id, Entered(ALL))
    assert lines().count("enter-paper") == 1
    with monkeypatch.context() as broken:
        broken.setattr(paper_entry, "submit", fails)
        with pytest.raises(StoreUnavailable):
            paper.enter(task_id, Entered(ALL))
    assert paper.enter(task_id, Entered(ALL)).respondent.id == bakery.employee_id
    assert lines().count("enter-paper") == 1


def test_a_line_that_cannot_be_noted_marks_nothing_as_entered(bakery, paper, monkeypatch):
    task_id = printed(paper)

    def fails(*_: object, **__: object) -> None:
        raise StoreUnavailable("The disk is full.")

    monkeypatch.setattr(paper_entry, "record", fails)
    with pytest.raises(StoreUnavailable):
        paper.enter(task_id, Entered(ALL))
    session = bakery.enter(task_id)
    sheet = sheets.sheet(bakery.store, session, bakery.task(session).sheets[0].sheet_id, bakery.now)
    assert not sheet.answers
    bakery.answer_all(session)
    with bakery.store.read() as q:
        assert q.answered_on_screen(task_id=task_id), "they are the person's own, not those of a paper"


def test_what_is_blank_stays_missing(bakery, paper):
    task_id = printed(paper)
    paper.enter(task_id, Entered({"skill-1": Given(position=3)}))
    (area,) = results.results(bakery.store, bakery.enter(task_id), bakery.now).areas
    assert {scale.id: scale.score for scale in area.own.profile.scales} == {"skill": 3.0, "will": None}


@pytest.mark.parametrize(("ticked", "decision"), [(False, False), (True, True)])
def test_nothing_is_shared_that_was_not_ticked(bakery, paper, ticked, decision):
    wave_id = bakery.wave()
    task_id = bakery.assign(wave_id)
    bakery.assign(wave_id, "manager")
    paper.print_all(wave_id)
    paper.enter(task_id, Entered(ALL), share=ticked)
    assert bakery.task(bakery.enter(task_id)).sharing.decision is decision


def test_the_job_area_that_was_ticked_is_chosen(bakery, paper):
    task_id = printed(paper, job_areas="chosen")
    second = {"skill-1": Given(position=2), "skill-2": Given(position=3)}
    task = paper.enter(task_id, Entered(ALL, bakery.area_ids[1]), Entered(second, bakery.area_ids[0]))
    assert [sheet.job_area.id for sheet in task.sheets] == [bakery.area_ids[1], bakery.area_ids[0]]
    areas = results.results(bakery.store, bakery.enter(task_id), bakery.now).areas
    assert [area.own.profile.short_form for area in areas] == [None, "second-area"]


def test_an_unknown_job_area_or_answer_stores_nothing(bakery, paper):
    task_id = printed(paper, job_areas="chosen")
    with pytest.raises(InvalidChoice):
        paper.enter(task_id, Entered(ALL, "somewhere"))
    with pytest.raises(InvalidAnswers):
        paper.enter(task_id, Entered({"skill-1": Given(position=9)}, bakery.area_ids[0]))
    paper.enter(task_id, Entered(ALL, bakery.area_ids[0]))
    assert bakery.task(bakery.enter(task_id)).sheets[0].submitted_at is not None


def test_a_code_serves_once(bakery, paper):
    task_id = printed(paper)
    paper.enter(task_id, Entered(ALL))
    with pytest.raises(NotFound):
        paper.enter(task_id, Entered(ALL))


def test_answers_on_a_screen_are_never_overwritten(bakery, paper):
    task_id = printed(paper)
    bakery.answer_all(bakery.enter(task_id))
    with pytest.raises(NotTakenFromPaper) as told:
        paper.find(task_id)
    assert told.value.reason == "begun"


def test_what_was_submitted_on_a_screen_stays(bakery, paper):
    task_id = printed(paper)
    bakery.finish(bakery.enter(task_id))
    with pytest.raises(NotTakenFromPaper) as told:
        paper.enter(task_id, Entered(ALL))
    assert told.value.reason == "submitted"


def in_confidence(paper: Paper) -> str:
    """What the employee is asked confidentially; printed."""
    store, now = paper.bakery.store, paper.bakery.now
    digest = waves.add_questionnaire(store, confidential(), now=now)
    home, employee = paper.bakery.organisation_id, paper.bakery.employee_id
    wave_id = waves.open_wave(store, home, "Trust", [digest], job_areas="given", max_job_areas=1, now=now)
    task_id = waves.assign(
        store,
        wave_id,
        digest,
        "self",
        respondent_id=employee,
        subject_id=employee,
        job_area_ids=(),
        now=now,
    )
    paper.print_all(wave_id)
    return task_id


@pytest.mark.parametrize("before", ["nothing", "begun", "submitted"])
def test_of_a_confidential_questionnaire_nobody_is_told_whether_it_was_answered(bakery, paper, before):
    """Else a printed form and its code would tell of each by name."""
    task_id = in_confidence(paper)
    if before != "nothing":
        session = bakery.enter(task_id)
        (bakery.answer_all if before == "begun" else bakery.finish)(session)
    found = paper.find(task_id)
    assert found.is_confidential
    typed = {"skill-1": Given(position=1)}
    assert paper.enter(task_id, Entered(typed)).respondent.id == bakery.employee_id
    session = bakery.enter(task_id)
    sheet = sheets.sheet(bakery.store, session, bakery.task(session).sheets[0].sheet_id, bakery.now)
    assert (sheet.submitted_at is not None) == (before != "begun")
    assert (len(sheet.answers) == 1) == (before == "nothing"), "what was answered on a screen stays"
    assert [one.action for one in log.about(bakery.store, bakery.employee_id)].count("enter-paper") == 1
    with pytest.raises(NotFound):
        paper.find(task_id)


def test_a_closed_wave_takes_nothing_from_paper(bakery, paper):
    task_id = printed(paper)
    waves.close_wave(bakery.store, bakery.task(bakery.enter(task_id)).wave.id)
    with pytest.raises(NotTakenFromPaper) as told:
        paper.find(task_id)
    assert told.value.reason == "closed"


def test_somebody_elses_administrator_finds_neither_wave_nor_code(bakery, paper):
    task_id = printed(paper)
    stranger = Actor("a-stranger", frozenset({"another-organisation"}))
    wave_id = bakery.task(bakery.enter(task_id)).wave.id
    for ask in (
        lambda: paper_entry.find(bakery.store, stranger, paper.codes[task_id], bakery.now),
        lambda: paper_entry.enter(bakery.store, stranger, paper.codes[task_id], [Entered(ALL)], bakery.now),
        lambda: paper_printing.printable_units(bakery.store, stranger, wave_id, bakery.now),
        lambda: paper_printing.cards_to_print(bakery.store, stranger, wave_id, bakery.unit_id, bakery.now),
        lambda: paper_printing.forms_to_print(bakery.store, stranger, wave_id, bakery.unit_id, bakery.now),
    ):
        with pytest.raises(NotFound):
            ask()


def test_codes_and_tokens_are_stored_as_hashes_only(bakery, paper):
    task_id = printed(paper)
    with bakery.store.read() as q:
        assert q.task_of_paper_code(code_hash=paper.codes[task_id]) is None
        assert q.task_of_paper_code(code_hash=code_hash(paper.codes[task_id])) == task_id


def test_cards_are_for_everybody_who_is_asked_and_open_the_own_questionnaire(bakery):
    wave_id = bakery.wave()
    task_id = bakery.assign(wave_id)
    bakery.assign(wave_id, "manager")
    bakery.finish(bakery.enter(task_id), share=False)
    (card,) = paper_printing.cards_to_print(
        bakery.store, administrator(bakery), wave_id, bakery.unit_id, bakery.now
    )
    assert (card.name, card.unit) == ("Amina Yıldız", "Butik Nord"), "answered already, and printed as others"
    (link,) = card.links
    found = cards.find(bakery.store, link.token, bakery.now)
    assert found is not None
    assert found.task.key.id == task_id


def test_too_many_at_once_are_told_with_the_limit(bakery, monkeypatch):
    monkeypatch.setattr(paper_printing, "MOST_CARDS", 0)
    wave_id = bakery.wave()
    bakery.assign(wave_id)
    with pytest.raises(paper_printing.TooMany) as told:
        paper_printing.cards_to_print(
            bakery.store, administrator(bakery), wave_id, bakery.unit_id, bakery.now
        )
    assert (told.value.found, told.value.most) == (1, 0)


def test_it_is_noted_about_each_person_that_something_was_printed(bakery, paper):
    task_id = printed(paper)
    wave_id = bakery.task(bakery.enter(task_id)).wave.id
    paper_printing.cards_to_print(bakery.store, administrator(bakery), wave_id, bakery.unit_id, bakery.now)
    noted = [(one.action, one.object_id) for one in log.about(bakery.store, bakery.employee_id)]
    assert ("print-forms", task_id) in noted
    assert ("print-cards", task_id) in noted
