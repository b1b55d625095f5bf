"""Words of the roster pages: what is wrong with a row, names of columns and fields, the example."""

from __future__ import annotations

from collections.abc import Mapping

from assess.files.roster_columns import NAMES, Column
from assess.files.roster_faults import MESSAGES, Fault
from assess.people.roster_types import Field
from assess.web import language
from assess.web.language import gettext
from questionnaires.definition import LanguageId

COLUMN_NAMES: Mapping[LanguageId, Mapping[Column, str]] = {
    "en": {
        "unit": "Unit",
        "name": "Name",
        "email": "E-mail",
        "employee_number": "Employee number",
        "language": "Language",
        "leader": "Leader",
        "job_areas": "Job areas",
        "job_role": "Job role",
    },
    "da": {
        "unit": "Enhed",
        "name": "Navn",
        "email": "E-mail",
        "employee_number": "Medarbejdernummer",
        "language": "Sprog",
        "leader": "Leder",
        "job_areas": "Opgaveområder",
        "job_role": "Stilling",
    },
    "sv": {
        "unit": "Enhet",
        "name": "Namn",
        "email": "E-post",
        "employee_number": "Anställningsnummer",
        "language": "Språk",
        "leader": "Chef",
        "job_areas": "Arbetsområden",
        "job_role": "Befattning",
    },
}
"""Names of columns that the reader of rosters knows: not words of a page but of a file."""

EXAMPLE: Mapping[LanguageId, tuple[tuple[str, ...], ...]] = {
    "en": (
        ("Group", "Ditte Dam", "ditte@example.org", "1001", "en", "", "", "Director"),
        ("Group / Shop 1", "Bo Berg", "bo@example.org", "1002", "en", "1001", "Leading the shop", "Manager"),
        ("Group / Shop 1", "Eva Eng", "eva@example.org", "1003", "sv", "1002", "Baking; Serving", "Baker"),
    ),
    "da": (
        ("Koncern", "Ditte Dam", "ditte@example.org", "1001", "da", "", "", "Direktør"),
        ("Koncern / Butik 1", "Bo Berg", "bo@example.org", "1002", "da", "1001", "Lede butikken", "Leder"),
        ("Koncern / Butik 1", "Eva Eng", "eva@example.org", "1003", "sv", "1002", "Bage; Betjene", "Bager"),
    ),
    "sv": (
        ("Koncern", "Ditte Dam", "ditte@example.org", "1001", "sv", "", "", "VD"),
        ("Koncern / Butik 1", "Bo Berg", "bo@example.org", "1002", "sv", "1001", "Leda butiken", "Chef"),
        ("Koncern / Butik 1", "Eva Eng", "eva@example.org", "1003", "da", "1002", "Baka; Sälja", "Bagare"),
    ),
}


_COLUMNS: Mapping[str, Column] = {names[0]: column for column, names in NAMES.items()}


def fault_words(fault: Fault) -> str:
    """What is wrong, in the language of the page."""
    values = dict(fault.values)
    column = _COLUMNS.get(str(values.get("column")))
    if column is not None and column in COLUMN_NAMES["en"]:
        values["column"] = COLUMN_NAMES[language.current()][column]
    return gettext(MESSAGES[fault.id], **values)


def field_words() -> Mapping[Field, str]:
    """What the preview calls what has changed about a person."""
    return {
        "name": gettext("name"),
        "first_name": gettext("first name"),
        "email": gettext("e-mail address"),
        "employee_number": gettext("employee number"),
        "language": gettext("language"),
        "job_role": gettext("job"),
    }
