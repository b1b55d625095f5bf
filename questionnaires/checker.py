"""The checker: all problems of a questionnaire folder, each with its line.

First the shape of each file, then every check of `CHECKS`. A check may meet a file whose shape is wrong:
it then says nothing about what it cannot understand, and nothing that only follows from another problem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from questionnaires.checks import (
    classification,
    forms,
    frame,
    items,
    scales,
    situations,
    styles,
    texts,
    translations,
    wording,
)
from questionnaires.definition import Questionnaire, Texts
from questionnaires.draft import STRUCTURE, Draft, open_draft
from questionnaires.problem import Problem
from questionnaires.shape import problems_of_shape, type_of

Check: TypeAlias = Callable[[Draft], Iterator[Problem]]


def _shape(draft: Draft) -> Iterator[Problem]:
    """Known keys, required keys, and the type of each value."""
    if draft.structure:
        yield from problems_of_shape(draft.structure, type_of(Questionnaire))
    for root in draft.texts.values():
        yield from problems_of_shape(root, type_of(Texts))


CHECKS: tuple[Check, ...] = (
    _shape,
    frame.id_and_version,
    frame.languages,
    frame.time_and_interval,
    items.item_ids,
    items.item_options,
    items.option_sets,
    items.item_settings,
    items.other_ids,
    scales.scale_members,
    scales.facets,
    scales.scored_items,
    scales.minimum_answered,
    scales.bands,
    scales.precision,
    forms.perspectives,
    forms.unasked_items,
    forms.short_forms,
    forms.short_forms_of_perspectives,
    forms.pages,
    situations.scoring_fits,
    situations.keys,
    situations.weights,
    situations.counts,
    situations.own_minimums,
    situations.thresholds,
    classification.axes,
    classification.cuts,
    classification.levels,
    classification.thresholds,
    classification.wishes,
    classification.precision_of_axes,
    texts.own_language,
    texts.blocks,
    texts.options,
    texts.items,
    texts.different_items,
    texts.different_actions,
    texts.bands,
    texts.lists,
    styles.blocks,
    styles.match,
    styles.lists,
    wording.placeholders,
    wording.lengths,
    wording.characters,
    wording.curly_quotes,
    translations.source_has_none,
    translations.same_hints,
    translations.stale,
)
"""Everything that is checked, in the order in which a reader of the format would ask."""


RELIES_ON: Mapping[Check, frozenset[str]] = {
    items.item_options: frozenset({"options"}),
    items.option_sets: frozenset({"items", "options"}),
    items.item_settings: frozenset({"items", "scales"}),
    scales.scale_members: frozenset({"items"}),
    scales.scored_items: frozenset({"items"}),
    scales.minimum_answered: frozenset({"items"}),
    scales.precision: frozenset({"items", "perspectives", "precision", "scales"}),
    forms.perspectives: frozenset({"items"}),
    forms.unasked_items: frozenset({"items", "perspectives"}),
    forms.short_forms: frozenset({"items", "scales"}),
    forms.short_forms_of_perspectives: frozenset({"items", "perspectives"}),
    forms.pages: frozenset({"items", "pages"}),
    situations.scoring_fits: frozenset({"items", "scales"}),
    situations.counts: frozenset({"items", "perspectives"}),
    classification.axes: frozenset({"items", "scales"}),
    classification.cuts: frozenset({"scales"}),
    classification.wishes: frozenset({"items", "options"}),
    classification.precision_of_axes: frozenset({"items", "perspectives", "precision", "scales"}),
    texts.options: frozenset({"options"}),
    texts.items: frozenset({"items", "perspectives"}),
    texts.bands: frozenset({"scales"}),
}
"""Blocks that a check takes names from: it waits until they are sound (`Draft.sound`), for until then it
would only repeat in other words what is wrong there. (`texts.blocks` looks block by block.)"""


def check_folder(folder: Path) -> tuple[Problem, ...]:
    """All problems of a questionnaire folder: `questionnaire.yaml` first, then the languages, by line.

    Empty when the folder can be used. Raises nothing: what cannot be read is a problem too.
    """
    return check_draft(open_draft(folder))


def check_draft(draft: Draft) -> tuple[Problem, ...]:
    """As `check_folder`, for a folder that has been opened."""
    found = set(draft.unreadable)
    if draft.structure:
        for check in CHECKS if draft.structure.kind == "mapping" else (_shape,):
            if RELIES_ON.get(check, frozenset()) <= draft.sound:
                found.update(check(draft))
    return tuple(sorted(found, key=lambda p: (Path(p.file).name != STRUCTURE, p.file, p.line, p.what)))
