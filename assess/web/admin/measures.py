"""How well does it measure here? The page of one perspective on one questionnaire in one wave."""

from __future__ import annotations

from typing import cast

from flask import render_template, request
from flask.typing import ResponseReturnValue

from assess.errors import NotFound
from assess.evidence.measure import measurement
from assess.evidence.pools import WavePool
from assess.evidence.precision import LEAST_FOR_PRECISION
from assess.evidence.results import Measurement
from assess.web import person
from assess.web.admin.advice import next_steps
from assess.web.admin.blueprint import blueprint
from assess.web.admin.measure_view import measure_view
from assess.web.admin.measured import pools_now, state
from assess.web.admin.naming import perspective_name
from assess.web.asks import asks
from assess.web.services import services
from questionnaires.definition import PerspectiveId


@blueprint.get("/measures/<wave_id>/<content_hash>/<perspective>")
@asks("see-measurement")
def measures(wave_id: str, content_hash: str, perspective: str) -> ResponseReturnValue:
    """First in words, then figure by figure, then what to do."""
    pool, made = measured(wave_id, content_hash, perspective)
    return render_template(
        "admin_measures.html",
        person=person.session(),
        pool=pool,
        perspective=perspective_name(pool.perspective),
        state=state(pool.wave),
        made=made,
        view=measure_view(pool.definition, made),
        steps=next_steps(made),
        needed=LEAST_FOR_PRECISION,
        publishable=pool.short_form is None and (made.sheets or 0) >= LEAST_FOR_PRECISION,
    )


def measured(wave_id: str, content_hash: str, perspective: str) -> tuple[WavePool, Measurement]:
    """What the address names, with `?form=` for a short form. Raises `NotFound` for what was not asked in a
    wave of this person's organisation."""
    wanted = (wave_id, content_hash, perspective, request.args.get("form") or None)
    for pool in pools_now():
        if (pool.wave.id, pool.content_hash, pool.perspective, pool.short_form) == wanted:
            made = measurement(
                services().store,
                person.session().actor,
                wave_id,
                content_hash,
                cast(PerspectiveId, perspective),
                services().now,
                short_form=pool.short_form,
            )
            return pool, made
    raise NotFound("This was not asked.")
