"""The technical manual of a closed wave, from the page on how well it measures."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from browsing import Visitor
from crowd import Crowd
from pypdf import PdfReader

from assess.people import signing_in
from reports.manual import from_json

if TYPE_CHECKING:
    from flask import Flask

    from assess.store import Store


@pytest.fixture
def bakery(store: Store) -> Crowd:
    return Crowd(store)


@pytest.fixture
def someone(bakery: Crowd, app: Flask) -> Visitor:
    """Bo, who administers the bakery."""
    visitor = Visitor(app)
    visitor.open("/")
    visitor.press("English")
    visitor.open(f"/sign-in/{signing_in.mint(bakery.store, bakery.manager_id, bakery.now)}")
    visitor.press("Sign in")
    return visitor


def test_the_page_links_to_the_manual_of_its_wave(bakery: Crowd, someone: Visitor) -> None:
    wave = f"/admin/measures/{bakery.answered_wave(40)}/{bakery.content_hash}"
    page = someone.open(f"{wave}/self")
    assert page.says("Technical manual (PDF)")
    assert f'href="{wave}/manual.pdf"' in page.html
    manual = someone.open(f"{wave}/manual.pdf")
    assert manual.status == 200
    document = PdfReader(io.BytesIO(manual.content))
    assert "Technical manual" in document.pages[0].extract_text()
    [figures] = from_json(document.attachments["result.json"][0]).figures
    assert (figures.perspective, figures.n) == ("self", 40)


def test_an_open_wave_and_strangers_have_none(bakery: Crowd, someone: Visitor, app: Flask) -> None:
    open_wave = bakery.answered_wave(40, closed=False)
    assert someone.open(f"/admin/measures/{open_wave}/{bakery.content_hash}/manual.pdf").status == 404
    assert "manual.pdf" not in someone.open(f"/admin/measures/{open_wave}/{bakery.content_hash}/self").html
    closed = bakery.answered_wave(40)
    stranger = Visitor(app).open(f"/admin/measures/{closed}/{bakery.content_hash}/manual.pdf")
    assert stranger.status != 200
