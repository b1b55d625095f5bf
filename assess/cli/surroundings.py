"""What commands take from around them, and how they speak: settings, clock, the library, standard error."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import datetime

    from assess.settings import Settings
    from questionnaires.definition import Definition
    from questionnaires.problem import Problem


def read_settings() -> Settings:
    from assess.settings import from_environment

    return from_environment()


def now() -> datetime:
    from datetime import UTC, datetime

    return datetime.now(UTC)


def own_folders() -> tuple[Path, ...]:
    return read_settings().questionnaires


def find_definition(name_or_path: str) -> Definition:
    from assess.commands.questionnaires import read_definition

    return read_definition(name_or_path, own_folders())


def say(message: str) -> None:
    click.echo(message, err=True)


def say_problems(problems: tuple[Problem, ...], count: int | None = None) -> None:
    for problem in problems:
        click.echo(str(problem), err=True)
    count = len(problems) if count is None else count
    click.echo(f"assess: {count} problem{'' if count == 1 else 's'}.", err=True)


def say_what_failed(error: OSError) -> None:
    """The one place for files and outputs that cannot be read or written: a full disk, a closed pipe."""
    from assess.commands.output import abandon_standard_output

    abandon_standard_output()
    if isinstance(error, BrokenPipeError):
        return  # whoever read us has had enough, as in `assess score … | head`
    where = f"{error.filename}: " if error.filename else ""
    with contextlib.suppress(OSError):
        click.echo(f"assess: {where}{error.strerror or error}.", err=True)
