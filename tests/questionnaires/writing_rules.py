"""The rules for writing rated statements, as functions that a test of any questionnaire can use.

LIX (Björnsson 1968): words per sentence + 100 · words of more than six letters / words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from questionnaires.definition import LanguageId

MAX_WORDS = 14
MAX_LIX_OF_A_SET = 35.0
MAX_LIX_OF_A_STATEMENT = (
    43.0  # one long word in a short sentence moves LIX by ten: a set is judged, not a line
)

SUBJECT_OF_SELF: dict[LanguageId, str] = {"da": "Jeg", "sv": "Jag", "en": "I"}
SUBJECT_OF_OTHERS = "{first_name}"

BANNED: dict[str, dict[LanguageId, str]] = {
    "negation": {
        "da": "ikke ej aldrig ingen intet ingenting hverken uden næppe",
        "sv": "inte ej icke aldrig ingen inget inga ingenting varken utan knappt",
        "en": "not no never none nobody nothing neither nor without cannot hardly can't don't doesn't isn't",
    },
    "second idea": {"da": "og eller samt både", "sv": "och eller samt både", "en": "and or both either"},
    "always or never": {
        "da": "altid konstant evigt stedse",
        "sv": "alltid ständigt jämt konstant",
        "en": "always constantly every ever forever",
    },
    "intensifier": {
        "da": "meget rigtig rigtigt virkelig virkeligt særlig særligt super enormt totalt ekstremt",
        "sv": "mycket väldigt verkligen riktigt jätte särskilt superbra enormt totalt fullständigt extremt",
        "en": "very really truly extremely totally completely highly super especially",
    },
    "follows the subject": {
        "da": "jeg min mit mine mig han hun hans hendes ham hende sin sit sine sig du din dit dine dig selv",
        "sv": "jag min mitt mina mig han hon hans hennes honom henne sin sitt sina sig du din ditt dina dig "
        "själv",
        "en": "i my mine me myself he she his her hers him himself herself they their them you your yours",
    },
    "jargon": {
        "da": "feedback sparring proces processer kompetence kompetencer performance proaktiv mindset kpi "
        "implementere kommunikere facilitere koordinere optimere kvalificere",
        "sv": "feedback process processer kompetens kompetenser performance proaktiv mindset kpi "
        "implementera kommunicera facilitera koordinera optimera kvalificera",
        "en": "feedback process processes competence competences performance proactive mindset kpi "
        "implement communicate facilitate coordinate optimise leverage stakeholder",
    },
}

_IRREGULAR = {"have": "has", "do": "does", "go": "goes", "am": "is", "are": "is", "can": "can"}
_ADVERBS_BEFORE_THE_VERB = {"still"}


def words(text: str) -> list[str]:
    """The words of a text: runs of letters and digits, with apostrophes and hyphens inside."""
    return re.findall(r"\w+(?:['’-]\w+)*", text)


def lix(statements: Sequence[str]) -> float:
    """LIX of statements of one sentence each."""
    every = [word for statement in statements for word in words(statement)]
    long = [word for word in every if len(word) > 6]
    return len(every) / len(statements) + 100 * len(long) / len(every)


def banned_words(statement: str, language: LanguageId) -> list[str]:
    """Each word after the subject that a rule forbids, with the rule."""
    predicate = {word.casefold().replace("’", "'") for word in words(statement)[1:]}
    return [
        f"{rule}: {word}"
        for rule, lists in BANNED.items()
        for word in lists[language].split()
        if word in predicate
    ]


def third_person(predicate: str) -> str:
    """An English predicate with the ending that its first verb takes after a name."""
    before: list[str] = []
    rest = predicate.split(" ")
    while rest[0] in _ADVERBS_BEFORE_THE_VERB:
        before.append(rest.pop(0))
    verb = rest.pop(0)
    if verb in _IRREGULAR:
        verb = _IRREGULAR[verb]
    elif re.search(r"[^aeiou]y$", verb):
        verb = verb[:-1] + "ies"
    else:
        verb += "es" if re.search(r"(s|x|z|ch|sh)$", verb) else "s"
    return " ".join([*before, verb, *rest])


def twin_of(self_text: str, language: LanguageId) -> str:
    """What the same statement must read for others: another subject, and nothing else."""
    subject, predicate = self_text.split(" ", 1)
    if subject != SUBJECT_OF_SELF[language]:
        raise ValueError(f"“{self_text}” does not begin with {SUBJECT_OF_SELF[language]}")
    return f"{SUBJECT_OF_OTHERS} {third_person(predicate) if language == 'en' else predicate}"
