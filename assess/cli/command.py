"""The command itself: its group, and how what goes wrong is said."""

from __future__ import annotations

import sys
from typing import Any

import click

import assess
from assess.cli.surroundings import say_problems, say_what_failed


class Commands(click.Group):
    """Turns our own errors, and files and outputs that fail, into a message and exit status 1; a traceback
    is for bugs only."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().main(*args, **kwargs)
        except OSError as error:
            say_what_failed(error)
            sys.exit(1)

    def invoke(self, ctx: click.Context) -> Any:
        from assess.errors import AssessError, BadInput

        try:
            return super().invoke(ctx)
        except BadInput as error:
            say_problems(error.problems, error.count)
        except AssessError as error:
            click.echo(f"assess: {error}", err=True)
        return ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(assess.__version__, prog_name="assess")
def main() -> None:
    """Job maturity and leadership style: check, score, report, serve."""
    import assess.one_thread  # noqa: F401 (before any command imports NumPy)
