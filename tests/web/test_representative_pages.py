"""The employees' representatives read what was announced and what is asked; administrators read the log."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from browsing import Visitor
from small_organisation import NOON, Bakery, tiny

from assess.audit.log import OF_PEOPLE, OF_THE_ORGANISATION
from assess.campaigns import campaigns
from assess.campaigns.plans import Planned, WavePlan
from assess.people import administrators, appointments, signing_in
from assess.rights import Actor, Terms, in_words, notice
from assess.web.admin.log import WORDS

if TYPE_CHECKING:
    from flask import Flask

    from assess.store import Store


@dataclass
class Represented(Bakery):
    """Bo administers; Runa represents the employees. One wave is open, one is being planned."""

    definition: object = field(default_factory=tiny)  # type: ignore[assignment]
    representative_id: str = ""
    wave_id: str = ""
    draft_id: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        administrators.grant(self.store, self.manager_id, self.now)
        self.representative_id = self.add_person("Runa", "Runa Rask", "da", "1003")
        appointments.appoint(
            self.store,
            self.administrator,
            self.organisation_id,
            self.representative_id,
            "representative",
            self.now,
        )
        self.wave_id = self.plan_wave("Spring")
        campaigns.open_wave_of_plan(self.store, self.administrator, self.wave_id, self.now)
        self.draft_id = self.plan_wave("Next plan")

    @property
    def administrator(self) -> Actor:
        return Actor(self.manager_id, frozenset({self.organisation_id}))

    @property
    def plan(self) -> WavePlan:
        return WavePlan(
            questionnaires=(Planned(self.content_hash, ("self", "manager")),),
            least=6,
            legal_basis="public-task",
            legal_text="Arbejdsmiljøloven § 15",
            purpose="Better talks about the work",
            delete_on=date(2027, 6, 1),
            discussed_on=date(2026, 11, 2),
            job_areas="chosen",
        )

    def plan_wave(self, name: str) -> str:
        return campaigns.create(
            self.store,
            self.administrator,
            self.organisation_id,
            name,
            self.plan,
            NOON,
            NOON + timedelta(days=21),
            NOON,
        )

    def sign_in(self, app: Flask, person_id: str) -> Visitor:
        visitor = Visitor(app)
        visitor.open("/")
        visitor.press("English")
        visitor.open(f"/sign-in/{signing_in.mint(self.store, person_id, self.now)}")
        visitor.post(visitor.page.path, {"csrf_token": visitor.token})
        visitor.post("/language", {"csrf_token": visitor.token, "language": "en"})
        return visitor


@pytest.fixture
def bakery(store: Store) -> Represented:
    return Represented(store)


@pytest.fixture
def runa(bakery: Represented, app: Flask) -> Visitor:
    return bakery.sign_in(app, bakery.representative_id)


def test_every_wave_is_listed_and_a_plan_as_what_it_is(runa: Visitor, bakery: Represented) -> None:
    page = runa.open("/representative")
    assert page.status == 200
    assert page.says("Spring", "Open until 14 December 2026")
    assert page.says("Next plan", "Being planned: nothing is asked yet"), page.text
    assert runa.open(f"/representative/waves/{bakery.draft_id}").says("Next plan", "may still change")


def test_a_wave_tells_what_it_was_opened_with(runa: Visitor, bakery: Represented) -> None:
    page = runa.open(f"/representative/waves/{bakery.wave_id}")
    assert page.says(
        "Better talks about the work",
        "article 6(1)(e)",
        "Arbejdsmiljøloven § 15",
        "1 June 2027",
        "2 November 2026",
        "6 people",
    )


def test_each_notice_stands_there_as_respondents_read_it(runa: Visitor, bakery: Represented) -> None:
    page = runa.open(f"/representative/waves/{bakery.wave_id}")
    plan = bakery.plan
    terms = Terms(6, plan.purpose, plan.legal_basis, plan.legal_text, plan.delete_on, plan.discussed_on)
    for perspective in ("self", "manager"):
        for language in ("da", "sv", "en"):
            for statement in notice(bakery.definition, perspective, terms):  # type: ignore[arg-type]
                words = in_words(statement, language)  # type: ignore[arg-type]
                assert words in page.text, (perspective, language)


def test_the_questionnaire_stands_there_whole(runa: Visitor, bakery: Represented) -> None:
    page = runa.open(f"/representative/waves/{bakery.wave_id}/questionnaires/{bakery.content_hash}")
    assert page.status == 200
    assert page.says(*bakery.definition.texts["en"].not_for)  # type: ignore[attr-defined]
    for item in ("skill-1", "skill-2", "will-1", "will-2", "tenure", "fresh", "remark"):
        assert f"I do {item}" in page.text, item
    paper = runa.open(
        f"/representative/waves/{bakery.wave_id}/questionnaires/{bakery.content_hash}/manual.pdf"
    )
    assert paper.content.startswith(b"%PDF")


def test_a_wave_from_before_campaigns_is_there_too(runa: Visitor, bakery: Represented) -> None:
    wave_id = bakery.wave()
    assert runa.open("/representative").says("Autumn")
    assert runa.open(f"/representative/waves/{wave_id}").says("You see your own answers at any time.")


def test_nobody_is_named_on_any_of_these_pages(runa: Visitor, bakery: Represented) -> None:
    bakery.assign(bakery.wave())
    wave = f"/representative/waves/{bakery.wave_id}"
    for path in ("/representative", wave, f"{wave}/questionnaires/{bakery.content_hash}"):
        page = runa.open(path)
        for name in ("Amina", "Bo Ørsted", "@example.org"):
            assert name not in page.html, path


def test_who_represents_nobody_any_more_finds_nothing(runa: Visitor, bakery: Represented) -> None:
    assert runa.open("/representative").status == 200
    appointments.end(
        bakery.store,
        bakery.administrator,
        bakery.organisation_id,
        bakery.representative_id,
        "representative",
        bakery.now,
    )
    for path in ("/representative", f"/representative/waves/{bakery.wave_id}"):
        assert runa.open(path).status == 404
    assert runa.open("/admin/log").status == 404


def test_the_log_tells_what_was_done_and_by_whom(bakery: Represented, app: Flask) -> None:
    bo = bakery.sign_in(app, bakery.manager_id)
    page = bo.open("/admin/log")
    assert page.says(
        "Opened a wave", "Spring", "Bo Ørsted", "Appointed as employees’ representative", "Runa Rask"
    )
    assert page.says("Made administrator", "The operator", "Signed in as administrator")
    assert page.says("assess audit verify")
    bakery.sign_in(app, bakery.representative_id)
    assert bo.open("/admin/log").text.count("Signed in as administrator") == 1, (
        "others' comings are their own"
    )


def test_the_log_never_tells_who_looked_at_whose_profile(bakery: Represented, app: Flask) -> None:
    from assess.audit.log import record

    with bakery.store.write() as q:
        for action in sorted(OF_PEOPLE):
            record(
                bakery.store,
                q,
                actor_id=bakery.manager_id,
                action=action,
                object_id="some-task",
                about_id=bakery.employee_id,
                now=bakery.now + timedelta(minutes=1),
            )
    bo = bakery.sign_in(app, bakery.manager_id)
    page = bo.open("/admin/log")
    assert "some-task" not in page.html
    assert not any(action in page.text for action in ("see-profile", "see-match", "unshare", "export"))
    assert page.html.count("<tr>") == 1 + 6


def test_a_long_log_comes_in_pages_of_fifty(bakery: Represented, app: Flask) -> None:
    from assess.audit.log import record

    with bakery.store.write() as q:
        for number in range(60):
            record(
                bakery.store,
                q,
                actor_id=bakery.manager_id,
                action="import-roster",
                object_id=f"import-{number}",
                about_id=bakery.organisation_id,
                now=bakery.now + timedelta(seconds=number + 1),
            )
    bo = bakery.sign_in(app, bakery.manager_id)
    first = bo.open("/admin/log")
    assert first.html.count("<tr>") == 1 + 50
    assert first.says("Older lines")
    address = first.html.split('href="/admin/log?before=')[1].split('"')[0]
    second = bo.open(f"/admin/log?before={address}")
    assert second.text.count("Imported a list of people") == 60 - first.text.count(
        "Imported a list of people"
    )
    assert second.says("The newest lines", "Made administrator")
    assert not second.says("Older lines")
    assert bo.open("/admin/log?before=0").says("There is nothing older.")


def test_looks_at_figures_stand_in_the_log_when_they_are_asked_for(bakery: Represented, app: Flask) -> None:
    from assess.audit.log import record

    with bakery.store.write() as q:
        record(
            bakery.store,
            q,
            actor_id=bakery.manager_id,
            action="see-measurement",
            object_id=f"{bakery.wave_id} {bakery.content_hash[:12]} self",
            about_id=bakery.organisation_id,
            now=bakery.now,
        )
    bo = bakery.sign_in(app, bakery.manager_id)
    assert not bo.open("/admin/log").says("Looked at how well a questionnaire measures")
    page = bo.open("/admin/log?looks=shown")
    assert page.says("Looked at how well a questionnaire measures", "Spring · Tiny (en)")
    assert page.says("Leave out looks at figures")


def test_every_kind_of_line_has_words_and_an_owner() -> None:
    assert set(WORDS) == OF_THE_ORGANISATION
