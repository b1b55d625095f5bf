"""Publishing the precision measured here, withdrawing it, and the list of everything published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assess.errors import NotFound
from assess.evidence import norms, precision
from assess.evidence.errors import NotEnough
from assess.evidence.pools import WavePool
from assess.evidence.precision import LEAST_FOR_PRECISION, PublishedPrecision
from assess.evidence.results import Publication
from assess.web import language, person
from assess.web.admin.blueprint import blueprint
from assess.web.admin.measured import pools_now, pools_of, state
from assess.web.admin.naming import Names, perspective_name, sheets_words, why_no_figures, why_refused
from assess.web.asks import asks
from assess.web.language import gettext, number
from assess.web.services import services
from questionnaires.definition import PerspectiveId

Pools = Sequence[WavePool]


@dataclass(frozen=True, slots=True)
class Choice:
    """A wave that can be chosen, or `reason` why it cannot."""

    id: str
    name: str
    state: str
    sheets: str
    reason: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ScaleChange:
    """What publishing changes for one scale: two standard errors, and which of them holds from then on."""

    name: str
    reliability: str
    here: str
    assumed: str
    holds: str


@blueprint.get("/precision/<content_hash>/<perspective>")
@asks("publish-precision")
def choose(content_hash: str, perspective: str) -> ResponseReturnValue:
    """Which waves, and with `?wave=`, what publishing them would change. Stores nothing."""
    pools = pools_of(content_hash, cast(PerspectiveId, perspective))
    return _show(pools, request.args.getlist("wave"), asked="wave" in request.args or "go" in request.args)


@blueprint.post("/precision/<content_hash>/<perspective>")
@asks("publish-precision")
def publish(content_hash: str, perspective: str) -> ResponseReturnValue:
    """Publishes what the page showed, when the box says that it was read."""
    pools = pools_of(content_hash, cast(PerspectiveId, perspective))
    chosen = request.form.getlist("wave")
    if request.form.get("read") != "yes":
        return _show(pools, chosen, asked=True, unread=True), 422
    try:
        precision.publish(
            services().store,
            person.session().actor,
            known_waves(pools, chosen),
            content_hash,
            pools[0].perspective,
            services().now,
            zone=services().settings.time_zone,
        )
    except NotEnough:
        return _show(pools, chosen, asked=True), 422
    return redirect(url_for("admin.published", note="precision"), 303)


@blueprint.post("/precision/<publication_id>/withdraw")
@asks("publish-precision")
def withdraw(publication_id: str) -> ResponseReturnValue:
    """Takes it out of use; what was made with it stays."""
    precision.withdraw(services().store, person.session().actor, publication_id, services().now)
    return redirect(url_for("admin.published", note="withdrawn"), 303)


@blueprint.get("/published")
@asks("administer")
def published() -> ResponseReturnValue:
    """What has been published: precision and norms, the newest first."""
    session, store = person.session(), services().store
    everything = pools_now()
    pools = {(pool.content_hash, pool.perspective): pool for pool in everything}
    return render_template(
        "admin_published.html",
        person=session,
        precision=[
            (one, _titles(pools, one.content_hash, one.perspective), scale_changes(one.details, pools, one))
            for one in precision.published(store, session.actor, session.organisation_id)
        ],
        norms=[
            (one, _titles(pools, one.content_hash, one.perspective))
            for one in norms.built(store, session.actor, session.organisation_id)
        ],
        waves=wave_names(everything),
        day=lambda moment: language.day(moment, services().settings.time_zone),
        note=request.args.get("note", ""),
    )


def choices(pools: Pools, chosen: Sequence[str]) -> list[Choice]:
    """All waves that asked this, the newest first."""
    return [
        Choice(
            id=pool.wave.id,
            name=pool.wave.name,
            state=state(pool.wave),
            sheets=sheets_words(pool),
            reason=why_no_figures(pool.reason) if pool.reason else "",
            chosen=pool.wave.id in chosen,
        )
        for pool in pools
    ]


def known_waves(pools: Pools, chosen: Sequence[str]) -> list[str]:
    """The chosen ones. Raises `NotFound` for one that did not ask this, here."""
    ids = {pool.wave.id for pool in pools}
    if not ids.issuperset(chosen):
        raise NotFound("There is no such wave.")
    return list(chosen)


def wave_names(pools: Pools) -> dict[str, str]:
    return {pool.wave.id: pool.wave.name for pool in pools}


def scale_changes(
    details: Publication,
    pools: dict[tuple[str, PerspectiveId], WavePool],
    one: PublishedPrecision,
) -> list[ScaleChange]:
    return _changes(details, Names(pools[one.content_hash, one.perspective].definition, one.perspective))


def _show(pools: Pools, chosen: Sequence[str], *, asked: bool, unread: bool = False) -> str:
    found, refused = None, ""
    if asked:
        try:
            found = precision.preview(
                services().store,
                person.session().actor,
                known_waves(pools, chosen),
                pools[0].content_hash,
                pools[0].perspective,
                services().now,
            )
        except NotEnough as error:
            refused = why_refused(error, wave_names(pools))
    names = Names(pools[0].definition, pools[0].perspective)
    return render_template(
        "admin_precision.html",
        person=person.session(),
        pool=pools[0],
        title=names.title,
        perspective=perspective_name(pools[0].perspective),
        choices=choices(pools, chosen),
        least=LEAST_FOR_PRECISION,
        refused=refused,
        found=found,
        changes=_changes(found, names) if found else [],
        unread=unread,
    )


def _changes(details: Publication, names: Names) -> list[ScaleChange]:
    holds = {
        "local": gettext("measured here"),
        "provisional": gettext("as before"),
        "none": gettext("none"),
    }
    return [
        ScaleChange(
            name=names.scale(scale.id),
            reliability=_or_dash(scale.alpha),
            here=_or_dash(scale.sem),
            assumed=_or_dash(scale.provisional_sem),
            holds=holds[scale.stands],
        )
        for scale in details.scales
    ]


def _or_dash(figure: float | None) -> str:
    return "–" if figure is None else number(figure)


def _titles(
    pools: dict[tuple[str, PerspectiveId], WavePool], content_hash: str, perspective: PerspectiveId
) -> tuple[str, str]:
    pool = pools[content_hash, perspective]
    return Names(pool.definition, perspective).title, perspective_name(perspective)
