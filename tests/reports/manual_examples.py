"""Manuals to look at: of the questionnaires in the library and of others, with many, few and no answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from assess.scoring.form import make_form
from questionnaires.library import find
from questionnaires.reader import read_folder
from reports.manual import ManualGroup, ManualPairs, manual_view

TODAY = date(2026, 11, 21)
IPIP = Path(__file__).parent.parent / "questionnaires" / "ipip-25"


def job_maturity():
    return read_folder(find("job-maturity"))


def leadership_style():
    return read_folder(find("leadership-style"))


def rated(definition, perspective="self", n=40, seed=1, shift=0.0):
    """Sheets of rating scales: a common factor, the item's own part, reverse keys turned, 2 % missing."""
    form = make_form(definition.questionnaire, perspective)
    rng = np.random.default_rng(seed)
    trait = rng.normal(size=n) + shift
    answers = np.zeros((len(form.items), n), np.uint8)
    for row, item in enumerate(form.items):
        options = len(item.values)
        value = (options + 1) / 2 + trait + rng.normal(size=n)
        position = np.clip(np.round(value), 1, options).astype(np.uint8)
        answers[row] = options + 1 - position if item.reversed else position
    answers[rng.random(answers.shape) < 0.02] = 0
    subjects = tuple(f"p{number}" for number in range(n))
    return ManualGroup(form, answers, rng.uniform(150, 400, n), subjects)


def chosen(definition, perspective="self", n=40, seed=2):
    """Sheets of situations: every action alike."""
    form = make_form(definition.questionnaire, perspective)
    rng = np.random.default_rng(seed)
    answers = rng.integers(1, 5, (len(form.situations), n)).astype(np.uint8)
    return ManualGroup(form, answers, rng.uniform(600, 1200, n), tuple(f"p{i}" for i in range(n)))


def manual(definition, *groups, language="en", **options):
    return manual_view(definition, groups, language=language, today=TODAY, **options)


def paired(definition, n=40):
    own, manager = rated(definition, "self", n, 1), rated(definition, "manager", n, 9)
    return own, manager, ManualPairs(own, manager)


def chapter(view, name):
    return next(found for found in view.chapters if found.id == name)


def blocks(view, name, kind):
    return [block for block in chapter(view, name).blocks if type(block).__name__ == kind]


def all_words(view, name=None):
    """Everything that a chapter, or the whole manual, says, as one text."""
    import msgspec

    found = view.chapters if name is None else chapter(view, name)
    return msgspec.json.encode(found).decode()
