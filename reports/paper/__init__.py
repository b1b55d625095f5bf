"""What is printed before anybody answers: cards with a code for the phone, and questionnaires to fill in.

Frozen views with words already in the reader's language; knows neither the database nor WeasyPrint.
"""

from __future__ import annotations

from reports.paper.cards import Card, CardLink, CardsView, cards_view
from reports.paper.forms import FormOrder, PaperForm, paper_form

__all__ = [
    "Card",
    "CardLink",
    "CardsView",
    "FormOrder",
    "PaperForm",
    "cards_view",
    "paper_form",
]
