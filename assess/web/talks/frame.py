"""What the pages of one talk share: the talk itself, its heading, and the way back to it."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assess import jobs
from assess.answering.types import Person
from assess.talks import talks as use_cases
from assess.talks.types import Talk
from assess.web import person
from assess.web.language import gettext
from assess.web.services import services
from assess.web.talks.moments import moment_of


def found_talk(talk_id: str) -> Talk:
    """Raises `NotFound` for a talk that is not the visitor's to see."""
    return use_cases.talk(services().store, person.session().actor, talk_id, services().now)


def talk_page(template: str, talk: Talk, **values: Any) -> str:
    """A page of one talk in its frame."""
    return render_template(
        template,
        person=person.session(),
        talk=talk,
        moment=moment_of(talk.starts_at, talk.minutes),
        heading=heading(talk),
        shown=shown_name,
        **values,
    )


def heading(talk: Talk) -> str:
    """Whose talk it is, for the one who looks."""
    if talk.role in {"person", "holder"}:
        return gettext("Talk with %(name)s", name=shown_name(talk.other))
    return gettext(
        "Talk of %(person)s with %(holder)s", person=shown_name(talk.person), holder=shown_name(talk.holder)
    )


def shown_name(somebody: Person | None) -> str:
    """A name, or that there is none any more."""
    return (
        somebody.name if somebody is not None and somebody.name else gettext("somebody who is no longer here")
    )


def back_to(endpoint: str, talk_id: str, note: str = "", **values: Any) -> ResponseReturnValue:
    """After a form: the page that shows what became of it."""
    return redirect(url_for(endpoint, talk_id=talk_id, note=note or None, **values), 303)


def note() -> str:
    """What has just been done, as the address says."""
    return request.args.get("note", "")


def wake() -> None:
    """Tells the worker that letters wait; it looks every minute anyway."""
    jobs.wake(services().settings)
