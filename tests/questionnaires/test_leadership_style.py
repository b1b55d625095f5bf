"""The leadership-style questionnaire: its situations, their key, its words, and the review beside it."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations, pairwise
from typing import get_args

import pytest
from writing_rules import MAX_LIX_OF_A_SET, lix, third_person, words

from questionnaires.checker import check_folder
from questionnaires.definition import (
    ACTION_LETTERS,
    LanguageId,
    LeaningId,
    LevelId,
    PatternId,
    SituationItem,
    Situations,
    SituationTexts,
    StyleId,
)
from questionnaires.library import LIBRARY
from questionnaires.reader import read_folder

FOLDER = LIBRARY / "leadership-style"
DEFINITION = read_folder(FOLDER)
Q = DEFINITION.questionnaire
REVIEW = (FOLDER / "content-review.md").read_text(encoding="utf-8")
SITUATIONS = tuple(item for item in Q.items if isinstance(item, SituationItem))
IDS = tuple(item.id for item in SITUATIONS)
ASKED = {"self": IDS, "direct-report": Q.perspectives["direct-report"].items}
LANGUAGES: tuple[LanguageId, ...] = ("da", "sv", "en")
LEVELS: tuple[LevelId, ...] = get_args(LevelId)
STYLES: tuple[StyleId, ...] = get_args(StyleId)
SUBJECT: dict[LanguageId, str] = {"da": "Du", "sv": "Du", "en": "You"}
OBJECT: dict[LanguageId, str] = {"da": "dig", "sv": "dig", "en": "you"}

MAX_WORDS_OF_A_SITUATION = 45
MAX_WORDS_OF_AN_ACTION = {"da": 14, "sv": 14, "en": 16}
WORDS_APART = 3

by_language = pytest.mark.parametrize("language", LANGUAGES)
by_situation = pytest.mark.parametrize("item_id", IDS)
by_twin = pytest.mark.parametrize("item_id", ASKED["direct-report"])
by_asked = pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)


def texts(item_id: str, language: LanguageId, perspective: str = "self") -> SituationTexts:
    found = DEFINITION.texts[language].items[item_id][perspective]  # type: ignore[index]
    assert isinstance(found, SituationTexts)
    return found


def item(item_id: str) -> SituationItem:
    return next(situation for situation in SITUATIONS if situation.id == item_id)


def action(item_id: str, style: StyleId, language: LanguageId) -> str:
    return texts(item_id, language).actions[item(item_id).actions.index(style)]


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", text.strip())


# --- what is asked, and the key --------------------------------------------------------------------


def test_the_folder_has_no_problem() -> None:
    assert check_folder(FOLDER) == ()


def test_twenty_situations_and_nothing_else_in_an_order_of_their_own_for_each_person() -> None:
    assert len(Q.items) == len(SITUATIONS) == 20
    assert list(IDS) == [f"situation-{number:02d}" for number in range(1, 21)]
    assert Q.shuffled
    assert not any(situation.optional for situation in SITUATIONS)


def test_it_is_personal_takes_15_to_20_minutes_and_says_that_it_is_untested() -> None:
    assert (Q.privacy, Q.privacy_of("direct-report"), Q.source_language) == ("personal", "confidential", "da")
    assert 15 <= Q.minutes <= 20
    assert Q.provenance.tested == "not-yet-tested-with-users"


@by_asked
def test_every_level_is_called_for_equally_often(asked: tuple[str, ...]) -> None:
    assert Counter(item(item_id).calls_for for item_id in asked) == dict.fromkeys(LEVELS, len(asked) // 4)


def test_direct_reports_are_asked_twelve() -> None:
    assert (len(ASKED["direct-report"]), len(set(ASKED["direct-report"]))) == (12, 12)
    assert set(ASKED["direct-report"]) <= set(IDS)


@by_asked
def test_each_style_stands_in_each_position_equally_often(asked: tuple[str, ...]) -> None:
    """Then whoever always takes the first action gets an even profile, not a style."""
    found = Counter((style, at) for item_id in asked for at, style in enumerate(item(item_id).actions))
    assert found == {(style, at): len(asked) // 4 for style in STYLES for at in range(4)}


@by_asked
def test_the_action_that_is_called_for_stands_in_each_position_equally_often(asked: tuple[str, ...]) -> None:
    found = Counter(item(i).actions.index(STYLES[LEVELS.index(item(i).calls_for)]) for i in asked)
    assert found == dict.fromkeys(range(4), len(asked) // 4)


def test_the_key_shows_no_run() -> None:
    """No two situations in a row have the same key, nor do two in a row call for the same level."""
    for before, after in pairwise(SITUATIONS):
        assert before.actions != after.actions
        assert before.calls_for != after.calls_for


def test_after_the_style_called_for_m2_leans_to_structure_and_m3_to_support() -> None:
    assert isinstance(Q.scoring, Situations)
    assert {level: tuple(row[style] for style in STYLES) for level, row in Q.scoring.weights.items()} == {
        "M1": (4, 3, 2, 1),
        "M2": (3, 4, 2, 1),
        "M3": (1, 3, 4, 2),
        "M4": (1, 2, 3, 4),
    }
    assert all(situation.override is None for situation in SITUATIONS)


# --- how they are written --------------------------------------------------------------------------


@by_language
@by_situation
def test_a_situation_has_20_to_45_words(item_id: str, language: LanguageId) -> None:
    assert 20 <= len(words(texts(item_id, language).situation)) <= MAX_WORDS_OF_A_SITUATION


@by_language
@by_situation
def test_an_action_has_at_least_10_words_and_few_more(item_id: str, language: LanguageId) -> None:
    counted = [len(words(text)) for text in texts(item_id, language).actions]
    assert min(counted) >= 10
    assert max(counted) <= MAX_WORDS_OF_AN_ACTION[language]


@by_language
@by_situation
def test_the_actions_of_a_situation_are_alike_in_length(item_id: str, language: LanguageId) -> None:
    counted = [len(words(text)) for text in texts(item_id, language).actions]
    assert max(counted) - min(counted) <= WORDS_APART


@by_language
def test_no_style_is_longer_than_another(language: LanguageId) -> None:
    means = [
        sum(len(words(action(item_id, style, language))) for item_id in IDS) / len(IDS) for style in STYLES
    ]
    assert max(means) - min(means) <= 1


@by_language
@by_situation
def test_an_action_is_one_sentence_about_the_leader(item_id: str, language: LanguageId) -> None:
    for text in texts(item_id, language).actions:
        assert text.startswith(f"{SUBJECT[language]} ")
        assert len(sentences(text)) == 1
        assert text.endswith(".")
        assert not set(text) & set(';:!?()–—"')
        assert text == " ".join(text.split())


@by_language
@by_situation
def test_actions_of_a_situation_begin_with_different_verbs(item_id: str, language: LanguageId) -> None:
    verbs = {words(text)[1].casefold() for text in texts(item_id, language).actions}
    assert len(verbs) == 4


NAMED: dict[LanguageId, str] = {
    "da": r"\b([MS][1-4]|moden\w*|umoden\w*|instruer\w*|træn\w*|deleger\w*|stil)\b",
    "sv": r"\b([MS][1-4]|mogen\w*|omogen\w*|instruera\w*|träna\w*|delegera\w*|stil)\b",
    "en": r"\b([MS][1-4]|matur\w*|immatur\w*|instruct\w*|coach\w*|delegat\w*|style)\b",
}


@by_language
@by_situation
def test_neither_level_nor_style_is_named(item_id: str, language: LanguageId) -> None:
    found = texts(item_id, language)
    for text in (found.situation, *found.actions):
        assert not re.search(NAMED[language], text, re.IGNORECASE)


@by_language
def test_the_situations_and_actions_together_are_easy_to_read(language: LanguageId) -> None:
    every = [
        sentence
        for item_id in IDS
        for text in (texts(item_id, language).situation, *texts(item_id, language).actions)
        for sentence in sentences(text)
    ]
    assert lix(every) < MAX_LIX_OF_A_SET


@by_language
def test_no_style_is_harder_to_read_than_a_set_may_be(language: LanguageId) -> None:
    for style in STYLES:
        assert lix([action(item_id, style, language) for item_id in IDS]) < MAX_LIX_OF_A_SET


@by_language
def test_no_two_actions_are_alike(language: LanguageId) -> None:
    told = {
        (item_id, letter): set(words(text.casefold())[1:])
        for item_id in IDS
        for letter, text in zip(ACTION_LETTERS, texts(item_id, language).actions, strict=True)
    }
    for first, second in combinations(told, 2):
        shared = len(told[first] & told[second]) / min(len(told[first]), len(told[second]))
        assert shared <= 0.6, (first, second)


@by_language
def test_no_first_verb_belongs_to_half_of_a_style(language: LanguageId) -> None:
    """A style is told by what is done, not by a watchword."""
    for style in STYLES:
        verbs = Counter(words(action(item_id, style, language))[1].casefold() for item_id in IDS)
        assert max(verbs.values()) < len(IDS) / 2, (style, verbs.most_common(1))


# --- the direct report's wording -------------------------------------------------------------------


@by_language
@pytest.mark.parametrize("item_id", IDS)
def test_only_the_twelve_are_worded_for_direct_reports(item_id: str, language: LanguageId) -> None:
    worded = "direct-report" in DEFINITION.texts[language].items[item_id]
    assert worded == (item_id in ASKED["direct-report"])


@by_language
@by_twin
def test_a_situation_for_direct_reports_differs_only_in_who_leads(item_id: str, language: LanguageId) -> None:
    own, twin = (texts(item_id, language, perspective).situation for perspective in ASKED)
    assert re.sub(rf"\b{OBJECT[language]}\b", "{first_name}", own) == twin


@pytest.mark.parametrize("language", ["da", "sv"])
@by_twin
def test_an_action_for_direct_reports_differs_only_in_its_subject(item_id: str, language: LanguageId) -> None:
    own, twin = (texts(item_id, language, perspective).actions for perspective in ASKED)
    assert tuple(re.sub(r"^Du\b", "{first_name}", text) for text in own) == twin


@by_twin
def test_an_english_action_also_changes_the_endings_of_its_verbs(item_id: str) -> None:
    own, twin = (texts(item_id, "en", perspective).actions for perspective in ASKED)
    for text, other in zip(own, twin, strict=True):
        said, told = text.split(" "), other.split(" ")
        assert (said[0], told[0], len(said)) == ("You", "{first_name}", len(told))
        changed = [
            (before, after) for before, after in zip(said[1:], told[1:], strict=True) if before != after
        ]
        assert changed[0] == (said[1], told[1])
        for before, after in changed:
            assert after.rstrip(",.") == third_person(before.rstrip(",.")), text


@by_twin
def test_no_english_verb_of_the_leader_keeps_its_ending(item_id: str) -> None:
    """A verb that takes the ending in one action takes it wherever it follows "and" or a comma."""
    verbs = {
        before
        for twin_id in ASKED["direct-report"]
        for text, other in zip(
            texts(twin_id, "en").actions, texts(twin_id, "en", "direct-report").actions, strict=True
        )
        for before, after in zip(text.split(" "), other.split(" "), strict=True)
        if before not in {after, "You"}
    }
    for text in texts(item_id, "en", "direct-report").actions:
        for joined in re.findall(r"(?:, and|, then|,| and) (\w+)", text):
            assert joined not in verbs, text


@by_language
@by_situation
def test_nothing_in_an_action_points_back_at_the_leader(item_id: str, language: LanguageId) -> None:
    """“your”, “dig” and their like could not be turned into a name."""
    pointing = {
        "da": r"\b(dig|din|dit|dine|jer|jeres|mig)\b",
        "sv": r"\b(dig|din|ditt|dina|er|era|mig)\b",
        "en": r"\b(you|your|yours|yourself|me|my)\b",
    }[language]
    for text in texts(item_id, language).actions:
        assert not re.search(pointing, text.removeprefix(SUBJECT[language]), re.IGNORECASE), text


# --- the words of the result -----------------------------------------------------------------------

MAX_CHARACTERS = {
    "styles.name": 60,
    "styles.about": 300,
    "styles.strengths": 500,
    "styles.overuse": 500,
    "styles.needed": 500,
    "styles.practise": 250,
    "patterns.headline": 80,
    "patterns.meaning": 700,
    "patterns.next": 300,
    "leanings.name": 60,
    "leanings.about": 300,
    "leanings.meaning": 600,
    "leanings.next": 300,
    "match.fitting": 350,
    "match.question": 350,
    "match.too_tight": 350,
    "match.too_loose": 350,
}


def result_texts(language: LanguageId) -> dict[str, str]:
    """Every text of the result by its path: `styles.S1.practise.0`."""
    found = DEFINITION.texts[language]
    every: dict[str, str] = {}
    for block in ("styles", "patterns", "leanings", "match"):
        for name, node in getattr(found, block).items():
            for field in node.__struct_fields__:
                value = getattr(node, field)
                listed = value if isinstance(value, tuple) else (value,)
                every |= {f"{block}.{name}.{field}.{at}": text for at, text in enumerate(listed)}
    return every


NOT_POSSIBLE = {"match.M1.too_tight.0", "match.M4.too_loose.0"}


@by_language
def test_every_style_pattern_leaning_and_level_has_its_words(language: LanguageId) -> None:
    found = DEFINITION.texts[language]
    assert set(found.styles) == set(STYLES)
    assert set(found.patterns) == set(get_args(PatternId))
    assert set(found.leanings) == set(get_args(LeaningId))
    assert set(found.match) == set(LEVELS)
    assert {path for path, text in result_texts(language).items() if not text} == NOT_POSSIBLE


@by_language
def test_the_words_of_the_result_are_short(language: LanguageId) -> None:
    for path, text in result_texts(language).items():
        block, _, field, _ = path.split(".")
        assert path in NOT_POSSIBLE or text.strip(), path
        assert len(text) <= MAX_CHARACTERS[f"{block}.{field}"], path


@by_language
def test_a_style_has_four_things_to_practise_and_the_rest_three_to_try(language: LanguageId) -> None:
    found = DEFINITION.texts[language]
    assert {len(style.practise) for style in found.styles.values()} == {4}
    assert {len(pattern.next) for pattern in found.patterns.values()} == {3}
    assert {len(leaning.next) for leaning in found.leanings.values()} == {3}


@by_language
def test_advice_for_monday_is_one_or_two_sentences_and_says_that_it_is_a_guess(language: LanguageId) -> None:
    guess = {
        "da": r"sandsynligvis|ser ud til|måske|nok",
        "sv": r"sannolikt|förmodligen|troligen|verkar|kanske|nog",
        "en": r"probably|likely|seem|may|perhaps|might|look",
    }[language]
    monday = {"da": "mandag", "sv": "måndag", "en": "Monday"}[language]
    for match in DEFINITION.texts[language].match.values():
        for text in (match.fitting, match.too_tight, match.too_loose):
            if text:
                assert len(re.findall(r"[.?](?=\s|$)", text)) <= 2
                assert re.search(guess, text)
                assert monday in text
        assert "{first_name}" in match.question
        assert "?" in match.question


@by_language
def test_no_two_texts_of_the_result_read_the_same(language: LanguageId) -> None:
    every = Counter(text for text in result_texts(language).values() if text)
    assert [text for text, count in every.items() if count > 1] == []


@by_language
def test_results_never_insult(language: LanguageId) -> None:
    verdicts = {
        "da": r"\b(umoden|doven|dårlig leder|uduelig|inkompetent|svag)\b",
        "sv": r"\b(omogen|lat|dålig ledare|oduglig|inkompetent|svag)\b",
        "en": r"\b(immature|lazy|bad leader|incompetent|weak)\b",
    }[language]
    found = result_texts(language).values()
    assert [text for text in found if re.search(verdicts, text, re.IGNORECASE)] == []


@by_language
def test_no_published_instrument_is_named(language: LanguageId) -> None:
    every = (FOLDER / f"{language}.yaml").read_text(encoding="utf-8")
    assert not re.search(r"\bLBA\b|LBA ?II|\bLEAD\b|Hersey|Blanchard", every)


def test_no_danish_letters_in_swedish_texts_nor_the_other_way_round() -> None:
    for language, foreign in (("da", "äöÄÖ"), ("sv", "æøÆØ"), ("en", "æøåäöÆØÅÄÖ")):
        found = re.findall(r"\w+", (FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
        assert {word for word in found if set(word) & set(foreign)} <= {"Glasø"}, language


# --- the review beside it --------------------------------------------------------------------------


def reviewed(item_id: str) -> str:
    """What the review says of one situation: from its heading to the next."""
    parts = re.split(r"^### (situation-\d\d)\b", REVIEW, flags=re.MULTILINE)
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    return found[item_id].split("\n## ")[0]


@by_situation
def test_the_review_says_what_the_description_implies(item_id: str) -> None:
    heading, implied = reviewed(item_id).split("\n\n", 1)[0].split("\n", 1)
    assert heading.split(" · ")[1] == item(item_id).calls_for
    assert len(words(implied)) >= 15


@by_situation
def test_the_review_says_why_each_action_is_that_style(item_id: str) -> None:
    rows = re.findall(r"^\| ([A-D]) \| (S\d) \| (.+?) \| (.+?) \|$", reviewed(item_id), flags=re.MULTILINE)
    assert tuple(letter for letter, *_ in rows) == tuple(ACTION_LETTERS)
    assert tuple(style for _, style, *_ in rows) == item(item_id).actions
    assert tuple(danish for _, _, danish, _ in rows) == texts(item_id, "da").actions
    assert all(len(words(why)) >= 4 for *_, why in rows)


def test_no_reason_in_the_review_is_given_twice() -> None:
    reasons = Counter(re.findall(r"^\| [A-D] \| S\d \| .+? \| (.+?) \|$", REVIEW, flags=re.MULTILINE))
    assert len(reasons) == 80


def test_the_review_states_version_state_agreement_and_what_remains() -> None:
    assert Q.version in REVIEW.split("\n", 1)[0]
    for said in ("not yet tested with users", "kappa", "AI sessions", "Next steps"):
        assert said in REVIEW


def test_every_situation_says_in_one_line_why_it_calls_for_its_level() -> None:
    endings = {
        "M1": "cannot yet and",
        "M2": "cannot yet but eager",
        "M3": "can, but",
        "M4": r"can and wants?",
    }
    for situation in SITUATIONS:
        assert re.search(endings[situation.calls_for], situation.reason), situation.id
        assert "\n" not in situation.reason
    assert len({situation.reason for situation in SITUATIONS}) == len(SITUATIONS)
