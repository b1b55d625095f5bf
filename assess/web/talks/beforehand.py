"""What to look at before one prepares: results that are there, questions still to answer, last agreements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from assess.personal_data.own import OwnTask, own_tasks
from assess.talks import earlier
from assess.talks.types import Talk
from assess.web import language, person
from assess.web.language import gettext
from assess.web.services import services
from assess.web.talks.agreement_lines import AgreementLine, agreement_lines


@dataclass(frozen=True, slots=True)
class Result:
    """A result that can be opened; the words that lead there, and of which wave it is."""

    label: str
    address: str
    aside: str


@dataclass(frozen=True, slots=True)
class Beforehand:
    results: tuple[Result, ...]
    to_answer: tuple[OwnTask, ...]
    """Begun in the same way as on the own page."""
    agreements: tuple[AgreementLine, ...]
    """Of earlier talks, what is still to be done or was done since."""


def beforehand(talk: Talk) -> Beforehand | None:
    """None where there is nothing to look at. Only what is the viewer's own to see."""
    store, session, now = services().store, person.session(), services().now
    tasks = [one for one in own_tasks(store, session.actor, language.current(), now) if _is_about(one, talk)]
    past = earlier.earlier_agreements(store, session.actor, talk.id, now)
    found = Beforehand(
        results=_results(tasks, talk),
        to_answer=tuple(one for one in tasks if one.state in {"new", "begun"}),
        agreements=agreement_lines(talk, past),
    )
    return found if found.results or found.to_answer or found.agreements else None


def _is_about(task: OwnTask, talk: Talk) -> bool:
    if talk.role == "person":
        return task.perspective == "self"
    return task.perspective == "manager" and task.subject.id == talk.person.id


def _results(tasks: Sequence[OwnTask], talk: Talk) -> tuple[Result, ...]:
    """Those of the newest wave that has any. A coach finds what is shared on the coach's page."""
    if talk.role == "holder" and talk.holder_role == "coach":
        label = gettext("What %(name)s shares with you", name=talk.person.first_name)
        return (Result(label, url_for("coaching.home"), ""),)
    done = [one for one in tasks if one.has_result]
    newest = [one for one in done if one.wave.id == done[0].wave.id]
    return tuple(
        Result(
            task.title
            if talk.role == "person"
            else gettext("Your rating of %(name)s", name=talk.person.first_name),
            url_for("me.profile", task_id=task.id),
            " · ".join((*task.areas, task.wave.name)),
        )
        for task in newest
    )
