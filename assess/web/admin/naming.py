"""What things are called on the administrators' pages: questionnaires, scales, items, waves, reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assess.evidence.errors import NotEnough
from assess.evidence.pools import WavePool
from assess.language.wording import Wording
from assess.web import language
from assess.web.language import gettext
from assess.web.services import services
from questionnaires.definition import Definition, PerspectiveId, SituationTexts, Texts

_ANYBODY = "…"
"""Stands for the person and the job area that a question is about: here it is about nobody."""


def texts_of(definition: Definition) -> Texts:
    """The questionnaire's words in the reader's language, or else in its source language."""
    return (
        definition.texts.get(language.current()) or definition.texts[definition.questionnaire.source_language]
    )


def perspective_name(perspective: PerspectiveId) -> str:
    names = {
        "self": gettext("Own answers"),
        "manager": gettext("Managers’ answers"),
        "direct-report": gettext("Direct reports’ answers"),
    }
    return names[perspective]


@dataclass(frozen=True)
class Names:
    """Names out of one questionnaire, for one perspective."""

    definition: Definition
    perspective: PerspectiveId

    @property
    def title(self) -> str:
        return texts_of(self.definition).title

    def scale(self, scale_id: str) -> str:
        found = texts_of(self.definition).scales.get(scale_id)
        return found.name if found else scale_id

    def item(self, item_id: str) -> str:
        """The statement itself; of a situation its beginning."""
        texts = texts_of(self.definition)
        text = texts.items[item_id][self.perspective]
        words = Wording(
            language=texts.language,
            customer=services().settings.customer,
            first_name=_ANYBODY,
            job_area=_ANYBODY,
        )
        return words.fill(text.situation if isinstance(text, SituationTexts) else text)


def sheets_words(pool: WavePool) -> str:
    """How many sheets, as far as it may be told."""
    if pool.sheets is not None:
        return language.number(pool.sheets, 0)
    return gettext("shown after closing") if pool.reason == "wave-open" else gettext("fewer than ten")


def why_no_figures(reason: str) -> str:
    """Why a wave has no figures, in words."""
    words = {
        "wave-open": gettext(
            "The wave is still open. There are figures when it has closed: before that, each new answer"
            " would show in them."
        ),
        "n-under-10": gettext(
            "Fewer than ten questionnaires have been submitted. Figures about so few would tell more about"
            " the people than about the questionnaire."
        ),
        "respondents-under-5": gettext(
            "Too few different people have answered. Figures about so few would tell more about the"
            " people than about the questionnaire."
        ),
        "subjects-under-5": gettext(
            "The answers are about too few different people. Figures about so few would tell more"
            " about the people than about the questionnaire."
        ),
        "answers-erased": gettext(
            "Somebody’s answers have been deleted since the figures were made. New figures would show the"
            " difference, so none are made."
        ),
    }
    return words[reason]


def why_refused(error: NotEnough, waves: Mapping[str, str]) -> str:
    """Why nothing was published, in words. `waves`: names by id."""
    numbers = {"found": error.found, "needed": error.needed}
    words = {
        "no-waves": gettext("Choose at least one wave."),
        "sheets-under-100": gettext(
            "It takes at least %(needed)s submitted questionnaires; the chosen waves have %(found)s. Choose"
            " more waves, or wait for the next one.",
            **numbers,
        ),
        "people-under-200": gettext(
            "It takes answers from or about at least %(needed)s people; the chosen waves have %(found)s."
            " Choose more waves, or wait for the next one.",
            **numbers,
        ),
        "no-scales": gettext(
            "This questionnaire has no rating scales, so there is nothing here that could be published."
        ),
        "no-figures": gettext("No scale has a reliability that could be worked out from these answers."),
        "no-norms": gettext("On no scale are there answers enough, and different enough, for norms."),
    }
    if error.reason in words:
        return words[error.reason]
    return f"{waves.get(error.wave_id or '', '')}: {why_no_figures(error.reason)}"


def why_no_reliability(reason: str | None) -> str:
    """Why a scale has no reliability, in words."""
    words = {
        "fewer-than-3-items": gettext("A scale of a single question has no reliability of this kind."),
        "single-item": gettext("A scale of a single question has no reliability of this kind."),
        "constant-item": gettext("One of its questions does not tell people apart."),
        "n-under-10": gettext("Too few answers."),
        "pairs-under-10": gettext("Too few people answered both of two questions."),
        "no-answers": gettext("Nobody answered."),
        "too-few-to-show": gettext("Too few answers to be shown."),
    }
    return words.get(reason or "", gettext("It cannot be worked out from these answers."))
