"""The leader's view: styles, flexibility beside effectiveness, the match and the raters as one frozen value.

Reads profiles, matches, groups of raters and the questionnaire's texts; knows neither HTML nor WeasyPrint.
"""

from __future__ import annotations

from reports.leader.inputs import MatchEntry
from reports.leader.meeting import in_order
from reports.leader.others import RatersNote
from reports.leader.parts import LeaderView, from_json
from reports.leader.view import leader_view
from reports.view.parts import to_json

__all__ = ["LeaderView", "MatchEntry", "RatersNote", "from_json", "in_order", "leader_view", "to_json"]
