"""Submitted sheets of a wave as matrices, for figures about all of them together.

They do not leave this room.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assess.answering.timing import timing
from assess.campaigns.definitions import definition_of, form_of
from assess.disclosure.thresholds import DEFAULT_GROUP
from assess.evidence.pools import different, least_of
from assess.rights import Pool
from assess.scoring.form import Form, shuffled_form
from assess.scoring.precision import Floats
from assess.scoring.tally import Answers
from assess.store.queries import Queries
from questionnaires.definition import Definition, LanguageId, PerspectiveId


@dataclass(frozen=True)
class SheetKey:
    """Whose sheet, about whom; the seed of its order of pages; the language that it was submitted in."""

    id: str
    respondent_id: str
    subject_id: str
    position: int
    order_seed: int | None
    language: LanguageId | None


@dataclass(frozen=True)
class Sheets:
    """Sheets of one form in one wave. `answers`: uint8, rows as `form.scored_item_ids`, columns as `keys`;
    `per_answer`: seconds for each answer (float64, NaN = not known)."""

    definition: Definition
    form: Form
    keys: tuple[SheetKey, ...]
    answers: Answers
    per_answer: Floats
    least: int = DEFAULT_GROUP
    """How many people figures of the wave must rest on."""

    @property
    def made_of(self) -> str:
        """A fingerprint of which sheets these are."""
        return hashlib.sha256(" ".join(sorted(key.id for key in self.keys)).encode()).hexdigest()

    @property
    def ratings(self) -> Answers:
        """The rows of `form.items`."""
        return np.ascontiguousarray(self.answers[: len(self.form.items)])

    @property
    def seconds(self) -> Floats:
        """The whole sheet's time: that of an answer times all answers."""
        return np.asarray(self.per_answer * np.count_nonzero(self.answers, axis=0), np.float64)

    @property
    def asked(self) -> npt.NDArray[np.intp] | None:
        """Rows in the order in which each person was asked; None where all had the same order."""
        if not self.form.shuffled:
            return None
        rows = {item_id: row for row, item_id in enumerate(self.form.scored_item_ids)}
        orders = [
            [
                rows[item_id]
                for item_id in (
                    self.form if key.order_seed is None else shuffled_form(self.form, key.order_seed)
                ).item_ids
                if item_id in rows
            ]
            for key in self.keys
        ]
        return np.array(orders, np.intp).T

    def pool(self, organisation_id: str, *, wave_closed: bool) -> Pool:
        return Pool(
            privacy=self.definition.questionnaire.privacy_of(self.form.perspective),
            perspective=self.form.perspective,
            organisation_id=organisation_id,
            sheets=len(self.keys),
            respondents=different(key.respondent_id for key in self.keys),
            subjects=different(key.subject_id for key in self.keys),
            wave_closed=wave_closed,
            least=self.least,
        )


def load_sheets(
    q: Queries, wave_id: str, content_hash: str, perspective: PerspectiveId, short_form: str | None
) -> Sheets:
    """All submitted sheets of one form. Raises `NotFound`, and `form.UnknownForm`."""
    definition = definition_of(q, content_hash)
    form = form_of(content_hash, definition, perspective, short_form)
    where = {"wave_id": wave_id, "content_hash": content_hash, "perspective": perspective}
    keys = tuple(
        SheetKey(
            row["id"],
            row["respondent_id"],
            row["subject_id"],
            row["position"],
            row["order_seed"],
            row["language"],
        )
        for row in q.submitted_sheets(**where)
        if row["short_form"] == short_form
    )
    column = {key.id: place for place, key in enumerate(keys)}
    rows = {item_id: place for place, item_id in enumerate(form.scored_item_ids)}
    found = [row for row in q.submitted_answers(**where) if row["sheet_id"] in column]
    scored = [row for row in found if row["item_id"] in rows]
    answers = np.zeros((len(rows), len(keys)), np.uint8)
    answers[[rows[row["item_id"]] for row in scored], [column[row["sheet_id"]] for row in scored]] = [
        row["position"] for row in scored
    ]
    sheet_of = np.array([column[row["sheet_id"]] for row in found], np.intp)
    times = timing(sheet_of, [row["saved_at"] for row in found], len(keys))
    return Sheets(definition, form, keys, answers, times.per_answer, least_of(q, wave_id))
