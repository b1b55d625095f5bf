"""Many documents at once, by HTTP: ordering, how far it is, the file, and what it says of what is missing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from at_once import AtOnce
from browsing import Visitor
from small_organisation import NOON, Bakery

from assess import jobs
from assess.answering import sharing
from assess.batches import ordering
from assess.campaigns import waves
from assess.jobs import Workplace
from assess.jobs.batch_lane import BatchLane
from assess.mail.writing import write
from assess.outbox import letters
from assess.people import register
from assess.rights import Actor
from reports.printing import NotMade

if TYPE_CHECKING:
    from assess.settings import Settings
    from assess.store import Store

SignedIn = Callable[[str], Visitor]


def printing(*refused: str) -> AtOnce:
    """Makes every document, but for those about people whom it is told to refuse."""

    def refuse(view: Any) -> None:
        if view.first_name in refused:
            raise NotMade("ValueError at page.py:7")

    return AtOnce(lambda view: f"%PDF-1.7 {view.first_name}".encode(), refuse)


@pytest.fixture
def rated(bakery: Bakery) -> Bakery:
    """Bo leads and has rated Amina, who shares her own view with him."""
    register.join_unit(bakery.store, bakery.manager_id, bakery.unit_id, role="leader", now=NOON)
    wave_id = bakery.wave()
    own, rating = bakery.assign(wave_id), bakery.assign(wave_id, "manager")
    bakery.finish(bakery.enter(own), 2, share=True)
    bakery.finish(bakery.enter(rating), 4)
    return bakery


def make(store: Store, settings: Settings, clock: Callable[[], object], *refused: str) -> None:
    lane = BatchLane(Workplace(store, settings, clock), printing(*refused))  # type: ignore[arg-type]
    for _ in range(4):
        lane.run()
        clock.advance(minutes=2)  # type: ignore[attr-defined]


def files_in(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_from_the_order_to_the_file(
    rated: Bakery, store: Store, settings: Settings, clock: Callable[[], object], signed_in: SignedIn
) -> None:
    bo = signed_in(rated.manager_id)
    bo.open("/team")
    page = bo.press("Order as one file (ZIP): All reports of Autumn")
    assert page.path.startswith("/batches/")
    assert page.says("All reports of Autumn", "Begins soon", "0 of 1 documents", "You can leave this page")
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page.html
    assert "batch.js" in page.html
    assert not page.says("Fetch the file")

    make(store, settings, clock)
    page = bo.open(page.path)
    assert page.says("Ready to fetch", "One document is ready.", "until 26 November 2026")
    assert "http-equiv" not in page.html
    file = bo.open(f"{page.path}/file.zip")
    assert file.response.mimetype == "application/zip"
    assert file.response.headers["Cache-Control"] == "no-store"
    assert "All%20reports%20of%20Autumn.zip" in file.response.headers["Content-Disposition"] or (
        'filename="All reports of Autumn.zip"' in file.response.headers["Content-Disposition"]
    )
    assert files_in(file.content) == {"Amina Yıldız - Baking bread.pdf": b"%PDF-1.7 Amina"}
    assert signed_in(rated.employee_id).open("/me/looks").says("Bo Ørsted looked at a result of yours")
    assert bo.open("/batches").says("All reports of Autumn", "Ready to fetch")


def test_what_is_withdrawn_later_is_not_in_the_file_and_the_file_says_so_in_general_words(
    rated: Bakery, store: Store, settings: Settings, clock: Callable[[], object], signed_in: SignedIn
) -> None:
    bo = signed_in(rated.manager_id)
    page = bo.post("/batches", ordered(rated, bo))
    make(store, settings, clock)
    with store.read() as q:
        [task_id] = {row["id"] for row in q.shared_with(with_id=rated.manager_id)}
    sharing.decide_with(store, Actor(rated.employee_id), task_id, rated.manager_id, False, NOON)
    file = bo.open(f"{page.path}/file.zip")
    assert file.status == 404  # it was the only one
    page = bo.open(page.path)
    assert page.says("There is no document that you can see.", "Not in the file")
    assert not page.says("Amina"), "a name here would tell who it was that withdrew"
    assert page.says("One document is not in the file.", "1: You can no longer see it")
    assert not any(word in page.text for word in ("share", "withdr", "answer"))

    bo.press("Make these once more")
    make(store, settings, clock)
    file = bo.open(f"{page.path}/file.zip")
    assert list(files_in(file.content)) == ["Amina Yıldız - Baking bread.pdf"]  # the rating alone


def ordered(bakery: Bakery, visitor: Visitor) -> dict[str, str]:
    with bakery.store.engine.transaction(write=False) as connection:
        [[wave_id]] = connection.execute("SELECT id FROM waves").fetchall()
    return {"csrf_token": visitor.token, "kind": "wave-reports", "subject": wave_id}


def second_person(bakery: Bakery) -> None:
    """Ali, whom Bo has rated too."""
    person_id = bakery.add_person("Ali", "Ali / Åberg", "da", "3001")
    with bakery.store.engine.transaction(write=False) as connection:
        [[wave_id]] = connection.execute("SELECT id FROM waves").fetchall()
    task_id = waves.assign(
        bakery.store,
        wave_id,
        bakery.content_hash,
        "manager",
        respondent_id=bakery.manager_id,
        subject_id=person_id,
        job_area_ids=bakery.area_ids[:1],
        now=NOON,
    )
    bakery.finish(bakery.enter(task_id), 3)


@pytest.mark.parametrize(
    ("language", "name", "says"),
    [
        (
            "English",
            "What is not here.txt",
            "One document is not in the file.\r\n\r\n1: It could not be made. It can be tried again.",
        ),
        (
            "Dansk",
            "Det, der ikke er med.txt",
            "Ét dokument er ikke med i filen.\r\n\r\n1: Det kunne ikke laves. Du kan prøve igen.",
        ),
        (
            "Svenska",
            "Det som inte är med.txt",
            "Ett dokument är inte med i filen.\r\n\r\n1: Det gick inte att skapa. Du kan försöka igen.",
        ),
    ],
)
def test_what_could_not_be_made_is_named_in_the_askers_language(
    rated: Bakery,
    store: Store,
    settings: Settings,
    clock: Callable[[], object],
    signed_in: SignedIn,
    language: str,
    name: str,
    says: str,
) -> None:
    second_person(rated)
    bo = signed_in(rated.manager_id)
    page = bo.post("/batches", ordered(rated, bo))
    make(store, settings, clock, "Ali")
    bo.press(language) if language != "English" else None
    found = files_in(bo.open(f"{page.path}/file.zip").content)
    assert set(found) == {"Amina Yıldız - Baking bread.pdf", name}
    text = found[name].decode("utf-8-sig")
    assert says in text
    assert "Ali - Åberg - Baking bread.pdf" in text
    assert "ValueError" not in text


def test_what_may_be_seen_no_more_is_counted_and_not_named(
    rated: Bakery, store: Store, settings: Settings, clock: Callable[[], object], signed_in: SignedIn
) -> None:
    second_person(rated)
    bo = signed_in(rated.manager_id)
    page = bo.post("/batches", ordered(rated, bo))
    make(store, settings, clock)
    with store.read() as q:
        [task_id] = {
            row["id"]
            for row in q.shared_with(with_id=rated.manager_id)
            if row["subject_id"] == rated.employee_id
        }
    sharing.decide_with(store, Actor(rated.employee_id), task_id, rated.manager_id, False, NOON)
    found = files_in(bo.open(f"{page.path}/file.zip").content)
    text = found["What is not here.txt"].decode("utf-8-sig")
    assert text.startswith("One document is not in the file.\r\n\r\n1: You can no longer see it")
    assert "Amina" not in text


@pytest.mark.parametrize(
    ("fails", "says"), [("nobody", "After that time it is deleted."), ("Amina", "None of the documents")]
)
def test_the_letter_says_one_time_until_which_the_file_is_there(
    rated: Bakery,
    store: Store,
    settings: Settings,
    clock: Callable[[], object],
    signed_in: SignedIn,
    fails: str,
    says: str,
) -> None:
    bo = signed_in(rated.manager_id)
    bo.post("/batches", ordered(rated, bo))
    make(store, settings, clock, fails)
    with store.engine.transaction(write=True) as connection:
        connection.execute("UPDATE people SET language = 'en'")
    letter = letters.take(store, clock())  # type: ignore[arg-type]
    while letter is not None and letter.kind != "batch-ready":
        letter = letters.take(store, clock())  # type: ignore[arg-type]
    assert letter is not None
    body = write(store, settings, letter, clock()).get_body(("plain",))  # type: ignore[arg-type]
    assert body is not None
    text = " ".join(str(body.get_content()).split())
    assert says in text
    assert "few days" not in text
    assert ("Can be fetched until" in text) == ("After that time" in text)


def test_stopping_and_deleting(
    rated: Bakery, store: Store, settings: Settings, clock: Callable[[], object], signed_in: SignedIn
) -> None:
    bo = signed_in(rated.manager_id)
    first = bo.post("/batches", ordered(rated, bo)).path
    assert bo.press("Stop it").says("It was stopped.")
    second = bo.post("/batches", ordered(rated, bo)).path
    assert second != first
    make(store, settings, clock)
    # When the file is deleted, then it was asked first, in a part of the page that opens without script
    page = bo.open(second)
    assert '<details class="batch-delete">' in page.html
    assert page.says("Delete the file now", "Then it cannot be fetched any more.")
    assert bo.press("Yes, delete the file").says("Deleted", "You have deleted the file.")
    assert not bo.page.says("stopped")
    assert bo.open(f"{second}/file.zip").status == 404
    # And the list tells the two apart, and both from one that was ordered anew
    third = bo.post("/batches", ordered(rated, bo)).path
    make(store, settings, clock)
    bo.post("/batches", ordered(rated, bo))
    assert bo.open(third).says("Ready to fetch")
    make(store, settings, clock)
    bo.post("/batches", ordered(rated, bo))
    assert bo.open(third).says("You have ordered the same again")
    assert bo.open("/batches").says("Stopped", "Deleted", "Replaced by a newer one", "Begins soon")


def test_who_leads_no_more_reads_that_there_is_nothing_to_fetch(
    rated: Bakery, store: Store, settings: Settings, clock: Callable[[], object], signed_in: SignedIn
) -> None:
    bo = signed_in(rated.manager_id)
    second_person(rated)
    path = bo.post("/batches", ordered(rated, bo)).path
    make(store, settings, clock, "Ali")
    assert bo.open(path).says("Ready to fetch", "One document is ready.", "Ali - Åberg - Baking bread.pdf")
    assert "Make these once more" in bo.page.html
    # When Bo's leadership ends and the wave is over
    with store.engine.transaction(write=True) as connection:
        connection.execute("DELETE FROM memberships WHERE person_id = ?", (rated.manager_id,))
        [[wave_id]] = connection.execute("SELECT id FROM waves").fetchall()
    waves.close_wave(store, wave_id)
    # Then the page offers nothing, and names nobody who was to be seen
    page = bo.open(path)
    assert page.says("Nothing to fetch", "There is no document that you can see.")
    assert not page.says("Amina")
    assert not page.says("Ali")
    for offer in ("Fetch the file", "Make these once more", "Delete the file now"):
        assert offer not in page.html
    assert bo.open("/batches").says("Nothing to fetch")
    # And whoever presses what an older page offered comes back to it
    assert bo.post(f"{path}/again", {"csrf_token": bo.token}).says("Nothing to fetch")


def test_the_navigation_says_where_one_is(rated: Bakery, signed_in: SignedIn) -> None:
    """On a phone it folds into one line, which is the name of the place."""
    bo = signed_in(rated.manager_id)
    for address, place in {"/batches": "My pages", "/guide": "Talks"}.items():
        html = bo.open(address).html
        assert f"<summary>{place}</summary>" in html
        assert "<summary>Menu</summary>" not in html


def test_a_full_disk_is_told_plainly(
    rated: Bakery, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    bo = signed_in(rated.manager_id)
    page = bo.post("/batches", ordered(rated, bo))
    monkeypatch.setattr("assess.batches.room.LEAST_ROOM", 2**62)
    page = bo.open(page.path)
    assert page.says("There is no room for more documents just now", "nothing is lost", "goes on by itself")


def test_who_works_is_told(
    rated: Bakery, store: Store, clock: Callable[[], object], signed_in: SignedIn
) -> None:
    bo = signed_in(rated.manager_id)
    path = bo.post("/batches", ordered(rated, bo)).path
    assert bo.open(path).says("Nobody works on it at the moment.")
    jobs.kinds.note_look(store, clock())  # type: ignore[arg-type]
    assert not bo.open(path).says("Nobody works on it at the moment.")


def test_nothing_to_order_and_too_much(
    rated: Bakery, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    amina = signed_in(rated.employee_id)
    assert amina.open("/batches").says("You have not ordered any.")
    assert not amina.page.says("Many at once")
    assert amina.post("/batches", ordered(rated, amina)).status == 404
    bo = signed_in(rated.manager_id)
    monkeypatch.setattr(ordering, "MOST_ITEMS", 0)
    assert bo.post("/batches", ordered(rated, bo)).says("That is too many documents for one file")
    monkeypatch.setattr(ordering, "MOST_ITEMS", 10)
    monkeypatch.setattr(ordering, "MOST_OPEN", 0)
    assert bo.post("/batches", ordered(rated, bo)).says("You have several files being made already.")
