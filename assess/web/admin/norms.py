"""Building norms from closed waves: which waves, why not, done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assess.evidence import norms
from assess.evidence.errors import NotEnough
from assess.evidence.pools import WavePool
from assess.measurement.norms import LEAST_PEOPLE
from assess.web import person
from assess.web.admin.blueprint import blueprint
from assess.web.admin.measured import pools_of
from assess.web.admin.naming import Names, perspective_name, why_refused
from assess.web.admin.precision import choices, known_waves, wave_names
from assess.web.asks import asks
from assess.web.services import services
from questionnaires.definition import PerspectiveId


@blueprint.get("/norms/<content_hash>/<perspective>")
@asks("build-norms")
def choose_for_norms(content_hash: str, perspective: str) -> ResponseReturnValue:
    """Which waves; `?wave=` chooses beforehand."""
    return _show(pools_of(content_hash, cast(PerspectiveId, perspective)), request.args.getlist("wave"))


@blueprint.post("/norms/<content_hash>/<perspective>")
@asks("build-norms")
def build(content_hash: str, perspective: str) -> ResponseReturnValue:
    """Builds the next version, or says why not."""
    pools = pools_of(content_hash, cast(PerspectiveId, perspective))
    chosen = request.form.getlist("wave")
    try:
        norms.build(
            services().store,
            person.session().actor,
            known_waves(pools, chosen),
            content_hash,
            pools[0].perspective,
            services().now,
            smooth=request.form.get("smooth") == "yes",
        )
    except NotEnough as error:
        return _show(pools, chosen, why_refused(error, wave_names(pools))), 422
    return redirect(url_for("admin.published", note="norms", _anchor="norms"), 303)


def _show(pools: Sequence[WavePool], chosen: Sequence[str], refused: str = "") -> str:
    return render_template(
        "admin_norms.html",
        person=person.session(),
        pool=pools[0],
        title=Names(pools[0].definition, pools[0].perspective).title,
        perspective=perspective_name(pools[0].perspective),
        choices=choices(pools, chosen),
        least=LEAST_PEOPLE,
        refused=refused,
        smooth=request.form.get("smooth") == "yes",
    )
