"""The first row of a roster: which column holds what, in the words of three languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

from assess.files.roster_faults import Fault

Column: TypeAlias = Literal[
    "unit",
    "name",
    "first_name",
    "last_name",
    "email",
    "employee_number",
    "language",
    "leader",
    "job_areas",
    "job_role",
]

NAMES: Mapping[Column, tuple[str, ...]] = MappingProxyType(
    {
        "unit": (
            *("unit", "unit path", "department", "org unit", "organisation unit", "organizational unit"),
            *("enhed", "enhedssti", "afdeling", "organisationsenhed", "team"),
            *("enhet", "enhetssökväg", "avdelning", "organisationsenhet"),
        ),
        "name": (
            *("name", "full name", "navn", "fulde navn", "fuldt navn", "medarbejdernavn"),
            *("namn", "fullständigt namn", "för- och efternamn"),
        ),
        "first_name": ("first name", "given name", "fornavn", "förnamn", "tilltalsnamn"),
        "last_name": ("last name", "surname", "family name", "efternavn", "efternamn"),
        "email": (
            *("email", "mail", "e-mail address", "mail address", "work email"),
            *("e-mailadresse", "mailadresse", "e-post", "e-postadresse", "arbejdsmail"),
            *("e-postadress", "mejl", "mejladress", "jobbmejl"),
        ),
        "employee_number": (
            *("employee number", "employee no", "employee id", "staff number", "personnel number"),
            *("medarbejdernummer", "medarbejdernr", "medarbejder-id", "lønnummer", "lønnr", "tjenestenummer"),
            *("anställningsnummer", "anställningsnr", "anställnings-id", "personalnummer", "personalnr"),
        ),
        "language": ("language", "sprog", "språk"),
        "leader": (
            *("leader", "manager", "nearest leader", "reports to", "line manager", "supervisor"),
            *(
                "leder",
                "nærmeste leder",
                "refererer til",
                "chef",
                "närmaste chef",
                "ledare",
                "rapporterar till",
            ),
        ),
        "job_areas": (
            *("job areas", "job area", "areas", "opgaveområder", "opgaveområde", "opgaver"),
            *("arbetsområden", "arbetsområde"),
        ),
        "job_role": (
            *("job role", "role", "position", "job title", "title", "stilling", "jobrolle", "rolle"),
            *("stillingsbetegnelse", "titel", "befattning", "jobbroll", "roll", "yrkesroll"),
        ),
    }
)
"""The first of each is the name that messages use."""

_NOT_LETTERS = re.compile(r"[\W_]+")


def _plain(name: str) -> str:
    return _NOT_LETTERS.sub("", name).casefold()


_KNOWN: Mapping[str, Column] = MappingProxyType(
    {_plain(name): column for column, names in NAMES.items() for name in names}
)


@dataclass(frozen=True, slots=True)
class Columns:
    """`places`: where each known column is; `titles`: what the file calls it; `ignored`: the others."""

    places: Mapping[Column, int]
    titles: Mapping[Column, str]
    ignored: tuple[str, ...]
    width: int


def read_columns(cells: Sequence[str], row: int) -> tuple[Columns, list[Fault]]:
    """The columns of the first row, in any order, with what is wrong with them."""
    places: dict[Column, int] = {}
    titles: dict[Column, str] = {}
    ignored: list[str] = []
    faults: list[Fault] = []
    for place, cell in enumerate(cells):
        title = " ".join(cell.split())
        column = _KNOWN.get(_plain(title))
        if column is None:
            if title:
                ignored.append(title)
        elif column in places:
            faults.append(Fault(row, title, "column-twice", {"column": NAMES[column][0]}))
        else:
            places[column], titles[column] = place, title
    if "unit" not in places:
        faults.append(Fault(row, "", "no-column", {"column": NAMES["unit"][0]}))
    if "name" not in places and not {"first_name", "last_name"} <= set(places):
        faults.append(Fault(row, "", "no-name-column"))
    if not {"email", "employee_number"} & set(places):
        faults.append(Fault(row, "", "no-key-column"))
    return Columns(places, titles, tuple(ignored), len(cells)), faults
