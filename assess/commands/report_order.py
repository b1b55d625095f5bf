"""What one report is ordered with, whichever kind it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from assess.files.answers_file import AnswersFile
from questionnaires.definition import Definition, LanguageId


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """The sheet at `row` of `file`, for a reader of `language`. `maturity` is the answers file of the people
    led; `say` takes the line that names the sheets in the report."""

    file: AnswersFile
    row: int
    language: LanguageId
    name: str
    today: date
    customer: str
    maturity: AnswersFile | None
    say: Callable[[str], None]

    @property
    def definition(self) -> Definition:
        return self.file.definition

    @property
    def first_name(self) -> str:
        """The name asked for, else what the file calls the subject."""
        return self.name or self.file.subjects[self.row]
