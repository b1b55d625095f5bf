"""The blueprint of the employees' representatives: what was announced, what is asked, the way to results.

Read-only, and never about a person: each view calls one use case and shows its result.
"""

from __future__ import annotations

from assess.web.representative import notices, questionnaire
from assess.web.representative.blueprint import blueprint

__all__ = ["blueprint", "notices", "questionnaire"]
