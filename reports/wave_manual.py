"""From the sheets of a closed wave (`assess/evidence/manual.py`) to the view of its technical manual."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from assess.evidence.manual import WaveManual, WaveSheets
from questionnaires.definition import LanguageId
from reports.manual import ManualGroup, ManualView, manual_view
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
        tuple(_group(sheets) for sheets in found.sheets),
        language=language,
        today=now.astimezone(zone).date(),
        organisation=organisation,
        customer=customer,
        digest=found.content_hash,
        records=_records(found, zone),
    )


def _group(sheets: WaveSheets) -> ManualGroup:
    return ManualGroup(
        form=sheets.form,
        answers=sheets.answers,
        seconds=sheets.seconds,
        subjects=tuple(map(str, sheets.subjects)),
        languages=sheets.languages,
        respondents=tuple(map(str, sheets.respondents)),
        kept=(sheets.made.reliability, sheets.made.response_quality),
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
