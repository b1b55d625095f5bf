"""The checker of question banks: all problems of a folder, each with its line.

Shape, frame, translations and characters are checked as in a questionnaire; what is a bank's own stands here
and in `question_bank_wording.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from questionnaires.checks import frame, texts, translations, wording
from questionnaires.checks.references import unknown_keys
from questionnaires.draft import BANK_STRUCTURE, Draft, open_draft
from questionnaires.naming import MAX_ID_LENGTH, is_id, listed, suggestion
from questionnaires.nodes import Node
from questionnaires.problem import Problem
from questionnaires.question_bank import OF_A_SCALE, PATTERNS, BankStructure, BankTexts
from questionnaires.question_bank_wording import faults
from questionnaires.shape import problems_of_shape, type_of
from questionnaires.texts import PLACEHOLDERS

Check: TypeAlias = Callable[[Draft], Iterator[Problem]]
Known: TypeAlias = Mapping[str, Draft]
"""Questionnaires by id, as they are written: a bank names scales of one of them."""

CUSTOMER_WORDS = PLACEHOLDERS - {"first_name", "job_area"}
"""Placeholders of a question. It is said to a person, whom it calls by no name, and about any job area."""
LIMITS: Mapping[str, int] = {"title": 80, "about": 500, "reasons": 80, "questions": 180}
"""Most characters of each text."""
NEEDED = ("opening", "closing")
"""Patterns that every talk needs, asked by whoever holds it."""

_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")


def _shape(draft: Draft) -> Iterator[Problem]:
    if draft.structure:
        yield from problems_of_shape(draft.structure, type_of(BankStructure))
    for root in draft.texts.values():
        yield from problems_of_shape(root, type_of(BankTexts))


def _question_ids(draft: Draft) -> Iterator[Problem]:
    """Ids that can be names, each once."""
    seen: set[str] = set()
    for question in draft.structure["questions"].elements():
        name = question["id"]
        if name.text is None:
            continue
        if not is_id(name.text):
            yield name.problem(
                f"`id` is `{name.text}`",
                f"begin with a–z and use only a–z, 0–9 and -, at most {MAX_ID_LENGTH} characters",
            )
        elif name.text in seen:
            yield name.problem(f"two questions are called `{name.text}`", "choose another id")
        seen.add(name.text)


def _patterns(draft: Draft) -> Iterator[Problem]:
    """A question about the talk names no scale; every talk can be opened and closed."""
    questions = draft.structure["questions"]
    for question in questions.elements():
        scale, pattern = question["scale"], question["pattern"].text
        if scale.text is not None and pattern in PATTERNS and pattern not in OF_A_SCALE:
            yield scale.problem(
                f"a question of the pattern `{pattern}` is about the talk, not about a scale",
                "remove `scale`, or choose another pattern",
            )
    asked = Counter(
        question["pattern"].text for question in questions.elements() if question["ask"].text != "person"
    )
    wanted = [*NEEDED, *(["frames"] if draft.structure["frames_beside"].entries() else [])]
    for pattern in wanted:
        if questions.kind == "list" and not asked[pattern]:
            yield questions.problem(
                f"there is no question of the pattern `{pattern}` for whoever holds the talk",
                f"add one with `pattern: {pattern}`",
            )


def _question_ids_of(draft: Draft) -> tuple[str, ...]:
    """Ids of the questions that have one, in order."""
    every = (question["id"].text for question in draft.structure["questions"].elements())
    return tuple(dict.fromkeys(name for name in every if name))


@texts.in_every_language
def _words(draft: Draft, root: Node) -> Iterator[Problem]:
    """A text for each question and a reason for each pattern in use; none for others."""
    used = {question["pattern"].text for question in draft.structure["questions"].elements()}
    patterns = [pattern for pattern in PATTERNS if pattern in used]
    for block, known, what in (
        ("reasons", patterns, "pattern"),
        ("questions", _question_ids_of(draft), "question"),
    ):
        if root[block].kind == "mapping":
            fixed = PATTERNS if block == "reasons" else None
            yield from unknown_keys(root[block], known, what, fixed)
            yield from texts.missing(root[block], known, what)


@texts.in_every_language
def _different(draft: Draft, root: Node) -> Iterator[Problem]:
    """No two questions ask in the same words."""
    del draft
    seen: dict[str, str] = {}
    for name, node in root["questions"].entries():
        said = " ".join((node.text or "").casefold().split())
        if said and seen.setdefault(said, name) != name:
            yield node.problem(f"`{name}` asks the same words as `{seen[said]}`", "write them apart")


def _wording(draft: Draft) -> Iterator[Problem]:
    """Questions are open, one at a time, and judge nobody; a file is held to the rules of its language."""
    for language, root in draft.texts.items():
        for _, node in root["questions"].entries():
            if node.text is not None and node.text.strip():
                for what, advice in faults(node.text, language):
                    yield node.problem(f"`{node.path}` {what}", advice)


@texts.in_every_language
def _placeholders_and_lengths(draft: Draft, root: Node) -> Iterator[Problem]:
    del draft
    for node in wording.leaves(root):
        block = node.path.split(".")[0]
        allowed = CUSTOMER_WORDS if block == "questions" else frozenset[str]()
        for match in _BRACES.finditer(node.text or ""):
            yield from _placeholder(node, match, allowed)
        limit, length = LIMITS.get(block), len(node.text or "")
        if limit is not None and length > limit:
            yield node.problem(f"`{node.path}` has {length} characters", f"write at most {limit}")


def _placeholder(node: Node, match: re.Match[str], allowed: frozenset[str]) -> Iterator[Problem]:
    name = match[1]
    if name is None:
        yield node.problem(
            f"`{node.path}` has a single brace `{match[0]}`", "write a placeholder whole, or no brace"
        )
    elif name in PLACEHOLDERS - allowed:
        yield node.problem(
            f"`{node.path}` has {{{name}}}, which cannot be filled in here",
            "say “you”: a question is said to somebody" if allowed else "remove it",
        )
    elif name not in allowed:
        known = sorted(allowed)
        yield node.problem(
            f"`{node.path}` has an unknown placeholder {{{name}}}",
            suggestion(name, known, f"use one of {listed(known)}" if known else "remove it"),
        )


CHECKS: tuple[Check, ...] = (
    _shape,
    frame.id_and_version,
    frame.languages,
    _question_ids,
    _patterns,
    texts.own_language,
    _words,
    _different,
    _wording,
    _placeholders_and_lengths,
    wording.characters,
    wording.curly_quotes,
    translations.source_has_none,
    translations.stale,
)
"""Everything that is checked without the questionnaire that the bank belongs to."""


def _its_questionnaire(draft: Draft, known: Known) -> Iterator[Problem]:
    """The questionnaire exists, and has the scales that the bank names."""
    name = draft.structure["questionnaire"]
    if name.text is None:
        return
    questionnaire = known.get(name.text)
    if questionnaire is None:
        yield name.problem(
            f"`questionnaire` names an unknown questionnaire `{name.text}`", suggestion(name.text, known)
        )
        return
    if "scales" not in questionnaire.sound:
        return
    scales = tuple(questionnaire.scales)
    for question in draft.structure["questions"].elements():
        scale = question["scale"]
        if scale.text is not None and scale.text not in scales:
            yield scale.problem(
                f"`{scale.path}` names an unknown scale `{scale.text}`", suggestion(scale.text, scales)
            )
    beside = draft.structure["frames_beside"]
    yield from unknown_keys(beside, scales, "scale")
    for scale_id, node in beside.entries():
        limits = questionnaire.scale_range(scale_id)
        if limits and node.number is not None and not limits[0] < node.number <= limits[1]:
            yield node.problem(
                f"`{node.path}` is {node.written}",
                f"use a score of the scale, over {limits[0]} and at most {limits[1]}",
            )


def check_bank(folder: Path, known: Known) -> tuple[Problem, ...]:
    """All problems of a bank's folder: `question-bank.yaml` first, then the languages, by line.

    `known`: the questionnaires that there are. Empty when the folder can be used. Raises nothing.
    """
    return check_bank_draft(open_draft(folder, BANK_STRUCTURE), known)


def check_bank_draft(draft: Draft, known: Known) -> tuple[Problem, ...]:
    """As `check_bank`, for a folder that has been opened."""
    found = set(draft.unreadable)
    if draft.structure.kind == "mapping":
        for check in CHECKS:
            found.update(check(draft))
        found.update(_its_questionnaire(draft, known))
    elif draft.structure:
        found.update(_shape(draft))
    return tuple(sorted(found, key=lambda p: (Path(p.file).name != BANK_STRUCTURE, p.file, p.line, p.what)))
