"""Views: a personal report as one frozen value, with all its words, before it becomes a page, a PDF or JSON.

Reads profiles, comparisons and the questionnaire's texts; knows neither HTML nor WeasyPrint.
"""

from __future__ import annotations

from reports.view.inputs import AreaProfiles
from reports.view.parts import PersonalView, from_json, to_json
from reports.view.personal import personal_view

__all__ = ["AreaProfiles", "PersonalView", "from_json", "personal_view", "to_json"]
