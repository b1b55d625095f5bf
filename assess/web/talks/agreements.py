"""Agreements: read, written together, changed with both versions shown, signed as they stand, followed up."""

from __future__ import annotations

from collections.abc import Mapping

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from assess.errors import NotAllowed, NotFound
from assess.language.alphabet import place_in_alphabet
from assess.talks import agreements as use_cases
from assess.talks import earlier, showing, signing
from assess.talks.types import STATUSES, Agreement, AgreementStatus, AgreementVersion, Talk
from assess.web import language, person
from assess.web.asks import asks
from assess.web.language import gettext
from assess.web.services import services
from assess.web.talks.agreement_lines import agreement_lines, text_lines
from assess.web.talks.blueprint import blueprint
from assess.web.talks.forms import SEEN, revision
from assess.web.talks.frame import found_talk, note, shown_name, talk_page, wake
from assess.web.talks.moments import zone
from assess.web.talks.words import listed, status_words

AGREES = frozenset({"person", "holder", "successor"})
"""Roles that write and sign."""


@blueprint.get("/<talk_id>/agreements")
@asks("see-talk")
def agreements(talk_id: str) -> ResponseReturnValue:
    """All of the talk, what is to be signed, and what earlier talks left."""
    return agreements_page(found_talk(talk_id))


@blueprint.post("/<talk_id>/agreements/sign")
@asks("agree")
def sign(talk_id: str) -> ResponseReturnValue:
    """Signs what stood on the page. What has changed since is told, and not signed."""
    revisions = {
        name.removeprefix(f"{SEEN}-"): revision(value)
        for name, value in request.form.items()
        if name.startswith(f"{SEEN}-")
    }
    done = signing.sign(services().store, person.session().actor, talk_id, revisions, services().now)
    wake()
    if done.changed:
        return agreements_page(found_talk(talk_id), changed=done.changed), 409
    return to_agreements(talk_id, "signed")


@blueprint.post("/<talk_id>/agreements/<agreement_id>/status")
@asks("agree")
def set_status(talk_id: str, agreement_id: str) -> ResponseReturnValue:
    """Notes how far it is; signatures stay."""
    found = agreement_of(to_write(talk_id).id, agreement_id)
    status = _known_status(request.form.get("status", ""))
    if status is not None:
        use_cases.set_status(services().store, person.session().actor, found.id, status, services().now)
    return to_agreements(talk_id, "noted" if status else "", found.id)


@blueprint.post("/<talk_id>/agreements/<agreement_id>/remove")
@asks("agree")
def remove_agreement(talk_id: str, agreement_id: str) -> ResponseReturnValue:
    """Takes out what was never signed by both; it can be put back."""
    found = agreement_of(to_write(talk_id).id, agreement_id)
    seen = revision(request.form.get(SEEN, ""))
    try:
        done = use_cases.remove(services().store, person.session().actor, found.id, seen, services().now)
    except NotAllowed:
        if found.is_signed:
            return to_agreements(talk_id, "stays", found.id)
        raise
    # Somebody else wrote in the meantime: what it says now is shown before it is taken out.
    return to_agreements(talk_id, "removed" if isinstance(done, Agreement) else "moved-on", found.id)


@blueprint.post("/<talk_id>/agreements/<agreement_id>/put-back")
@asks("agree")
def put_back(talk_id: str, agreement_id: str) -> ResponseReturnValue:
    """What was taken out is there again."""
    found = agreement_of(to_write(talk_id).id, agreement_id)
    use_cases.put_back(services().store, person.session().actor, found.id, services().now)
    return to_agreements(talk_id, "back", found.id)


@blueprint.get("/<talk_id>/agreements/<agreement_id>/versions")
@asks("agree")
def agreement_versions(talk_id: str, agreement_id: str) -> ResponseReturnValue:
    """Everything that it has said, the newest first."""
    talk = found_talk(talk_id)
    found = agreement_of(talk_id, agreement_id)
    versions = use_cases.versions(services().store, person.session().actor, found.id, services().now)
    return talk_page("talk_versions.html", talk, versions=[_version(talk, one) for one in versions])


def agreements_page(talk: Talk, changed: tuple[Agreement, ...] = ()) -> str:
    """The page; `changed`: what was not signed, because it had changed."""
    store, actor, now = services().store, person.session().actor, services().now
    found = use_cases.agreements(store, actor, talk.id, now)
    lines = agreement_lines(talk, found)
    may_agree = talk.role in AGREES and talk.state != "cancelled"
    removed = use_cases.agreements(store, actor, talk.id, now, removed=True) if may_agree else ()
    changed_ids = {one.id for one in changed}
    standing = next((line for line in lines if line.id in changed_ids), None)
    return talk_page(
        "talk_agreements.html",
        talk,
        lines=lines,
        removed=agreement_lines(talk, removed),
        past=agreement_lines(talk, earlier.earlier_agreements(store, actor, talk.id, now)),
        to_sign=[line for line in lines if line.to_sign] if may_agree else [],
        may_agree=may_agree,
        statuses=status_words(),
        who_sees=_who_sees(talk),
        changed_ids=changed_ids,
        problem=gettext("Not everything was signed") if changed else "",
        problem_at=f"agreement-{standing.id}" if standing else "main",
        problem_text=(
            gettext("Changed since you opened the page: %(what)s", what=standing.text.what)
            if standing
            else gettext("Something was taken out since you opened the page")
        ),
        note=_notes().get(note(), ""),
    )


def to_write(talk_id: str) -> Talk:
    """The talk, for whoever writes agreements. Raises `NotFound` for everybody else."""
    talk = found_talk(talk_id)
    if talk.role not in AGREES:
        raise NotFound("There is no such page.")
    return talk


def agreement_of(talk_id: str, agreement_id: str) -> Agreement:
    """Raises `NotFound` for one that is not the visitor's to see, or of another talk."""
    found = use_cases.agreement(services().store, person.session().actor, agreement_id, services().now)
    if found.talk_id != talk_id:
        raise NotFound("There is no such agreement.")
    return found


def to_agreements(talk_id: str, note: str, agreement_id: str = "") -> ResponseReturnValue:
    """The page of all agreements, at the one that something was done with."""
    anchor = f"agreement-{agreement_id}" if agreement_id else None
    return redirect(url_for("talks.agreements", talk_id=talk_id, note=note or None, _anchor=anchor), 303)


def _known_status(text: str) -> AgreementStatus | None:
    return next((status for status in STATUSES if status == text), None)


def _version(talk: Talk, version: AgreementVersion) -> Mapping[str, object]:
    names = sorted(
        (shown_name(one) for one in version.signed_by),
        key=lambda name: place_in_alphabet(name, language.current()),
    )
    return {
        "number": version.revision,
        "made": gettext(
            "written by %(name)s on %(day)s",
            name=shown_name(version.made_by),
            day=language.day(version.made_at, zone()),
        ),
        "text": text_lines(talk, version.text),
        "signed": gettext("Signed by %(name)s", name=listed(names)) if names else gettext("Not signed"),
    }


def _who_sees(talk: Talk) -> str:
    """Who sees these agreements, as far as the viewer may know."""
    if talk.role != "person" and not talk.holder_is_current:
        return gettext(
            "%(person)s and those to whom %(person)s shows it. Nobody else, and no administrator.",
            person=shown_name(talk.person),
        )
    if talk.role != "person":
        return gettext(
            "%(person)s, %(holder)s and those to whom %(person)s shows it. Nobody else, and no"
            " administrator.",
            person=shown_name(talk.person),
            holder=shown_name(talk.holder),
        )
    viewers = showing.viewers(
        services().store, person.session().actor, talk.id, language.current(), services().now
    )
    shown = [one.person.name for one in viewers if one.since is not None and one.role in {"manager", "coach"}]
    others = [shown_name(talk.holder)] if talk.holder_is_current else []
    names = list(dict.fromkeys([*others, *shown]))
    if not names:
        return gettext("Only you. Nobody else, and no administrator.")
    if len(names) > 1:
        return gettext("You, %(names)s. Nobody else, and no administrator.", names=listed(names))
    return gettext("You and %(name)s. Nobody else, and no administrator.", name=names[0])


def _notes() -> dict[str, str]:
    """What has just been done, in words."""
    return {
        "added": gettext("Saved. It holds when both have signed."),
        "changed": gettext("Saved. Both sign what it says now."),
        "same": gettext("Nothing was changed."),
        "signed": gettext("Signed."),
        "noted": gettext("Noted."),
        "removed": gettext("Taken out. It can be put back, further down."),
        "back": gettext("It is there again."),
        "stays": gettext("Both have signed it, so it stays. Note it as dropped if it is no longer wanted."),
        "moved-on": gettext(
            "It was changed in the meantime, so it has not been taken out. This is what it says now."
        ),
    }
