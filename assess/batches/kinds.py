"""The visible table of what can be made many at once: kind → how documents are listed, found, looked at."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from assess.batches import unit_briefs, wave_reports
from assess.batches.types import BatchKind

KINDS: Mapping[str, BatchKind] = MappingProxyType(
    {
        "wave-reports": BatchKind(
            items=wave_reports.items,
            there=wave_reports.there,
            find=wave_reports.find,
            look=wave_reports.look,
            about=wave_reports.about,
        ),
        "unit-briefs": BatchKind(
            items=unit_briefs.items,
            there=unit_briefs.there,
            find=unit_briefs.find,
            look=unit_briefs.look,
            about=unit_briefs.about,
        ),
    }
)
