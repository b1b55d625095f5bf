"""What a manual is made of: answers by perspective and form, and the figures worked out from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from assess.disclosure.thresholds import DEFAULT_GROUP, large_enough
from assess.measurement.grm import GradedModel
from assess.measurement.irt_calibration import calibrate
from assess.measurement.norms import NormTable, make_norms
from assess.measurement.reliability import SEED, reliability
from assess.measurement.response_quality import sheet_figures
from assess.measurement.response_quality_results import ResponseQuality
from assess.measurement.response_quality_summary import response_quality
from assess.measurement.results import Reliability
from assess.measurement.withholding import withhold
from assess.scoring.classification import Levels, classify
from assess.scoring.form import Form, ScaleKey
from assess.scoring.precision import Floats, provisional_record
from assess.scoring.rating_scales import ScaleScores, score
from assess.scoring.results import PrecisionRecord
from assess.scoring.situations import StyleScores, score_situations
from assess.scoring.tally import Answers
from questionnaires.definition import Definition, PerspectiveId, Questionnaire, Situations
from reports.manual.kept import Kept
from reports.manual.records import Records

LEAST_FOR_DISTRIBUTION = 10
"""Fewer people's answers are never shown option by option or score by score."""


@dataclass(frozen=True, eq=False)
class ManualGroup:
    """The sheets of one perspective and form.

    `answers`: uint8, item-major, rows as `form.scored_item_ids`, 0 = missing. `seconds`: float64, one for
    each sheet, NaN = not known. `subjects`: whom each sheet is about, "" = not said. `languages`: in which
    language each sheet was answered, "" = not known; empty where nothing is known of it at all.
    `respondents`: who answered each sheet, empty = not known. `kept`: figures in the place of answers, of
    which there are none then.
    """

    form: Form
    answers: Answers
    seconds: Floats
    subjects: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    respondents: tuple[str, ...] = ()
    kept: Kept | None = None

    @property
    def perspective(self) -> PerspectiveId:
        return self.form.perspective

    @property
    def n(self) -> int:
        return self.kept.sheets if self.kept else int(self.answers.shape[1])

    @property
    def people(self) -> int:
        """How many people the sheets come from or are about, whichever is known to be fewer.

        Direct reports' sheets have a subject in common and come from as many people as there are sheets;
        where the respondents are known, people are counted on both sides.
        """
        if self.kept:
            return self.kept.people
        if self.respondents:
            return min(len(set(self.respondents)), len(set(self.subjects)) or self.n)
        known = len(self.subjects) == self.n and all(self.subjects) and self.perspective != "direct-report"
        return len(set(self.subjects)) if known else self.n


@dataclass(frozen=True, eq=False)
class ManualPairs:
    """Own and manager's sheets of the same subjects and job areas: column i of both is about the same."""

    own: ManualGroup
    manager: ManualGroup


@dataclass(frozen=True, eq=False)
class GroupEvidence:
    """The figures of one group, each worked out when first asked for; None where it is not to be had."""

    questionnaire: Questionnaire
    group: ManualGroup
    least: int

    @property
    def form(self) -> Form:
        return self.group.form

    @cached_property
    def shown(self) -> bool:
        """Whether anything may be said of the group but that it is small."""
        return large_enough(self.group.people, self.least)

    @cached_property
    def distributed(self) -> bool:
        """Whether distributions may be shown."""
        return self.shown and self.group.people >= LEAST_FOR_DISTRIBUTION

    @cached_property
    def precision(self) -> PrecisionRecord:
        return provisional_record(self.questionnaire, self.group.perspective)

    @cached_property
    def scores(self) -> ScaleScores | None:
        """Of rating scales."""
        if not self.form.scales or self.group.kept:
            return None
        return score(self.form, self.group.answers[: len(self.form.items)], self.precision.values)

    @cached_property
    def styles(self) -> StyleScores | None:
        """Of situations."""
        rule = self.questionnaire.scoring
        if self.group.kept or not self.form.situations or not isinstance(rule, Situations):
            return None
        rows = np.ascontiguousarray(self.group.answers[len(self.form.items) :])
        return score_situations(rule, self.form, rows)

    @cached_property
    def levels(self) -> Levels | None:
        quadrants = self.questionnaire.classification
        return (
            None if quadrants is None or self.scores is None else classify(quadrants, self.form, self.scores)
        )

    @cached_property
    def reliability(self) -> Reliability | None:
        if not self.form.scales or not self.distributed:
            return None
        if self.group.kept is not None:
            return self.group.kept.reliability
        answers = np.ascontiguousarray(self.group.answers[: len(self.form.items)])
        return withhold(reliability(self.questionnaire, self.form, answers), LEAST_FOR_DISTRIBUTION)

    @cached_property
    def quality(self) -> ResponseQuality | None:
        if not self.distributed:
            return None
        if self.group.kept is not None:
            return self.group.kept.quality
        found = sheet_figures(self.form, self.group.answers, self.group.seconds)
        return response_quality(found, single_sheets=False)

    @cached_property
    def norms(self) -> tuple[tuple[ScaleKey, NormTable], ...]:
        """One table for each scale, also where it is refused; empty without scores or with few people."""
        if self.scores is None or not self.distributed:
            return ()
        return tuple(
            (scale, make_norms(self.scores.score[row], possible_scores(self.form, scale), seed=SEED))
            for row, scale in enumerate(self.form.scales)
            if len(possible_scores(self.form, scale)) > 1
        )

    @cached_property
    def models(self) -> tuple[tuple[ScaleKey, GradedModel], ...]:
        """The graded response model of each scale that is no domain, also where it is refused."""
        if not self.distributed or self.group.kept:
            return ()
        return tuple(
            (
                scale,
                calibrate([self.form.items[row] for row in scale.rows], self.group.answers[list(scale.rows)]),
            )
            for scale in self.form.scales
            if not scale.is_domain
        )

    def scale_scores(self, scale_id: str) -> Floats:
        """The scores of a scale that there are, without those that are missing."""
        row = self.form.scale_row(scale_id)
        if self.scores is None or row is None:
            return np.empty(0)
        scores = self.scores.score[row]
        found: Floats = scores[~np.isnan(scores)]
        return found

    def missing_by_item(self) -> Floats:
        """The share of sheets that lack each scored item."""
        if self.group.kept:
            return np.array([self.group.kept.missing.get(one, 0.0) for one in self.form.scored_item_ids])
        return np.asarray((self.group.answers == 0).mean(axis=1), np.float64)

    def missing_share(self) -> float:
        """The share of all answers to scored items that are missing or "can't say"."""
        if self.group.kept:
            return float(self.missing_by_item().mean()) if self.form.scored_item_ids else 0.0
        return float((self.group.answers == 0).mean()) if self.group.answers.size else 0.0

    def complete(self) -> int | None:
        """Sheets with an answer to every scored item; None where that was not kept."""
        if self.group.kept:
            return None
        return int((self.group.answers > 0).all(axis=0).sum())

    def minutes(self) -> tuple[float, float, float] | None:
        """Quartiles of the minutes used; None where fewer than ten sheets tell."""
        if self.group.kept:
            return self.group.kept.minutes
        known = self.group.seconds[np.isfinite(self.group.seconds)]
        if known.size < LEAST_FOR_DISTRIBUTION:
            return None
        low, middle, high = (np.quantile(known, (0.25, 0.5, 0.75)) / 60).tolist()
        return low, middle, high


@dataclass(frozen=True, eq=False)
class Evidence:
    """Everything that is known of a questionnaire from one set of answers."""

    definition: Definition
    groups: tuple[GroupEvidence, ...]
    pairs: ManualPairs | None
    digest: str
    least: int = DEFAULT_GROUP
    records: Records = field(default_factory=Records)

    @property
    def questionnaire(self) -> Questionnaire:
        return self.definition.questionnaire

    @property
    def measured(self) -> tuple[GroupEvidence, ...]:
        """The groups whose distributions and figures may be shown."""
        return tuple(group for group in self.groups if group.distributed)

    @property
    def is_situations(self) -> bool:
        return isinstance(self.questionnaire.scoring, Situations)

    @property
    def is_kept(self) -> bool:
        """Whether there are figures made before in the place of answers."""
        return any(group.group.kept for group in self.groups)

    @cached_property
    def paired(self) -> tuple[GroupEvidence, GroupEvidence] | None:
        """Own and manager's sheets of the same people, where there are enough of them."""
        if self.pairs is None:
            return None
        own, manager = (
            GroupEvidence(self.questionnaire, group, self.least)
            for group in (self.pairs.own, self.pairs.manager)
        )
        return (own, manager) if own.distributed and manager.distributed else None


def make_evidence(
    definition: Definition,
    groups: Sequence[ManualGroup],
    pairs: ManualPairs | None,
    digest: str,
    least: int = DEFAULT_GROUP,
    records: Records | None = None,
) -> Evidence:
    """Checks what was handed in. Raises `ValueError` for a group of another questionnaire."""
    for group in groups:
        if group.form.questionnaire_id != definition.questionnaire.id:
            raise ValueError(f"sheets of {group.form.questionnaire_id}, not of {definition.questionnaire.id}")
    found = tuple(GroupEvidence(definition.questionnaire, group, least) for group in groups if group.n)
    return Evidence(
        definition=definition,
        groups=found,
        pairs=pairs,
        digest=digest,
        least=least,
        records=records or Records(),
    )


def possible_scores(form: Form, scale: ScaleKey) -> Floats:
    """The scores that a sheet answered in full can have, ascending."""
    sums = np.zeros(1)
    for row in scale.rows:
        values = np.array(form.items[row].keyed, np.float64)
        sums = np.unique((sums[:, np.newaxis] + values).ravel())
    return sums / len(scale.rows)


def keyed_answers(form: Form, answers: Answers) -> Floats:
    """Keyed values of every scored item, float64, items × sheets; NaN = missing."""
    found = np.full((len(form.items), answers.shape[1]), np.nan)
    for row, item in enumerate(form.items):
        table = np.array([np.nan, *item.keyed])
        found[row] = table[answers[row]]
    return found
