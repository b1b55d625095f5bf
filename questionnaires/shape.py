"""The shape of a file: known keys, required keys, and the type of each value, read off the frozen types.

`problems_of_shape` walks nodes and types together and finds everything; `value_of` turns nodes of a right
shape into the plain values that `msgspec.convert` takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, TypeAlias

from msgspec import NODEFAULT, Struct, inspect

from questionnaires.naming import listed, misspelt, suggestion
from questionnaires.nodes import Node
from questionnaires.problem import Problem

Problems: TypeAlias = Iterator[Problem]

_KINDS = {
    "mapping": "a block of keys",
    "list": "a list",
    "scalar": "a single value",
    "empty": "empty",
}


@lru_cache(maxsize=8)
def type_of(kind: type[Struct]) -> inspect.Type:
    """What a file must look like, read off its type."""
    return inspect.type_info(kind)


def problems_of_shape(node: Node, expected: inspect.Type) -> Problems:
    """Every place where `node` departs from the type `expected` (as `msgspec.inspect.type_info` gives it)."""
    expected = _fitting(node, expected)
    yield from _WALKERS[type(expected)](node, expected)


def value_of(node: Node, expected: inspect.Type) -> Any:
    """The plain value of a node whose shape is right."""
    expected = _fitting(node, expected)
    if isinstance(expected, inspect.StructType):
        types = {field.encode_name: field.type for field in expected.fields}
        tag = {expected.tag_field: expected.tag} if expected.tag_field else {}
        return tag | {key: value_of(child, types[key]) for key, child in node.entries() if key in types}
    if isinstance(expected, inspect.DictType):
        return {key: value_of(child, expected.value_type) for key, child in node.entries()}
    if isinstance(expected, inspect.VarTupleType):
        return [value_of(child, expected.item_type) for child in node.elements()]
    if isinstance(expected, inspect.TupleType):
        return [value_of(c, kind) for c, kind in zip(node.elements(), expected.item_types, strict=True)]
    return _scalar(node, expected)


def _scalar(node: Node, expected: inspect.Type) -> Any:
    if isinstance(expected, inspect.NoneType):
        return None
    if isinstance(expected, inspect.BoolType):
        return node.boolean
    if isinstance(expected, inspect.IntType) or _is_number_literal(expected):
        return node.integer
    if isinstance(expected, inspect.FloatType):
        return node.number
    return node.written


def _fitting(node: Node, expected: inspect.Type) -> inspect.Type:
    """Which member of a union a node means: by `kind` for tagged structs, else by the node's own kind."""
    if not isinstance(expected, inspect.UnionType):
        return expected
    members = [kind for kind in expected.types if not isinstance(kind, inspect.NoneType)]
    if node.kind == "empty" and len(members) < len(expected.types):
        return inspect.NoneType()
    structs = [kind for kind in members if isinstance(kind, inspect.StructType)]
    if node.kind == "mapping" and structs:
        if len(structs) == 1:
            return structs[0]
        by_tag = {str(struct.tag): struct for struct in structs}
        return by_tag.get(node["kind"].text or "", inspect.UnionType(tuple(structs)))
    if len(members) > 1 and len(structs) < len(members):
        return next(kind for kind in members if not isinstance(kind, inspect.StructType))
    return members[0] if len(members) == 1 else expected


def _struct(node: Node, expected: inspect.StructType) -> Problems:
    if node.kind != "mapping":
        yield _wrong(node, "a block of keys")
        return
    fields = {field.encode_name: field for field in expected.fields}
    tag = [expected.tag_field] if expected.tag_field else []
    names = [*tag, *fields]
    meant = misspelt(node.keys(), names)
    for name, field in fields.items():
        has_default = field.default is not NODEFAULT or field.default_factory is not NODEFAULT
        if name not in node and not has_default and name not in meant:
            yield node.problem(f"{_place(node)} lacks `{name}`", f"add `{name}:`")
    for key, child in node.entries():
        if key in fields:
            yield from problems_of_shape(child, fields[key].type)
        elif key not in tag:
            yield child.problem(
                f"{_place(node)} has an unknown key `{key}`",
                suggestion(key, names, f"the keys are {listed(names)}"),
            )
    if expected.tag_field and expected.tag_field not in node and expected.tag_field not in meant:
        yield node.problem(f"{_place(node)} lacks `kind`", f"add `kind: {expected.tag}`")


def _untold_kind(node: Node, expected: inspect.UnionType) -> Problems:
    """A union of tagged structs whose `kind` is missing or unknown."""
    if node.kind != "mapping":
        yield _wrong(node, "a block of keys")
        return
    tags = [str(kind.tag) for kind in expected.types if isinstance(kind, inspect.StructType)]
    kind = node["kind"]
    if not kind:
        yield node.problem(f"{_place(node)} lacks `kind`", f"use {listed(tags, 'or')}")
    else:
        yield kind.problem(
            f"`{kind.path}` is `{kind.written}`, which is unknown", suggestion(kind.written, tags)
        )


def _dict(node: Node, expected: inspect.DictType) -> Problems:
    if node.kind != "mapping":
        yield _wrong(node, "a block of keys")
        return
    allowed = expected.key_type.values if isinstance(expected.key_type, inspect.LiteralType) else None
    for key, child in node.entries():
        if allowed is not None and key not in allowed:
            names = [str(value) for value in allowed]
            yield child.problem(f"{_place(node)} has an unknown key `{key}`", suggestion(key, names))
        yield from problems_of_shape(child, expected.value_type)


def _list(node: Node, expected: inspect.VarTupleType) -> Problems:
    if node.kind != "list":
        yield _wrong(node, "a list")
        return
    for child in node.elements():
        yield from problems_of_shape(child, expected.item_type)


def _tuple(node: Node, expected: inspect.TupleType) -> Problems:
    if node.kind != "list" or len(node.elements()) != len(expected.item_types):
        yield _wrong(node, f"a list of {len(expected.item_types)}")
        return
    for child, kind in zip(node.elements(), expected.item_types, strict=True):
        yield from problems_of_shape(child, kind)


def _literal(node: Node, expected: inspect.LiteralType) -> Problems:
    given = node.integer if _is_number_literal(expected) else node.text
    if given not in expected.values:
        names = [str(value) for value in expected.values]
        written = f"`{node.written}`" if node.kind == "scalar" else _KINDS[node.kind]
        yield node.problem(
            f"`{node.path}` is {written}", suggestion(node.written, names, f"use {listed(names, 'or')}")
        )


def _text(node: Node, _expected: inspect.Type) -> Problems:
    if node.kind == "empty":
        yield node.problem(f"`{node.path}` is empty", "write a text, or remove the key if it may be left out")
    elif node.kind != "scalar":
        yield _wrong(node, "a text")
    elif not node.written.strip():
        yield node.problem(f"`{node.path}` is blank", "write a text, or remove the key if it may be left out")


def _boolean(node: Node, _expected: inspect.Type) -> Problems:
    if node.boolean is None:
        yield _wrong(node, "true or false")


def _whole_number(node: Node, _expected: inspect.Type) -> Problems:
    if node.integer is None:
        yield _wrong(node, "a whole number")


def _decimal_number(node: Node, _expected: inspect.Type) -> Problems:
    if node.number is None:
        yield _wrong(node, "a number (with a point, as in 3.5)")


def _nothing(_node: Node, _expected: inspect.Type) -> Problems:
    yield from ()


def _wrong(node: Node, wanted: str) -> Problem:
    if node.kind == "scalar":
        shown = node.written if len(node.written) <= 40 else node.written[:37] + "…"
        return node.problem(f"`{node.path}` is `{shown}`", f"it must be {wanted}")
    count = f" of {len(node.elements())}" if node.kind == "list" else ""
    return node.problem(f"{_place(node)} is {_KINDS[node.kind]}{count}", f"it must be {wanted}")


def _place(node: Node) -> str:
    return f"`{node.path}`" if node.path else "the file"


def _is_number_literal(expected: inspect.Type) -> bool:
    return isinstance(expected, inspect.LiteralType) and isinstance(expected.values[0], int)


_WALKERS: dict[type[inspect.Type], Callable[[Node, Any], Problems]] = {
    inspect.StructType: _struct,
    inspect.UnionType: _untold_kind,
    inspect.DictType: _dict,
    inspect.VarTupleType: _list,
    inspect.TupleType: _tuple,
    inspect.LiteralType: _literal,
    inspect.StrType: _text,
    inspect.BoolType: _boolean,
    inspect.IntType: _whole_number,
    inspect.FloatType: _decimal_number,
    inspect.NoneType: _nothing,
}
"""Each type of the format and the function that checks nodes against it."""
