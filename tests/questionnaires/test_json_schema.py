"""The JSON Schema that editors use: up to date, complete, and of one mind with the checker about shapes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from questionnaires.json_schema import FOLDER, README, SCHEMAS, make_schema, readme_text, schema_text
from questionnaires.key_descriptions import DESCRIPTIONS

HERE = Path(__file__).parent
UNQUOTED_NUMBERS = HERE / "valid" / "naughty-strings" / "en.yaml"
"""Its labels look like numbers, without quotes: there the checker is kinder than the schema can be."""
FILES = sorted({*HERE.glob("valid/*/*.yaml"), *HERE.glob("ipip-25/*.yaml")} - {UNQUOTED_NUMBERS})
AGAIN = "run `python -m questionnaires.json_schema`"


class _AsWritten(yaml.SafeLoader):
    """YAML 1.2 in the points that matter, as editors read it: only true and false are booleans, no dates."""


_AsWritten.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if not tag.endswith((":timestamp", ":bool", ":int", ":float"))
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for tag, pattern, first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf"),
    ("tag:yaml.org,2002:float", r"^-?[0-9]+\.[0-9]+$", "-0123456789"),
    ("tag:yaml.org,2002:int", r"^-?[0-9]+$", "-0123456789"),
):
    _AsWritten.add_implicit_resolver(tag, re.compile(pattern), list(first))


def load(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader=_AsWritten)


def schema_of(file: Path) -> dict[str, Any]:
    name = "questionnaire" if file.name == "questionnaire.yaml" else "texts"
    return make_schema(SCHEMAS[f"{name}.schema.json"])


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_schema_is_up_to_date(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == schema_text(SCHEMAS[name]), AGAIN


def test_the_tables_of_the_readme_are_up_to_date() -> None:
    text = README.read_text(encoding="utf-8")
    assert readme_text(text) == text, AGAIN


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_a_schema_and_describes_every_key(name: str) -> None:
    schema = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for part, definition in schema["$defs"].items():
        assert definition["description"], part
        for key, described in definition["properties"].items():
            assert key == "kind" or described["description"], f"{part}.{key}"


def test_no_description_is_left_over() -> None:
    keys = {
        f"{part}.{key}"
        for kind in SCHEMAS.values()
        for part, definition in make_schema(kind)["$defs"].items()
        for key in definition["properties"]
        if key != "kind"
    }
    assert set(DESCRIPTIONS) - keys == set()


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_what_the_checker_accepts_the_schema_accepts(file: Path) -> None:
    jsonschema.Draft202012Validator(schema_of(file)).validate(load(file))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["minuts"], 2),
        (["minutes"], "two"),
        (["id"], "No Capitals"),
        (["version"], "1.0"),
        (["items", 0, "kind"], "ratting"),
        (["items", 0, "id"], "2nd"),
        (["classification", "levels", "M5"], {"across": "low", "up": "low", "calls_for": "S1"}),
        (["precision", "boss"], {}),
        (["scales", "alpha", "bands"], [1, 2, 3]),
    ],
)
def test_what_has_a_wrong_shape_the_schema_refuses(path: list[Any], value: Any) -> None:
    file = HERE / "valid" / "classification" / "questionnaire.yaml"
    content = place = load(file)
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    assert not jsonschema.Draft202012Validator(schema_of(file)).is_valid(content)
