"""The blueprint for administrators: waves, how well a questionnaire measures, precision and norms.

Each view reads the request, calls one use case and shows its result; it decides nothing. Nothing here is
about a person.
"""

from __future__ import annotations

from assess.web.admin import downloads, manual, measures, norms, overview, precision
from assess.web.admin.blueprint import blueprint

__all__ = ["blueprint", "downloads", "manual", "measures", "norms", "overview", "precision"]
