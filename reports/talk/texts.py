"""What two people have written: preparations side by side, and agreements in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assess.talks.brief_types import PastAgreements, TalkBrief
from assess.talks.types import Agreement, Preparation, PreparationTexts, Talk
from reports.talk.parts import AgreementLine, Agreements, Preparations, PreparedRow
from reports.talk.speaking import Speaking

MOST_EARLIER = 10
"""Agreements from before that a brief tells of: the last talk’s, however many they are, and of older ones as
many as make up this number. The rest is counted; the list of agreements has all of them."""
MOST_DAYS = 3
"""Earlier talks whose days are named."""


def preparations(found: TalkBrief, speaking: Speaking) -> Preparations | None:
    """Both preparations; one column while the other is not there for this reader. None without any."""
    sides = [
        (name, texts.texts)
        for name, texts in (
            (speaking.person, found.person_texts),
            (speaking.holder, found.holder_texts),
        )
        if texts is not None and _has_text(texts)
    ]
    note = _note(found, speaking)
    if not sides and not note:
        return None
    rows = tuple(
        PreparedRow(title, tuple(getattr(texts, field).strip() for _, texts in sides))
        for field, title in prepared_titles(speaking).items()
    )
    return Preparations(
        title=_title([name for name, _ in sides], found, speaking),
        names=tuple(name for name, _ in sides),
        rows=tuple(row for row in rows if any(row.texts)),
        note=note,
    )


def _title(sides: Sequence[str], found: TalkBrief, speaking: Speaking) -> str:
    """Whose preparations there are: the reader's own is "yours", another's has the name."""
    if len(sides) > 1:
        return speaking.say("What you have both prepared")
    own = {"person": found.person_texts, "holder": found.holder_texts}.get(found.reader)
    if not sides or (own is not None and _has_text(own)):
        return speaking.say("What you have prepared")
    if not name_is_known(sides):
        return speaking.say("Preparations")
    return speaking.say("What {name} has prepared", name=sides[0])


def prepared_titles(speaking: Speaking) -> dict[str, str]:
    """The fields of a preparation, as both were asked."""
    return {
        "strengths": speaking.say("What goes well"),
        "wishes": speaking.say("Wishes"),
        "obstacles": speaking.say("What got in the way"),
        "questions": speaking.say("Questions"),
    }


def _has_text(preparation: Preparation) -> bool:
    return preparation.texts != PreparationTexts()


def _note(found: TalkBrief, speaking: Speaking) -> str:
    """Why there is only one preparation here; nothing for readers who see none of them."""
    if found.reader == "shown":
        return ""
    if not found.talk.both_ready:
        if found.reader == "both":
            return ""
        return speaking.say("What the two of you have prepared appears side by side once you are both ready.")
    both = (found.person_texts, found.holder_texts)
    silent = [
        name
        for name, texts in zip((speaking.person, speaking.holder), both, strict=True)
        if texts is not None and not _has_text(texts)
    ]
    if silent and name_is_known(silent):
        return speaking.say("{name} is ready and has written nothing.", name=speaking.words.listing(silent))
    return ""


def name_is_known(names: Sequence[str]) -> bool:
    """Whether there is anybody to name: who was erased has no name any more."""
    return all(names)


# --- agreements ------------------------------------------------------------------------------------


def last_time(past: Sequence[PastAgreements], speaking: Speaking, today: date) -> Agreements | None:
    """What was agreed before and what became of it; None where nothing was."""
    lines = [one for talk in past for one in talk.agreements]
    if not lines:
        return None
    shown = max(len(past[0].agreements), MOST_EARLIER)
    left = len(lines) - len(lines[:shown])
    return Agreements(
        title=speaking.say("Last time’s agreements, and what became of them"),
        lead=f"{_days(past, speaking)} {_outcome(lines, speaking, today)}",
        lines=tuple(agreement_line(one, speaking, today) for one in lines[:shown]),
        more=speaking.count(
            "One more from earlier talks is still open. It stands in the list of agreements.",
            "{number} more from earlier talks are still open. They stand in the list of agreements.",
            left,
        )
        if left
        else "",
    )


def _days(past: Sequence[PastAgreements], speaking: Speaking) -> str:
    """From which talks they are; of more than a few the last, and how many there were before it."""
    days = [speaking.words.day(one.held_on.astimezone(speaking.zone).date()) for one in past]
    if len(days) <= MOST_DAYS:
        return speaking.say("From the talk on {days}.", days=speaking.words.listing(days))
    return speaking.say(
        "From the talk on {day} and {number} earlier ones.", day=days[0], number=str(len(days) - 1)
    )


def _outcome(lines: Sequence[Agreement], speaking: Speaking, today: date) -> str:
    """How many are done, and how many are late: counted, not judged."""
    done = sum(one.status == "done" for one in lines)
    late = sum(one.is_overdue(today) for one in lines)
    said = speaking.count(
        "{number} of {all} is done.", "{number} of {all} are done.", done, all=str(len(lines))
    )
    if late:
        said += " " + speaking.count("One is past its date.", "{number} are past their dates.", late)
    return said


def agreed_now(found: TalkBrief, speaking: Speaking) -> Agreements | None:
    """What has been agreed in this talk already."""
    if not found.agreed:
        return None
    return Agreements(
        title=speaking.say("What we have agreed"),
        lead="",
        lines=tuple(agreement_line(one, speaking, found.today) for one in found.agreed),
    )


def agreement_line(one: Agreement, speaking: Speaking, today: date) -> AgreementLine:
    """An agreement in words."""
    text = one.text
    return AgreementLine(
        kind=kind_words(speaking)[text.kind],
        what=text.what,
        first_step=text.first_step,
        help_needed=text.help_needed,
        owner=owner_words(speaking.talk, speaking)[text.owner],
        due=speaking.words.day(text.due_on) if text.due_on else "",
        seen_by=text.seen_by,
        status=speaking.say("past its date") if one.is_overdue(today) else status_words(speaking)[one.status],
        is_done=one.status in ("done", "dropped"),
        is_overdue=one.is_overdue(today),
        signed=signed_words(one, speaking),
    )


def kind_words(speaking: Speaking) -> dict[str, str]:
    """The three kinds of agreement."""
    return {
        "professional": speaking.say("Professional"),
        "behavioural": speaking.say("Behavioural"),
        "personal": speaking.say("Personal"),
    }


def owner_words(talk: Talk, speaking: Speaking) -> dict[str, str]:
    """Who does it, by name where there is one."""
    return {
        "person": talk.person.first_name,
        "holder": talk.holder.first_name or speaking.say("whoever held the talk"),
        "both": speaking.say("Both"),
    }


def status_words(speaking: Speaking) -> dict[str, str]:
    """What has become of an agreement."""
    return {
        "open": speaking.say("not begun"),
        "under-way": speaking.say("under way"),
        "done": speaking.say("done"),
        "dropped": speaking.say("dropped"),
    }


def signed_words(one: Agreement, speaking: Speaking) -> str:
    """Whether both, one or nobody has signed exactly what stands there."""
    if one.is_signed:
        return speaking.say("signed by both")
    if one.person_signed or one.other_signed:
        return speaking.say("signed by one of the two")
    return speaking.say("not signed yet")
