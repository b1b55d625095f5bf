"""How a question for a talk is written: the rules, as tables of words by language, and the check of one.

A question begins with an open question word, asks one thing in at most 22 words and ends with a question
mark. It asks no “why”, which calls for a defence; it has no negation and no “should”, which put an answer
into the other's mouth; and no word that judges or says what somebody is like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

MAX_WORDS = 22

OPEN_WORDS: dict[str, tuple[str, ...]] = {
    "da": ("Hvad", "Hvordan", "Hvilken", "Hvilket", "Hvilke", "Hvor", "Hvornår", "Hvem"),
    "sv": ("Vad", "Hur", "Vilken", "Vilket", "Vilka", "Var", "När", "Vem"),
    "en": ("What", "How", "Which", "Where", "When", "Who"),
}
"""What a question begins with."""

_AND: dict[str, str] = {"da": "og eller", "sv": "och eller", "en": "and or"}

FORBIDDEN: dict[str, dict[str, str]] = {
    "“why”": {"da": "hvorfor", "sv": "varför", "en": "why"},
    "a negation": {
        "da": "ikke ej aldrig ingen intet ingenting hverken næppe",
        "sv": "inte ej icke aldrig ingen inget inga ingenting varken knappast",
        "en": "not no never none nobody nothing neither nor cannot hardly can't don't doesn't didn't isn't "
        "aren't won't wouldn't haven't hasn't",
    },
    "a word that leads": {
        "da": "burde bør altid selvfølgelig naturligvis egentlig jo mon vel",
        "sv": "borde bör alltid självklart naturligtvis egentligen ju",
        "en": "should ought must always obviously surely really actually admit",
    },
    "a word that judges": {
        "da": "dårlig dårligt dårlige dårligere dårligst svag svagt svage svaghed svagheder doven dovne "
        "gider umotiveret holdning attitude modstand umoden umodenhed",
        "sv": "dålig dåligt dåliga sämre sämst svag svagt svaga svaghet svagheter lat lata "
        "omotiverad attityd motstånd omogen omognad",
        "en": "bad badly worse worst weak weakness weaknesses lazy unmotivated attitude resistance "
        "immature immaturity",
    },
}
"""What no question contains: a rule, and its words in each language."""

_WORD = re.compile(r"\w+(?:['’-]\w+)*")


def words(text: str) -> list[str]:
    """The words of a text; a placeholder counts as one."""
    return _WORD.findall(text.replace("’", "'"))


def faults(text: str, language: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a question, each with what to do. Nothing for a language without rules."""
    if language not in OPEN_WORDS:
        return
    found = words(text)
    opened = OPEN_WORDS[language]
    if not found or found[0] not in opened:
        yield "begins with no open question word", f"begin with {_named(opened)}"
    body = text.rstrip()
    if not body.endswith("?"):
        yield "ends with no question mark", "ask a question"
    if re.search(r"[.!?;…]", body[:-1]):
        yield "is more than one sentence", "ask one thing, in one sentence"
    if len(found) > MAX_WORDS:
        yield f"has {len(found)} words", f"write at most {MAX_WORDS}"
    if second := _second_question(found, language):
        yield f"asks a second thing (“{second}”)", "make two questions of it"
    folded = {word.casefold() for word in found}
    for rule, lists in FORBIDDEN.items():
        for word in lists[language].split():
            if word in folded:
                yield f"has {rule}, “{word}”", "ask what the other one sees, needs or wants"


def _second_question(found: list[str], language: str) -> str | None:
    """ "and what", "or how": the two words, where they stand within."""
    opened = {word.casefold() for word in OPEN_WORDS[language]}
    joining = _AND[language].split()
    for first, second in pairwise(found):
        if first.casefold() in joining and second.casefold() in opened:
            return f"{first} {second}"
    return None


def _named(opened: tuple[str, ...]) -> str:
    return f"{', '.join(opened[:-1])} or {opened[-1]}"
