"""Documents of a development talk: the brief (screen, paper, presentation) and the agreement sheet.

Frozen views with words already in the reader's language. Who may see what was decided by
`assess.talks.brief`; here nothing is added, and what is private never leaves by a file's data.
"""

from __future__ import annotations

from reports.talk.agreements import agreement_view
from reports.talk.parts import AgreementView, BriefView, from_json, without_notes, without_private
from reports.talk.view import brief_view

__all__ = [
    "AgreementView",
    "BriefView",
    "agreement_view",
    "brief_view",
    "from_json",
    "without_notes",
    "without_private",
]
