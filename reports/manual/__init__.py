"""The technical manual: what a reviewer of a test asks for, from a questionnaire's file and answers to it.

Reads definitions, answer matrices and `assess/measurement/`; knows neither HTML nor WeasyPrint. Only
aggregates go in.
"""

from __future__ import annotations

from reports.manual.blocks import ManualView, from_json
from reports.manual.evidence import ManualGroup, ManualPairs
from reports.manual.view import manual_view

__all__ = ["ManualGroup", "ManualPairs", "ManualView", "from_json", "manual_view"]
