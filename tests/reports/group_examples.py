"""A published group of the library's questionnaires, made by the functions that make releases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

import msgspec
import numpy as np
from manual_examples import job_maturity, leadership_style

from assess.releases.agreement import CellIcc
from assess.releases.figures import Comments, GroupFigures, level_shares, measure_figure, trend
from assess.releases.making import About
from assess.releases.reading import ReleasedUnit, ReleaseEntry, ReleaseView
from assess.releases.respondents import measures_of
from assess.scoring.form import make_form
from assess.scoring.precision import record_in_force
from questionnaires.definition import Definition
from reports.group import GroupView, group_view

__all__ = ["group", "job_maturity", "leadership_style", "viewed"]


def group(
    definition: Definition,
    people: int = 14,
    *,
    names: tuple[str, ...] = ("Butik Nord",),
    unit: str = "Butik Nord",
    comments: tuple[str, ...] = (),
    earlier: bool = False,
    merged: int = 0,
    whole: bool = True,
    agreement: Mapping[str, float] | None = None,
    icc: Mapping[str, CellIcc] | None = None,
    moved: tuple[bool | None, int | None, int | None] = (None, None, None),
) -> ReleaseView:
    """A group of so many people. The first measure is one on which nearly all agree.

    `agreement`: by scale; `icc`: of all groups; `moved`: same people, came, left since the `earlier` one.
    """
    questionnaire = definition.questionnaire
    form = make_form(questionnaire, "self")
    record = record_in_force(questionnaire, "self", None)
    measures = measures_of(definition, form, record)
    random = np.random.default_rng(people)
    many = people >= 10
    figures = []
    for place, measure in enumerate(measures):
        width = measure.hi - measure.lo
        values = np.clip(
            random.normal(measure.lo + 0.45 * width, 0.18 * width, people), measure.lo, measure.hi
        )
        if not place:
            values = np.full(people, measure.lo + 0.6 * width)
        now = measure_figure(measure, values, questionnaire.interval, with_spread=many)
        if earlier:
            then = measure_figure(measure, values - 0.1 * width * (place % 3), 0.9, with_spread=many)
            change = trend(measure, now, then, (people, people), people, 0.9)
            same, came, left = moved
            change = change and msgspec.structs.replace(change, same_people=same, came=came, left=left)
            now = msgspec.structs.replace(now, trend=change)
        now = msgspec.structs.replace(now, agreement=(agreement or {}).get(measure.id))
        figures.append(now)
    levels = None
    if many and questionnaire.classification is not None:
        probability = random.dirichlet([2, 3, 4, 1], people).T
        levels = level_shares(sorted(questionnaire.classification.levels), probability)
    ids = tuple(f"u{number}" for number in range(len(names)))
    return ReleaseView(
        release=ReleaseEntry(
            id="r",
            wave_id="w",
            definition=definition,
            perspective="self",
            version=1,
            made_at=datetime(2026, 11, 23, 12, tzinfo=UTC),
            about=About(
                wave_name="Efterår 2026",
                least=5,
                many=10,
                people=people,
                merged=merged,
                seed=1,
                icc=None if icc is None else dict(icc),
            ),
            units=(),
        ),
        unit=ReleasedUnit("u0", unit, ("Rugbrød & Co.", "Øst", unit), 2),
        figures=GroupFigures(
            unit_id="u0",
            unit_ids=ids,
            cells=(0,),
            people=people,
            whole=whole,
            own=len(names) == 1,
            measures=tuple(figures),
            levels=levels,
            comments=(Comments(item_id="x", texts=comments),) if comments else None,
            has_distribution=many,
            compared_with="before" if earlier else None,
        ),
        names=dict(zip(ids, names, strict=True)),
        compared_wave="Efterår 2025" if earlier else None,
    )


def viewed(found: ReleaseView, language: str = "en") -> GroupView:
    return group_view(
        found,
        language=language,  # type: ignore[arg-type]
        today=date(2026, 11, 23),
        organisation="Rugbrød & Co.",
    )
