"""The blueprint for those who answer: link and welcome, questions, check and submit, profile.

Each view reads the request, calls one use case and shows its result; it decides nothing.
"""

from __future__ import annotations

from assess.web.answer import checking, downloads, entry, outcome, questions, results, thanks
from assess.web.answer.blueprint import blueprint

__all__ = ["blueprint", "checking", "downloads", "entry", "outcome", "questions", "results", "thanks"]
