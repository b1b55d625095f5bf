"""What a journey does and requires on every page: answer it, leave it, find nothing that keeps people out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

SMALL_TARGETS = """() => [...document.querySelectorAll('main a, button, summary, label.option, textarea')]
  .filter(e => !(e.tagName === 'A' && getComputedStyle(e).display === 'inline'))
  .filter(e => !e.classList.contains('visually-hidden') && e.offsetParent)
  .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
  .filter(([, r]) => r.width < 44 || r.height < 44).map(([html]) => html)"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

SCHEMES: tuple[tuple[Literal["dark", "light"], dict[str, list[str]]], ...] = (
    ("dark", {"runOnly": ["color-contrast"]}),
    ("light", {}),
)
"""Dark differs from light in its colours alone; everything is looked at in light."""

WIDE = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
  .map(e => e.outerHTML.slice(0, 90))"""
"""What reaches further than the page is wide."""


def require_accessible(page: Page) -> None:
    """No axe violation in light and dark, no sideways scrolling at 320 px, targets of 44 px."""
    page.wait_for_load_state()  # with its styles: a page that answers a form is there before they are
    small = page.evaluate(SMALL_TARGETS)
    assert small == [], f"{page.url} has small targets: {small}"
    for scheme, options in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, options=options).response["violations"]
        told = [(one["id"], one["nodes"][0]["html"][:120]) for one in found]
        assert told == [], f"{page.url} ({scheme}): {told}"
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate(OVERFLOW) == 0, f"{page.url} scrolls sideways at 320 px: {page.evaluate(WIDE)}"
    assert size is not None
    page.set_viewport_size(size)


def answer_page(page: Page) -> None:
    """Chooses an answer to everything on the page by its label."""
    page.wait_for_load_state()
    for number, group in enumerate(page.locator("fieldset.item").all()):
        choices = group.locator("label.option:not(.option-apart)")
        choices.nth((number + 2) % choices.count()).click()
    for field in page.locator("textarea").all():
        field.fill("Det, der går godt – och det som kan bli bättre.")


def leave(page: Page, here: str) -> None:
    """Waits until the page at `here` is left."""
    page.wait_for_url(lambda url: url != here)
