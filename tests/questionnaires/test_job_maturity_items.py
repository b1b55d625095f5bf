"""Every statement of the job-maturity questionnaire against the rules for writing, in each language."""

from __future__ import annotations

import pytest
from writing_rules import (
    MAX_LIX_OF_A_SET,
    MAX_LIX_OF_A_STATEMENT,
    MAX_WORDS,
    banned_words,
    lix,
    third_person,
    twin_of,
    words,
)

from assess.language.wording import CUSTOMER_WORDS, Wording
from questionnaires.definition import LanguageId, PerspectiveId, RatingItem
from questionnaires.library import LIBRARY
from questionnaires.reader import read_folder

DEFINITION = read_folder(LIBRARY / "job-maturity")
FACETS = ("knowledge", "skill", "experience", "judgement", "will", "responsibility", "relations", "energy")
STATEMENTS = tuple(f"{facet}-{number}" for facet in FACETS for number in (1, 2, 3, 4))
TWINS = (*STATEMENTS, "safe-alone")
LANGUAGES: tuple[LanguageId, ...] = ("da", "sv", "en")
PERSPECTIVES: tuple[PerspectiveId, ...] = ("self", "manager")
CUSTOMERS = tuple(CUSTOMER_WORDS)

by_language = pytest.mark.parametrize("language", LANGUAGES)
by_perspective = pytest.mark.parametrize("perspective", PERSPECTIVES)
by_item = pytest.mark.parametrize("item_id", TWINS)


def statement(item_id: str, language: LanguageId, perspective: PerspectiveId) -> str:
    text = DEFINITION.texts[language].items[item_id][perspective]
    assert isinstance(text, str)
    return text


def as_read(
    item_id: str, language: LanguageId, perspective: PerspectiveId, customer: str = "customer"
) -> str:
    return Wording(language, customer, first_name="Amina").fill(statement(item_id, language, perspective))


def test_lix_is_words_a_sentence_plus_the_percentage_of_long_words() -> None:
    # By hand: 6 + 4 words in 2 sentences, of which "opgaven" (7), "kollega" (7) and "hjælpes" (7) are long.
    assert lix(["Jeg kan klare opgaven til tiden.", "Min kollega vil hjælpes."]) == pytest.approx(5 + 30)


def test_only_the_subject_and_the_ending_of_its_verb_change() -> None:
    assert twin_of("Jeg er tryg.", "da") == "{first_name} er tryg."
    assert third_person("have a plan") == "has a plan"
    assert third_person("still try it") == "still tries it"
    assert third_person("say yes") == "says yes"
    assert third_person("pass it on") == "passes it on"


@by_language
@by_perspective
@by_item
def test_a_statement_has_at_most_14_words(
    item_id: str, perspective: PerspectiveId, language: LanguageId
) -> None:
    assert 5 <= len(words(as_read(item_id, language, perspective))) <= MAX_WORDS


@by_language
@by_perspective
@by_item
def test_a_statement_is_one_short_sentence(
    item_id: str, perspective: PerspectiveId, language: LanguageId
) -> None:
    text = as_read(item_id, language, perspective)
    assert text.endswith(".")
    assert not set(text[:-1]) & set(".;:!?()/–—\"'")
    assert text == " ".join(text.split())
    assert max(len(word) for word in words(text)) <= 14


@by_language
@by_perspective
@by_item
def test_a_statement_avoids_the_banned_words(
    item_id: str, perspective: PerspectiveId, language: LanguageId
) -> None:
    assert banned_words(statement(item_id, language, perspective), language) == []


@pytest.mark.parametrize(
    ("text", "language", "rule"),
    [
        ("Jeg går ikke i gang.", "da", "negation: ikke"),
        ("Jag frågar och lyssnar.", "sv", "second idea: och"),
        ("I always ask.", "en", "always or never: always"),
        ("Jeg hjælper mine kolleger.", "da", "follows the subject: mine"),
        ("I finish what I begin.", "en", "follows the subject: i"),
    ],
)
def test_the_rules_catch_what_they_should(text: str, language: LanguageId, rule: str) -> None:
    assert banned_words(text, language) == [rule]


@by_language
@by_item
def test_the_twin_differs_only_in_its_subject(item_id: str, language: LanguageId) -> None:
    assert statement(item_id, language, "manager") == twin_of(statement(item_id, language, "self"), language)


@by_language
@by_perspective
def test_the_statements_together_are_easy_to_read(language: LanguageId, perspective: PerspectiveId) -> None:
    assert lix([as_read(item_id, language, perspective) for item_id in STATEMENTS]) < MAX_LIX_OF_A_SET


@by_language
@by_perspective
@by_item
def test_no_single_statement_is_hard_to_read(
    item_id: str, perspective: PerspectiveId, language: LanguageId
) -> None:
    assert lix([as_read(item_id, language, perspective)]) < MAX_LIX_OF_A_STATEMENT


@by_language
@by_perspective
@pytest.mark.parametrize("customer", CUSTOMERS)
def test_customer_words_read_well_in_every_statement(
    customer: str, perspective: PerspectiveId, language: LanguageId
) -> None:
    """Long words for the customer must not break the rules, and no brace may be left."""
    forms = CUSTOMER_WORDS[customer][language]
    for item_id in TWINS:
        raw = statement(item_id, language, perspective)
        filled = as_read(item_id, language, perspective, customer)
        assert "{" not in filled
        assert "}" not in filled
        assert len(words(filled)) <= MAX_WORDS
        if "customer" in raw:
            assert any(form in filled for form in forms)
    readings = [as_read(item_id, language, perspective, customer) for item_id in STATEMENTS]
    assert lix(readings) < MAX_LIX_OF_A_SET


@by_language
def test_the_customer_is_a_word_that_can_be_set(language: LanguageId) -> None:
    spelled = {form for forms in CUSTOMER_WORDS.values() for form in forms[language]}
    meant = [item_id for item_id in STATEMENTS if "customer}" in statement(item_id, language, "self")]
    assert meant == ["will-3", "relations-2"]
    for item_id in STATEMENTS:
        assert not {word.casefold() for word in words(statement(item_id, language, "self"))} & spelled


def test_a_sentence_with_a_customer_reads_as_a_person_would_say_it() -> None:
    assert as_read("relations-2", "da", "self", "citizen") == "Jeg spørger borgeren, hvad der er vigtigst."
    assert as_read("relations-2", "sv", "manager", "resident") == (
        "Amina frågar den boende vad som är viktigast."
    )
    assert as_read("relations-2", "en", "manager", "pupil") == "Amina asks the pupil what matters most."
    assert as_read("will-3", "da", "manager", "member") == "Amina finder ud af, om medlemmet er godt hjulpet."


@by_language
@by_perspective
def test_no_two_statements_say_the_same(language: LanguageId, perspective: PerspectiveId) -> None:
    """Near-repetition would make a facet look more reliable than it is."""
    texts = {item_id: set(words(as_read(item_id, language, perspective).casefold())) for item_id in TWINS}
    for first in TWINS:
        for second in TWINS[TWINS.index(first) + 1 :]:
            shared = len(texts[first] & texts[second]) / min(len(texts[first]), len(texts[second]))
            assert shared <= 0.6, (first, second)


def test_about_one_statement_in_five_is_reverse_keyed_in_both_domains() -> None:
    keyed = {item.id: item.reverse for item in DEFINITION.questionnaire.items if isinstance(item, RatingItem)}
    reverse = [item_id for item_id in STATEMENTS if keyed[item_id]]
    assert 6 <= len(reverse) <= 8
    facets = [item_id.rsplit("-", 1)[0] for item_id in reverse]
    assert len(set(facets)) == len(facets), "at most one in a facet"
    assert sum(facet in FACETS[:4] for facet in facets) == len(facets) / 2


def test_every_item_says_which_facet_it_serves_and_why() -> None:
    reasons = {item.id: item.reason for item in DEFINITION.questionnaire.items}
    assert len(set(reasons.values())) == len(reasons)
    for item_id in STATEMENTS:
        facet = item_id.rsplit("-", 1)[0]
        assert reasons[item_id].startswith(f"Serves {facet}. ")
        assert len(words(reasons[item_id])) >= 8
    assert all("\n" not in reason for reason in reasons.values())
