"""The blueprint for administrators: campaigns, how well a questionnaire measures, precision, norms, paper.

Each view reads the request, calls one use case and shows its result; it decides nothing. Nothing here tells
who has answered, or what.
"""

from __future__ import annotations

from assess.web.admin import (
    campaigns,
    downloads,
    erasures,
    log,
    mail,
    manual,
    measured,
    measures,
    norms,
    overview,
    paper,
    people,
    people_import,
    people_person,
    precision,
    response,
    talks,
    trying,
    wave,
)
from assess.web.admin.blueprint import blueprint

__all__ = [
    "blueprint",
    "campaigns",
    "downloads",
    "erasures",
    "log",
    "mail",
    "manual",
    "measured",
    "measures",
    "norms",
    "overview",
    "paper",
    "people",
    "people_import",
    "people_person",
    "precision",
    "response",
    "talks",
    "trying",
    "wave",
]
