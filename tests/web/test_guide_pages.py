"""The handbook as a page and a document: for everybody who has signed in, in the language of the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from browsing import Visitor
from small_organisation import Bakery

from reports.guide import guide_view

if TYPE_CHECKING:
    from flask import Flask

    from questionnaires.definition import LanguageId

SignedIn = Callable[[str], Visitor]


def test_an_employee_reads_it_whole(bakery: Bakery, signed_in: SignedIn) -> None:
    page = signed_in(bakery.employee_id).open("/guide")
    assert page.status == 200
    view = guide_view("en")
    assert page.says(view.title, *view.short, *(chapter.title for chapter in view.chapters))
    assert page.says("Conditions and workload come first.", "Only you see your notes.")


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_it_is_in_the_language_of_the_page(bakery: Bakery, signed_in: SignedIn, language: LanguageId) -> None:
    visitor = signed_in(bakery.manager_id)
    visitor.post("/language", {"csrf_token": visitor.token, "language": language, "next": "/guide"})
    assert visitor.open("/guide").says(guide_view(language).title)


def test_every_chapter_can_be_reached_from_the_list(bakery: Bakery, signed_in: SignedIn) -> None:
    html = signed_in(bakery.employee_id).open("/guide").html
    for chapter in guide_view("en").chapters:
        assert f'href="#{chapter.id}"' in html
        assert f'id="{chapter.id}"' in html


def test_whoever_has_not_signed_in_is_asked_to(app: Flask) -> None:
    assert app.test_client().get("/guide").status_code == 401
    assert app.test_client().get("/guide.pdf").status_code == 401


@pytest.mark.slow
def test_the_document_is_printed_once_for_all(bakery: Bakery, signed_in: SignedIn) -> None:
    amina, bo = signed_in(bakery.employee_id), signed_in(bakery.manager_id)
    first, second = (visitor.open("/guide.pdf") for visitor in (amina, bo))
    assert first.content == second.content
    assert first.content.startswith(b"%PDF-")
    assert first.response.headers["Content-Disposition"].startswith("attachment")
    assert "A good talk.pdf" in first.response.headers["Content-Disposition"]


def test_talks_lead_to_it(bakery: Bakery, signed_in: SignedIn) -> None:
    assert 'href="/guide"' in signed_in(bakery.employee_id).open("/talks").html
