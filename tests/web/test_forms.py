"""Forms made from items: each kind by the table, with its keys, and nothing repaired."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import msgspec
import pytest
from flask import Flask
from small_organisation import tiny
from werkzeug.datastructures import MultiDict

from assess.answering.errors import InvalidAnswers
from assess.answering.types import Given, Organisation, Person, Task, TaskKey, Wave
from assess.web import forms
from assess.web.texts import Wordbook
from questionnaires.definition import Definition, Item, SituationItem, SituationTexts, ZeroToTenItem

ACTIONS = ("Du gennemgår", "Du foreslår", "Du spørger", "Du giver frie hænder")


def with_every_kind() -> Definition:
    """The tiny questionnaire, and a situation and a 0–10 item that knows "can't say"."""
    plain = tiny()
    more = (
        SituationItem(id="case", calls_for="M3", actions=("S1", "S2", "S3", "S4"), reason="…"),
        ZeroToTenItem(id="sure", reason="…", cannot_say=True),
    )
    texts = plain.texts["en"]
    words = texts.items | {
        "case": {"self": SituationTexts(situation="Amina asks {first_name}.", actions=ACTIONS)},
        "sure": {"self": "How sure?"},
    }
    return Definition(
        questionnaire=msgspec.structs.replace(plain.questionnaire, items=(*plain.questionnaire.items, *more)),
        texts={"en": msgspec.structs.replace(texts, items=words)},
    )


@pytest.fixture
def words(app: Flask) -> Wordbook:
    person = Person("p", "Ida", "Ida Holm", "en")
    task = Task(
        key=TaskKey("t", "w", "h", "self", "p", "p"),
        definition=with_every_kind(),
        respondent=person,
        subject=person,
        organisation=Organisation("o", "Bakery", "customer"),
        wave=Wave("w", "Autumn", None, is_open=True, is_over=False),
        language="en",
        sheets=(),
        choice=None,
        sharing=None,
    )
    return Wordbook(task, "en")


@pytest.fixture(autouse=True)
def in_a_request(app: Flask) -> Iterator[None]:
    with app.test_request_context("/", base_url="http://127.0.0.1:8000", headers={"Accept-Language": "en"}):
        yield


def test_every_kind_of_item_has_its_field() -> None:
    assert set(forms.FIELDS) == set(get_args(Item))


@pytest.mark.parametrize(
    ("item", "layout", "keys"),
    [
        ("skill-1", "scale", ["1", "2", "3", "4", "5", "0"]),
        ("tenure", "list", ["1", "2"]),
        ("fresh", "numbers", ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", ""]),
        ("case", "actions", ["1", "2", "3", "4"]),
    ],
)
def test_options_and_the_digits_that_choose_them(
    words: Wordbook, item: str, layout: str, keys: list[str]
) -> None:
    field = forms.item_form([item], words)[item]
    assert field.layout == layout
    assert [option.key for option in field.options] == keys


def test_cannot_say_stands_apart_as_position_0(words: Wordbook) -> None:
    for item in ("skill-1", "sure"):
        last = forms.item_form([item], words)[item].options[-1]
        assert (last.position, last.apart) == (0, True)
    assert last.label == "Can’t say"


def test_a_situation_shows_its_actions_in_file_order(words: Wordbook) -> None:
    field = forms.item_form(["case"], words)["case"]
    assert field.label.text == "Amina asks Ida."
    assert [(option.position, option.label) for option in field.options] == list(enumerate(ACTIONS, 1))


def test_posted_answers_become_positions_and_texts(words: Wordbook) -> None:
    posted = MultiDict(
        {
            "answer-skill-1": "0",
            "seen-skill-1": "3",
            "answer-fresh": "11",
            "answer-remark": "  to\r\nlines ",
            "answer-case": "4",
            "seen-tenure": "1",
        }
    )
    given = forms.read_answers(["skill-1", "fresh", "remark", "case", "tenure"], words, posted)
    assert given == {
        "skill-1": Given(position=0, seen=3),
        "fresh": Given(position=11),
        "remark": Given(text="to\nlines"),
        "case": Given(position=4),
    }, "what was not answered is not there"


def test_an_emptied_text_is_cleared(words: Wordbook) -> None:
    given = forms.read_answers(["remark"], words, MultiDict({"answer-remark": " ", "seen-remark": "2"}))
    assert given == {"remark": Given(position=None, text=None, seen=2)}


def test_all_faults_are_named_at_once(words: Wordbook) -> None:
    posted = MultiDict(
        {"answer-skill-1": "7", "answer-remark": "x" * 21, "answer-will-1": "1", "seen-tenure": "-1"}
    )
    with pytest.raises(InvalidAnswers) as caught:
        forms.read_answers(["skill-1", "remark", "tenure"], words, posted)
    assert caught.value.faults == {
        "answer-will-1": "unknown",
        "skill-1": "range",
        "remark": "too-long",
        "tenure": "kind",
    }


def test_a_text_in_words_of_an_answer(words: Wordbook) -> None:
    assert words.answer("skill-1", 2, None) == "fit 2 (en)"
    assert words.answer("skill-1", 0, None) == "?"
    assert words.answer("fresh", 1, None) == "0"
    assert words.answer("remark", None, "free") == "free"
    assert words.answer("skill-1", None, None) == ""
