"""How well a questionnaire measured in one wave: figures about all sheets together, of closed waves only.

Figures that changed with each sheet would tell what the last one said. So they are made once, when the wave
has closed, kept, and never made anew of fewer sheets. See `docs/decisions/0009-…`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec
import numpy as np
from msgspec.structs import replace

from assess.answering.loading import Row
from assess.audit.log import is_new_look, record
from assess.campaigns.definitions import definition_of, form_of
from assess.disclosure.thresholds import LEAST_SHEETS
from assess.evidence.findings import answering_findings, missing_findings, scale_findings
from assess.evidence.pools import wave_for, why_not
from assess.evidence.results import Finding, ItemMissing, Measurement, TimeUsed
from assess.evidence.sheets import Sheets, load_sheets
from assess.evidence.withholding import step_of, told
from assess.measurement.decision import DecisionQuality, decision_quality, local_precision
from assess.measurement.reliability import reliability
from assess.measurement.response_quality import sheet_figures
from assess.measurement.response_quality_results import ResponseQuality
from assess.measurement.response_quality_summary import response_quality
from assess.measurement.results import Reliability
from assess.measurement.withholding import withhold
from assess.rights import Actor, Pool
from assess.rights.things import Privacy
from assess.scoring.form import Form
from assess.scoring.precision import record_in_force
from assess.scoring.results import ENGINE_VERSION, PrecisionRecord
from assess.store import Store
from assess.store.ids import time_text
from questionnaires.definition import Definition, PerspectiveId

METHOD = f"{ENGINE_VERSION}.3"
"""The second number grows whenever the same sheets could give another measurement."""


def measurement(
    store: Store,
    actor: Actor,
    wave_id: str,
    content_hash: str,
    perspective: PerspectiveId,
    now: datetime,
    *,
    short_form: str | None = None,
) -> Measurement:
    """The figures, or with `Measurement.reason` why there are none. Each look is logged.

    Raises `NotFound` for a wave that the actor does not administer or that does not ask this, and
    `form.UnknownForm` for a perspective or short form that the questionnaire does not have.
    """
    with store.read() as q:
        organisation_id, wave = wave_for(q, actor, wave_id, content_hash, now)
        definition = definition_of(q, content_hash)
        form = form_of(content_hash, definition, perspective, short_form)
        empty = _empty(definition, form, wave_id, content_hash, now)
        row = q.measurement(**_key(empty))
        sheets = None
        if row is None or row["method"] != METHOD:
            sheets = load_sheets(q, wave_id, content_hash, perspective, short_form)
    if row is not None and (sheets is None or row["made_of"] != sheets.made_of):
        privacy = definition.questionnaire.privacy_of(perspective)
        found = _kept(store, actor, organisation_id, privacy, row, empty, now)
        # What an earlier version has kept may tell more than is told now.
        return found if sheets is None else told(found, sheets.least)
    assert sheets is not None
    pool = sheets.pool(organisation_id, wave_closed=wave.is_over)
    reason = why_not(actor, "see-measurement", pool)
    if reason is not None:
        return replace(empty, reason=reason)
    made = _made(sheets, empty, pool)  # takes a while, in which others may write
    _note(store, actor, organisation_id, made, sheets.made_of, now)
    return made


def _empty(definition: Definition, form: Form, wave_id: str, content_hash: str, now: datetime) -> Measurement:
    return Measurement(
        wave_id=wave_id,
        content_hash=content_hash,
        questionnaire=definition.questionnaire.id,
        version=definition.questionnaire.version,
        perspective=form.perspective,
        short_form=form.short_form,
        made_at=time_text(now),
    )


def _key(made: Measurement) -> dict[str, str]:
    return {
        "wave_id": made.wave_id,
        "content_hash": made.content_hash,
        "perspective": made.perspective,
        "short_form": made.short_form or "",
    }


def _kept(
    store: Store,
    actor: Actor,
    organisation_id: str,
    privacy: Privacy,
    row: Row,
    empty: Measurement,
    now: datetime,
) -> Measurement:
    """What was made before; asked for like new figures, of the sheets that were there when it was made."""
    try:
        made = msgspec.json.decode(row["measurement"], type=Measurement)
    except msgspec.ValidationError:
        return replace(empty, reason="answers-erased")
    reason = why_not(actor, "see-measurement", _pool_of(made, organisation_id, privacy))
    if reason is not None:
        return replace(empty, reason=reason)
    _note(store, actor, organisation_id, made, None, now)
    return made


def _pool_of(made: Measurement, organisation_id: str, privacy: Privacy) -> Pool:
    return Pool(
        privacy=privacy,
        perspective=made.perspective,
        organisation_id=organisation_id,
        sheets=made.sheets or 0,
        respondents=made.respondents or 0,
        subjects=made.subjects or 0,
        wave_closed=True,  # else it would not have been made
    )


def _note(
    store: Store, actor: Actor, organisation_id: str, made: Measurement, made_of: str | None, now: datetime
) -> None:
    """Logs the look, and keeps what is new."""
    looked_at = f"{made.wave_id} {made.content_hash[:12]} {made.perspective}"
    with store.write() as q:
        if made_of is not None:
            q.lock_wave(id=made.wave_id)
            q.put_measurement(
                **_key(made),
                method=METHOD,
                made_of=made_of,
                measurement=msgspec.json.encode(made).decode(),
                made_at=made.made_at,
            )
        if is_new_look(q, actor_id=actor.id, action="see-measurement", object_id=looked_at, now=now):
            record(
                store,
                q,
                actor_id=actor.id,
                action="see-measurement",
                object_id=looked_at,
                about_id=organisation_id,
                now=now,
            )


# --- the figures -----------------------------------------------------------------------------------


def _made(sheets: Sheets, empty: Measurement, pool: Pool) -> Measurement:
    """As it may be seen; what was found is found in the figures that are told, not in finer ones."""
    document = _reliability(sheets)
    whole = replace(
        empty,
        sheets=pool.sheets,
        respondents=pool.respondents,
        subjects=pool.subjects,
        reliability=document,
        decision=None if document is None else _decision(sheets, document),
        response_quality=_response_quality(sheets),
        missing=_missing(sheets),
        time=time_used(sheets),
    )
    seen = told(whole, pool.least)
    return replace(
        seen, findings=tuple(_findings(seen, step_of(pool.sheets), _minutes_said(sheets, empty.content_hash)))
    )


def _findings(seen: Measurement, step: float, minutes_said: float) -> Iterator[Finding]:
    assert seen.response_quality is not None
    assert seen.time is not None
    if seen.reliability is not None:
        yield from scale_findings(seen.reliability, step)
    yield from missing_findings(seen.missing)
    yield from answering_findings(seen.response_quality, seen.time, minutes_said)


def _reliability(sheets: Sheets) -> Reliability | None:
    if not sheets.form.scales:
        return None
    return withhold(reliability(sheets.definition.questionnaire, sheets.form, sheets.ratings), LEAST_SHEETS)


def _decision(sheets: Sheets, document: Reliability) -> DecisionQuality | None:
    questionnaire = sheets.definition.questionnaire
    if questionnaire.classification is None:
        return None
    local = PrecisionRecord(id="here", source="local", values=local_precision(document))
    in_force = record_in_force(questionnaire, sheets.form.perspective, local)
    return decision_quality(questionnaire.classification, sheets.form, sheets.ratings, in_force.values)


def _response_quality(sheets: Sheets) -> ResponseQuality:
    """Rates of all sheets; never whose, and not the figures of the extreme ones either."""
    figures = sheet_figures(sheets.form, sheets.answers, sheets.seconds, sheets.asked)
    return response_quality(figures, single_sheets=False)


def _missing(sheets: Sheets) -> tuple[ItemMissing, ...]:
    answered = np.count_nonzero(sheets.answers, axis=1).tolist()
    n = len(sheets.keys)
    return tuple(
        ItemMissing(id=item_id, answered=number, missing=n - number)
        for item_id, number in zip(sheets.form.scored_item_ids, answered, strict=True)
    )


def time_used(sheets: Sheets) -> TimeUsed:
    """Quartiles over the sheets with a known time; None under ten of them."""
    known = ~np.isnan(sheets.per_answer)
    n = int(known.sum())
    if n < LEAST_SHEETS:
        return TimeUsed(n=0, minutes=None, seconds_per_item=None)
    return TimeUsed(
        n=n,
        minutes=_quartiles(sheets.seconds[known] / 60),
        seconds_per_item=_quartiles(sheets.per_answer[known]),
    )


def _quartiles(figures: np.ndarray) -> tuple[float, float, float]:
    low, middle, high = np.quantile(figures, (0.25, 0.5, 0.75)).tolist()
    return low, middle, high


def _minutes_said(sheets: Sheets, content_hash: str) -> float:
    """The questionnaire says how long its whole self form takes; every question counts alike."""
    questionnaire = sheets.definition.questionnaire
    whole = "self" if "self" in questionnaire.perspectives else sheets.form.perspective
    asked = form_of(content_hash, sheets.definition, whole, None).item_ids
    return questionnaire.minutes * len(sheets.form.item_ids) / len(asked)
