"""Options that several commands have."""

from __future__ import annotations

import click

LANGUAGE = click.Choice(["da", "sv", "en"])
SHORT_FORM = click.option(
    "--short-form", help="The short form of every sheet whose row names none in the column form."
)
PERSPECTIVE = click.option(
    "--perspective",
    type=click.Choice(["self", "manager", "direct-report"]),
    help="Whose sheets. Default: self, or the only perspective that the file has.",
)
FIGURES_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["json", "table"]),
    default="json",
    show_default=True,
    help="json: every figure, not rounded. table: for people.",
)
OUTPUT = click.option(
    "-o", "--output", type=click.Path(dir_okay=False, allow_dash=True), default="-", help="Default: screen."
)
MATURITY_QUESTIONNAIRE = click.option(
    "--maturity-questionnaire",
    default="job-maturity",
    show_default=True,
    help="What MATURITY answers: a name from the library or a path to a folder.",
)
ORGANISATION = click.option("--organisation", help="Its name, where there are several.")
