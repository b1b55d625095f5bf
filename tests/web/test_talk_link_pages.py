"""The link in a letter about a talk: a button, and a session that prepares that talk and no more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import Visitor
from permission_world import COACH, EMPLOYEE, MANAGER, Browser, Kept, World, make
from small_organisation import NOON, Bakery
from talking import Talking
from test_permission_matrix import address, methods, own, parameters, routes

from assess.people import administrators, appointments, sessions
from assess.talks import links, talks
from assess.web.asks import OPEN, asked
from assess.web.person import OF_A_TALK

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.routing import Rule

    from assess.settings import Settings
    from assess.store import Store


@pytest.fixture
def talk(bakery: Bakery) -> Talking:
    return Talking(bakery)


@pytest.fixture
def talk_id(talk: Talking) -> str:
    return talk.plan()


def link_of(talk: Talking, talk_id: str, person_id: str) -> str:
    return f"/talks/open/{links.mint(talk.store, talk_id, person_id, NOON)}"


def opened(app: Flask, link: str) -> Visitor:
    visitor = Visitor(app)
    visitor.open(link)
    visitor.post(link, {"csrf_token": visitor.token})
    return visitor


# --- the button ------------------------------------------------------------------------------------


def test_the_link_shows_a_button_and_nobodys_name(
    app: Flask, store: Store, talk: Talking, talk_id: str
) -> None:
    link = link_of(talk, talk_id, talk.amina.id)
    for _ in range(2):
        page = Visitor(app).open(link)
        assert page.status == 200
        assert not page.says("Amina")
        assert not page.says("Bo")
        assert not page.says("Room 2")
    with store.engine.transaction(write=False) as connection:
        assert len(connection.execute("SELECT id FROM person_sessions").fetchall()) == 0


def test_the_page_is_the_organisations(app: Flask, bakery: Bakery, talk: Talking, talk_id: str) -> None:
    visitor = Visitor(app)
    visitor.open(link_of(talk, talk_id, bakery.employee_id))
    with bakery.store.read() as q:
        assert visitor.page.says(q.organisation(id=bakery.organisation_id)["name"])


def test_the_button_leads_to_the_preparation_by_an_address_without_the_token(
    app: Flask, talk: Talking, talk_id: str
) -> None:
    link = link_of(talk, talk_id, talk.amina.id)
    visitor = opened(app, link)
    assert visitor.page.status == 200
    assert visitor.page.path == f"/talks/{talk_id}/preparation"
    assert link.rpartition("/")[2] not in visitor.page.html


def test_a_form_without_its_token_opens_nothing(app: Flask, talk: Talking, talk_id: str) -> None:
    link = link_of(talk, talk_id, talk.amina.id)
    response = Visitor(app).client.post(link)
    assert response.status_code == 400
    assert "assess-person" not in response.headers.get("Set-Cookie", "")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_that_does_not_work_is_no_page(app: Flask, talk: Talking, talk_id: str, method: str) -> None:
    link = link_of(talk, talk_id, talk.amina.id)
    visitor = Visitor(app)
    visitor.open(link)
    token = visitor.token
    talks.cancel(talk.store, talk.bo, talk_id, NOON)
    for path in (link, "/talks/open/" + "x" * 43):
        page = visitor.open(path) if method == "GET" else visitor.post(path, {"csrf_token": token})
        assert page.status == 404
        assert page.says("This link has stopped working") is (path == link), "it was a link once"
        assert "Amina" not in page.text


def test_wrong_links_are_counted_and_right_ones_are_not(app: Flask, talk: Talking, talk_id: str) -> None:
    link = link_of(talk, talk_id, talk.amina.id)
    for _ in range(12):
        assert opened(app, link).page.status == 200
    visitor = Visitor(app)
    visitor.open("/sign-in")
    tried = [visitor.post("/talks/open/" + "x" * 43, {"csrf_token": visitor.token}).status for _ in range(11)]
    assert tried == [404] * 10 + [429]


def test_whoever_has_signed_in_stays_signed_in(app: Flask, store: Store, talk: Talking, talk_id: str) -> None:
    visitor = Visitor(app)
    with store.write() as q:
        secret = sessions.begin(q, talk.amina.id, "en", NOON)
    visitor.client.set_cookie("assess-person", secret, domain="127.0.0.1")
    link = link_of(talk, talk_id, talk.amina.id)
    assert "Somebody else" not in visitor.open(link).text
    visitor.post(link, {"csrf_token": visitor.token})
    assert visitor.page.path == f"/talks/{talk_id}/preparation"
    assert visitor.open("/me").status == 200


def test_in_somebody_elses_browser_the_session_there_ends(
    app: Flask, store: Store, talk: Talking, talk_id: str
) -> None:
    visitor = Visitor(app)
    with store.write() as q:
        secret = sessions.begin(q, talk.dana.id, "en", NOON)
    visitor.client.set_cookie("assess-person", secret, domain="127.0.0.1")
    link = link_of(talk, talk_id, talk.amina.id)
    assert visitor.open(link).says("Somebody else is signed in on this device")
    visitor.post(link, {"csrf_token": visitor.token})
    assert visitor.open(f"/talks/{talk_id}/preparation").says("Bo")
    assert sessions.find(store, secret, NOON) is None


def test_who_has_only_opened_a_letter_is_somebody_else_too(app: Flask, talk: Talking, talk_id: str) -> None:
    visitor = opened(app, link_of(talk, talk_id, talk.bo.id))
    notice = 'class="notice"'
    assert notice not in visitor.open(link_of(talk, talk_id, talk.bo.id)).html
    assert notice in visitor.open(link_of(talk, talk_id, talk.amina.id)).html


# --- what it opens ---------------------------------------------------------------------------------


def test_the_preparation_is_saved_without_leading_elsewhere(app: Flask, talk: Talking, talk_id: str) -> None:
    from assess.talks import preparing

    visitor = opened(app, link_of(talk, talk_id, talk.bo.id))
    [form] = [one for one in visitor.page.forms if "strengths" in one.data]
    form.set("strengths", "Calm")
    visitor.post(visitor.page.path, form.data | {"go": "ready"})
    assert visitor.page.status == 200
    assert visitor.page.path.startswith(f"/talks/{talk_id}/preparation")
    found = preparing.preparation(talk.store, talk.bo, talk_id, NOON)
    assert (found.texts.strengths, found.ready_at) == ("Calm", NOON)


def test_the_page_has_no_way_to_pages_that_do_not_open(app: Flask, talk: Talking, talk_id: str) -> None:
    visitor = opened(app, link_of(talk, talk_id, talk.amina.id))
    inner = set(re.findall(r'<a [^>]*href="(/[^"#]*)"', visitor.page.html))
    for path in inner:
        assert Visitor(app).open(path).status == 200, f"{path} is for who has signed in"


def test_it_ends_by_the_button_and_when_the_talk_is_cancelled(
    app: Flask, talk: Talking, talk_id: str
) -> None:
    page = f"/talks/{talk_id}/preparation"
    first = opened(app, link_of(talk, talk_id, talk.amina.id))
    first.post("/sign-in/end", {"csrf_token": first.token})
    assert first.open(page).status == 401
    second = opened(app, link_of(talk, talk_id, talk.amina.id))
    assert second.open(page).status == 200
    talks.cancel(talk.store, talk.bo, talk_id, NOON)
    assert second.open(page).status == 401


@pytest.mark.parametrize("chooses", [True, False])
def test_the_page_that_asks_to_sign_in_speaks_the_language_of_the_link(
    app: Flask, talk: Talking, talk_id: str, chooses: bool
) -> None:
    language = "da" if chooses else "en"
    with talk.store.engine.transaction(write=True) as connection:
        connection.execute("UPDATE people SET language = ? WHERE id = ?", (language, talk.amina.id))
    visitor = Visitor(app, accept_language="sv")
    link = link_of(talk, talk_id, talk.amina.id)
    visitor.open(link)
    visitor.post(link, {"csrf_token": visitor.token})
    assert visitor.page.language == language
    if chooses:
        visitor.press("English")
    page = visitor.open(f"/talks/{talk_id}")
    assert (page.status, page.language) == (401, "en")


def test_the_language_can_be_chosen(app: Flask, talk: Talking, talk_id: str) -> None:
    visitor = opened(app, link_of(talk, talk_id, talk.amina.id))
    page = f"/talks/{talk_id}/preparation"
    visitor.post("/language", {"csrf_token": visitor.token, "language": "sv", "back": page})
    assert visitor.page.language == "sv"
    assert visitor.page.path == page


# --- and nothing else: every route of the application ----------------------------------------------

ROLES_WITH_TALKS = (EMPLOYEE, MANAGER)


class Important(World):
    """Employee and manager hold every office besides: a limited session must still open nothing of it."""

    def __post_init__(self) -> None:
        super().__post_init__()
        administrator = self.actor("administrator")
        for role in ROLES_WITH_TALKS:
            administrators.grant(self.store, self.people_of[role], self.now)
            for office in ("coach", "representative"):
                appointments.appoint(
                    self.store,
                    administrator,
                    self.organisation_id,
                    self.people_of[role],
                    office,  # type: ignore[arg-type]
                    self.now,
                )


@pytest.fixture(scope="module")
def kept(sqlite_template: Path, font_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    from serving import settings as make_settings

    folder = tmp_path_factory.mktemp("limited")
    settings: Settings = make_settings.__wrapped__(sqlite_template, font_folder, folder)  # type: ignore[attr-defined]
    return make(settings, parameters, Important)


@pytest.fixture
def world_app(kept: Kept, quick_folder: Path) -> Iterator[Flask]:
    with kept.copy(quick_folder / "copy") as app:
        yield app


def limited(app: Flask, kept: Kept, role: str) -> Visitor:
    """A browser in which the role's link was opened, and nothing else."""
    from assess.web.services import KEY

    store = app.extensions[KEY].store
    talk_id = kept.values["talks.talk_id"][role]
    with store.read() as q:
        row = q.talk_of_letter(id=talk_id)
    person_id = row["holder_id"] if role == MANAGER else row["person_id"]
    token = links.mint(store, talk_id, person_id, NOON)
    visitor = opened(app, f"/talks/open/{token}")
    assert visitor.page.status == 200
    return visitor


def example(kept: Kept, rule: Rule, role: str) -> dict[str, str]:
    """The role's own value of every parameter, else somebody's, else what is nobody's."""
    found = {}
    for name in rule.arguments:
        blueprint = rule.endpoint.rpartition(".")[0]
        keys = (f"{rule.endpoint}.{name}", f"{blueprint}.{name}", name)
        values = next((kept.values[key] for key in keys if key in kept.values), {})
        found[name] = own(values, role) or next(iter(values.values()), "0" * 32)
    return found


@pytest.mark.parametrize("role", ROLES_WITH_TALKS)
def test_no_other_page_of_the_application_opens(world_app: Flask, kept: Kept, role: str) -> None:
    """Over the whole map of addresses, with what is the role's own: as if nobody had signed in."""
    visitor = limited(world_app, kept, role)
    token, wrong, tried = visitor.token, [], 0
    for rule in routes(world_app):
        if rule.rule in OF_A_TALK:
            continue
        path = address(world_app, rule, example(kept, rule, role))
        for method in methods(rule):
            data = {"csrf_token": token} if method == "POST" else None
            response = visitor.client.open(
                path, method=method, data=data, base_url=visitor.base_url, headers=visitor.headers
            )
            tried += 1
            if response.status_code != 401:
                wrong.append(f"{method} {path} ({rule.endpoint}): {response.status_code}")
    assert not wrong, "\n".join(wrong)
    assert tried > 100
    page = f"/talks/{kept.values['talks.talk_id'][role]}/preparation"
    assert visitor.open(page).status == 200, "the session was alive all the time"


@pytest.mark.parametrize("role", ROLES_WITH_TALKS)
def test_signed_in_the_same_person_gets_in(world_app: Flask, kept: Kept, role: str) -> None:
    """So that the test above says something: it is the session that is refused, not the person."""
    browser: Browser = kept.browsers[role]
    visitor = Visitor(world_app)
    for name, value in browser.cookies.items():
        visitor.client.set_cookie(name, value, domain="127.0.0.1")
    for path in ("/me", "/admin", "/coaching", "/representative", "/account", "/talks"):
        assert visitor.open(path).status == 200, path


def test_what_it_opens_are_pages_of_one_talk_that_there_are(world_app: Flask) -> None:
    rules = {rule.rule: rule for rule in world_app.url_map.iter_rules()}
    assert set(rules) >= OF_A_TALK
    for one in OF_A_TALK:
        assert rules[one].arguments == {"talk_id"}
        assert asked(world_app.view_functions[rules[one].endpoint]) == "prepare-talk"


@pytest.mark.parametrize("role", ROLES_WITH_TALKS)
def test_no_other_talk_opens_not_even_an_own_one(world_app: Flask, kept: Kept, role: str) -> None:
    visitor = limited(world_app, kept, role)
    mine = kept.values["talks.talk_id"][role]
    for owner, talk_id in kept.values["talks.talk_id"].items():
        for rule in OF_A_TALK:
            path = rule.replace("<talk_id>", talk_id)
            assert visitor.open(path).status == (200 if talk_id == mine else 401), (owner, path)
    assert COACH in kept.values["talks.talk_id"]


@pytest.mark.parametrize("role", ROLES_WITH_TALKS)
def test_open_pages_treat_it_as_nobody(world_app: Flask, kept: Kept, role: str) -> None:
    visitor = limited(world_app, kept, role)
    for path in ("/sign-in", "/"):
        visitor.open(path)
        assert (visitor.page.status, visitor.page.path) == (200, path)
        assert not visitor.page.says("Sign out on this device")
    names = {
        rule.endpoint
        for rule in world_app.url_map.iter_rules()
        if asked(world_app.view_functions[rule.endpoint]) == OPEN
    }
    assert {"talk_link.look", "talk_link.enter", "signin.leave", "answer.choose_language"} <= names
