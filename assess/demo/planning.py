"""How the administrator of the demo plans a wave. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from assess.campaigns.plans import Planned, WavePlan, local_time
from assess.demo.staff import PURPOSE
from questionnaires.definition import LanguageId

LASTS = timedelta(days=28)
_DISCUSSED_BEFORE = timedelta(days=21)
_KEPT = timedelta(days=730)
_FIRST_MINUTE, _LAST_MINUTE = time(8), time(23, 59)
_LANGUAGES: tuple[LanguageId, ...] = ("da", "sv", "en")
_AUTUMN = 7


def plan_of(maturity: str, leadership: str, opens_at: datetime, zone: ZoneInfo, areas_each: int) -> WavePlan:
    """The plan of a wave that opens then; `maturity` and `leadership` are content hashes."""
    opens_on = opens_at.astimezone(zone).date()
    return WavePlan(
        questionnaires=(
            Planned(maturity, ("self", "manager")),
            Planned(leadership, ("self", "direct-report")),
        ),
        languages=_LANGUAGES,
        reminders=(7, 2),
        legal_basis="legitimate-interest",
        purpose=PURPOSE,
        discussed_on=opens_on - _DISCUSSED_BEFORE,
        delete_on=opens_on + LASTS + _KEPT,
        job_areas="chosen",
        max_job_areas=areas_each,
        time_zone=zone.key,
    )


def morning(moment: datetime, zone: ZoneInfo) -> datetime:
    """When work begins on that day."""
    return local_time(moment.astimezone(zone).date(), _FIRST_MINUTE, zone)


def closing(opens_at: datetime, zone: ZoneInfo) -> datetime:
    """The last minute of the last day."""
    return local_time((opens_at + LASTS).astimezone(zone).date(), _LAST_MINUTE, zone, late=True)


def season(moment: datetime) -> str:
    """The name of a wave, in the organisation's own language."""
    return f"{'Forår' if moment.month < _AUTUMN else 'Efterår'} {moment.year}"
