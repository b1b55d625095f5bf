"""Placeholders and catalogues: the organisation's words stand where the questionnaire leaves room."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.language.catalogue import LANGUAGES, catalogue
from assess.language.wording import CUSTOMER_WORDS, Wording


def test_the_customer_word_is_the_organisations_in_each_language() -> None:
    text = "… hører {the_customer} til ende, hjælper {a_customer} og kender sine {customers}."
    filled = Wording(language="da", customer="patient").fill(text)
    assert filled == "… hører patienten til ende, hjælper en patient og kender sine patienter."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{customers} first.", "Customers first."),
        ("Good. {the_customer} waits.", "Good. The customer waits."),
        ("Ask {the_customer}.", "Ask the customer."),
    ],
)
def test_a_sentence_that_begins_with_the_customer_word_gets_its_capital(text: str, expected: str) -> None:
    assert Wording(language="en").fill(text) == expected


def test_names_are_put_in_as_they_are_and_never_read_as_placeholders_again() -> None:
    wording = Wording(language="en", first_name="{customer} <b>", job_area="Bread")
    assert wording.fill("{first_name} in {job_area}") == "{customer} <b> in Bread"


def test_braces_that_are_no_placeholder_stay() -> None:
    assert Wording(language="en").fill("a {b} {{customer}") == "a {b} {customer"


def test_every_customer_word_has_all_its_forms_in_every_language() -> None:
    for forms in CUSTOMER_WORDS.values():
        assert set(forms) == set(LANGUAGES)
        assert all(form and form == form.strip() for words in forms.values() for form in words)


def test_an_earlier_folder_wins_and_a_later_one_fills_in(tmp_path: Path) -> None:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    for name, body in {
        "a": 'msgid "Save"\nmsgstr "Gem"\n',
        "b": 'msgid "Save"\nmsgstr "Gem nu"\n\nmsgid "Back"\nmsgstr "Tilbage"\n',
    }.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "da.po").write_text(head + body, encoding="utf-8")
    danish = catalogue("da", tmp_path / "a", tmp_path / "b")
    assert danish.gettext("Save") == "Gem"
    assert danish.gettext("Back") == "Tilbage"
    assert danish.gettext("Not there") == "Not there"
    assert catalogue("en", tmp_path / "a").gettext("Save") == "Save"
