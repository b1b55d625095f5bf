"""From a person's answers to a profile. One person is a crowd of one: there is a single way through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from assess.scoring.form import Form, make_form
from assess.scoring.kinds import scoring_of
from assess.scoring.precision import record_in_force
from assess.scoring.results import ENGINE_VERSION, Given, PrecisionRecord, Profile, Scored
from assess.scoring.tally import Answers, BadAnswers
from questionnaires.definition import (
    ChoiceItem,
    Definition,
    Item,
    PerspectiveId,
    Questionnaire,
    RatingItem,
    SituationItem,
    TextItem,
    content_hash,
)


def make_profile(
    definition: Definition,
    perspective: PerspectiveId,
    answers: Mapping[str, Given],
    *,
    short_form: str | None = None,
    record: PrecisionRecord | None = None,
    digest: str | None = None,
) -> Profile:
    """The profile of one answer sheet. `answers` by item id: position 1…m, 0 or None or absent = missing.

    `digest` is the content hash under which the definition is stored: a wave keeps its own, however a
    later version would encode the same definition. Without it the hash is worked out.
    Raises `form.UnknownForm`, `kinds.UnknownScoringKind`, and `tally.BadAnswers` for an item that the
    form does not ask or an answer that is no option of its item.
    """
    return make_profiles(
        definition, perspective, [answers], short_form=short_form, record=record, digest=digest
    )[0]


def make_profiles(
    definition: Definition,
    perspective: PerspectiveId,
    sheets: Sequence[Mapping[str, Given]],
    *,
    short_form: str | None = None,
    record: PrecisionRecord | None = None,
    digest: str | None = None,
) -> tuple[Profile, ...]:
    """The profiles of many answer sheets to one form; each is what `make_profile` gives for it alone."""
    questionnaire = definition.questionnaire
    form = make_form(questionnaire, perspective, short_form)
    in_force = record_in_force(questionnaire, perspective, record)
    matrix = answer_matrix(questionnaire, form, sheets)
    results = score_results(questionnaire, form, matrix, in_force)
    definition_hash = content_hash(definition) if digest is None else digest
    return tuple(
        Profile(
            questionnaire_id=questionnaire.id,
            questionnaire_version=questionnaire.version,
            content_hash=definition_hash,
            engine_version=ENGINE_VERSION,
            record=in_force,
            perspective=perspective,
            short_form=short_form,
            interval=questionnaire.interval,
            scales=scored.scales,
            classification=scored.classification,
            given={item_id: sheet.get(item_id) for item_id in form.item_ids},
            styles=scored.styles,
        )
        for sheet, scored in zip(sheets, results, strict=True)
    )


def answer_matrix(questionnaire: Questionnaire, form: Form, sheets: Sequence[Mapping[str, Given]]) -> Answers:
    """The item-major matrix (`form.scored_item_ids` × sheets) of checked answers. Raises `BadAnswers`."""
    asked = {item.id: item for item in questionnaire.items if item.id in frozenset(form.item_ids)}
    for number, sheet in enumerate(sheets, start=1):
        for item_id, given in sheet.items():
            if item_id not in asked:
                raise BadAnswers(
                    f"respondent number {number} has an answer to {item_id}, which is not asked here"
                )
            if given is not None and not _is_option(questionnaire, asked[item_id], given):
                raise BadAnswers(f"respondent number {number} has an answer to {item_id} that is no option")
    matrix = np.zeros((len(form.scored_item_ids), len(sheets)), np.uint8)
    for row, item_id in enumerate(form.scored_item_ids):
        matrix[row] = [sheet.get(item_id) or 0 for sheet in sheets]
    return matrix


def _is_option(questionnaire: Questionnaire, item: Item, given: int | str) -> bool:
    if isinstance(item, TextItem):
        return isinstance(given, str) and len(given) <= item.max_length
    return type(given) is int and 0 <= given <= positions_of(questionnaire, item)


def positions_of(questionnaire: Questionnaire, item: Item) -> int:
    """How many positions an item has; 0 for a text."""
    if isinstance(item, TextItem):
        return 0
    if isinstance(item, RatingItem | ChoiceItem):
        return questionnaire.options[item.options].size
    return len(item.actions) if isinstance(item, SituationItem) else 11


def score_results(
    questionnaire: Questionnaire, form: Form, matrix: Answers, record: PrecisionRecord
) -> Iterable[Scored]:
    """What is worked out for each column of an answer matrix (rows as `form.scored_item_ids`), in order.

    Raises `kinds.UnknownScoringKind` and `tally.BadAnswers`, before the first result.
    """
    return scoring_of(questionnaire)(questionnaire, form, matrix, record)
