"""The words of a report: complete catalogues, and numbers and dates as each language writes them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

import reports
from reports.view.words import words_for

ROOM = Path(reports.__file__).parent
SAYING = {"say": None, "count": (1, 2)}
PLACEHOLDER = re.compile(r"\{\w+\}")


def messages() -> set[str]:
    """Every message that the room's code says, found by reading the code."""
    found: set[str] = set()
    for path in ROOM.rglob("*.py"):
        for _, message, _, _ in extract_from_file(
            "python", str(path), keywords={"say": None, "count": (1, 2)}
        ):
            found.add(message if isinstance(message, str) else message[0])
    return found


@pytest.mark.parametrize("language", ["da", "sv"])
def test_the_catalogue_holds_exactly_what_the_code_says(language):
    with (ROOM / "language" / f"{language}.po").open("rb") as file:
        catalogue = read_po(file)
    said = {entry.id if isinstance(entry.id, str) else entry.id[0] for entry in catalogue if entry.id}
    assert said == messages()


@pytest.mark.parametrize("language", ["da", "sv"])
def test_every_message_is_translated_with_the_same_placeholders(language):
    with (ROOM / "language" / f"{language}.po").open("rb") as file:
        entries = [entry for entry in read_po(file) if entry.id]
    for entry in entries:
        pairs = (
            zip(entry.id, entry.string, strict=True)
            if isinstance(entry.id, tuple)
            else [(entry.id, entry.string)]
        )
        for message, translation in pairs:
            assert translation, message
            assert set(PLACEHOLDER.findall(translation)) == set(PLACEHOLDER.findall(message)), message


def test_templates_hold_no_words_of_their_own():
    """Letters outside tags and template code would be text that no catalogue reaches."""
    for path in (ROOM / "templates").glob("*.html"):
        source = re.sub(r"\{[{%#].*?[}%#]\}", "", path.read_text(), flags=re.DOTALL)
        text = re.sub(r"&\w+;", "", re.sub(r"<[^>]*>", "", source))
        assert not re.search(r"\w", text), f"{path.name}: {text.strip()[:60]}"


@pytest.mark.parametrize(
    ("language", "score", "signed", "percent", "day"),
    [
        ("da", "3,8", "−1,25", "61\N{NO-BREAK SPACE}%", "21. november 2026"),
        ("sv", "3,8", "−1,25", "61\N{NO-BREAK SPACE}%", "21 november 2026"),
        ("en", "3.8", "−1.25", "61%", "21 November 2026"),
    ],
)
def test_numbers_and_dates_follow_the_language(definition, language, score, signed, percent, day):
    words = words_for(definition, language)
    assert words.score(3.75) == score
    assert words.signed(-1.25) == signed
    assert words.percent(0.614) == percent
    assert words.day(date(2026, 11, 21)) == day


@pytest.mark.parametrize(
    ("value", "cuts", "shown"),
    [
        (3.25, (), "3.3"),
        (3.44, (3.5,), "3.4"),
        (3.4667, (3.5,), "3.47"),
        (3.5, (3.5,), "3.5"),
        (2.4999, (3.5,), "2.5"),
        (0.0, (), "0.0"),
    ],
)
def test_rounding_never_carries_a_score_over_a_border(definition, value, cuts, shown):
    assert words_for(definition, "en").score(value, cuts) == shown


@pytest.mark.parametrize(
    ("value", "signed"),
    [(0.0, "0.00"), (0.04, "+0.04"), (-0.004, "−0.00"), (0.125, "+0.13"), (-2.0, "−2.00"), (1e-12, "0.00")],
)
def test_a_difference_shows_its_side_with_two_decimals(definition, value, signed):
    assert words_for(definition, "en").signed(value) == signed


@pytest.mark.parametrize(
    ("own", "other", "shown"),
    [
        (3.625, 2.875, ("3.63", "2.88", "+0.75")),
        (11 / 3, 10 / 3, ("3.67", "3.33", "+0.34")),
        (10 / 3, 11 / 3, ("3.33", "3.67", "−0.34")),
        (4.0, 4.0, ("4.00", "4.00", "0.00")),
    ],
)
def test_a_difference_is_that_of_the_numbers_that_are_shown(definition, own, other, shown):
    words = words_for(definition, "en")
    assert (words.two(own), words.two(other), words.difference(own, other)) == shown


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0.494, "49%"), (0.495, "just under 50%"), (0.4999, "just under 50%"), (0.5, "50%"), (0.506, "51%")],
)
def test_a_share_is_never_rounded_up_onto_the_cut_of_a_rule(definition, share, shown):
    assert words_for(definition, "en").percent(share, 0.50) == shown


@pytest.mark.parametrize(
    ("share", "shown"), [(0.0, "under 1%"), (0.01, "1%"), (0.5, "50%"), (0.996, "over 99%")]
)
def test_a_probability_is_never_shown_as_certain(definition, share, shown):
    assert words_for(definition, "en").percent(share) == shown


@pytest.mark.parametrize(
    ("names", "said"), [((), ""), (("Vilje",), "Vilje"), (("Vilje", "Energi"), "Vilje og Energi")]
)
def test_names_are_listed_as_a_person_would(definition, names, said):
    assert words_for(definition, "da").listing(names) == said


def test_a_questionnaire_without_the_language_is_reported_in_its_source_language(definition):
    import msgspec

    english = msgspec.structs.replace(definition, texts={"en": definition.texts["en"]})
    assert words_for(english, "sv").language == "en"


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_the_first_person_and_the_customer_word_are_filled_in(view, profile, language):
    made = view(profile("self", 4, 4, 4, 4), profile("manager", 4, 4, 4, 4), language=language)
    assert made.summary.endswith("about Bread.")
    assert "{" not in made.summary
