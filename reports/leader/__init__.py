"""The leader's view: styles, flexibility beside effectiveness, the match and the raters as one frozen value.

Reads profiles, matches, groups of raters and the questionnaire's texts; knows neither HTML nor WeasyPrint.
"""

from __future__ import annotations

from reports.leader.parts import LeaderView, from_json, to_json

__all__ = ["LeaderView", "from_json", "to_json"]
