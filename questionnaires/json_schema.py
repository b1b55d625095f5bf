"""JSON Schema of the files of the format, and the tables of keys in the README, made from the frozen types.

`python -m questionnaires.json_schema` writes them anew; a test fails when they are out of date. The schema
is for editors: shape only. What a questionnaire must also satisfy is in `questionnaires/checker.py`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from inspect import getdoc
from pathlib import Path
from typing import Any

import msgspec
from msgspec import inspect

from questionnaires.definition import Questionnaire, Texts
from questionnaires.key_descriptions import DESCRIPTIONS
from questionnaires.naming import ID, ITEM_ID, VERSION
from questionnaires.question_bank import BankStructure, BankTexts

FOLDER = Path(__file__).parent / "schema"
README = Path(__file__).parent / "README.md"
SCHEMAS: dict[str, type[msgspec.Struct]] = {
    "questionnaire.schema.json": Questionnaire,
    "texts.schema.json": Texts,
    "question-bank.schema.json": BankStructure,
    "question-bank-texts.schema.json": BankTexts,
}
"""File in `FOLDER` → the type that it describes."""

PATTERNS: dict[str, re.Pattern[str]] = {
    "Questionnaire.id": ID,
    "Questionnaire.version": VERSION,
    "Page.id": ID,
    "BankStructure.id": ID,
    "BankStructure.version": VERSION,
    "BankQuestion.id": ID,
    "RatingItem.id": ITEM_ID,
    "ZeroToTenItem.id": ITEM_ID,
    "ChoiceItem.id": ITEM_ID,
    "TextItem.id": ITEM_ID,
    "SituationItem.id": ITEM_ID,
}


def make_schema(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one file, with a description for every key."""
    schema = msgspec.json.schema(kind)
    for struct in _structs(inspect.type_info(kind)):
        name = struct.cls.__name__
        described = schema["$defs"][name]
        described["description"] = _one_line(getdoc(struct.cls) or "")
        for field in struct.fields:
            key = f"{name}.{field.encode_name}"
            place = described["properties"][field.encode_name]
            if "$ref" in place:
                place = described["properties"][field.encode_name] = {"allOf": [place]}
            place["description"] = DESCRIPTIONS[key]
            if key in PATTERNS:
                place["pattern"] = f"^({PATTERNS[key].pattern})$"
            _restrict_keys(place, field.type)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _restrict_keys(place: dict[str, Any], kind: inspect.Type) -> None:
    """Blocks whose keys are fixed names (`S1`, `manager`): msgspec leaves the names out."""
    if isinstance(kind, inspect.DictType):
        if isinstance(kind.key_type, inspect.LiteralType):
            place["propertyNames"] = {"enum": list(kind.key_type.values)}
        inner = place.get("additionalProperties")
        if isinstance(inner, dict):
            _restrict_keys(inner, kind.value_type)


def _structs(kind: inspect.Type) -> Iterator[inspect.StructType]:
    """Every struct that a type is built of, once, in the order of the fields."""
    found: dict[type, inspect.StructType] = {}
    todo = [kind]
    while todo:
        part = todo.pop(0)
        if isinstance(part, inspect.StructType):
            if part.cls in found:
                continue
            found[part.cls] = part
            todo += [field.type for field in part.fields]
        elif isinstance(part, inspect.UnionType):
            todo += part.types
        elif isinstance(part, inspect.DictType):
            todo.append(part.value_type)
        elif isinstance(part, inspect.VarTupleType):
            todo.append(part.item_type)
    yield from found.values()


def schema_text(kind: type[msgspec.Struct]) -> str:
    """A schema as it stands in its file."""
    return json.dumps(make_schema(kind), indent=2, ensure_ascii=False) + "\n"


def key_table(kind: type[msgspec.Struct]) -> str:
    """Markdown: one table of keys for each part of a file."""
    parts = []
    for struct in _structs(inspect.type_info(kind)):
        tag = f", `{struct.tag_field}: {struct.tag}`" if struct.tag_field else ""
        rows = [
            f"| `{field.encode_name}` | {_words(field.type)} | {_default(field)} | "
            f"{DESCRIPTIONS[f'{struct.cls.__name__}.{field.encode_name}']} |"
            for field in struct.fields
        ]
        title = f"**{_title(struct.cls.__name__)}**{tag}. {_one_line(getdoc(struct.cls) or '')}"
        table = ["| key | what | default | meaning |", "|---|---|---|---|", *rows] if rows else []
        parts.append("\n".join([title, "", *table]).rstrip())
    return "\n\n".join(parts)


def readme_text(readme: str) -> str:
    """The README with its tables of keys made anew, between their marks."""
    for file, kind in SCHEMAS.items():
        begin, end = f"<!-- keys: {file} -->", f"<!-- end of keys: {file} -->"
        before, _, rest = readme.partition(begin)
        _, found, after = rest.partition(end)
        if not found:
            raise ValueError(f"{README.name} lacks the marks {begin} … {end}")
        readme = f"{before}{begin}\n\n{key_table(kind)}\n\n{end}{after}"
    return readme


def _title(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _default(field: inspect.Field) -> str:
    if field.default_factory is not msgspec.NODEFAULT:
        return "none"
    if field.default is msgspec.NODEFAULT:
        return "**required**"
    if field.default in (None, "", ()):
        return "none"
    return f"`{str(field.default).lower()}`"


def _words(kind: inspect.Type) -> str:
    """A type in words."""
    return _WORDS[type(kind)](kind)


def _block_words(kind: inspect.DictType) -> str:
    names = kind.key_type
    keys = _words(names) if isinstance(names, inspect.LiteralType) else "id"
    return f"{keys} → {_words(kind.value_type)}"


_WORDS: dict[type[inspect.Type], Callable[[Any], str]] = {
    inspect.StrType: lambda _: "text",
    inspect.IntType: lambda _: "whole number",
    inspect.FloatType: lambda _: "number",
    inspect.BoolType: lambda _: "true or false",
    inspect.LiteralType: lambda kind: ", ".join(f"`{value}`" for value in kind.values),
    inspect.StructType: lambda kind: f"*{_title(kind.cls.__name__).lower()}*",
    inspect.VarTupleType: lambda kind: f"list of {_words(kind.item_type)}",
    inspect.TupleType: lambda kind: f"list of {len(kind.item_types)}: {_words(kind.item_types[0])}",
    inspect.DictType: _block_words,
    inspect.UnionType: lambda kind: " or ".join(
        _words(part) for part in kind.types if not isinstance(part, inspect.NoneType)
    ),
}


def write() -> None:
    """Write the schemas and the README's tables."""
    FOLDER.mkdir(exist_ok=True)
    for name, kind in SCHEMAS.items():
        (FOLDER / name).write_text(schema_text(kind), encoding="utf-8")
    README.write_text(readme_text(README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write()
