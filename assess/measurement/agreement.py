"""How far raters of the same people agree, from the answers of several perspectives: the figures of `icc`,
`kappa`, `krippendorff`, `grouped` and `within_group` for every item and scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
import numpy.typing as npt

from assess.measurement.grouped import GroupedIcc, grouped_icc
from assess.measurement.icc import IntraclassCorrelations, intraclass
from assess.measurement.kappa import TwoRaters, two_raters
from assess.measurement.krippendorff import KrippendorffAlpha, krippendorff_alpha
from assess.measurement.within_group import WithinGroup, within_groups
from assess.scoring.form import Form, ScaleKey
from assess.scoring.precision import Floats
from assess.scoring.rating_scales import score
from assess.scoring.result import Result
from assess.scoring.situations import STYLES
from assess.scoring.tally import Answers
from questionnaires.definition import PerspectiveId

SEED = 2026


class ItemAgreement(Result, frozen=True):
    """Two perspectives on one item: kappas, and Krippendorff's alpha for ordered options."""

    id: str
    raters: TwoRaters
    alpha: KrippendorffAlpha


class ScaleAgreement(Result, frozen=True):
    """Two perspectives on the scores of one scale. The raters of the table are the perspectives, in order:
    (2,1) asks whether they give the same score, (3,1) whether they rank people alike."""

    id: str
    icc: IntraclassCorrelations


class PairAgreement(Result, frozen=True):
    """`pairs` people and job areas with a sheet of both perspectives. `reason`: "group-too-small" for
    confidential sheets: nothing is told, not even how many there are."""

    first: PerspectiveId
    second: PerspectiveId
    first_form: str | None
    second_form: str | None
    pairs: int | None
    items: tuple[ItemAgreement, ...]
    scales: tuple[ScaleAgreement, ...]
    reason: str | None


class ScaleOfGroups(Result, frozen=True):
    """One scale over all groups of raters: what of the variation lies between the subjects (`icc`), and
    Krippendorff's alpha of the scores, its units the subjects."""

    id: str
    icc: GroupedIcc
    alpha: KrippendorffAlpha


class ScaleInGroup(Result, frozen=True):
    """Agreement of one group on one scale. `within` is None with a `reason`: "group-too-small" (confidential,
    and some item has fewer answers than a group), "options-differ" (its items have different options),
    "options-uneven" (unequal steps between them, so that there are no random answers to compare with)."""

    id: str
    within: WithinGroup | None
    reason: str | None


class RaterGroupAgreement(Result, frozen=True):
    """The raters of one subject (in a job area). `styles`: of a questionnaire of situations, how alike they
    choose over the situations, nominal; with `scales` empty."""

    subject: str
    job_area: str
    raters: int
    scales: tuple[ScaleInGroup, ...]
    styles: KrippendorffAlpha | None


class RaterGroups(Result, frozen=True):
    """All sheets of one perspective on subjects with at least `least` of them. `reason`: "no-groups"."""

    perspective: PerspectiveId
    short_form: str | None
    least: int
    scales: tuple[ScaleOfGroups, ...]
    groups: tuple[RaterGroupAgreement, ...]
    reason: str | None


class Agreement(Result, frozen=True):
    """What `assess agreement` tells of an answers file."""

    questionnaire: str
    version: str
    pairs: tuple[PairAgreement, ...]
    groups: tuple[RaterGroups, ...]


@dataclass(frozen=True)
class Sheets:
    """The sheets of one form: `matrix` as scoring takes it, `subjects` and `job_areas` one for each sheet."""

    form: Form
    matrix: Answers
    subjects: Sequence[str]
    job_areas: Sequence[str]


def pair_agreement(first: Sheets, second: Sheets, least: int = 1, seed: int = SEED) -> PairAgreement:
    """Agreement of two perspectives on the same people, one sheet each: column n of both is the same person.

    Items and scales that both forms have. Fewer than `least` people: refused. Raises `ValueError` when the
    numbers of sheets differ.
    """
    pairs = first.matrix.shape[1]
    if second.matrix.shape[1] != pairs:
        raise ValueError("each sheet needs its counterpart")
    empty = PairAgreement(
        first=first.form.perspective,
        second=second.form.perspective,
        first_form=first.form.short_form,
        second_form=second.form.short_form,
        pairs=None,
        items=(),
        scales=(),
        reason="group-too-small",
    )
    if pairs < least:
        return empty
    other = {item.id: row for row, item in enumerate(second.form.items)}
    items = tuple(
        _item(item.id, first.matrix[row], second.matrix[other[item.id]], len(item.values), seed)
        for row, item in enumerate(first.form.items)
        if item.id in other
    )
    own, theirs = _scores(first), _scores(second)
    scales = tuple(
        ScaleAgreement(id=name, icc=intraclass(np.stack([own[name], theirs[name]], axis=1)))
        for name in own
        if name in theirs
    )
    return msgspec.structs.replace(empty, pairs=pairs, items=items, scales=scales, reason=None)


def rater_groups(sheets: Sheets, least: int, *, confidential: bool, seed: int = SEED) -> RaterGroups:
    """Agreement of the raters of each subject and job area that has at least `least` sheets.

    Sheets without a subject belong to no group. Of confidential sheets a scale is told of a group only where
    at least `least` answered each of its items. Groups stand in the order in which they first appear.
    """
    about = list(zip(sheets.subjects, sheets.job_areas, strict=True))
    number = {key: place for place, key in enumerate(dict.fromkeys(key for key in about if key[0]))}
    place = np.array([number.get(key, -1) for key in about], np.int64)
    sizes = np.bincount(place[place >= 0], minlength=len(number))
    shown = np.flatnonzero(sizes >= least)
    kept = np.isin(place, shown)
    keys = list(number)
    table, place = np.ascontiguousarray(sheets.matrix[:, kept]), place[kept]
    together = Sheets(sheets.form, table, (), ())
    values = keyed_values(sheets.form, table)
    within = {
        scale.id: _within(sheets.form, scale, values, place, least if confidential else 0)
        for scale in sheets.form.scales
    }
    return RaterGroups(
        perspective=sheets.form.perspective,
        short_form=sheets.form.short_form,
        least=least,
        scales=tuple(
            ScaleOfGroups(
                id=name,
                icc=grouped_icc(scores, place),
                alpha=krippendorff_alpha(_by_unit(scores, place), "interval", seed=seed),
            )
            for name, scores in (_scores(together).items() if len(shown) else ())
        ),
        groups=tuple(
            RaterGroupAgreement(
                subject=keys[at][0],
                job_area=keys[at][1],
                raters=int(sizes[at]),
                scales=tuple(found[order] for found in within.values()),
                styles=_styles(sheets.form, table[:, place == at], seed),
            )
            for order, at in enumerate(shown.tolist())
        ),
        reason=None if len(shown) else "no-groups",
    )


def keyed_values(form: Form, matrix: Answers) -> Floats:
    """The value of every answer to a rated item, reverse keys turned, NaN = missing: items × sheets."""
    values = np.full((len(form.items), matrix.shape[1]), np.nan)
    for row, item in enumerate(form.items):
        values[row] = np.array([np.nan, *item.keyed])[matrix[row]]
    return values


def _scores(sheets: Sheets) -> dict[str, Floats]:
    if not sheets.form.scales:
        return {}
    rated = np.ascontiguousarray(sheets.matrix[: len(sheets.form.items)])
    scores = score(sheets.form, rated, {}).score
    return {scale.id: scores[row] for row, scale in enumerate(sheets.form.scales)}


def _item(
    name: str, first: npt.NDArray[np.uint8], second: npt.NDArray[np.uint8], options: int, seed: int
) -> ItemAgreement:
    both = np.stack([first, second]).astype(np.float64)
    both[both == 0] = np.nan
    return ItemAgreement(
        id=name,
        raters=two_raters(first, second, options),
        alpha=krippendorff_alpha(both, "ordinal", seed=seed),
    )


def _within(
    form: Form, scale: ScaleKey, values: Floats, place: npt.NDArray[np.int64], least: int
) -> tuple[ScaleInGroup, ...]:
    items = [form.items[row] for row in scale.rows]
    steps = np.unique(np.diff(sorted(items[0].values)))
    differ = any(sorted(item.values) != sorted(items[0].values) for item in items)
    if differ or len(steps) > 1:
        reason = "options-differ" if differ else "options-uneven"
        return (ScaleInGroup(id=scale.id, within=None, reason=reason),) * len(np.unique(place))
    found = within_groups(values[list(scale.rows)] / steps[0], place, len(items[0].values))
    answered = ~np.isnan(values[list(scale.rows)])
    fewest = [int(answered[:, place == group.group].sum(axis=1).min()) for group in found]
    return tuple(
        ScaleInGroup(id=scale.id, within=None, reason="group-too-small")
        if fewest[order] < least
        else ScaleInGroup(id=scale.id, within=msgspec.structs.replace(group, group=order), reason=None)
        for order, group in enumerate(found)
    )


def _by_unit(scores: Floats, place: npt.NDArray[np.int64]) -> Floats:
    """Scores as raters × subjects: the raters of a subject in any order, for nothing depends on it."""
    _, unit, counts = np.unique(place, return_inverse=True, return_counts=True)
    order = np.argsort(unit, kind="stable")
    within = np.arange(len(unit)) - np.repeat(counts.cumsum() - counts, counts)
    table = np.full((int(counts.max()), len(counts)), np.nan)
    table[within, unit[order]] = scores[order]
    return table


def _styles(form: Form, matrix: Answers, seed: int) -> KrippendorffAlpha | None:
    if not form.situations:
        return None
    chosen = np.full((len(form.situations), matrix.shape[1]), np.nan)
    for row, key in enumerate(form.situations):
        style_of = np.array([np.nan, *(float(STYLES.index(style)) for style in key.actions)])
        chosen[row] = style_of[matrix[len(form.items) + row]]
    return krippendorff_alpha(chosen.T, "nominal", seed=seed)
