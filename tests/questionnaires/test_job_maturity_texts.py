"""The words of the job-maturity questionnaire's results: complete, short, open, and never a verdict."""

from __future__ import annotations

import math
import re
from collections import Counter

import pytest

from assess.scoring.borderline import expected_borderline
from assess.scoring.profile import make_profile
from questionnaires.definition import PLACEHOLDERS, BandId, BandTexts, LanguageId, LevelId, Texts
from questionnaires.library import LIBRARY
from questionnaires.reader import read_folder

FOLDER = LIBRARY / "job-maturity"
DEFINITION = read_folder(FOLDER)
SCALES = tuple(DEFINITION.questionnaire.scales)
LANGUAGES: tuple[LanguageId, ...] = ("da", "sv", "en")
LEVELS: tuple[LevelId, ...] = ("M1", "M2", "M3", "M4")
BANDS: tuple[BandId, ...] = ("low", "middle", "high")

by_language = pytest.mark.parametrize("language", LANGUAGES)
by_level = pytest.mark.parametrize("level", LEVELS)


def sentences(text: str) -> int:
    return len(re.findall(r"[.!?](?=\s|$)", text))


def band_texts(texts: Texts) -> list[tuple[str, BandId, BandTexts]]:
    return [(scale, band, texts.scales[scale].bands[band]) for scale in SCALES for band in BANDS]


@by_language
def test_every_band_speaks_about_behaviour_then_proposes_then_asks(language: LanguageId) -> None:
    for scale, band, texts in band_texts(DEFINITION.texts[language]):
        place = f"{language} {scale} {band}"
        assert 2 <= sentences(texts.self) <= 3, place
        assert 100 <= len(texts.self) <= 300, place
        assert 1 <= sentences(texts.next) <= 2, place
        assert 40 <= len(texts.next) <= 170, place
        assert sentences(texts.talk) == 1, place
        assert 20 <= len(texts.talk) <= 110, place


OPEN: dict[LanguageId, tuple[str, ...]] = {
    "da": ("Hvad", "Hvor", "Hvilke", "Hvilken", "Hvordan", "Hvornår", "Hvem"),
    "sv": ("Vad", "Var", "Vilka", "Vilken", "Hur", "När", "Vem"),
    "en": ("What", "Where", "Which", "How", "When", "Who"),
}


@by_language
def test_every_talk_point_is_an_open_question(language: LanguageId) -> None:
    for scale, band, texts in band_texts(DEFINITION.texts[language]):
        assert texts.talk.endswith("?"), (scale, band)
        assert texts.talk.split(" ")[0] in OPEN[language], (scale, band)


@by_language
def test_no_two_results_read_the_same(language: LanguageId) -> None:
    every = [
        t
        for _, _, texts in band_texts(DEFINITION.texts[language])
        for t in (texts.self, texts.next, texts.talk)
    ]
    assert [text for text, count in Counter(every).items() if count > 1] == []


@by_language
@by_level
def test_a_level_is_headed_by_a_need(level: LevelId, language: LanguageId) -> None:
    texts = DEFINITION.texts[language].levels[level]
    assert len(texts.need) <= 60
    assert {"da": "hjælper", "sv": "hjälper", "en": "help"}[language] in texts.need
    assert not re.search(r"\b([MS][1-4]|du|you)\b", texts.need)


@by_language
@by_level
def test_a_level_says_what_it_means_what_to_try_what_to_ask(level: LevelId, language: LanguageId) -> None:
    texts = DEFINITION.texts[language].levels[level]
    assert 3 <= sentences(texts.meaning) <= 4
    assert len(texts.meaning) <= 420
    assert (len(texts.next), len(texts.advice)) == (3, 3)
    assert 3 <= len(texts.questions) <= 4
    assert all(question.endswith("?") for question in texts.questions)
    assert all(len(text) <= 150 for text in (*texts.next, *texts.questions, *texts.advice))


FRAMES: dict[LanguageId, str] = {"da": r"\bramme", "sv": r"\bram", "en": r"\bconditions"}


@by_language
def test_low_psychological_scores_are_put_beside_frames_and_workload(language: LanguageId) -> None:
    texts = DEFINITION.texts[language]
    workload = {"da": "arbejdsmængde", "sv": "arbetsmängd", "en": "workload"}[language]
    low = texts.scales["psychological"].bands["low"].self
    for text in (low, texts.levels["M1"].meaning, texts.levels["M3"].meaning):
        assert re.search(FRAMES[language], text)
    for text in (low, texts.levels["M3"].meaning):
        assert workload in text


@by_language
def test_the_eager_beginner_is_met_with_instruction_first(language: LanguageId) -> None:
    texts = DEFINITION.texts[language].levels["M2"]
    assert "instru" in texts.advice[0].casefold()
    assert "instru" in texts.need.casefold()


def test_m3_asks_does_not_want_does_not_dare_has_no_strength_or_is_not_allowed() -> None:
    for language, reasons in (
        ("da", ("ikke har lyst", "ikke tør", "ikke er kræfter", "ikke må")),
        ("sv", ("inte vill", "inte vågar", "inte orkar", "inte får")),
        ("en", ("do not want to", "do not dare to", "do not have the strength", "are not allowed to")),
    ):
        meaning = DEFINITION.texts[language].levels["M3"].meaning  # type: ignore[index]
        assert all(reason in meaning for reason in reasons), language


@by_language
def test_m4_keeps_support_and_new_challenges(language: LanguageId) -> None:
    support = {"da": "Støtte", "sv": "stöd", "en": "support"}[language]
    challenge = {"da": "udfordringer", "sv": "utmaningar", "en": "challenges"}[language]
    meaning = DEFINITION.texts[language].levels["M4"].meaning
    assert support in meaning
    assert challenge in meaning


VERDICTS: dict[LanguageId, str] = {
    "da": r"\b(umoden|doven|uduelig|inkompetent|svag|diagnose|personlighed\w*|aldrig)\b",
    "sv": r"\b(omogen|lat|oduglig|inkompetent|svag|diagnos|personlighet\w*|aldrig)\b",
    "en": r"\b(immature|lazy|incompetent|weak|diagnosis|personality|never)\b",
}


@by_language
def test_results_never_insult_or_diagnose(language: LanguageId) -> None:
    texts = DEFINITION.texts[language]
    said = [t for _, _, band in band_texts(texts) for t in (band.self, band.next, band.talk)]
    for level in texts.levels.values():
        said += [level.need, level.meaning, *level.next, *level.questions, *level.advice]
    assert [text for text in said if re.search(VERDICTS[language], text, re.IGNORECASE)] == []


def test_the_figures_of_the_method_follow_from_the_precision_of_the_file() -> None:
    """The shares that the method names: 33 % on a border, 44 % in the short form, 77 % where they belong."""
    questionnaire = DEFINITION.questionnaire
    full = make_profile(DEFINITION, "self", {})
    short = make_profile(DEFINITION, "self", {}, short_form="second-area")
    assert round(100 * (expected_borderline(questionnaire, full) or 0)) == 33
    assert round(100 * (expected_borderline(questionnaire, short) or 0)) == 44
    # one cut at the mean, normal errors: accuracy is 1/2 + asin(√r)/π (METHODS §8); the axes are independent
    reliabilities = [
        questionnaire.precision["self"][axis].reliability for axis in ("technical", "psychological")
    ]
    accuracy = math.prod(1 / 2 + math.asin(math.sqrt(r)) / math.pi for r in reliabilities)
    assert round(100 * accuracy) == 77


@by_language
def test_the_method_says_what_a_truthful_report_must(language: LanguageId) -> None:
    method = " ".join(DEFINITION.texts[language].method)
    percent = "%" if language == "en" else " procent"
    figures = ("3.5", "0.87", "0.85") if language == "en" else ("3,5", "0,87", "0,85")
    for needed in (
        *figures,
        *(f"{share}{percent}" for share in (90, 70, 77, 33, 44)),
        "Thompson",
        "Vecchio",
        "Glasø",
        "2009",
        "2015",
        "2018",
    ):
        assert needed in method
    untested = {"da": "endnu ikke afprøvet", "sv": "ännu inte prövade", "en": "not yet tested"}[language]
    assert untested in " ".join(method.split())


@by_language
def test_the_uses_that_are_refused_are_named(language: LanguageId) -> None:
    refused = " ".join(DEFINITION.texts[language].not_for)
    for word in {
        "da": ("Udvælgelse", "Løn", "Afskedigelse", "Rangordning", "dele sin profil", "Automatiske"),
        "sv": ("Urval", "Lön", "Uppsägning", "Rangordning", "dela sin profil", "Automatiska"),
        "en": ("Selecting", "Pay", "Dismissal", "Ranking", "share a profile", "Automatic"),
    }[language]:
        assert word in refused


@by_language
def test_the_free_text_says_who_reads_it(language: LanguageId) -> None:
    hint = DEFINITION.texts[language].pages["talk"].hint
    assert "profil" in hint
    assert {"da": "Deler du", "sv": "Delar du", "en": "If you share"}[language] in hint


def test_no_danish_letters_in_swedish_texts_nor_the_other_way_round() -> None:
    for language, foreign in (("da", "äöÄÖ"), ("sv", "æøÆØ"), ("en", "æøåäöÆØÅÄÖ")):
        words = re.findall(r"\w+", (FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
        strange = {word for word in words if set(word) & set(foreign)}
        assert strange <= {"Glasø"}, language


@by_language
def test_the_texts_use_only_the_placeholders_they_need(language: LanguageId) -> None:
    used = set(re.findall(r"\{(\w+)\}", (FOLDER / f"{language}.yaml").read_text(encoding="utf-8")))
    assert used == {"first_name", "the_customer", "customers", "the_customers"}
    assert used <= PLACEHOLDERS
