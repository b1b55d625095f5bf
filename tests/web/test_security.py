"""Headers, hosts and cookies: the same on every response, errors included."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from browsing import Visitor
from flask import Flask

from assess.settings import Settings
from assess.store import Store
from assess.web.app import create_app


@pytest.mark.parametrize("path", ["/", "/nowhere", "/healthz", "/a/x", "/answer", "/static/app.css"])
def test_every_response_carries_the_security_headers(visitor: Visitor, path: str) -> None:
    headers = visitor.open(path).response.headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    for part in ("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "script-src 'self'"):
        assert part in policy
    assert "unsafe" not in policy
    assert "http" not in policy, "nothing from anywhere else"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers, "plain http must not promise https"


def test_personal_pages_are_never_kept_and_files_for_a_year(amina: Visitor) -> None:
    assert amina.page.response.headers["Cache-Control"] == "no-store"
    addresses = re.findall(r'<link[^>]+href="([^"]+)"', amina.page.html)
    assert len(addresses) >= 4
    for address in addresses:
        file = amina.client.get(address, base_url=amina.base_url)
        assert file.status_code == 200, address
        assert "max-age=31536000" in file.headers["Cache-Control"], address
        file.close()


def test_with_https_cookies_are_host_bound_and_the_browser_is_told_to_stay(
    settings: Settings, store: Store
) -> None:
    secure = dataclasses.replace(settings, base_url="https://assess.example.dk")
    visitor = Visitor(create_app(secure, store=store), base_url="https://assess.example.dk")
    headers = visitor.open("/").response.headers
    assert headers["Strict-Transport-Security"].startswith("max-age=")
    cookie = headers["Set-Cookie"]
    assert cookie.startswith("__Host-assess=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_only_the_own_host_is_served(app: Flask, settings: Settings, store: Store) -> None:
    client = app.test_client()
    assert client.get("/", base_url="http://127.0.0.1:8000").status_code == 200
    assert client.get("/", base_url="http://localhost:8000").status_code == 200, "the same machine"
    assert client.get("/", base_url="http://evil.example").status_code == 400
    for wrong in ("127.0.0.1@evil.example", "[127.0.0.1", "a]b:9x"):
        assert client.get("/", headers={"Host": wrong}).status_code == 400
    public = create_app(
        dataclasses.replace(settings, base_url="https://a.example"), store=store
    ).test_client()
    assert public.get("/", base_url="https://127.0.0.1").status_code == 400
    assert public.get("/healthz", base_url="http://127.0.0.1").status_code == 200, "for the load balancer"


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example/answer",
        "https://evil.example/",
        "/\\evil.example",
        "//answer",
        "javascript:",
        "",
        "/answer?a=\r\nSet-Cookie: x=1",
        "/\t/evil.example",
    ],
)
def test_choosing_a_language_never_leads_to_another_site(visitor: Visitor, address: str) -> None:
    visitor.open("/")
    response = visitor.client.post(
        "/language",
        data={"csrf_token": visitor.token, "language": "sv", "back": address},
        base_url=visitor.base_url,
    )
    assert response.headers["Location"] == "/"


def test_no_page_has_inline_style_or_script() -> None:
    templates = Path(__file__).parents[2] / "assess" / "web" / "templates"
    for template in templates.glob("*.html"):
        text = template.read_text()
        assert not re.search(r"\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|<style", text), template.name
