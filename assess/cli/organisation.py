"""Organisations, their rosters and administrators, and the log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess.cli.command import main
from assess.cli.options import LANGUAGE, ORGANISATION
from assess.cli.surroundings import now, read_settings, say

if TYPE_CHECKING:
    from questionnaires.definition import LanguageId


@main.group()
def administrator() -> None:
    """Who administers an organisation: add, link, list, remove, reset-passkeys."""


@administrator.command("add")
@click.argument("name")
@click.option("--email", required=True)
@click.option("--organisation", help="Its name, where there are several; in an empty database it is made.")
@click.option("--language", type=LANGUAGE, default="da", show_default=True, help="Of a person who is new.")
def add_administrator(name: str, email: str, organisation: str | None, language: LanguageId) -> None:
    """Make NAME administrator; somebody known by the address keeps the own name."""
    from assess.commands import administrators

    administrators.add(
        read_settings(), name, email, organisation=organisation, language=language, now=now(), say=say
    )


@administrator.command("link")
@click.argument("email")
@ORGANISATION
def link_for_administrator(email: str, organisation: str | None) -> None:
    """Print a link that signs the administrator in, once, within a quarter of an hour."""
    from assess.commands import administrators

    administrators.link(read_settings(), email, organisation=organisation, now=now(), say=say, out=click.echo)


@administrator.command("list")
def list_administrators() -> None:
    """One line for each administrator."""
    from assess.commands import administrators

    administrators.show(read_settings(), click.echo)


@administrator.command("remove")
@click.argument("email")
@ORGANISATION
def remove_administrator(email: str, organisation: str | None) -> None:
    """End it at once, with sessions and links; the person stays."""
    from assess.commands import administrators

    administrators.remove(read_settings(), email, organisation=organisation, now=now(), say=say)


@administrator.command("reset-passkeys")
@click.argument("email")
@ORGANISATION
def reset_passkeys_of_administrator(email: str, organisation: str | None) -> None:
    """Take all passkeys from an administrator who has lost them; the person is signed out everywhere."""
    from assess.commands import administrators

    administrators.reset_passkeys(read_settings(), email, organisation=organisation, now=now(), say=say)


# --- the log --------------------------------------------------------------------------------------


@main.group()
def audit() -> None:
    """The log of who saw, shared, exported and changed what."""


@audit.command("verify")
@click.option("--noted", default="", help="NUMBER:HASH that an earlier call printed: is it still in the log?")
def verify_audit(noted: str) -> None:
    """Find out whether a line of the log was changed, deleted, inserted or moved.

    Prints number and hash of the newest line: kept elsewhere, they show later that nobody has written the
    whole log anew. Exit status 1 and the line where something is wrong.
    """
    from assess.commands.audit import verify

    verify(read_settings(), noted=noted, say=say, out=click.echo)


# --- organisations and rosters ---------------------------------------------------------------------


@main.group()
def organisation() -> None:
    """Organisations: add, list."""


@organisation.command("add")
@click.argument("name")
@click.option("--customer", help="Whom the work is for, as ASSESS_CUSTOMER; default: that setting.")
def add_organisation(name: str, customer: str | None) -> None:
    """An organisation without people yet; its first administrator comes next."""
    from assess.commands import roster

    roster.add_organisation(read_settings(), name, customer=customer, now=now(), say=say)


@organisation.command("list")
def list_organisations() -> None:
    """One line for each organisation."""
    from assess.commands import roster

    roster.show_organisations(read_settings(), click.echo)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@ORGANISATION
@click.option("--apply", is_flag=True, help="Do it; without it only the difference is printed.")
@click.option("--only-add", is_flag=True, help="People who are not in it stay as they are.")
@click.option("--language", type=LANGUAGE, default="da", show_default=True, help="Of people who are new.")
def roster(file: Path, organisation: str | None, apply: bool, only_add: bool, language: LanguageId) -> None:
    """Import a roster: CSV or Excel, one row for each person; see docs/settings.md for its columns.

    - reads standard input.
    """
    from assess.commands import roster as command

    command.import_roster(
        read_settings(),
        file,
        organisation=organisation,
        apply=apply,
        choices=command.choices_of(only_add, language),
        now=now(),
        say=say,
        out=click.echo,
    )
