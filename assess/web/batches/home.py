"""The own batches: the list, one with its progress, ordering, cancelling, trying again."""

from __future__ import annotations

from contextlib import suppress

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assess import jobs
from assess.batches import ordering
from assess.batches.errors import TooManyBatches
from assess.batches.types import Batch
from assess.errors import NotAllowed
from assess.web import language, person
from assess.web.asks import asks
from assess.web.batches.blueprint import blueprint
from assess.web.batches.words import NAMED, REASONS, state_of, time_left, title_of
from assess.web.services import services

REFRESH_SECONDS = 5
"""How often the page of a batch loads itself anew without its script."""


@blueprint.get("")
@asks("see-own")
def home() -> ResponseReturnValue:
    """Everything that was ordered, newest first."""
    session, place = person.session(), services()
    zone = place.settings.time_zone
    return render_template(
        "batches.html",
        person=session,
        batches=[_as_it_stands(one) for one in ordering.batches(place.store, session.actor, place.now)],
        title_of=title_of,
        state_of=state_of,
        moment=lambda at: language.moment_words(at, zone),
        note=request.args.get("note", ""),
        most=ordering.MOST_ITEMS,
    )


@blueprint.post("")
@asks("see-own")
def order() -> ResponseReturnValue:
    """Orders a batch; what is being made already is not ordered twice."""
    store, session = services().store, person.session()
    try:
        batch_id = ordering.order(
            store,
            services().settings,
            session.actor,
            request.form.get("kind", ""),
            request.form.get("subject", ""),
            language.current(),
            services().now,
        )
    except TooManyBatches as error:
        return redirect(url_for("batches.home", note=error.what), 303)
    return redirect(url_for("batches.batch", batch_id=batch_id), 303)


@blueprint.get("/<batch_id>")
@asks("see-own")
def batch(batch_id: str) -> ResponseReturnValue:
    """How far one is, and the way to its file. While it is being made the page loads itself anew."""
    store, session, now = services().store, person.session(), services().now
    found = _as_it_stands(ordering.batch(store, session.actor, batch_id, now))
    zone = services().settings.time_zone
    return render_template(
        "batch.html",
        person=session,
        batch=found,
        title=title_of(found),
        state=state_of(found),
        left=time_left(found.left),
        reasons=REASONS,
        named=NAMED,
        works=not found.is_open or jobs.is_at_work(store, now),
        refresh=REFRESH_SECONDS if found.is_open else 0,
        moment=lambda at: language.moment_words(at, zone),
    )


@blueprint.post("/<batch_id>/cancel")
@asks("see-own")
def cancel(batch_id: str) -> ResponseReturnValue:
    """Stops it, or deletes what is ready."""
    ordering.cancel(services().store, person.session().actor, batch_id, services().now)
    return redirect(url_for("batches.batch", batch_id=batch_id), 303)


@blueprint.post("/<batch_id>/again")
@asks("see-own")
def again(batch_id: str) -> ResponseReturnValue:
    """Makes what is missing once more. Where there is nothing any more its page says how it stands."""
    place = services()
    with suppress(NotAllowed):
        ordering.try_again(place.store, place.settings, person.session().actor, batch_id, place.now)
    return redirect(url_for("batches.batch", batch_id=batch_id), 303)


def _as_it_stands(found: Batch) -> Batch:
    place = services()
    return ordering.as_it_stands(place.store, place.settings, person.session().actor, found, place.now)
