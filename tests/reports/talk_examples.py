"""Talk briefs as the use case hands them over, made of the library's questionnaire and question bank."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from manual_examples import job_maturity

from assess.answering.types import JobArea, Organisation, Person
from assess.measurement.profile_change import profile_change
from assess.profiles_seen.types import AreaChange, SeenProfile, View
from assess.scoring.comparison import compare
from assess.scoring.profile import make_profile
from assess.talks.brief_questions import questions_for
from assess.talks.brief_types import BriefArea, PastAgreements, Reader, TalkBrief
from assess.talks.types import Agreement, AgreementText, Preparation, PreparationTexts, Talk
from questionnaires.library import question_banks
from questionnaires.question_bank import QuestionBank
from reports.talk import BriefView, brief_view

ZONE = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)
AMINA = Person("amina", "Amina", "Amina Holm", "da")
BO = Person("bo", "Bo", "Bo Berg", "da")
BAKERY = Organisation("o", "Surdej & Søn", "customer")
BREAD = JobArea("bread", {"da": "Surdejsbrød", "sv": "Surdegsbröd", "en": "Sourdough"})
TILL = JobArea("till", {"da": "Kassen", "sv": "Kassan", "en": "The till"})

FACETS = (
    "knowledge",
    "skill",
    "experience",
    "judgement",
    "will",
    "responsibility",
    "relations",
    "energy",
)
SELF = (4, 3, 4, 4, 4, 4, 4, 3)
MANAGER = (4, 5, 4, 4, 4, 4, 4, 4)
"""Facets as the two see them: one difference beyond error, and the same need."""
APART = (2, 2, 2, 2, 4, 4, 4, 3)


@functools.cache
def bank() -> QuestionBank:
    """The library's questions."""
    return question_banks().banks["talk-questions"]


def sheet(perspective: str, facets: Sequence[int], **others: Any) -> dict[str, Any]:
    """A full sheet in which each facet has the given score."""
    questionnaire = job_maturity().questionnaire
    asked = questionnaire.perspectives[perspective].items or [item.id for item in questionnaire.items]  # type: ignore[index]
    given: dict[str, Any] = {}
    for facet, score in zip(FACETS, facets, strict=True):
        for item in questionnaire.items:
            if item.id in asked and item.id in questionnaire.scales[facet].items:
                given[item.id] = 6 - score if getattr(item, "reverse", False) else score
    return given | {item: value for key, value in others.items() if (item := key.replace("_", "-")) in asked}


def seen(
    perspective: View,
    facets: Sequence[int],
    *,
    wave: str = "Efterår 2026",
    job_area: JobArea = BREAD,
    **others: Any,
) -> SeenProfile:
    """A profile that the reader may see."""
    opened = NOW - timedelta(days=30 if wave == "Efterår 2026" else 400)
    return SeenProfile(
        person=AMINA,
        job_area=job_area,
        perspective=perspective,
        task_id=f"{perspective}-{wave}",
        respondent_id=AMINA.id if perspective == "self" else BO.id,
        seen_as="manager",
        shared_since=None,
        for_match=True,
        wave_id=wave,
        wave_name=wave,
        opened_at=opened,
        wave_is_over=True,
        content_hash="h",
        profile=make_profile(job_maturity(), perspective, sheet(perspective, facets, **others)),
        made_at=opened + timedelta(days=9),
    )


def area(
    own: Sequence[int] | None = SELF,
    manager: Sequence[int] | None = MANAGER,
    *,
    before: Mapping[View, Sequence[int]] | None = None,
    job_area: JobArea = BREAD,
    **others: Any,
) -> BriefArea:
    """A job area with the views that there are; `before`: what the same said a wave earlier."""
    mine = None if own is None else seen("self", own, job_area=job_area, **others)
    theirs = None if manager is None else seen("manager", manager, job_area=job_area)
    sides: dict[View, SeenProfile | None] = {"self": mine, "manager": theirs}
    changes: dict[View, AreaChange] = {}
    for view, facets in (before or {}).items():
        later, earlier = sides[view], seen(view, facets, wave="Efterår 2025", job_area=job_area)
        assert later is not None
        changes[view] = AreaChange(earlier, later, profile_change(earlier.profile, later.profile), None)
    return BriefArea(
        job_area=job_area,
        definition=job_maturity(),
        wave_name="Efterår 2026",
        own=mine,
        manager=theirs,
        comparison=compare(job_maturity(), mine.profile, theirs.profile) if mine and theirs else None,
        changes=changes,
    )


def talk(
    role: str = "holder", *, holder_role: str = "manager", minutes: int = 60, ready: bool = True
) -> Talk:
    return Talk(
        id="talk",
        organisation_id="o",
        person=AMINA,
        holder=BO,
        holder_role=holder_role,  # type: ignore[arg-type]
        holder_is_current=True,
        state="planned",
        starts_at=NOW,
        minutes=minutes,
        place="Mødelokale 2",
        sequence=0,
        created_at=NOW - timedelta(days=20),
        held_at=None,
        cancelled_at=None,
        role=role,  # type: ignore[arg-type]
        person_ready_at=NOW - timedelta(days=2) if ready else None,
        holder_ready_at=NOW - timedelta(days=1),
        is_open=True,
    )


def prepared(*texts: str) -> Preparation:
    return Preparation(PreparationTexts(*texts), 3, NOW, NOW, True)


AMINAS = prepared(
    "Brødet er blevet jævnere, siden vi lagde hævetiden om. Kunderne siger det selv.",
    "Jeg vil gerne prøve at have ansvaret for en lørdag. Og lære at regne en opskrift om.",
    "Ovnen har drillet hele efteråret, og vi har manglet en om torsdagen.",
    "Hvad skal der til, før jeg kan stå for en hel dag?",
)
BOS = prepared(
    "Du er god til at få de unge med, og du siger det, når noget er galt.",
    "At du tør vælge selv, når ovnen driller.",
    "Jeg har ikke haft tid til at vise dig regnskabet for opskrifterne.",
    "Hvornår har du sidst lært noget, du blev glad for?",
)


def agreement(what: str, *, status: str = "open", due: date | None = None, **others: Any) -> Agreement:
    text = AgreementText(kind=others.pop("kind", "professional"), what=what, due_on=due, **others)
    return Agreement(
        id=what[:8],
        talk_id="talk",
        text=text,
        revision=2,
        changed_by=BO,
        changed_at=NOW - timedelta(days=300),
        status=status,  # type: ignore[arg-type]
        status_at=NOW - timedelta(days=200),
        status_by=AMINA,
        created_at=NOW - timedelta(days=300),
        signed_by=frozenset({"amina", "bo"}),
        person_signed=True,
        other_signed=True,
    )


PAST = PastAgreements(
    NOW - timedelta(days=370),
    (
        agreement(
            "Amina bager rugbrød alene om tirsdagen.",
            status="done",
            due=date(2026, 3, 1),
            first_step="En tirsdag sammen med Bo.",
            seen_by="Brødet er i butikken kl. 7.",
        ),
        agreement(
            "Vi holder ti minutters opfølgning hver fredag.",
            kind="behavioural",
            owner="both",
            status="under-way",
            due=date(2026, 6, 30),
            help_needed="En vagtplan, der giver plads.",
        ),
        agreement("Kursus i allergener.", kind="personal", owner="holder", status="open"),
    ),
)


def brief(
    reader: Reader = "holder",
    *areas: BriefArea,
    past: Sequence[PastAgreements] = (PAST,),
    note: str = "",
    texts: tuple[Preparation | None, Preparation | None] = (AMINAS, BOS),
    language: str = "da",
    most: int = 8,
    **of_talk: Any,
) -> TalkBrief:
    """A brief; without areas one without any questionnaire."""
    role = {"holder": "holder", "person": "person", "shown": "coach", "both": "holder"}[reader]
    made = TalkBrief(
        talk=talk(role, **of_talk),
        organisation=BAKERY,
        reader=reader,
        zone=ZONE,
        today=date(2026, 12, 3),
        areas=areas,
        questions=(),
        person_texts=texts[0],
        holder_texts=texts[1],
        past=tuple(past),
        agreed=(),
        note=note,
    )
    asked = questions_for(bank(), areas, reader, "Amina", BAKERY.customer, language, turn=0)  # type: ignore[arg-type]
    return replace(made, questions=asked)


def viewed(found: TalkBrief, language: str = "da") -> BriefView:
    return brief_view(found, language)  # type: ignore[arg-type]
