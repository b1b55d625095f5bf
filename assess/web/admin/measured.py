"""All waves of the organisation with what was asked in them; counts, never who has answered."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import get_args

from flask import render_template
from flask.typing import ResponseReturnValue

from assess.answering.types import Wave
from assess.errors import NotFound
from assess.evidence.pools import WavePool, wave_measurements
from assess.web import language, person
from assess.web.admin.blueprint import blueprint
from assess.web.admin.naming import Names, perspective_name, sheets_words
from assess.web.asks import asks
from assess.web.language import gettext
from assess.web.services import services
from questionnaires.definition import PerspectiveId

_ORDER: tuple[PerspectiveId, ...] = get_args(PerspectiveId)


@dataclass(frozen=True, slots=True)
class Line:
    """One perspective on one questionnaire."""

    title: str
    perspective: str
    sheets: str
    pool: WavePool


@blueprint.get("/measures")
@asks("administer")
def measured() -> ResponseReturnValue:
    """What was asked, wave by wave, with the way to how well it measures."""
    waves = [
        (wave, state(wave), [_line(pool) for pool in sorted(pools, key=_place)])
        for wave, pools in groupby(pools_now(), key=lambda pool: pool.wave)
    ]
    return render_template("admin_measured.html", person=person.session(), waves=waves)


def pools_now() -> tuple[WavePool, ...]:
    """Everything that the organisation of this session has asked. Raises `NotFound` for who administers
    nothing."""
    session = person.session()
    return wave_measurements(services().store, session.actor, session.organisation_id, services().now)


def pools_of(content_hash: str, perspective: PerspectiveId) -> tuple[WavePool, ...]:
    """The waves in which the whole questionnaire was asked in this perspective. Raises `NotFound`."""
    found = tuple(
        pool
        for pool in pools_now()
        if (pool.content_hash, pool.perspective, pool.short_form) == (content_hash, perspective, None)
    )
    if not found:
        raise NotFound("This was not asked.")
    return found


def state(wave: Wave) -> str:
    """Whether a wave takes answers, in words."""
    day = language.day(wave.closes_at, services().settings.time_zone) if wave.closes_at else ""
    if wave.is_over:
        return gettext("closed")
    if not wave.is_open:
        return gettext("not yet open")
    return gettext("open until %(day)s", day=day) if day else gettext("open")


def _place(pool: WavePool) -> tuple[str, int, str]:
    """Questionnaire by questionnaire, what people say of themselves first, short forms last."""
    return pool.definition.questionnaire.id, _ORDER.index(pool.perspective), pool.short_form or ""


def _line(pool: WavePool) -> Line:
    name = perspective_name(pool.perspective)
    return Line(
        title=Names(pool.definition, pool.perspective).title,
        perspective=gettext("%(perspective)s, short form", perspective=name) if pool.short_form else name,
        sheets=sheets_words(pool),
        pool=pool,
    )
