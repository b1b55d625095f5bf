"""The questions of a brief: chosen from the bank by what its reader may see, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from assess.language.wording import Wording
from assess.talks.brief_types import BriefArea, BriefQuestion, Reader
from assess.talks.question_rules import QuestionFacts
from assess.talks.questions import Asker, choose
from questionnaires.definition import LanguageId
from questionnaires.question_bank import QuestionBank

MOST = 8


def questions_for(
    bank: QuestionBank,
    areas: Sequence[BriefArea],
    reader: Reader,
    first_name: str,
    customer: str,
    language: LanguageId,
    *,
    turn: int = 0,
) -> tuple[BriefQuestion, ...]:
    """At most eight questions, in the order in which the rules chose them (`questions.choose`).

    Areas of another questionnaire than the bank's have no questions of their own. The person reads the
    person's questions, everybody else those of whoever holds the talk. `turn`: how many talks the two have
    held before.
    """
    asker: Asker = "person" if reader == "person" else "holder"
    own = [area for area in areas if area.definition.questionnaire.id == bank.questionnaire]
    names = {area.area_id: area.job_area.name(language) for area in own if area.job_area}
    return tuple(
        BriefQuestion(
            id=one.id,
            pattern=one.pattern,
            text=Wording(language, customer, first_name, names.get(one.area_id, "")).fill(
                bank.question(one.id, language)
            ),
            why=Wording(language, customer, first_name, names.get(one.area_id, "")).fill(
                bank.reason(one.pattern, language)
            ),
            scale=one.scale,
            area_id=one.area_id,
        )
        for one in choose(bank, [facts_of(area) for area in own], asker=asker, most=MOST, turn=turn)
    )


def facts_of(area: BriefArea) -> QuestionFacts:
    """A job area as the rules look at it."""
    own, manager = area.changes.get("self"), area.changes.get("manager")
    return QuestionFacts(
        own=area.own.profile if area.own else None,
        manager=area.manager.profile if area.manager else None,
        comparison=area.comparison,
        own_changes=own.change.scales if own and own.change else (),
        manager_changes=manager.change.scales if manager and manager.change else (),
        area_id=area.area_id,
    )
