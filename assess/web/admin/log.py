"""The organisation's log: what administrators and the system did, never who looked at whose profile."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import render_template, request
from flask.typing import ResponseReturnValue

from assess.audit.log import Line, Recorded
from assess.campaigns.campaigns import CLOCK
from assess.people.administrators import OPERATOR
from assess.people.organisation_log import organisation_log
from assess.web import language, person
from assess.web.admin.blueprint import blueprint
from assess.web.admin.log_objects import object_words
from assess.web.asks import asks
from assess.web.language import gettext
from assess.web.services import services


def N_(message: str) -> str:  # noqa: N802 (gettext's own name: marks a text that is translated later)
    return message


WORDS: Mapping[Recorded, str] = MappingProxyType(
    {
        "sign-in": N_("Signed in as administrator"),
        "register-passkey": N_("Added a passkey"),
        "remove-passkey": N_("Removed a passkey"),
        "reset-passkeys": N_("Removed somebody’s passkeys"),
        "confirm-session": N_("Confirmed signing in with a passkey"),
        "grant-administrator": N_("Made administrator"),
        "end-administrator": N_("Ended as administrator"),
        "appoint-coach": N_("Appointed as coach"),
        "end-coach": N_("Ended as coach"),
        "appoint-representative": N_("Appointed as employees’ representative"),
        "end-representative": N_("Ended as employees’ representative"),
        "add-person": N_("Entered a person"),
        "correct-person": N_("Corrected a person’s details"),
        "end-person": N_("Noted that a person has left"),
        "move-person": N_("Moved a person to another unit"),
        "end-membership": N_("Ended a person’s place in a unit"),
        "import-roster": N_("Imported a list of people"),
        "carry-out-erasure": N_("Erased a person"),
        "print-cards": N_("Printed cards with links"),
        "print-forms": N_("Printed questionnaires"),
        "enter-paper": N_("Entered answers given on paper"),
        "create-wave": N_("Planned a wave"),
        "change-wave": N_("Changed the plan of a wave"),
        "test-wave": N_("Began testing a wave"),
        "stop-testing": N_("Ended testing a wave"),
        "open-wave": N_("Opened a wave"),
        "call-back-wave": N_("Called back a wave"),
        "move-closing": N_("Moved the closing of a wave"),
        "remind-wave": N_("Reminded those who have not answered"),
        "close-wave": N_("Closed a wave"),
        "archive-wave": N_("Archived a wave"),
        "see-measurement": N_("Looked at how well a questionnaire measures"),
        "publish-precision": N_("Published the precision of a questionnaire"),
        "withdraw-precision": N_("Withdrew the precision of a questionnaire"),
        "build-norms": N_("Built norms"),
        "see-release": N_("Looked at results for a group"),
        "restore": N_("Restored a back-up"),
    }
)
"""What each kind of line is called. A kind that is missing here fails a test."""


@blueprint.get("/log")
@asks("see-log")
def log() -> ResponseReturnValue:
    """A page of it, the newest lines first."""
    session, place = person.session(), services()
    looks = request.args.get("looks") == "shown"
    lines, older = organisation_log(
        place.store, session.actor, session.organisation_id, request.args.get("before"), looks=looks
    )
    with place.store.read() as q:
        objects = [object_words(q, session.organisation_id, line) for line in lines]
    return render_template(
        "admin_log.html",
        person=session,
        lines=[
            (when(line), who(line), what(line), about) for line, about in zip(lines, objects, strict=True)
        ],
        older=older,
        looks="shown" if looks else None,
        is_first="before" not in request.args,
    )


def when(line: Line) -> str:
    """The minute, in the organisation's time zone."""
    return language.moment_words(line.at, services().settings.time_zone)


def who(line: Line) -> str:
    """A name; the operator, who is nobody of the organisation; or the clock."""
    if line.actor_name:
        return line.actor_name
    known = {OPERATOR: gettext("The operator"), CLOCK: gettext("By itself, when it was time")}
    return known.get(line.actor_id, gettext("Somebody who is no longer here"))


def what(line: Line) -> str:
    """What was done, in words."""
    return gettext(WORDS.get(line.action, line.action))
