"""`assess administrator`: who administers an organisation, by whoever runs it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from assess.errors import AssessError, NotFound
from assess.people import administrators, passkeys, register, signing_in
from assess.settings import Settings
from assess.store import Store, open_store
from questionnaires.definition import LanguageId

Say = Callable[[str], None]

SIGN_IN = "/sign-in"
"""Where the page with the button is, followed by a slash and the token."""


def add(
    settings: Settings,
    name: str,
    email: str,
    *,
    organisation: str | None,
    language: LanguageId,
    now: datetime,
    say: Say,
) -> None:
    """Makes somebody administrator, entering the person and, in an empty database, the organisation."""
    with open_store(settings) as store:
        try:
            administrators.plain_email(email)
            organisation_id = _organisation_or_new(store, organisation, settings.customer, now)
            administrators.enter_administrator(
                store, organisation_id, name=name, email=email, language=language, now=now
            )
        except ValueError as error:
            raise AssessError(f"{email or name!r} cannot become administrator: {error}.") from error
    say(f"{email} is administrator. A link to sign in: assess administrator link {email}")


def link(
    settings: Settings, email: str, *, organisation: str | None, now: datetime, say: Say, out: Say
) -> None:
    """A link that signs an administrator in: once, for a quarter of an hour."""
    with open_store(settings) as store:
        found = _administrator(store, email, organisation)
        token = signing_in.mint(store, found.person_id, now)
    say(f"For {found.name}, {found.organisation}. It works once, within a quarter of an hour:")
    out(address(settings, token))


def address(settings: Settings, token: str) -> str:
    """The whole link that a token belongs into."""
    return f"{settings.base_url}{SIGN_IN}/{token}"


def show(settings: Settings, out: Say) -> None:
    """One line for each administrator."""
    with open_store(settings) as store:
        found = administrators.administrators(store)
    for one in found:
        since = one.granted_at.astimezone(settings.time_zone)
        out(f"{one.organisation}  {one.name}  {one.email or 'no address'}  since {since:%Y-%m-%d}")
    if not found:
        out("There is no administrator. Make one with: assess administrator add NAME --email ADDRESS")


def remove(settings: Settings, email: str, *, organisation: str | None, now: datetime, say: Say) -> None:
    """Ends it at once, with sessions and links; the person stays."""
    with open_store(settings) as store:
        found = _administrator(store, email, organisation)
        administrators.revoke(store, found.person_id, now)
    say(f"{found.name} does not administer {found.organisation} any more and is signed out.")


def reset_passkeys(
    settings: Settings, email: str, *, organisation: str | None, now: datetime, say: Say
) -> None:
    """For who has lost them: the next sign-in asks for none. Logged, and sessions end."""
    with open_store(settings) as store:
        found = _administrator(store, email, organisation)
        count = passkeys.reset(store, found.person_id, now, by=administrators.OPERATOR)
    say(
        f"{found.name} has no passkey any more ({count} removed) and is signed out. Make sure by another way"
        " than mail that the request came from this person."
    )


def _administrator(store: Store, email: str, organisation: str | None) -> administrators.Administrator:
    """The one administrator with this address. Raises `NotFound`, and `AssessError` for several."""
    found = [
        one
        for one in administrators.administrators(store)
        if (one.email or "").strip().lower() == email.strip().lower()
        and organisation in {None, one.organisation}
    ]
    if not found:
        raise NotFound(f"No administrator has the address {email}.", "See: assess administrator list")
    if len(found) > 1:
        raise AssessError(
            f"{len(found)} administrators have the address {email}.", "Name one with --organisation."
        )
    return found[0]


def _organisation_or_new(store: Store, name: str | None, customer: str, now: datetime) -> str:
    """The organisation of that name, or the only one; made where the database has none."""
    with store.read() as q:
        is_empty = not q.organisations()
    if not is_empty:
        return organisation_of(store, name)
    if name is None:
        raise AssessError("There is no organisation yet.", "Name it with --organisation.")
    return register.add_organisation(store, name, customer=customer, now=now)


def organisation_of(store: Store, name: str | None) -> str:
    """The organisation of that name, or the only one. Raises `NotFound`, and `AssessError` for several."""
    with store.read() as q:
        known: dict[str, str] = {row["id"]: row["name"] for row in q.organisations()}
    if not known:
        raise NotFound("There is no organisation yet.", "Make one with: assess organisation add NAME")
    found = [one for one, known_name in known.items() if name in {None, known_name}]
    if not found:
        raise NotFound(f"There is no organisation {name}.", f"There is: {', '.join(known.values())}.")
    if len(found) > 1:
        raise AssessError("There are several organisations.", "Name one with --organisation.")
    return found[0]
