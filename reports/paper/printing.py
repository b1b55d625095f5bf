"""Cards and printed questionnaires as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports.fonts import Fonts
from reports.glyphs import unknown_characters
from reports.paper.cards import CardsView, qr
from reports.paper.forms import PaperForm, PrintedTable
from reports.pdf import Rendered, breakable, press

_TEMPLATES = Path(__file__).parent / "templates"


def print_cards(view: CardsView, fonts: Fonts) -> Rendered:
    """Cards, two beside each other. Tagged PDF/UA-1; nothing attached."""
    return _print("cards.html", fonts, view=view, qr=qr)


def print_forms(forms: Sequence[PaperForm], fonts: Fonts) -> Rendered:
    """Questionnaires one after the other, each beginning on a page of its own (a right-hand one, so that
    both sides can be printed). Raises `ValueError` for none."""
    if not forms:
        raise ValueError("there is nothing to print")
    return _print("paper_form.html", fonts, forms=forms, first=forms[0], is_table=_is_table)


def _is_table(part: object) -> bool:
    return isinstance(part, PrintedTable)


def _print(template: str, fonts: Fonts, **values: object) -> Rendered:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        finalize=breakable,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    html = environment.get_template(template).render(**values)
    own = press(fonts)
    with unknown_characters() as unknown:
        rendered = own.print_html(html, unknown)
    return own.print_html(html, unknown) if unknown else rendered
