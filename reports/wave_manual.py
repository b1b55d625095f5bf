"""From the figures of a closed wave (`assess/evidence/manual.py`) to the view of its technical manual."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

from assess.evidence.manual import WaveManual
from assess.evidence.results import Measurement
from assess.evidence.withholding import step_of
from assess.scoring.form import Form
from questionnaires.definition import LanguageId
from reports.manual import ManualGroup, ManualView, manual_view
from reports.manual.kept import Kept
from reports.manual.records import NormsInForce, PrecisionInForce, Records


def view_of_wave(
    found: WaveManual,
    language: LanguageId,
    zone: ZoneInfo,
    now: datetime,
    *,
    organisation: str = "",
    customer: str = "customer",
) -> ManualView:
    """The manual, with what is in force in the organisation. Dates are those of `zone`."""
    return manual_view(
        found.definition,
        tuple(_group(form, made) for form, made in found.figures),
        language=language,
        today=now.astimezone(zone).date(),
        organisation=organisation,
        customer=customer,
        digest=found.content_hash,
        records=_records(found, zone),
    )


def _group(form: Form, made: Measurement) -> ManualGroup:
    """The figures in the place of answers."""
    sheets = made.sheets or 0
    return ManualGroup(
        form=form,
        answers=np.zeros((len(form.scored_item_ids), 0), np.uint8),
        seconds=np.zeros(0),
        kept=Kept(
            sheets=sheets,
            people=min(made.respondents or 0, made.subjects or 0),
            step=step_of(sheets),
            reliability=made.reliability,
            quality=made.response_quality,
            decision=made.decision,
            missing={item.id: item.missing / (item.answered + item.missing) for item in made.missing},
            minutes=None if made.time is None else made.time.minutes,
        ),
    )


def _records(found: WaveManual, zone: ZoneInfo) -> Records:
    return Records(
        precision=tuple(
            PrecisionInForce(
                perspective=one.perspective,
                record=one.record_id,
                day=one.published_at.astimezone(zone).date(),
                sheets=one.details.sheets,
                people=one.details.people,
                local=tuple(scale.id for scale in one.details.scales if scale.stands == "local"),
                provisional=tuple(scale.id for scale in one.details.scales if scale.stands == "provisional"),
            )
            for one in found.precision
        ),
        norms=tuple(
            NormsInForce(
                perspective=one.perspective,
                version=one.version,
                day=one.built_at.astimezone(zone).date(),
                people=one.norms.people,
                smoothed=one.norms.smoothed,
            )
            for one in found.norms
        ),
    )
