"""Where on the scale it measures well: the graded response model, from 300 sheets on."""

from __future__ import annotations

import numpy as np

from assess.measurement.grm import GradedModel
from assess.measurement.information import marginal_reliability, standard_error
from assess.measurement.irt_calibration import LEAST_SHEETS
from assess.scoring.form import ScaleKey
from reports.manual.apart import from_a_file_only
from reports.manual.blocks import (
    Block,
    Column,
    Curve,
    Curves,
    Heading,
    Paragraph,
    Remark,
    Row,
    Table,
    Waiting,
)
from reports.manual.evidence import GroupEvidence
from reports.manual.sayings import Manual

PLACES = (-2.0, -1.0, 0.0, 1.0, 2.0)
REACH = 3.0
ACCEPTABLE = 0.55
"""Up to this standard error at least 70 % of the variance at that place is true (1 − 0.55² = 0.70)."""


def along_the_scale(manual: Manual, groups: tuple[GroupEvidence, ...]) -> list[Block]:
    """Curves and a table for each group that is large enough; else what it waits for."""
    words = manual.words
    calibrated = [
        (group, [(scale, model) for scale, model in group.models if model.reason is None]) for group in groups
    ]
    calibrated = [(group, models) for group, models in calibrated if models]
    if not calibrated and manual.evidence.is_kept:
        return [from_a_file_only(manual)]
    if not calibrated:
        return [
            Waiting(
                text=words.say(
                    "Whether low, middle or high scores are measured best cannot be said yet. That takes a "
                    "model of the single answers (Samejima’s graded response model)."
                ),
                needs=words.say("Waits for: {least} sheets of one perspective.", least=str(LEAST_SHEETS)),
            )
        ]
    blocks: list[Block] = [
        Paragraph(
            text=words.say(
                "Samejima’s graded response model, by marginal maximum likelihood. 0 is the mean of these "
                "people and 1 their SD. Scales that are made of others are left out, as the model supposes "
                "one dimension. It describes the measurement and changes nobody’s score."
            )
        )
    ]
    for group, models in calibrated:
        blocks += [
            Heading(text=manual.group(group), level=3),
            Curves(
                charts=tuple(_curve(manual, scale, model) for scale, model in models),
                caption=words.say(
                    "Standard error by place on the scale, from three SDs below the mean to three above. "
                    "Low is good."
                ),
            ),
            _table(manual, models),
            *_left_out(manual, group),
        ]
    return blocks


def _curve(manual: Manual, scale: ScaleKey, model: GradedModel) -> Curve:
    words = manual.words
    grid = np.linspace(-REACH, REACH, 61)
    errors = standard_error(model, grid)
    best = float(grid[int(np.argmin(errors))])
    name = words.scale_name(scale.id)
    where = (
        words.say("{scale}: measured best below the mean", scale=name)
        if best < -0.5
        else words.say("{scale}: measured best above the mean", scale=name)
        if best > 0.5
        else words.say("{scale}: measured best around the mean", scale=name)
    )
    return Curve(
        name=name,
        finding=where,
        points=tuple(zip(grid.tolist(), errors.tolist(), strict=True)),
        across=words.say("SD from the mean"),
        ticks=tuple((float(place), words.whole(float(place))) for place in range(-3, 4)),
        highest=1.0,
        levels=tuple((level, words.whole(level)) for level in (0.0, 0.5, 1.0)),
    )


def _table(manual: Manual, models: list[tuple[ScaleKey, GradedModel]]) -> Table:
    words = manual.words
    rows = []
    for scale, model in models:
        errors = standard_error(model, np.array(PLACES)).tolist()
        rows.append(
            Row(
                head=words.scale_name(scale.id),
                cells=(
                    manual.whole(model.n),
                    *(words.two(error) for error in errors),
                    words.two(marginal_reliability(model)),
                ),
            )
        )
    return Table(
        title="",
        columns=(
            Column(label=words.say("Scale")),
            Column(label="n", kind="number", width=16),
            *(Column(label=f"{words.whole(place)} SD", kind="number", width=18) for place in PLACES),
            Column(label=words.say("Marginal reliability"), kind="number", width=24),
        ),
        rows=tuple(rows),
        note=words.say(
            "Standard error in SDs at five places. Up to {error} at least 70 of 100 parts of the "
            "differences there are true.",
            error=words.two(ACCEPTABLE),
        ),
        small=True,
    )


def _left_out(manual: Manual, group: GroupEvidence) -> list[Block]:
    """Scales without a model, and items about which the model warns."""
    words = manual.words
    lines = [
        f"{words.scale_name(scale.id)}: {manual.missing(model.reason)}."
        for scale, model in group.models
        if model.reason is not None
    ]
    cautions = {
        "merged-categories": words.say("answers that fewer than ten chose were taken together"),
        "negative-slope": words.say("runs against its scale"),
        "steep-slope": words.say("nearly the same as another item"),
    }
    for scale, model in group.models:
        for item in model.items:
            named = [cautions[caution] for caution in item.cautions if caution != "merged-categories"]
            if named:
                lines.append(f"{words.scale_name(scale.id)}, {item.id}: {'; '.join(named)}.")
    merged = sum("merged-categories" in item.cautions for _, model in group.models for item in model.items)
    if merged:
        lines.append(
            words.count(
                "In {number} item, {what}.",
                "In {number} items, {what}.",
                merged,
                what=cautions["merged-categories"],
            )
        )
    return [Remark(title=words.say("To be kept in mind"), lines=tuple(lines))] if lines else []
