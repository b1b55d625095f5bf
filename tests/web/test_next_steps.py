"""What a talk's page puts first, for whom and when: the rules as a table of cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from small_organisation import NOON

from assess.answering.types import Person
from assess.talks.types import Agreement, AgreementText, HolderRole, Talk, TalkState, ViewerRole
from assess.web.talks.both import Label, differences, resolved
from assess.web.talks.next_steps import RULES, Step, facts_of, next_step

AMINA = Person("amina", "Amina", "Amina Yıldız", "da")
BO = Person("bo", "Bo", "Bo Ørsted", "sv")
STARTS = NOON + timedelta(days=1)
BEFORE, WITHIN, AFTER = NOON, STARTS + timedelta(minutes=10), STARTS + timedelta(minutes=60)


def talk(role: ViewerRole, state: TalkState = "planned", ready: str = "", now: datetime = BEFORE) -> Talk:
    """`ready`: first letters of those who are."""
    person_ready, holder_ready = ("p" in ready) or None, ("h" in ready) or None
    is_open = state == "held" or (state == "planned" and (ready == "ph" or now >= STARTS))
    return Talk(
        id="talk",
        organisation_id="bakery",
        person=AMINA,
        holder=BO,
        holder_role="manager",
        holder_is_current=True,
        state=state,
        starts_at=STARTS,
        minutes=60,
        place="",
        sequence=0,
        created_at=NOON,
        held_at=AFTER if state == "held" else None,
        cancelled_at=NOON if state == "cancelled" else None,
        role=role,
        person_ready_at=person_ready and NOON,
        holder_ready_at=holder_ready and NOON,
        is_open=is_open,
    )


def agreement(*signed_by: str) -> Agreement:
    return Agreement(
        id="agreement",
        talk_id="talk",
        text=AgreementText(kind="personal", what="…", due_on=date(2027, 1, 1)),
        revision=1,
        changed_by=AMINA,
        changed_at=NOON,
        status="open",
        status_at=NOON,
        status_by=None,
        created_at=NOON,
        signed_by=frozenset(signed_by),
        person_signed="amina" in signed_by,
        other_signed="bo" in signed_by,
    )


@pytest.mark.parametrize(
    ("role", "state", "ready", "now", "agreements", "expected"),
    [
        ("former", "held", "", AFTER, (), "own-notes"),
        ("former", "cancelled", "", BEFORE, (), "own-notes"),
        ("person", "cancelled", "", BEFORE, (), "cancelled"),
        ("coach", "planned", "", BEFORE, (), "look"),
        ("coach", "held", "ph", AFTER, (agreement(),), "look"),
        ("person", "planned", "", BEFORE, (), "prepare"),
        ("holder", "planned", "p", BEFORE, (), "prepare"),
        ("person", "planned", "p", BEFORE, (), "wait"),
        ("successor", "planned", "p", BEFORE, (), "taken-over"),
        ("successor", "planned", "ph", BEFORE, (agreement(),), "sign"),
        ("person", "planned", "ph", BEFORE, (), "read-brief"),
        ("holder", "planned", "ph", BEFORE, (agreement(),), "read-brief"),
        ("person", "planned", "", WITHIN, (), "talk"),
        ("holder", "planned", "ph", WITHIN, (), "talk"),
        ("holder", "planned", "ph", WITHIN, (agreement("amina"),), "sign"),
        ("holder", "planned", "ph", WITHIN, (agreement("bo"),), "hold"),
        ("person", "planned", "ph", WITHIN, (agreement("amina"),), "follow"),
        ("holder", "planned", "", AFTER, (), "hold"),
        ("person", "planned", "", AFTER, (), "agree"),
        ("person", "planned", "", AFTER, (agreement("bo"),), "sign"),
        ("holder", "held", "", AFTER, (), "agree"),
        ("successor", "held", "", AFTER, (agreement("amina", "bo"),), "follow"),
        ("person", "held", "ph", AFTER, (agreement("amina", "bo"),), "follow"),
        ("person", "held", "ph", AFTER, (agreement("bo"),), "sign"),
    ],
)
def test_what_comes_next(
    role: ViewerRole,
    state: TalkState,
    ready: str,
    now: datetime,
    agreements: tuple[Agreement, ...],
    expected: Step,
) -> None:
    viewer = "amina" if role == "person" else "bo"
    if role == "successor":  # Dana signs for herself; here she has, when Bo has
        agreements = tuple(
            replace(one, signed_by=one.signed_by | {"dana"}) if "bo" in one.signed_by else one
            for one in agreements
        )
        viewer = "dana"
    assert next_step(facts_of(talk(role, state, ready, now), agreements, viewer, now)) == expected


@pytest.mark.parametrize(
    ("is_current", "moved_on", "role", "expected"),
    [
        (True, False, "person", "follow"),
        (False, False, "person", "move-on"),  # the manager has changed: the person decides
        (False, True, "person", "follow"),  # and has decided
        (False, False, "holder", "follow"),
    ],
)
def test_whoever_gets_another_manager_is_told_and_decides(
    is_current: bool, moved_on: bool, role: ViewerRole, expected: Step
) -> None:
    held = replace(talk(role, "held", "ph", AFTER), holder_is_current=is_current)
    signed = (agreement("amina", "bo"),)
    viewer_id = {"person": "amina"}.get(role, "bo")
    assert next_step(facts_of(held, signed, viewer_id, AFTER, moved_on=moved_on)) == expected


@pytest.mark.parametrize(
    ("holder_role", "agreements", "now", "moved_on", "expected"),
    [
        ("manager", (), BEFORE, False, "lapses"),
        ("manager", (), BEFORE, True, "lapses"),
        ("coach", (), BEFORE, False, "lapses"),
        ("coach", (agreement("amina"),), BEFORE, False, "lapses"),
        ("manager", (agreement("amina"),), BEFORE, False, "move-on"),  # what is agreed goes on
        ("manager", (), WITHIN, False, "move-on"),
    ],
)
def test_a_talk_that_cannot_be_held_any_more_says_that_it_will_be_cancelled(
    holder_role: HolderRole,
    agreements: tuple[Agreement, ...],
    now: datetime,
    moved_on: bool,
    expected: Step,
) -> None:
    planned = replace(talk("person", now=now), holder_role=holder_role, holder_is_current=False)
    assert next_step(facts_of(planned, agreements, "amina", now, moved_on=moved_on)) == expected
    held_by_bo = replace(planned, holder_is_current=True)
    assert next_step(facts_of(held_by_bo, agreements, "amina", now)) not in {"lapses", "move-on"}


def test_there_is_always_something_said() -> None:
    assert RULES[-1][0] == "follow"
    assert RULES[-1][1](facts_of(talk("person"), (), "amina", NOON))


# --- both versions ----------------------------------------------------------------------------------

LABELS = {
    "what": Label("What"),
    "owner": Label("Who", joins=False, values={"person": "Amina", "holder": "Bo"}),
    "same": Label("The same"),
}
STORED = {"what": "Theirs", "owner": "person", "same": "x"}
MINE = {"what": "Mine", "owner": "holder", "same": "x"}


def test_only_what_differs_is_asked_and_in_words() -> None:
    found = differences(LABELS, STORED, MINE)
    assert [(one.name, one.stored, one.mine, one.joins) for one in found] == [
        ("what", "Theirs", "Mine", True),
        ("owner", "Amina", "Bo", False),
    ]


def test_an_empty_text_is_not_put_after_another() -> None:
    [one] = differences({"what": LABELS["what"]}, {"what": ""}, {"what": "Mine"})
    assert not one.joins


@pytest.mark.parametrize(
    ("keep", "what", "undecided"),
    [
        ("stored", "Theirs", ()),
        ("mine", "Mine", ()),
        ("both", "Theirs\n\nMine", ()),
        ("nonsense", "Mine", ("what",)),
        (None, "Mine", ("what",)),
    ],
)
def test_what_is_kept(keep: str | None, what: str, undecided: tuple[str, ...]) -> None:
    posted = {"resolve": "what forged"} | ({} if keep is None else {"keep-what": keep})
    content, still_open = resolved(posted, STORED, MINE, is_seen=True)
    assert (content["what"], still_open) == (what, undecided)
    assert content["owner"] == "holder", "what was not asked stays as it was typed"


def test_what_differs_from_a_text_that_was_not_shown_is_decided_anew() -> None:
    posted = {"resolve": "what", "keep-what": "both"}
    content, still_open = resolved(posted, STORED, MINE, is_seen=False)
    assert content == MINE
    assert set(still_open) == {name for name in MINE if MINE[name] != STORED[name]}
