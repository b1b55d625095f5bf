"""The respondents of a wave as columns: one person, one column, whatever the number of job areas.

A person with several job areas counts once, with the mean over the areas. Whoever lacks one of the figures is
left out of all of them, so that all figures of a group are about the same people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

import numpy as np
import numpy.typing as npt

from assess.campaigns.definitions import definition_of, form_of
from assess.releases.figures import Measure, scale_measure
from assess.scoring.classification import classify
from assess.scoring.form import Form
from assess.scoring.precision import Floats
from assess.scoring.rating_scales import score
from assess.scoring.results import PrecisionRecord
from assess.scoring.situations import STYLES, score_situations
from assess.scoring.tally import Answers
from assess.store.queries import Queries
from questionnaires.definition import Definition, PerspectiveId, Situations, TextItem

BLOCK = 2_000
"""Sheets that are in memory at once."""


@dataclass(frozen=True)
class Respondents:
    """Everybody who counts. `values`: measures × people, none missing; `levels`: level ids × people, or None
    where some have no level. `texts`: question → (column, text) of confidential questionnaires.

    `item_sums`, `item_counts`: items of `form` × people, keyed values over the job areas and how many there
    were: what agreement is worked out from.
    """

    form: Form
    measures: tuple[Measure, ...]
    people: tuple[str, ...]
    unit_ids: tuple[str, ...]
    values: Floats
    level_ids: tuple[str, ...]
    levels: Floats | None
    texts: dict[str, tuple[tuple[int, str], ...]]
    item_sums: npt.NDArray[np.int32]
    item_counts: npt.NDArray[np.uint8]


@dataclass
class _Gathered:
    """Sums over the sheets of each person, and how many sheets had a figure."""

    sums: Floats
    counts: Floats
    level_sums: Floats
    level_counts: Floats
    item_sums: npt.NDArray[np.int32]
    item_counts: npt.NDArray[np.uint8]
    texts: dict[str, list[tuple[int, str]]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Wanted:
    content_hash: str
    definition: Definition
    perspective: PerspectiveId
    form: Form
    record: PrecisionRecord
    measures: tuple[Measure, ...]
    level_ids: tuple[str, ...]
    text_items: frozenset[str]

    @property
    def rows(self) -> dict[str, int]:
        return {measure.id: row for row, measure in enumerate(self.measures)}

    @cached_property
    def item_rows(self) -> dict[str, int]:
        return {item.id: row for row, item in enumerate(self.form.items)}


def load_respondents(
    q: Queries, wave_id: str, content_hash: str, perspective: PerspectiveId, record: PrecisionRecord
) -> Respondents:
    """Everybody who has submitted and can be placed in a unit. `record`: the precision in force."""
    definition = definition_of(q, content_hash)
    form = form_of(content_hash, definition, perspective, None)
    wanted = _Wanted(
        content_hash,
        definition,
        perspective,
        form,
        record,
        measures_of(definition, form, record),
        _level_ids(definition),
        _text_items(definition, perspective),
    )
    where = {"wave_id": wave_id, "content_hash": content_hash, "perspective": perspective}
    sheets = q.release_sheets(**where)
    unit_of: dict[str, str] = {}
    for row in sheets:
        unit_of.setdefault(row["respondent_id"], row["unit_id"])
    people = tuple(unit_of)
    column = {person: place for place, person in enumerate(people)}
    gathered = _Gathered(
        np.zeros((len(wanted.measures), len(people))),
        np.zeros((len(wanted.measures), len(people))),
        np.zeros((len(wanted.level_ids), len(people))),
        np.zeros(len(people)),
        np.zeros((len(form.items), len(people)), np.int32),
        np.zeros((len(form.items), len(people)), np.uint8),
    )
    for block in _blocks(sheets):
        answers = q.release_answers(**where, first=block[0]["respondent_id"], last=block[-1]["respondent_id"])
        _take(wanted, block, answers, column, gathered)
    return _complete(wanted, people, unit_of, gathered)


def measures_of(definition: Definition, form: Form, record: PrecisionRecord) -> tuple[Measure, ...]:
    """What is averaged: every scale, or the shares of the four styles."""
    if isinstance(definition.questionnaire.scoring, Situations):
        return tuple(
            Measure(id=style, kind="share", lo=0.0, hi=1.0, choices=len(form.situations)) for style in STYLES
        )
    return tuple(
        scale_measure(scale.id, scale.lo, scale.hi, record.values.get(scale.id)) for scale in form.scales
    )


def _level_ids(definition: Definition) -> tuple[str, ...]:
    classification = definition.questionnaire.classification
    return () if classification is None else tuple(sorted(classification.levels))


def _text_items(definition: Definition, perspective: PerspectiveId) -> frozenset[str]:
    questionnaire = definition.questionnaire
    if questionnaire.privacy_of(perspective) != "confidential":
        return frozenset()
    return frozenset(item.id for item in questionnaire.items if isinstance(item, TextItem))


def _blocks(sheets: Sequence[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    """Sheets in blocks that never part one person's."""
    rows = iter(sheets)
    carried: list[dict[str, str]] = []
    while block := carried + list(islice(rows, BLOCK)):
        carried = []
        following = next(rows, None)
        while following is not None and following["respondent_id"] == block[-1]["respondent_id"]:
            block.append(following)
            following = next(rows, None)
        if following is not None:
            carried = [following]
        yield block


def _take(
    wanted: _Wanted,
    sheets: Sequence[dict[str, str]],
    answers: Sequence[dict[str, object]],
    column: dict[str, int],
    gathered: _Gathered,
) -> None:
    place = {row["id"]: number for number, row in enumerate(sheets)}
    columns = np.array([column[row["respondent_id"]] for row in sheets], np.intp)
    for short_form in {row["short_form"] for row in sheets}:
        form = form_of(wanted.content_hash, wanted.definition, wanted.perspective, short_form)
        chosen = [number for number, row in enumerate(sheets) if row["short_form"] == short_form]
        matrix = _matrix(form, answers, place, len(sheets))[:, chosen]
        _add_scores(wanted, form, np.ascontiguousarray(matrix), columns[chosen], gathered)
        _add_items(wanted, form, matrix, columns[chosen], gathered)
    for row in answers:
        text = row["text"]
        if row["item_id"] in wanted.text_items and isinstance(text, str) and text.strip():
            number = int(columns[place[str(row["sheet_id"])]])
            gathered.texts.setdefault(str(row["item_id"]), []).append((number, text.strip()))


def _matrix(form: Form, answers: Sequence[dict[str, object]], place: dict[str, int], count: int) -> Answers:
    rows = {item_id: row for row, item_id in enumerate(form.scored_item_ids)}
    found = [
        (rows[str(row["item_id"])], place[str(row["sheet_id"])], row["position"])
        for row in answers
        if row["position"] is not None and row["item_id"] in rows and row["sheet_id"] in place
    ]
    matrix = np.zeros((len(rows), count), np.uint8)
    if found:
        where = np.array(found, np.intp)
        matrix[where[:, 0], where[:, 1]] = where[:, 2]
    return matrix


def _add_scores(
    wanted: _Wanted, form: Form, matrix: Answers, columns: np.ndarray, gathered: _Gathered
) -> None:
    scoring = wanted.definition.questionnaire.scoring
    classification = wanted.definition.questionnaire.classification
    if isinstance(scoring, Situations):
        styles = score_situations(scoring, form, matrix)
        shares = styles.counts / np.maximum(styles.answered, 1)
        _add(gathered.sums, gathered.counts, range(len(STYLES)), columns, shares, styles.enough)
        return
    ratings = np.ascontiguousarray(matrix[: len(form.items)])
    scores = score(form, ratings, wanted.record.values)
    rows = [wanted.rows[scale.id] for scale in form.scales]
    for row, values in zip(rows, scores.score, strict=True):
        known = ~np.isnan(values)
        _add(gathered.sums, gathered.counts, [row], columns, values[None, :], known)
    levels = None if classification is None else classify(classification, form, scores)
    if levels is not None:
        order = [wanted.level_ids.index(level) for level in levels.level_ids]
        known = ~np.isnan(levels.probability).any(axis=0)
        np.add.at(gathered.level_counts, columns[known], 1)
        for row, values in zip(order, levels.probability, strict=True):
            np.add.at(gathered.level_sums[row], columns[known], values[known])


def _add_items(
    wanted: _Wanted, form: Form, matrix: Answers, columns: np.ndarray, gathered: _Gathered
) -> None:
    for item, positions in zip(form.items, matrix, strict=False):  # situations stand behind the items
        row, given = wanted.item_rows[item.id], positions > 0
        keyed = np.array(item.keyed, np.int32)[positions[given] - 1]
        np.add.at(gathered.item_sums[row], columns[given], keyed)
        np.add.at(gathered.item_counts[row], columns[given], 1)


def _add(
    sums: Floats,
    counts: Floats,
    rows: Sequence[int] | range,
    columns: np.ndarray,
    values: Floats,
    known: np.ndarray,
) -> None:
    for row, line in zip(rows, values, strict=True):
        np.add.at(sums[row], columns[known], line[known])
        np.add.at(counts[row], columns[known], 1)


def _complete(
    wanted: _Wanted, people: Sequence[str], unit_of: dict[str, str], gathered: _Gathered
) -> Respondents:
    """Only those who have every figure, with the mean over their job areas."""
    kept = np.flatnonzero((gathered.counts > 0).all(axis=0)) if people else np.array([], np.intp)
    values = gathered.sums[:, kept] / gathered.counts[:, kept]
    levels = None
    if wanted.level_ids and len(kept) and (gathered.level_counts[kept] > 0).all():
        levels = gathered.level_sums[:, kept] / gathered.level_counts[kept]
    new_column = {int(old): new for new, old in enumerate(kept)}
    texts = {
        item_id: tuple((new_column[old], text) for old, text in found if old in new_column)
        for item_id, found in gathered.texts.items()
    }
    names = tuple(people[number] for number in kept)
    return Respondents(
        form=wanted.form,
        measures=wanted.measures,
        people=names,
        unit_ids=tuple(unit_of[name] for name in names),
        values=values,
        level_ids=wanted.level_ids,
        levels=levels,
        texts=texts,
        item_sums=gathered.item_sums[:, kept],
        item_counts=gathered.item_counts[:, kept],
    )
