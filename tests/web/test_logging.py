"""The log: one line of JSON a request, and never an answer, a token or a name."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

import pytest
from browsing import Visitor
from flask import Flask
from gunicorn.config import Config  # type: ignore[import-untyped]
from small_organisation import Bakery

from assess.web.logging import JsonLines
from assess.web.server import Log


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    caplog.set_level(logging.DEBUG)
    return lambda: [JsonLines().format(record) for record in caplog.records]


def test_a_request_is_logged_by_its_route_not_its_address(
    visitor: Visitor, lines: Callable[[], list[str]]
) -> None:
    page = visitor.open("/a/canary-token")
    line = json.loads(lines()[-1])
    assert (line["method"], line["route"], line["status"]) == ("GET", "/a/<token>", 404)
    assert line["ms"] >= 0
    assert line["request"] == page.response.headers["X-Request-Id"]


def test_no_answer_no_token_and_no_name_is_ever_logged(
    app: Flask, bakery: Bakery, link: Callable[[str], str], lines: Callable[[], list[str]]
) -> None:
    # Given a whole journey, with a text, a wrong answer, a fault of ours that quotes an answer
    visitor = Visitor(app)
    path = link(bakery.assign(bakery.wave()))
    visitor.open(path)
    visitor.post(path, {"csrf_token": visitor.token})
    cookie = visitor.client.get_cookie("assess", domain="127.0.0.1")
    assert cookie is not None
    token, form_token = path.removeprefix("/a/"), visitor.token
    sheet = bakery.task(bakery.enter(bakery.assign(bakery.wave()))).sheets[0].sheet_id
    own = visitor.page.html.split('class="button" href="')[1].split('"')[0]
    for address in (own, f"/answer/{sheet}", "/answer?note=canary-query", "/canary-path"):
        visitor.open(address)
    visitor.open(f"{own}/page/3")
    form = {"csrf_token": visitor.token, "answer-tenure": "1", "answer-remark": "canary-answer"}
    visitor.post(f"{own}/page/3", form)
    visitor.post(f"{own}/page/3", form | {"answer-remark": "canary-answer " * 9})

    def broken() -> str:
        raise RuntimeError("canary-fault")

    app.view_functions["public.front"] = broken
    visitor.open("/")
    # Then the log knows all of it happened and none of what it was
    log = "\n".join(lines())
    assert '"status": 500' in log
    assert "RuntimeError" in log
    for canary in (
        "canary",
        token,
        form_token,
        cookie.value,
        "Amina",
        "Yıldız",
        "example.org",
        sheet,
    ):
        assert canary not in log, canary


def test_an_error_page_that_fails_too_does_not_quote_the_address(
    app: Flask, visitor: Visitor, lines: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assess.web.errors.render_template", None)
    with pytest.raises(TypeError):
        visitor.open("/a/canary-token")
    assert '"route": "/a/<token>"' in lines()[-1]
    assert "canary" not in "\n".join(lines())


def test_what_the_server_refuses_is_not_quoted(lines: Callable[[], list[str]]) -> None:
    log = Log(Config())
    log.warning("Invalid request from ip=127.0.0.1: Invalid HTTP request line: 'GET /a/canary'")
    try:
        raise ValueError("canary")
    except ValueError:
        log.exception("Error handling request %s %s", "GET", "/a/canary")
    told = [json.loads(line) for line in lines()]
    assert [line["event"] for line in told] == ["Invalid request", "Error handling request"]
    assert told[1]["error"] == "builtins.ValueError"
    assert "canary" not in "\n".join(lines())


def test_an_error_is_logged_with_its_place(
    app: Flask, visitor: Visitor, lines: Callable[[], list[str]]
) -> None:
    def broken() -> str:
        raise ValueError("canary")

    app.view_functions["public.front"] = broken
    visitor.open("/")
    fault = next(json.loads(line) for line in lines() if json.loads(line)["event"] == "fault")
    assert fault["level"] == "ERROR"
    assert fault["error"] == "builtins.ValueError"
    assert fault["where"][-1].endswith(" broken")
