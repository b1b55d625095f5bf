"""A bakery with one employee and one manager, and a tiny questionnaire in three languages, for tests that
need a database. Everything goes in through the same use cases as in the application."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from assess.answering import links, sessions, sheets, tasks
from assess.answering.types import Given, Session, Task
from assess.campaigns import waves
from assess.people import register
from assess.store import Store
from questionnaires.definition import (
    ChoiceItem,
    Definition,
    LanguageId,
    OptionSet,
    OptionTexts,
    Perspective,
    PerspectiveId,
    PerspectiveTexts,
    Precision,
    Provenance,
    Questionnaire,
    RatingItem,
    RatingScales,
    Scale,
    ScaleTexts,
    ShortForm,
    TextItem,
    Texts,
    ZeroToTenItem,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LANGUAGES: tuple[LanguageId, ...] = ("da", "sv", "en")


def tiny(**parts: Any) -> Definition:
    """Two scales of two rating items on 1–5 (will-2 reversed), a choice, a 0–10 item and an optional text.

    The manager answers the four ratings only; the short form `second-area` asks the two of `skill`.
    """
    precision = {"skill": Precision(reliability=0.84, sd=0.75), "will": Precision(reliability=0.84, sd=0.75)}
    defaults: dict[str, Any] = {
        "format": 1,
        "id": "tiny",
        "version": "1.0",
        "source_language": "da",
        "languages": LANGUAGES,
        "privacy": "personal",
        "minutes": 1,
        "by_job_area": True,
        "perspectives": {
            "self": Perspective(),
            "manager": Perspective(items=("skill-1", "skill-2", "will-1", "will-2")),
        },
        "options": {
            "fit": OptionSet(values=(1, 2, 3, 4, 5), cannot_say=True),
            "tenure": OptionSet(choices=("short", "long")),
        },
        "items": (
            RatingItem(id="skill-1", options="fit", reason="…"),
            RatingItem(id="skill-2", options="fit", reason="…"),
            RatingItem(id="will-1", options="fit", reason="…"),
            RatingItem(id="will-2", options="fit", reason="…", reverse=True),
            ChoiceItem(id="tenure", options="tenure", reason="…"),
            ZeroToTenItem(id="fresh", reason="…", optional=True),
            TextItem(id="remark", reason="…", max_length=20),
        ),
        "scales": {
            "skill": Scale(min_answered=1, items=("skill-1", "skill-2")),
            "will": Scale(min_answered=1, items=("will-1", "will-2")),
        },
        "short_forms": {"second-area": ShortForm(items=("skill-1", "skill-2"), min_answered={"skill": 1})},
        "precision": {"self": precision, "manager": precision},
        "scoring": RatingScales(),
        "provenance": Provenance(authors="us", year=2026, source="own", licence="MIT", tested="interviews"),
    }
    questionnaire = Questionnaire(**(defaults | parts))
    return Definition(
        questionnaire=questionnaire,
        texts={language: _texts(language, questionnaire) for language in questionnaire.languages},
    )


def _texts(language: LanguageId, questionnaire: Questionnaire) -> Texts:
    return Texts(
        language=language,
        title=f"Tiny ({language})",
        summary="…",
        intended_use=("…",),
        not_for=("…",),
        method=("…",),
        perspectives={
            perspective: PerspectiveTexts(title="…", welcome="…", closing="…")
            for perspective in questionnaire.perspectives
        },
        options={
            name: OptionTexts(
                labels=tuple(f"{name} {position} ({language})" for position in range(1, options.size + 1)),
                cannot_say="?",
            )
            for name, options in questionnaire.options.items()
        },
        items={
            item.id: {
                perspective: f"I do {item.id} with {{job_area}} ({language})"
                if perspective == "self"
                else f"{{first_name}} does {item.id} with {{job_area}} ({language})"
                for perspective in questionnaire.perspectives
            }
            for item in questionnaire.items
        },
        scales={name: ScaleTexts(name=name, about="…") for name in questionnaire.scales},
    )


@dataclass
class Bakery:
    """The organisation in a store; ids of what is in it."""

    store: Store
    definition: Definition = field(default_factory=tiny)
    now: datetime = NOON
    organisation_id: str = ""
    unit_id: str = ""
    employee_id: str = ""
    manager_id: str = ""
    content_hash: str = ""
    area_ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        store, now = self.store, self.now
        self.organisation_id = register.add_organisation(store, "Rugbrød & Co.", customer="customer", now=now)
        self.unit_id = register.add_unit(store, self.organisation_id, "Butik Nord", parent_id=None, now=now)
        self.employee_id = self.add_person("Amina", "Amina Yıldız", "da", "1001")
        self.manager_id = self.add_person("Bo", "Bo Ørsted", "sv", "1002")
        self.area_ids = tuple(
            register.add_job_area(store, self.organisation_id, names, position=position, now=now)
            for position, names in enumerate(
                (
                    {"da": "Bage brød", "sv": "Baka bröd", "en": "Baking bread"},
                    {"da": "Betjene kunder", "sv": "Betjäna kunder", "en": "Serving customers"},
                    {"da": "Lukke butikken"},
                )
            )
        )
        self.content_hash = waves.add_questionnaire(store, self.definition, now=now)

    def add_person(self, first_name: str, name: str, language: LanguageId, number: str) -> str:
        person_id = register.add_person(
            self.store,
            self.organisation_id,
            first_name=first_name,
            name=name,
            language=language,
            email=f"{first_name.lower()}@example.org",
            employee_number=number,
            now=self.now,
        )
        register.join_unit(self.store, person_id, self.unit_id, role="member", now=self.now)
        return person_id

    def wave(self, **parts: Any) -> str:
        """An open wave that gives job areas, unless `parts` say otherwise."""
        defaults: dict[str, Any] = {"job_areas": "given", "max_job_areas": 2, "now": self.now}
        return waves.open_wave(
            self.store, self.organisation_id, "Autumn", [self.content_hash], **(defaults | parts)
        )

    def assign(self, wave_id: str, perspective: PerspectiveId = "self", areas: int = 1) -> str:
        """The employee's own task (`self`) or the manager's on the employee, about the first areas."""
        return waves.assign(
            self.store,
            wave_id,
            self.content_hash,
            perspective,
            respondent_id=self.employee_id if perspective == "self" else self.manager_id,
            subject_id=self.employee_id,
            job_area_ids=self.area_ids[:areas],
            now=self.now,
        )

    def enter(self, task_id: str, now: datetime | None = None) -> Session:
        """A session on a task, by a fresh link."""
        at = now or self.now
        secret = links.exchange(self.store, links.mint(self.store, task_id, at), at)
        session = sessions.find(self.store, secret, at)
        assert session is not None
        return session

    def task(self, session: Session) -> Task:
        return tasks.task(self.store, session, self.now)

    def answer_all(self, session: Session, position: int = 4, sheet: int = 0) -> str:
        """Answers every rating and choice of a sheet; gives the sheet's id."""
        sheet_id = self.task(session).sheets[sheet].sheet_id
        asked = frozenset(sheets.sheet(self.store, session, sheet_id, self.now).form.item_ids)
        positions = {RatingItem: position, ChoiceItem: 1}
        given = {
            item.id: Given(position=positions[type(item)])
            for item in self.definition.questionnaire.items
            if item.id in asked and type(item) in positions
        }
        sheets.save(self.store, session, sheet_id, given, self.now)
        return sheet_id

    def finish(self, session: Session, position: int = 4, share: bool | None = None) -> None:
        """Answers and submits every sheet of a session's task."""
        for number in range(len(self.task(session).sheets)):
            sheet_id = self.answer_all(session, position, number)
            sheets.submit(self.store, session, sheet_id, self.now, share=share)


def later(**parts: float) -> datetime:
    return NOON + timedelta(**parts)
