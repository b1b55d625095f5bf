"""Who comes after a wave has closed is told where the answers go now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from browsing import Visitor
from campaigning import MORNING, WEEK, Chain

from assess.answering import links
from assess.campaigns import campaigns, filling

if TYPE_CHECKING:
    from conftest import Clock
    from flask import Flask

    from assess.store import Store

NEW_ROUND = "A new round is open"


def test_a_late_answer_is_pointed_to_the_next_wave(app: Flask, store: Store, clock: Clock) -> None:
    clock.now = MORNING
    chain = Chain(store)
    first = chain.opened()
    link = links.mint(store, chain.task_id(first, "self", "Amina", "Amina"), MORNING)
    campaigns.close(store, chain.admin, first, MORNING)
    amina = Visitor(app)
    amina.open("/")
    amina.press("English")
    amina.open(f"/a/{link}")
    amina.post(f"/a/{link}", {"csrf_token": amina.token})
    assert "The time for answering has ended." in amina.page.text
    assert NEW_ROUND not in amina.page.text

    second = campaigns.next_wave(store, chain.admin, first, MORNING)
    campaigns.change(store, chain.admin, second, "Next", chain.plan(), MORNING, MORNING + WEEK, MORNING)
    campaigns.open_wave_of_plan(store, chain.admin, second, MORNING)
    filling.fill(store, second, MORNING)
    amina.open("/answer")
    assert NEW_ROUND in amina.page.text
    assert 'href="/me"' in amina.page.html
