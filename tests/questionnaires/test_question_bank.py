"""Question banks: what the checker finds, what the reader gives, where they are looked for, and our own."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from assess.cli import main
from questionnaires.draft import BANK_STRUCTURE, open_draft
from questionnaires.json_schema import README, SCHEMAS, make_schema
from questionnaires.library import LIBRARY, as_written, bank_folders, question_banks, questionnaire_folders
from questionnaires.question_bank import OF_A_SCALE, PATTERNS
from questionnaires.question_bank_checker import check_bank
from questionnaires.question_bank_reader import read_bank
from questionnaires.question_bank_wording import FORBIDDEN, MAX_WORDS, OPEN_WORDS, faults, words
from questionnaires.reader import InvalidQuestionnaire
from questionnaires.stamping import stamp_translations
from questionnaires.terms import LanguageId

LANGUAGES: tuple[LanguageId, ...] = ("da", "sv", "en")
KNOWN = as_written(questionnaire_folders([LIBRARY]))
FACETS = ("knowledge", "skill", "experience", "judgement", "will", "responsibility", "relations", "energy")

STRUCTURE = """\
format: 1
id: small-bank
version: 1.0.0
questionnaire: job-maturity
source_language: da
languages: [da, en]
frames_beside: {will: 2.5}
questions:
  - {id: begin, pattern: opening}
  - {id: skill-low, pattern: low, scale: skill, ask: holder}
  - {id: frames-1, pattern: frames}
  - {id: end, pattern: closing}
provenance: {authors: A, year: 2026, source: Own, licence: MIT, tested: not-yet-tested-with-users}
"""
DANISH = """\
language: da
title: En lille bank
about: Til en prøve.
reasons:
  opening: Til at begynde med.
  low: Noget kan blive lettere.
  frames: Rammerne først.
  closing: Til at slutte med.
questions:
  begin: Hvad vil du tale om?
  skill-low: Hvilken opgave vil du øve med {the_customer}?
  frames-1: Hvordan passer tiden til opgaverne?
  end: Hvad tager du med dig?
"""
ENGLISH = """\
language: en
title: A small bank
about: For a test.
reasons:
  opening: To begin with.
  low: Something could become easier.
  frames: Conditions first.
  closing: To end with.
questions:
  begin: What would you like to talk about?
  skill-low: Which task would you like to practise with {the_customer}?
  frames-1: How does the time fit the tasks?
  end: What do you take away?
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small bank without any problem."""
    made = tmp_path / "small-bank"
    made.mkdir()
    for name, text in ((BANK_STRUCTURE, STRUCTURE), ("da.yaml", DANISH), ("en.yaml", ENGLISH)):
        (made / name).write_text(text, encoding="utf-8")
    stamp_translations(made, "en")
    return made


@dataclass
class Fault:
    file: str
    replace: str
    by: str
    expect: tuple[str, ...]


B = BANK_STRUCTURE
FAULTS: dict[str, Fault] = {
    "an unknown questionnaire": Fault(
        B,
        "questionnaire: job-maturity",
        "questionnaire: job-maturty",
        (f"{B}:4: `questionnaire` names an unknown questionnaire `job-maturty`; did you mean",),
    ),
    "an unknown scale": Fault(
        B,
        "scale: skill",
        "scale: skil",
        (f"{B}:10: `questions.skill-low.scale` names an unknown scale `skil`; did you mean `skill`?",),
    ),
    "an unknown pattern": Fault(
        B,
        "pattern: low,",
        "pattern: lov,",
        (
            f"{B}:10: `questions.skill-low.pattern` is `lov`; did you mean `low`?",
            "da.yaml:6: `reasons` has a key for an unknown pattern `low`",
            "en.yaml:6: `reasons` has a key for an unknown pattern `low`",
        ),
    ),
    "an unknown asker": Fault(
        B, "ask: holder", "ask: boss", (f"{B}:10: `questions.skill-low.ask` is `boss`",)
    ),
    "an unknown key": Fault(
        B, "ask: holder", "asks: holder", (f"{B}:10: `questions.skill-low` has an unknown key `asks`",)
    ),
    "a question of the talk with a scale": Fault(
        B,
        "pattern: frames",
        "pattern: frames, scale: will",
        (f"{B}:11: a question of the pattern `frames` is about the talk, not about a scale",),
    ),
    "two questions of one name": Fault(
        B,
        "id: end,",
        "id: begin,",
        (f"{B}:12: two questions are called `begin`", "da.yaml:13:", "en.yaml:13:"),
    ),
    "a name with capitals": Fault(
        B,
        "id: end,",
        "id: End,",
        (f"{B}:12: `id` is `End`", "da.yaml:9:", "da.yaml:13:", "en.yaml:9:", "en.yaml:13:"),
    ),
    "no closing question": Fault(
        B,
        "id: end, pattern: closing",
        "id: end, pattern: closing, ask: person",
        (f"{B}:8: there is no question of the pattern `closing` for whoever holds the talk",),
    ),
    "no question about frames where they are promised": Fault(
        B,
        "id: frames-1, pattern: frames",
        "id: frames-1, pattern: opening",
        (
            f"{B}:8: there is no question of the pattern `frames`",
            "da.yaml:7: `reasons` has a key for an unknown pattern `frames`",
            "en.yaml:7: `reasons` has a key for an unknown pattern `frames`",
        ),
    ),
    "frames beside an unknown scale": Fault(
        B,
        "{will: 2.5}",
        "{wil: 2.5}",
        (f"{B}:7: `frames_beside` has a key for an unknown scale `wil`; did you mean `will`?",),
    ),
    "frames beside a score that nobody can have": Fault(
        B, "{will: 2.5}", "{will: 25}", (f"{B}:7: `frames_beside.will` is 25; use a score of the scale",)
    ),
    "a version that is none": Fault(B, "version: 1.0.0", "version: 1", (f"{B}:3: `version` is `1`",)),
    "a language without a file": Fault(
        B, "[da, en]", "[da, en, sv]", (f"{B}:6: the language `sv` has no file",)
    ),
    "a question without words": Fault(
        "en.yaml",
        "  end: What do you take away?\n",
        "",
        ("en.yaml:9: the question `end` has no text",),
    ),
    "words without a question": Fault(
        "da.yaml",
        "  end: ",
        "  more: Hvad mere vil du sige?\n  end: ",
        ("da.yaml:13: `questions` has a key for an unknown question `more`",),
    ),
    "a stale translation": Fault(
        "da.yaml",
        "Hvad tager du med dig?",
        "Hvad tager du med dig i dag?",
        ("en.yaml:13: `questions.end` is stale: its source has changed",),
    ),
    "another language in the file": Fault(
        "en.yaml", "language: en", "language: sv", ("en.yaml:1: `language` is `sv` in en.yaml",)
    ),
    "a closed question": Fault(
        "en.yaml",
        "What do you take away?",
        "Do you take anything away?",
        ("en.yaml:13: `questions.end` begins with no open question word; begin with What, How,",),
    ),
    "a question that asks why": Fault(
        "en.yaml",
        "What do you take away?",
        "What makes you stop, and why?",
        ("en.yaml:13: `questions.end` has “why”, “why”",),
    ),
    "a leading question": Fault(
        "da.yaml",
        "Hvad vil du tale om?",
        "Hvad burde du tale om?",
        (
            "da.yaml:10: `questions.begin` has a word that leads, “burde”",
            "en.yaml:10: `questions.begin` is stale",
        ),
    ),
    "a negation": Fault(
        "en.yaml",
        "How does the time fit the tasks?",
        "What time do you not have?",
        ("en.yaml:12: `questions.frames-1` has a negation, “not”",),
    ),
    "a verdict": Fault(
        "en.yaml",
        "How does the time fit the tasks?",
        "How do you work on your weaknesses?",
        ("en.yaml:12: `questions.frames-1` has a word that judges, “weaknesses”",),
    ),
    "two questions in one": Fault(
        "en.yaml",
        "What do you take away?",
        "What do you take away, and how will you use it?",
        ("en.yaml:13: `questions.end` asks a second thing (“and how”)",),
    ),
    "more than a sentence": Fault(
        "en.yaml",
        "What do you take away?",
        "What helps? Who helps?",
        ("en.yaml:13: `questions.end` is more than one sentence",),
    ),
    "no question mark": Fault(
        "en.yaml",
        "What do you take away?",
        "What you take away.",
        ("en.yaml:13: `questions.end` ends with no question mark",),
    ),
    "too many words": Fault(
        "en.yaml",
        "What do you take away?",
        "What " + "more " * MAX_WORDS + "do you take away?",
        (f"en.yaml:13: `questions.end` has {MAX_WORDS + 5} words; write at most {MAX_WORDS}",),
    ),
    "the same words twice": Fault(
        "en.yaml",
        "What do you take away?",
        "what would you like to talk  about?",
        (
            "en.yaml:13: `end` asks the same words as `begin`",
            "en.yaml:13: `questions.end` begins with no open question word",
        ),
    ),
    "a name that cannot be filled in": Fault(
        "en.yaml",
        "What do you take away?",
        "What does {first_name} take away?",
        ("en.yaml:13: `questions.end` has {first_name}, which cannot be filled in here",),
    ),
    "an unknown placeholder": Fault(
        "en.yaml",
        "{the_customer}",
        "{the_custmer}",
        ("en.yaml:11: `questions.skill-low` has an unknown placeholder {the_custmer}",),
    ),
    "a placeholder outside the questions": Fault(
        "en.yaml", "For a test.", "For {customers}.", ("en.yaml:3: `about` has {customers}",)
    ),
    "a single brace": Fault(
        "en.yaml",
        "{the_customer}",
        "the_customer}",
        ("en.yaml:11: `questions.skill-low` has a single brace `}`",),
    ),
    "a reason too long for its place": Fault(
        "en.yaml",
        "Conditions first.",
        "Conditions first. " * 5,
        ("en.yaml:7: `reasons.frames` has 89 characters; write at most 80",),
    ),
    "an invisible character": Fault(
        "en.yaml",
        "A small bank",
        '"A \\u202e bank"',
        ("en.yaml:2: `title` contains the invisible character U+202E",),
    ),
}


def told(folder: Path) -> list[str]:
    return [str(problem).removeprefix(f"{folder}/") for problem in check_bank(folder, KNOWN)]


def test_a_small_bank_has_no_problem_and_is_read(folder: Path) -> None:
    assert told(folder) == []
    bank = read_bank(folder, KNOWN)
    assert (bank.id, len(bank.questions)) == ("small-bank", 4)
    assert bank.question("end", "en") == "What do you take away?"
    assert bank.question("end", "sv") == "Hvad tager du med dig?"  # no Swedish: the source language
    assert bank.reason("frames", "en") == "Conditions first."


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_with_its_line_and_nothing_else_is(name: str, folder: Path) -> None:
    fault = FAULTS[name]
    file = folder / fault.file
    text = file.read_text(encoding="utf-8")
    assert fault.replace in text
    file.write_text(text.replace(fault.replace, fault.by, 1), encoding="utf-8")
    found = told(folder)
    assert len(found) == len(fault.expect), "\n".join(found)
    for problem, wanted in zip(found, fault.expect, strict=True):
        assert problem.startswith(wanted)
    with pytest.raises(InvalidQuestionnaire):
        read_bank(folder, KNOWN)


def test_what_is_not_there_or_no_bank_is_told(tmp_path: Path) -> None:
    assert told(tmp_path) == [
        f"{BANK_STRUCTURE}: the file does not exist; a questionnaire folder needs it",
    ]
    (tmp_path / BANK_STRUCTURE).write_text("- one\n- two\n", encoding="utf-8")
    assert told(tmp_path)[0] == f"{BANK_STRUCTURE}:1: the file is a list of 2; it must be a block of keys"


def test_the_scales_of_a_broken_questionnaire_are_not_held_against_the_bank(folder: Path) -> None:
    written = open_draft(LIBRARY / "leadership-style")  # it has no scales at all
    assert any("unknown scale" in str(p) for p in check_bank(folder, {"job-maturity": written}))
    structure = (LIBRARY / "job-maturity" / "questionnaire.yaml").read_text(encoding="utf-8")
    broken = folder.parent / "job-maturity"
    broken.mkdir()
    (broken / "questionnaire.yaml").write_text(structure.replace("\nscales:", "\nscale:"), encoding="utf-8")
    assert check_bank(folder, {"job-maturity": open_draft(broken)}) == ()


# --- where banks are looked for --------------------------------------------------------------------


def test_an_own_bank_takes_the_place_of_ours_for_the_questionnaire_that_it_names(folder: Path) -> None:
    loaded = question_banks([folder.parent])
    assert (list(loaded.banks), loaded.broken) == (["talk-questions", "small-bank"], {})
    assert loaded.for_questionnaire("job-maturity").id == "small-bank"
    assert loaded.for_questionnaire(None).id == "talk-questions"
    assert loaded.for_questionnaire("something-else").id == "talk-questions"


def test_a_bank_that_is_broken_or_has_a_taken_name_is_left_out_whole(folder: Path) -> None:
    file = folder / BANK_STRUCTURE
    file.write_text(STRUCTURE.replace("small-bank", "talk-questions"), encoding="utf-8")
    loaded = question_banks([folder])
    assert list(loaded.broken) == [folder]
    assert "already taken" in str(loaded.broken[folder][0])
    file.write_text(STRUCTURE.replace("pattern: opening", "pattern: begining"), encoding="utf-8")
    assert list(question_banks([folder]).broken) == [folder]
    assert question_banks([folder]).for_questionnaire("job-maturity").id == "talk-questions"


def test_a_folder_of_banks_alone_is_no_broken_questionnaire(folder: Path, tmp_path: Path) -> None:
    assert questionnaire_folders([folder, tmp_path]) == ()
    assert bank_folders([folder, tmp_path, LIBRARY]) == (folder, LIBRARY / "talk-questions")


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, arguments)
    return result.exit_code, result.output


def test_assess_check_tells_of_ours_and_of_a_bank_that_is_named(folder: Path) -> None:
    status, output = run("check")
    assert status == 0
    assert "talk-questions: no problems" in output
    assert run("check", str(folder)) == (0, "small-bank: no problems\n")
    (folder / "en.yaml").write_text(ENGLISH.replace("What do", "Do"), encoding="utf-8")
    status, output = run("check", str(folder))
    assert status == 1
    assert "en.yaml:13: `questions.end` begins with no open question word" in output


def test_a_bank_may_belong_to_the_questionnaire_beside_it(folder: Path) -> None:
    beside = folder.parent / "one-language"
    shutil.copytree(Path(__file__).parent / "valid" / "one-language", beside)
    text = STRUCTURE.replace("job-maturity", "one-language").replace("frames_beside: {will: 2.5}\n", "")
    (folder / BANK_STRUCTURE).write_text(text.replace(", scale: skill", ""), encoding="utf-8")
    assert run("check", str(folder)) == (0, "small-bank: no problems\n")
    status, output = run("check", str(folder.parent))
    assert (status, output) == (0, "one-language: no problems\nsmall-bank: no problems\n")


def test_a_translation_of_a_bank_is_stamped_as_a_questionnaires_is(folder: Path) -> None:
    (folder / "da.yaml").write_text(DANISH.replace("Hvad tager", "Hvad får"), encoding="utf-8")
    status, output = run("check", "--stamp", "en", str(folder))
    assert status == 0
    assert "small-bank/en.yaml: 1 stamp changed" in output


def test_the_schemas_accept_ours_and_refuse_a_pattern_that_is_none() -> None:
    ours = LIBRARY / "talk-questions"
    structure = yaml.safe_load((ours / BANK_STRUCTURE).read_text(encoding="utf-8"))
    of_structure = jsonschema.Draft202012Validator(make_schema(SCHEMAS["question-bank.schema.json"]))
    of_texts = jsonschema.Draft202012Validator(make_schema(SCHEMAS["question-bank-texts.schema.json"]))
    of_structure.validate(structure)
    for language in LANGUAGES:
        of_texts.validate(yaml.safe_load((ours / f"{language}.yaml").read_text(encoding="utf-8")))
    structure["questions"][0]["pattern"] = "sideways"
    assert not of_structure.is_valid(structure)


def test_the_example_of_the_readme_is_a_bank(tmp_path: Path) -> None:
    text = README.read_text(encoding="utf-8")
    blocks = re.findall(
        r"^```yaml\n# (?:([\w-]+)/)?([\w-]+\.yaml)\n(.*?)^```", text, re.MULTILINE | re.DOTALL
    )
    for place, file, content in blocks:
        if place in {"", "meeting-questions"}:
            target = tmp_path / (place or "good-meetings")
            target.mkdir(exist_ok=True)
            (target / file).write_text(content, encoding="utf-8")
    known = as_written([tmp_path / "good-meetings"])
    assert [str(problem) for problem in check_bank(tmp_path / "meeting-questions", known)] == []
    named = set(re.findall(r"^\| (`[a-z-]+`(?:, `[a-z-]+`)*) \|", text, re.MULTILINE))
    patterns = {pattern for row in named for pattern in re.findall(r"`([a-z-]+)`", row)}
    assert set(PATTERNS) <= patterns
    assert f"holds {len(read_bank(LIBRARY / 'talk-questions', KNOWN).questions)} questions" in text


# --- ours ------------------------------------------------------------------------------------------

OURS = read_bank(LIBRARY / "talk-questions", KNOWN)
by_language = pytest.mark.parametrize("language", LANGUAGES)


def test_ours_has_a_question_for_every_facet_and_every_pattern_of_one() -> None:
    asked = Counter((q.scale, q.pattern) for q in OURS.questions if q.ask != "person")
    for facet in FACETS:
        for pattern in sorted(OF_A_SCALE - {"mixed"}):
            assert asked[facet, pattern] == 1, (facet, pattern)
    assert {q.scale for q in OURS.questions if q.pattern == "mixed"} == {"technical", "psychological"}


@by_language
def test_ours_has_enough_questions_in_every_language(language: LanguageId) -> None:
    assert len(OURS.texts[language].questions) == len(OURS.questions) == 122
    per_facet = Counter(q.scale for q in OURS.questions if q.scale)
    assert all(per_facet[facet] == 8 for facet in FACETS)
    of_the_talk = Counter(q.pattern for q in OURS.questions if q.scale is None)
    assert of_the_talk["opening"] >= 6
    assert of_the_talk["closing"] >= 6
    assert of_the_talk["frames"] >= 8
    assert of_the_talk["no-questionnaire"] >= 14


def test_both_sides_have_questions_of_their_own_for_every_talk() -> None:
    for side in ("holder", "person"):
        patterns = {q.pattern for q in OURS.questions if q.ask in {"both", side}}
        assert {"opening", "closing", "frames", "no-questionnaire", "between-needs"} <= patterns


@by_language
def test_ours_keeps_the_rules_of_writing_and_reads_easily(language: LanguageId) -> None:
    """The checker's rules, and shorter than it demands: read aloud in one breath."""
    for name, text in OURS.texts[language].questions.items():
        assert list(faults(text, language)) == [], name
        assert len(words(text)) <= 18, (name, text)
        assert "job_area" not in text
    lengths = [len(words(text)) for text in OURS.texts[language].questions.values()]
    assert sum(lengths) / len(lengths) < 13


YOU: dict[LanguageId, str] = {
    "da": r"\b(du|dig|din|dit|dine|jeres|jer)\b",
    "sv": r"\b(du|dig|din|ditt|dina|er)\b",
    "en": r"\b(you|your|yourself)\b",
}
I_MYSELF: dict[LanguageId, str] = {
    "da": r"\b(jeg|mig|mit|min|mine)\b",
    "sv": r"\b(jag|mig|mitt|min|mina)\b",
    "en": r"\b(I|me|my|myself)\b",
}


@by_language
def test_only_the_persons_own_questions_say_i(language: LanguageId) -> None:
    """Whoever holds the talk may be manager or coach, so no question of theirs rests on who they are."""
    said = OURS.texts[language].questions
    for question in OURS.questions:
        if question.ask != "person":
            assert not re.search(I_MYSELF[language], said[question.id]), question.id


@by_language
def test_what_is_low_is_asked_about_as_help_time_and_frames_never_as_a_trait(language: LanguageId) -> None:
    """`low` in the id, not in the words: nobody hears a score in a question."""
    said = OURS.texts[language].questions
    scores = {
        "da": r"\b(lav|lavt|lave|lavere|score|tal|niveau|svær ved)\b",
        "sv": r"\b(låg|lågt|låga|lägre|poäng|siffra|nivå|svårt för)\b",
        "en": r"\b(low|lower|score|figure|level|struggle)\b",
    }
    for question in OURS.questions:
        assert not re.search(scores[language], said[question.id]), question.id


def test_a_low_psychological_score_comes_with_frames() -> None:
    assert set(OURS.frames_beside) == {"will", "responsibility", "relations", "energy", "psychological"}


@pytest.mark.parametrize("language", OPEN_WORDS)
def test_the_rules_have_words_in_every_language(language: str) -> None:
    assert all(lists[language].split() for lists in FORBIDDEN.values())
    assert list(faults("", language))
    assert list(faults("Hvorfor?", "fi")) == []
