"""A visitor without JavaScript: opens pages, fills in forms, presses buttons, going by what can be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

Pairs = list[tuple[str, str]]


@dataclass
class Form:
    """One form of a page: its fields as a browser would send them, its buttons by label."""

    action: str
    id: str = ""
    fields: Pairs = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def data(self) -> dict[str, str]:
        return dict(self.fields)

    def set(self, name: str, value: str | None) -> None:
        """Sets a field; None leaves it away."""
        if name in self.choices and value is not None:
            assert value in self.choices[name], f"{name} offers {self.choices[name]}"
        self.fields = [(n, v) for n, v in self.fields if n != name]
        if value is not None:
            self.fields.append((name, value))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.loose: list[tuple[str, str, tuple[str, str]]] = []
        self.words: list[str] = []
        self.html_lang = self.title = ""
        self._open: Form | None = None
        self._button: tuple[str, tuple[str, str]] | None = None
        self._textarea = ""
        self._inside: list[str] = []
        self._label = self._name = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.html_lang = at.get("lang", "")
        elif tag == "form":
            self._open = Form(at.get("action", ""), at.get("id", ""))
            self.forms.append(self._open)
        elif tag == "input" and self._open is not None:
            self._input(at)
        elif tag == "select" and self._open is not None:
            self._select = at["name"]
            self._open.choices[self._select] = []
            self._open.fields.append((self._select, ""))
        elif tag == "option" and self._open is not None:
            self._open.choices[self._select].append(at["value"])
            if "selected" in at:
                self._open.set(self._select, at["value"])
        elif tag == "textarea":
            self._textarea, self._label = at["name"], ""
        elif tag == "button":
            self._button = (at.get("form", ""), (at.get("name", ""), at.get("value", "")))
            self._label, self._name = "", at.get("aria-label", "")
        if tag in {"script", "style", "title", "textarea"}:
            self._inside.append(tag)

    def _input(self, at: dict[str, str]) -> None:
        assert self._open is not None
        name, value = at["name"], at.get("value", "")
        if at["type"] in {"radio", "checkbox"}:
            self._open.choices.setdefault(name, []).append(value)
            if "checked" not in at:
                return
        self._open.fields.append((name, value))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea" and self._open is not None:
            # The first line end after the tag is no part of the value.
            self._open.fields.append((self._textarea, self._label.removeprefix("\n")))
        elif tag == "button" and self._button is not None:
            owner, pair = self._button
            label = self._name or " ".join(self._label.split())
            if owner or self._open is None:
                self.loose.append((owner, label, pair))
            else:
                self._open.buttons[label] = pair
            self._button = None
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        self._label += data
        if "title" in self._inside:
            self.title += data
        elif not self._inside:
            self.words.append(data)


class Page:
    """What came back: status, headers, words, forms."""

    def __init__(self, response: TestResponse, path: str) -> None:
        self.response = response
        self.status = response.status_code
        self.path = path
        self.content = response.get_data()
        response.close()
        self.html = self.content.decode() if response.mimetype == "text/html" else ""
        reader = _Reader()
        reader.feed(self.html)
        self.text = " ".join(" ".join(reader.words).split())
        self.title = " ".join(reader.title.split())
        self.language = reader.html_lang
        self.forms = reader.forms
        for owner, label, pair in reader.loose:
            for form in self.forms:
                if form.id == owner:
                    form.buttons.setdefault(label, pair)

    def form(self, button: str) -> Form:
        """The form that has this button."""
        for form in self.forms:
            if button in form.buttons:
                return form
        raise AssertionError(f"no button “{button}” on {self.path}: {[f.buttons for f in self.forms]}")

    def says(self, *texts: str) -> bool:
        return all(text in self.text for text in texts)


class Visitor:
    """A browser with its own cookies."""

    def __init__(
        self, app: Flask, base_url: str = "http://127.0.0.1:8000", accept_language: str = "en"
    ) -> None:
        self.client = app.test_client()
        self.base_url = base_url
        self.headers = {"Accept-Language": accept_language}
        self.page: Page

    def open(self, path: str, **request: Any) -> Page:
        """Opens a path and follows redirects, as a browser does."""
        return self._follow(
            self.client.get(path, base_url=self.base_url, headers=self.headers, **request), path
        )

    def press(self, button: str, **changes: str | None) -> Page:
        """Fills in the form that has this button (`answer_skill_1` for `answer-skill-1`) and sends it."""
        form = self.page.form(button)
        for name, value in changes.items():
            form.set(name.replace("_", "-"), value)
        name, value = form.buttons[button]
        pairs = [*form.fields, (name, value)] if name else form.fields
        return self.post(form.action or self.page.path, pairs)

    def post(self, path: str, pairs: Pairs | dict[str, str], **request: Any) -> Page:
        """Posts a form as it is and follows redirects."""
        from werkzeug.datastructures import MultiDict

        response = self.client.post(
            path, data=MultiDict(pairs), base_url=self.base_url, headers=self.headers, **request
        )
        return self._follow(response, path)

    def send(self, path: str, body: object, token: str | None = None) -> TestResponse:
        """Sends JSON as the page's script does."""
        headers = self.headers | {"X-CSRFToken": self.token if token is None else token}
        return self.client.post(path, json=body, base_url=self.base_url, headers=headers)

    @property
    def token(self) -> str:
        """The form token of the page at hand."""
        return next(form.data["csrf_token"] for form in self.page.forms if "csrf_token" in form.data)

    def _follow(self, response: TestResponse, path: str) -> Page:
        for _ in range(5):
            if response.status_code not in {301, 302, 303, 307, 308}:
                break
            assert response.status_code == 303, "a redirect after a form is 303"
            path = response.headers["Location"]
            assert path.startswith("/"), path
            response = self.client.get(path, base_url=self.base_url, headers=self.headers)
        self.page = Page(response, path)
        return self.page
