"""Attacks on every page at once, made from the map of addresses: forms without their token, ways to another
site, names that are markup, formulas in files. A new route, form or CSV file is tried without a line here."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import Visitor
from permission_world import (
    ADMINISTRATOR,
    BAKERY,
    MISSING,
    NOBODY,
    ROLES,
    Kept,
    World,
    make,
)
from pypdf import PdfReader
from small_organisation import NOON
from test_permission_matrix import FORMS, may_do, methods, own, parameters, values_of

from assess.campaigns import campaigns
from assess.campaigns.plans import Planned, WavePlan
from assess.mail.writing import write
from assess.outbox import letters
from assess.people import roster_import
from assess.store import Store
from assess.web.asks import OPEN, asked
from assess.web.services import KEY

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.routing import Rule
    from werkzeug.test import TestResponse

    from assess.settings import Settings

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("attacks")]  # its worlds are made once

ROOT = Path(__file__).parents[2]
WEB = ROOT / "assess" / "web"
MARK = "\"'><evil-"
"""Ends an attribute and a tag wherever it stands unescaped."""
EVIL_HOST = "evil.example"
EVIL = ("https://evil.example/", "//evil.example/", "/\\evil.example", "/\t/evil.example", "javascript:evil")
SOME_TOKEN = "A" * 43


def named(kind: str) -> str:
    """A name that is a formula and markup at once."""
    return f"=1+1{MARK}{kind} onload=x>{{{{7*191}}}}"


COLUMNS: Mapping[str, tuple[str, str]] = {
    "organisation": ("organisations", "name"),
    "unit": ("units", "name"),
    "person": ("people", "name"),
    "first": ("people", "first_name"),
    "number": ("people", "employee_number"),
    "campaign": ("campaigns", "name"),
    "wave": ("waves", "name"),
    "file": ("roster_imports", "file_name"),
}
"""Kind of name → where it stands."""
IN_JSON: Mapping[str, tuple[str, str]] = {"area": ("job_areas", "names"), "role": ("job_roles", "names")}


class NamedByAnAttacker(World):
    """The world, in which whatever somebody can name has been named by an attacker, plans and rosters too."""

    def _draft(self, owner: str) -> str:
        plan = WavePlan(
            questionnaires=(Planned(self.hashes[owner], ("self", "manager")),),
            legal_basis="legal-obligation",
            legal_text=named("law"),
            purpose=named("purpose"),
            delete_on=date(2027, 6, 1),
            discussed_on=date(2026, 11, 2),
        )
        return campaigns.create(
            self.store,
            self._administrator(owner),
            self.organisations[owner],
            named("wave"),
            plan,
            self.now,
            self.now + timedelta(days=21),
            self.now,
        )

    def _own_tasks(self) -> None:
        super()._own_tasks()
        self._name_everything()

    def _imports_and_memberships(self) -> None:
        super()._imports_and_memberships()
        text = f"x{MARK}roster".replace('"', '""')
        staged = roster_import.stage(
            self.store,
            self._administrator(BAKERY),
            self.organisations[BAKERY],
            named("file"),
            f'unit,name,employee_number,job_areas\n"{text}","{text}",9001,"{text}"\n'.encode(),
            self.now,
        )
        self.imports[BAKERY] = staged.id

    def _name_everything(self) -> None:
        for kind, (table, column) in COLUMNS.items():
            unique = f"|| {table}.id" if column == "employee_number" else ""
            self._rows(f"UPDATE {table} SET {column} = ? {unique}", named(kind))
        for kind, (table, column) in IN_JSON.items():
            names = ", ".join(f"'{language}', ?" for language in ("da", "sv", "en"))
            self._rows(f"UPDATE {table} SET {column} = json_object({names})", *[named(kind)] * 3)


@pytest.fixture(scope="module")
def kept(sqlite_template: Path, font_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    from serving import settings as make_settings

    folder = tmp_path_factory.mktemp("attacked")
    settings: Settings = make_settings.__wrapped__(sqlite_template, font_folder, folder)  # type: ignore[attr-defined]
    return make(settings, parameters, NamedByAnAttacker)


@pytest.fixture
def world_app(kept: Kept, quick_folder: Path) -> Iterator[Flask]:
    with kept.copy(quick_folder / "copy") as app:
        yield app


def browser_of(app: Flask, kept: Kept, role: str) -> Visitor:
    visitor = Visitor(app)
    for name, value in kept.browsers[role].cookies.items():
        visitor.client.set_cookie(name, value, domain="127.0.0.1")
    return visitor


def path_of(kept: Kept, rule: Rule, role: str) -> str:
    """The address of a route about what is a role's own."""
    path = rule.rule
    for name in rule.arguments:
        value = SOME_TOKEN
        if "<token>" not in path and rule.endpoint not in {"static", "public.font"}:
            values = values_of(kept, rule, name) if name not in {"version", "filename"} else {}
            value = own(values, role) or MISSING
        path = re.sub(rf"<(\w+:)?{name}>", value, path)
    return path


def whose(app: Flask, kept: Kept, rule: Rule) -> list[str]:
    """The roles that may do what a route asks for and have something that it can be about."""
    if asked(app.view_functions[rule.endpoint]) in {OPEN, None}:
        return [ADMINISTRATOR, NOBODY]
    having = [
        role
        for role in (ADMINISTRATOR, *ROLES)
        if role in may_do(app, rule)
        and all(own(values_of(kept, rule, name), role) for name in rule.arguments)
    ]
    return list(dict.fromkeys(having)) or sorted(may_do(app, rule))


def fields_of(kept: Kept, endpoint: str, role: str) -> dict[str, str]:
    return {
        name: own(kept.values[value[1:-1]], role) or MISSING if value.startswith("<") else value
        for name, value in FORMS.get(endpoint, {}).items()
    }


def everything_in(app: Flask) -> dict[str, list[str]]:
    """All rows, but those that count tries."""
    store = app.extensions[KEY].store
    with store.engine.transaction(write=False) as connection:
        return {
            table: sorted(map(repr, map(tuple, connection.execute(f"SELECT * FROM {table}").fetchall())))
            for table in store.engine.tables()
            if table != "tries"
        }


@dataclass(frozen=True)
class Shown:
    """What came back from one address."""

    place: str
    endpoint: str
    kind: str
    headers: str
    content: bytes


@dataclass(frozen=True)
class Opened:
    """Everything that can be opened, and all rows before and after."""

    pages: tuple[Shown, ...]
    before: dict[str, list[str]]
    after: dict[str, list[str]]


@pytest.fixture(scope="module")
def opened(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """Every address as everybody who has something there; files of one role only, because they take long."""
    with kept.copy(tmp_path_factory.mktemp("opened")) as app:
        before = everything_in(app)
        pages = [*open_everything(app, kept)]
        after = everything_in(app)
        pages += print_everything(app, kept)
        return Opened(tuple(pages), before, after)


def open_everything(app: Flask, kept: Kept) -> Iterator[Shown]:
    for rule in app.url_map.iter_rules():
        if "GET" not in methods(rule):
            continue
        is_file = rule not in pages_to_look_at(app)
        for role in whose(app, kept, rule):
            browser = browser_of(app, kept, role)
            path = path_of(kept, rule, role)
            for one in (path, path.replace(".csv", ".pdf")) if "<ending>" in rule.rule else (path,):
                response = browser.client.get(one, base_url=browser.base_url)
                assert response.status_code < 500, one
                yield shown(rule, role, response)
            if is_file and response.status_code == 200:
                break


def print_everything(app: Flask, kept: Kept) -> Iterator[Shown]:
    """Cards and questionnaires on paper: each print makes codes."""
    for rule in app.url_map.iter_rules():
        if "POST" in methods(rule) and rule.rule.endswith(".pdf"):
            browser = browser_of(app, kept, ADMINISTRATOR)
            form = {"csrf_token": kept.browsers[ADMINISTRATOR].token}
            form |= fields_of(kept, rule.endpoint, ADMINISTRATOR)
            path = path_of(kept, rule, ADMINISTRATOR)
            response = browser.client.post(path, data=form, base_url=browser.base_url)
            assert response.mimetype == "application/pdf", path
            yield shown(rule, ADMINISTRATOR, response)


def shown(rule: Rule, role: str, response: TestResponse) -> Shown:
    content = response.get_data()
    response.close()
    headers = "\n".join(value for _, value in response.headers)
    return Shown(f"{role}: {response.request.path}", rule.endpoint, response.mimetype, headers, content)


def pages_to_look_at(app: Flask) -> list[Rule]:
    """What can be opened and is not a file."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in methods(rule)
        and not rule.rule.endswith((".pdf", ".zip", ".css", ".csv", ".json", ".<ending>"))
        and rule.endpoint not in {"static", "public.font"}
    ]


# --- whose form is it? -----------------------------------------------------------------------------


def test_no_form_of_any_route_is_taken_without_its_token(world_app: Flask, kept: Kept) -> None:
    """Missing, empty, made up, or somebody else’s: refused with 400, and no row of any table differs."""
    before, tried, wrong = everything_in(world_app), set(), []
    for rule in world_app.url_map.iter_rules():
        if "POST" not in methods(rule):
            continue
        for role in whose(world_app, kept, rule):
            browser = browser_of(world_app, kept, role)
            other = next(name for name in ROLES if name not in {role, NOBODY})
            for token in (None, "", "made-up", kept.browsers[other].token):
                form = fields_of(kept, rule.endpoint, role) | ({} if token is None else {"csrf_token": token})
                path = path_of(kept, rule, role)
                response = browser.client.post(path, data=form, base_url=browser.base_url)
                tried.add(rule.endpoint)
                if response.status_code != 400:
                    wrong.append(f"{role}: {path} ({token}): {response.status_code}")
        as_script = browser.client.post(path, json={"share": "yes"}, base_url=browser.base_url)
        if as_script.status_code != 400:
            wrong.append(f"JSON: {path}: {as_script.status_code}")
    assert not wrong, "\n".join(wrong)
    assert len(tried) > 40
    after = everything_in(world_app)
    assert [table for table in before if before[table] != after[table]] == []


def test_no_get_changes_anything_but_what_was_looked_at(opened: Opened) -> None:
    """What a mail scanner opens does nothing: no link is used up, nothing is decided."""
    # Figures that the first look makes and keeps; a preview is worked out anew when people have come since.
    kept_figures = {"documents", "measurements", "talk_overviews", "roster_imports"}
    may_change = {"access_log", "access_log_head", *kept_figures}
    changed = {table for table in opened.before if opened.before[table] != opened.after[table]}
    assert {"access_log"} <= changed <= may_change


# --- where does it lead? ---------------------------------------------------------------------------


def names_that_are_read() -> list[str]:
    """The fields that some view reads by name, and those that attackers try."""
    read = set()
    for module in WEB.rglob("*.py"):
        read |= set(
            re.findall(r"request\.(?:args|values|form)\.get(?:list)?\(\s*\"([\w-]+)\"", module.read_text())
        )
    return sorted(read | {"next", "url", "return_to", "redirect_uri", "continue"})


def leads_away(response: TestResponse) -> bool:
    place = response.headers.get("Location", "/")
    return not place.startswith("/") or place.startswith(("//", "/\\")) or bool(re.search(r"[\s\\]", place))


@pytest.mark.parametrize("evil", EVIL)
def test_no_page_leads_to_another_site(world_app: Flask, kept: Kept, evil: str) -> None:
    query = dict.fromkeys(names_that_are_read(), evil)
    assert {"back", "next", "note"} <= set(query)
    wrong, moved = [], 0
    for rule in pages_to_look_at(world_app):
        role = whose(world_app, kept, rule)[0]
        browser = browser_of(world_app, kept, role)
        response = browser.client.get(
            path_of(kept, rule, role),
            query_string=query,
            base_url=browser.base_url,
            headers={"Referer": evil.strip()},
        )
        moved += response.status_code in {302, 303}
        if leads_away(response) or response.status_code >= 500:
            wrong.append(f"{rule.rule}: {response.status_code} {response.headers.get('Location')}")
        response.close()
    assert not wrong, "\n".join(wrong)
    assert moved


def test_no_form_leads_to_another_site(world_app: Flask, kept: Kept) -> None:
    wrong, moved = [], 0
    fields = dict.fromkeys(names_that_are_read(), EVIL[1])
    rules = [rule for rule in world_app.url_map.iter_rules() if "POST" in methods(rule)]
    # What ends something comes last, so that there is something to end.
    for rule in sorted(rules, key=lambda rule: bool(re.search("end|out|eras|stop|close|arch", rule.rule))):
        role = whose(world_app, kept, rule)[0]
        form = fields | {"csrf_token": kept.browsers[role].token}
        browser = browser_of(world_app, kept, role)
        for one in (form, form | fields_of(kept, rule.endpoint, role)):
            response = browser.client.post(
                path_of(kept, rule, role),
                data=one,
                query_string=fields,
                base_url=browser.base_url,
                headers={"Referer": EVIL[0]},
            )
            moved += response.status_code == 303
            if leads_away(response) or response.status_code >= 500:
                wrong.append(f"{rule.rule}: {response.status_code} {response.headers.get('Location')}")
    assert not wrong, "\n".join(wrong)
    assert moved > 10


def test_choosing_a_language_leads_back_to_a_page_of_ours(opened: Opened) -> None:
    wrong = {
        page.place: back
        for page in opened.pages
        if page.kind == "text/html"
        for back in re.findall(rb'name="back" value="([^"]*)"', page.content)
        if not re.match(rb"/(?!/)", back)
    }
    assert wrong == {}


def test_no_header_puts_another_host_into_a_page(world_app: Flask, kept: Kept) -> None:
    headers = {
        "X-Forwarded-Host": EVIL_HOST,
        "X-Forwarded-Server": EVIL_HOST,
        "X-Forwarded-Prefix": f"//{EVIL_HOST}",
        "Forwarded": f"host={EVIL_HOST}",
        "X-Original-URL": f"https://{EVIL_HOST}/",
        "X-Rewrite-URL": f"https://{EVIL_HOST}/",
    }
    wrong = []
    for rule in pages_to_look_at(world_app):
        role = whose(world_app, kept, rule)[0]
        browser = browser_of(world_app, kept, role)
        path = path_of(kept, rule, role)
        response = browser.client.get(path, base_url=browser.base_url, headers=headers)
        whole = response.get_data() + str(response.headers).encode()
        response.close()
        if EVIL_HOST.encode() in whole:
            wrong.append(path)
        refused = browser.client.get(path, base_url=f"http://{EVIL_HOST}")
        if refused.status_code != 400 and rule.endpoint != "public.health":
            wrong.append(f"{path} is served for {EVIL_HOST}: {refused.status_code}")
        refused.close()
    assert not wrong, "\n".join(wrong)


# --- names that are markup -------------------------------------------------------------------------


def text_of_pdf(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


SHOWN = (
    *("organisation", "unit", "person", "first", "number", "wave", "purpose", "law", "roster", "file"),
    *("person on paper", "unit on paper", "organisation on paper"),
)


def test_a_name_is_a_name_on_every_page_and_paper(opened: Opened) -> None:
    seen: set[str] = set()
    for page in opened.pages:
        assert "<" not in page.headers, page.place
        if page.kind == "text/html":
            text = page.content.decode()
            assert MARK not in text, page.place
            assert "<evil" not in text, page.place
            assert "1337" not in text, page.place
            seen |= set(re.findall(r"&lt;evil-(\w+)", text))
        elif page.kind == "application/pdf":
            text = text_of_pdf(page.content)
            assert "1337" not in text, page.place
            seen |= {f"{kind} on paper" for kind in re.findall(r"<evil-(\w+?)onload", text)}
    assert set(SHOWN) - seen == set(), "each of them is shown somewhere"


def test_what_stands_in_the_address_is_words_on_every_page(world_app: Flask, kept: Kept) -> None:
    query = dict.fromkeys(names_that_are_read(), f"{MARK}query>")
    for rule in pages_to_look_at(world_app):
        role = whose(world_app, kept, rule)[0]
        browser = browser_of(world_app, kept, role)
        path = path_of(kept, rule, role)
        response = browser.client.get(path, base_url=browser.base_url, query_string=query)
        assert response.status_code < 500, path
        # A calendar file is no page: there a name is a name, whatever signs it has.
        assert "<evil" not in response.get_data(as_text=True) or response.mimetype == "text/calendar", path
        response.close()


def test_what_is_typed_into_a_form_is_words_on_the_page_that_refuses_it(
    kept: Kept, quick_folder: Path
) -> None:
    read = dict.fromkeys(names_that_are_read(), f"{MARK}typed>")
    shown = 0
    with kept.copy(quick_folder / "map") as app:
        rules = [rule for rule in app.url_map.iter_rules() if "POST" in methods(rule)]
        for rule in rules:
            role = whose(app, kept, rule)[0]
            browser = browser_of(app, kept, role)
            path = path_of(kept, rule, role)
            page = browser.client.get(path, base_url=browser.base_url).get_data(as_text=True)
            names = set(re.findall(r'<(?:input|textarea|select)[^>]* name="([\w-]+)"', page))
            form = (
                read
                | dict.fromkeys(names, f"{MARK}typed>")
                | {"csrf_token": kept.browsers[role].token}
                | ({"sure": ""} if "sure" in names else {})
            )
            response = browser.client.post(path, data=form, base_url=browser.base_url)
            text = response.get_data(as_text=True)
            assert response.status_code < 500, path
            assert "<evil" not in text, path
            shown += "&lt;evil-typed" in text
    assert shown >= 4


def test_a_name_is_a_name_in_every_letter(world_app: Flask) -> None:
    place = world_app.extensions[KEY]
    store: Store = place.store
    with store.write() as q:
        [person] = q.people_who_may_sign_in(email="amina@example.org")
        for kind in ("sign-in",):
            letter_to = letters.Letter(kind, f"{kind}:evil", person["id"], person["organisation_id"])
            letters.put(store, q, letter_to, NOON)
    kinds, seen = set(), set()
    while (letter := letters.take(store, NOON)) is not None:
        message = write(store, place.settings, letter, NOON)
        kinds.add(letter.kind)
        body = message.get_body(("html",))
        assert body is not None
        html = body.get_content()
        assert MARK not in html
        assert "<evil" not in html
        assert EVIL_HOST not in message.as_string()
        links = set(re.findall(r'href="([^"]+)"', html))
        assert all(link.startswith((f"{place.settings.base_url}/", "mailto:")) for link in links), links
        seen |= set(re.findall(r"&lt;evil-(\w+)", html))
        assert [value for value in message.values() if "\n" in value] == []
    assert kinds >= {"invitation", "sign-in"}
    assert {"first", "organisation"} <= seen


# --- formulas --------------------------------------------------------------------------------------


def is_formula(cell: str) -> bool:
    return cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not re.fullmatch(r"[+-]?\d+([.,]\d+)?", cell)


def test_no_cell_of_any_csv_file_is_a_formula(world_app: Flask, opened: Opened) -> None:
    files: dict[str, str] = {}
    for page in opened.pages:
        if page.kind == "text/csv":
            text = page.content.decode("utf-8-sig")
            delimiter = ";" if ";" in text.splitlines()[0] else ","
            rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
            assert [cell for row in rows for cell in row if is_formula(cell)] == [], page.place
            files[page.endpoint] = text
    assert f"'{named('unit')[:4]}" in files["releases.release_file"], "names stand in it"
    assert set(files) == {
        rule.endpoint for rule in world_app.url_map.iter_rules() if rule.rule.endswith((".csv", ".<ending>"))
    }


def test_whatever_writes_csv_makes_its_cells_harmless() -> None:
    """Commands too: there is one place that knows what a spreadsheet runs."""
    writers = [
        module
        for room in ("assess", "reports", "questionnaires")
        for module in (ROOT / room).rglob("*.py")
        if re.search(r"csv\.(Dict)?[wW]riter\(", module.read_text())
    ]
    assert len(writers) >= 4
    invents_its_own = ROOT / "assess" / "demo" / "roster.py"
    assert [
        module.name
        for module in writers
        if not re.search(r"\b(safe_row|harmless)\b", module.read_text()) and module != invents_its_own
    ] == []
