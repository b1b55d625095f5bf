"""Every route as every role, with own, foreign and missing things, made from the application's own map of
addresses. A route or parameter that is missing in the tables below fails: nothing slips in untried.

`MATRIX` is what is expected, by action. Nobody who is not signed in gets further than 401. What belongs to
somebody else answers 404, and its page is the page of what does not exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import Visitor
from permission_world import (
    ADMINISTRATOR,
    BAKERY,
    COACH,
    ELSEWHERE,
    EMPLOYEE,
    FOREIGN,
    MANAGER,
    MISSING,
    NOBODY,
    OTHER,
    REPRESENTATIVE,
    ROLES,
    Kept,
    Owned,
    World,
    make,
)

from assess.rights import RULES
from assess.web.asks import OPEN, asked
from assess.web.guard import ENTRANCES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Flask
    from werkzeug.routing import Rule
    from werkzeug.test import TestResponse

    from assess.settings import Settings

SIGNED_IN = frozenset(ROLES) - {NOBODY}
ADMINISTRATORS = frozenset({ADMINISTRATOR, FOREIGN})
WITH_A_TASK = frozenset({EMPLOYEE, OTHER, MANAGER})

MATRIX: Mapping[str, frozenset[str]] = {
    # by the link to a task
    "answer: answer": WITH_A_TASK,
    "answer: submit": WITH_A_TASK,
    "answer: read": WITH_A_TASK,
    "answer: see-profile": WITH_A_TASK,
    "answer: share": WITH_A_TASK,
    "answer: export": WITH_A_TASK,
    # the own affairs
    "see-own": SIGNED_IN,
    "correct-contact": SIGNED_IN,
    "ask-erasure": SIGNED_IN,
    # what others share, lead or publish
    "see-shared": frozenset({COACH}),
    "see-notices": frozenset({REPRESENTATIVE}),
    "see-unit": frozenset({MANAGER}),
    "see-release": frozenset({MANAGER, REPRESENTATIVE}) | ADMINISTRATORS,
    "releases.home": SIGNED_IN,  # the list of what one may see, which may be empty
    "team: see-profile": frozenset({MANAGER}),
    # talks: the two, and whom the person shows one to; an administrator has no relation to any
    "see-talks": SIGNED_IN,  # the list of the own, which may be empty
    "plan-talk": frozenset({MANAGER, COACH}),
    "see-talk": frozenset({EMPLOYEE, MANAGER, COACH, FOREIGN}),
    "change-talk": frozenset({MANAGER}),
    "cancel-talk": frozenset({EMPLOYEE, MANAGER, FOREIGN}),
    "prepare-talk": frozenset({EMPLOYEE, MANAGER, FOREIGN}),
    "agree": frozenset({EMPLOYEE, MANAGER, FOREIGN}),
    "read-own-note": frozenset({EMPLOYEE, MANAGER, COACH, FOREIGN}),
    "show-talk": frozenset({EMPLOYEE, FOREIGN}),
    # an organisation's administrators
    **dict.fromkeys(
        sorted(rule.action for rule in RULES if rule.who == "administrator" and rule.action != "see-release"),
        ADMINISTRATORS,
    ),
}
"""Action, where it matters with its blueprint → the roles that may do it to what is theirs."""


def parameters(world: World) -> dict[str, Owned]:
    """Parameter of an address, where it matters with its endpoint → example values by owner. A neutral one
    is nobody's: it is the same for all."""
    passkeys: Owned = {}  # whoever has one must confirm with it first: here nobody has
    return {
        "admin.wave_id": world.planned_waves,
        "admin.measures.wave_id": world.answered_waves,
        "admin.figures.wave_id": world.answered_waves,
        "admin.manual.wave_id": world.answered_waves,
        "admin.try_task.wave_id": world.tested_waves,
        "admin.try_task.task_id": world.trial_tasks,
        "admin.trial_links.wave_id": world.tested_waves,
        "admin.add_tester.wave_id": world.tested_waves,
        "admin.stop_testing.wave_id": world.tested_waves,
        "admin.confirm_open.wave_id": world.tested_waves,
        "admin.open_wave.wave_id": world.tested_waves,
        "admin.plan.wave_id": world.tested_waves,
        "admin.change_plan.wave_id": world.tested_waves,
        "admin.norms_id": world.norms,
        "admin.publication_id": world.publications,
        "content_hash": world.hashes,
        "answer.sheet_id": world.sheets,
        "me.task_id": world.tasks,
        "coaching.task_id": {COACH: world.tasks[EMPLOYEE], "nobody’s": world.tasks[OTHER]},
        "coaching.person_id": {COACH: world.employee_id, "nobody’s": world.people_of[OTHER]},
        "admin.request_id": world.requests,
        "admin.letter_id": world.letters,
        "admin.person_id": world.people_of_organisation,
        "admin.membership_id": world.memberships,
        "admin.import_id": world.imports,
        "releases.release_id": world.releases,
        "releases.unit_id": world.units,
        "talks.talk_id": world.talks,
        "batches.batch_id": world.batches,
        "talks.agreement_id": world.agreements,
        "talks.with": {"any": world.people_of[COACH]},
        "account.device_id": world.devices,
        "account.passkey_id": passkeys,
        "representative.wave_id": world.planned_waves,
        "perspective": {"any": "self"},
        "ending": {"any": "csv"},
        "team.name": {"any": "technical"},
        "number": {"any": "1"},
    }


OPEN_PARAMETERS = frozenset({"token", "name", "version", "filename"})
"""Parameters of open routes: a link is its own key, files are for everybody."""

NOT_THERE: Mapping[str, frozenset[str]] = {
    # Who has not submitted has no result yet.
    "answer.report": frozenset({OTHER}),
    "me.profile": frozenset({OTHER}),
    "me.report": frozenset({OTHER}),
    # Too few have answered there for any figures.
    "admin.figures": frozenset({FOREIGN}),
    "admin.manual": frozenset({FOREIGN}),
    # The other organisation has no coach to whom a talk could be shown.
    "talks.show": frozenset({FOREIGN}),
    # Who has rated nobody, and with whom nobody shares, has nothing to order.
    "batches.order": SIGNED_IN - {MANAGER, COACH},
    # Without the code of a printed questionnaire there is none to enter.
    "admin.paper_sheet": ADMINISTRATORS,
}
"""Endpoint → roles that may, but whose own thing is not of the kind."""


FORMS: Mapping[str, Mapping[str, str]] = {
    "me.share": {"share": "yes"},
    "talks.show": {"shown": "yes", "with": "<talks.with>"},
    "batches.order": {"kind": "wave-reports", "subject": "<admin.wave_id>"},
    "admin.end_person": {"sure": "yes"},
    "admin.appoint": {"give": "coach"},
    "admin.cards": {"unit": "<releases.unit_id>"},
    "admin.questionnaires": {"unit": "<releases.unit_id>"},
}
"""Endpoint → fields without which its form is refused before anything is looked for. `<…>` is the role's own
value of a parameter."""


@dataclass(frozen=True)
class Try:
    """One request: who asks for what, and what about."""

    endpoint: str
    method: str
    role: str
    path: str
    about: str

    def __str__(self) -> str:
        return f"{self.role}: {self.method} {self.path} ({self.endpoint}, {self.about})"


@pytest.fixture(scope="module")
def kept(sqlite_template: Path, font_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """The world, made once for all tests here."""
    from serving import settings as make_settings

    folder = tmp_path_factory.mktemp("world")
    settings: Settings = make_settings.__wrapped__(sqlite_template, font_folder, folder)  # type: ignore[attr-defined]
    return make(settings, parameters)


@pytest.fixture
def world_app(kept: Kept, quick_folder: Path) -> Iterator[Flask]:
    with kept.copy(quick_folder / "copy") as app:
        yield app


def routes(app: Flask) -> list[Rule]:
    """All that are not open."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if asked(app.view_functions[rule.endpoint]) not in {OPEN, None}
    ]


def may_do(app: Flask, rule: Rule) -> frozenset[str]:
    """The roles that may do what a route asks for; fails where the table does not say."""
    action = asked(app.view_functions[rule.endpoint])
    blueprint = rule.endpoint.rpartition(".")[0]
    keys = (rule.endpoint, f"{blueprint}: {action}", str(action))
    found = next((MATRIX[key] for key in keys if key in MATRIX), None)
    assert found is not None, f"{rule.endpoint}: {action} is not in MATRIX"
    return found


def values_of(kept: Kept, rule: Rule, name: str) -> Owned:
    blueprint = rule.endpoint.rpartition(".")[0]
    for key in (f"{rule.endpoint}.{name}", f"{blueprint}.{name}", name):
        if key in kept.values:
            return kept.values[key]
    raise AssertionError(f"{rule.rule}: parameters() has no example values for {name}")


def own(values: Owned, role: str) -> str | None:
    """What is a role's own: the person's, or that of the role's organisation."""
    organisation = ELSEWHERE if role == FOREIGN else BAKERY
    return values.get(role, values.get(organisation, values.get("any")))


def foreign(values: Owned, role: str) -> list[str]:
    """Everything that is somebody else's."""
    mine = own(values, role)
    return [value for owner, value in values.items() if owner != "any" and value != mine]


def address(app: Flask, rule: Rule, values: Mapping[str, str]) -> str:
    with app.test_request_context():
        adapter = app.create_url_adapter(None)
        path = rule.rule
        for name, value in values.items():
            path = re.sub(rf"<(\w+:)?{name}>", value, path)
        assert "<" not in path, path
        assert adapter is None or path.startswith("/")
        return path


def methods(rule: Rule) -> Iterable[str]:
    return sorted((rule.methods or set()) & {"GET", "POST"})


def tries_of(app: Flask, kept: Kept, rule: Rule, role: str, about: str) -> Iterator[Try]:
    """The requests of a role to a route: about what is `own`, `foreign` or `missing`. Where a route has
    several parameters each is in turn somebody else's, the others being the role's own."""
    names = sorted(rule.arguments)
    table = {name: values_of(kept, rule, name) for name in names}
    mine = {name: own(table[name], role) for name in names}
    owned = [name for name in names if "any" not in table[name]]
    chosen: list[dict[str, str | None]]
    if about == "own":
        chosen = [mine]
    else:
        chosen = [
            {**mine, name: value}
            for name in owned
            for value in (foreign(table[name], role) if about == "foreign" else [MISSING])
        ]
        chosen = [
            {name: MISSING if value is None else value for name, value in one.items()} for one in chosen
        ]
    for values in chosen:
        if None in values.values():
            continue
        path = address(app, rule, {name: str(value) for name, value in values.items()})
        for method in methods(rule):
            yield Try(rule.endpoint, method, role, path, about)


def ask(app: Flask, kept: Kept, one: Try) -> TestResponse:
    """Sends it as the role's browser would, a form with its token."""
    browser = kept.browsers[one.role]
    visitor = Visitor(app)
    for name, value in browser.cookies.items():
        visitor.client.set_cookie(name, value, domain="127.0.0.1")
    fields = {
        name: own(kept.values[value[1:-1]], one.role) or MISSING if value.startswith("<") else value
        for name, value in FORMS.get(one.endpoint, {}).items()
    }
    data = {"csrf_token": browser.token, **fields} if one.method == "POST" else None
    return visitor.client.open(
        one.path, method=one.method, data=data, base_url=visitor.base_url, headers=visitor.headers
    )


def seen(response: TestResponse, one: Try) -> str:
    """A page without what differs from visit to visit: its own address, tokens of forms."""
    text = response.get_data(as_text=True).replace(one.path, "…")
    return re.sub(r'name="csrf_token" value="[^"]*"', "", text)


def test_every_action_of_a_route_and_every_parameter_is_in_the_tables(world_app: Flask, kept: Kept) -> None:
    for rule in world_app.url_map.iter_rules():
        if asked(world_app.view_functions[rule.endpoint]) == OPEN:
            assert rule.arguments <= OPEN_PARAMETERS, rule
            continue
        may_do(world_app, rule)
        for name in rule.arguments:
            values_of(kept, rule, name)
    endpoints = set(world_app.view_functions)
    assert set(NOT_THERE) | set(FORMS) <= endpoints


def test_the_world_has_something_foreign_for_every_parameter(kept: Kept) -> None:
    for name, values in kept.values.items():
        assert values == {} or "any" in values or len(set(values.values())) == len(values), name
        assert (
            "any" in values or name.endswith(("passkey_id", "norms_id", "publication_id")) or len(values) > 1
        )


def test_who_has_not_come_in_gets_no_further(world_app: Flask, kept: Kept) -> None:
    wrong = []
    for rule in routes(world_app):
        entrance = ENTRANCES[rule.endpoint.rpartition(".")[0]]
        outside = {NOBODY} if entrance == "person" else set(ROLES) - WITH_A_TASK
        for role in sorted(outside):
            for about in ("foreign", "missing"):
                for one in tries_of(world_app, kept, rule, role, about):
                    response = ask(world_app, kept, one)
                    if response.status_code != 401:
                        wrong.append(f"{one}: {response.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", [role for role in ROLES if role != NOBODY])
def test_who_may_not_sees_what_is_not_there(world_app: Flask, kept: Kept, role: str) -> None:
    """Whatever it is about: the answer to a thing that is there is the answer to one that is not."""
    wrong = []
    for rule in routes(world_app):
        if role in may_do(world_app, rule) or ENTRANCES[rule.endpoint.rpartition(".")[0]] != "person":
            continue
        tried = [
            one
            for about in ("own", "foreign", "missing")
            for one in tries_of(world_app, kept, rule, role, about)
        ]
        assert tried or rule.arguments, rule
        wrong += not_the_same(world_app, kept, tried)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", [role for role in ROLES if role != NOBODY])
def test_what_is_somebody_elses_looks_as_if_it_were_not_there(
    world_app: Flask, kept: Kept, role: str
) -> None:
    wrong = []
    for rule in routes(world_app):
        if role not in may_do(world_app, rule):
            continue
        tried = [
            one for about in ("foreign", "missing") for one in tries_of(world_app, kept, rule, role, about)
        ]
        wrong += not_the_same(world_app, kept, tried)
    assert not wrong, "\n".join(wrong)


def not_the_same(app: Flask, kept: Kept, tried: list[Try]) -> list[str]:
    """What is wrong with requests that must all be answered by the same page of what does not exist."""
    wrong = []
    answers: dict[str, list[tuple[Try, str]]] = {}
    for one in tried:
        response = ask(app, kept, one)
        if response.status_code != 404:
            wrong.append(f"{one}: {response.status_code}")
        answers.setdefault(one.method, []).append((one, seen(response, one)))
    for pages in answers.values():
        for (before, page), (after, other) in pairwise(pages):
            if page != other:
                wrong.append(f"{before} and {after} look different")
    return wrong


@pytest.mark.parametrize("role", [role for role in ROLES if role != NOBODY])
def test_who_may_gets_in(kept: Kept, quick_folder: Path, role: str) -> None:
    """Every request on a fresh copy of the world, where it may change something. What it needs may be missing
    from an empty form (400, 422), or be over by now (403, 409): but it is not refused."""
    wrong = []
    with kept.copy(quick_folder / "read") as app:
        for rule in routes(app):
            if role not in may_do(app, rule) or role in NOT_THERE.get(rule.endpoint, frozenset()):
                continue
            for one in tries_of(app, kept, rule, role, "own"):
                if one.method == "GET":
                    wrong += refused(app, kept, one)
                    continue
                with kept.copy(quick_folder / "write") as fresh:
                    wrong += refused(fresh, kept, one)
    assert not wrong, "\n".join(wrong)


def refused(app: Flask, kept: Kept, one: Try) -> list[str]:
    response = ask(app, kept, one)
    page = response.get_data(as_text=True) if response.mimetype == "text/html" else ""
    is_in = response.status_code < 500 and response.status_code not in {401, 404, 405}
    if is_in and "This page has expired" not in page:
        return []
    return [f"{one}: {response.status_code}"]
