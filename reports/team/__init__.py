"""A leader's team as one frozen value with all its words: page, PDF, JSON and CSV.

Works nothing out: what is shown, and to whom, was decided in `assess/team_profiles`. Named people stand side
by side with technical facets only; `on_paper` takes even the names out of the picture.
"""

from __future__ import annotations

from reports.team.paper import on_paper
from reports.team.parts import TeamView
from reports.team.view import team_view

__all__ = ["TeamView", "on_paper", "team_view"]
