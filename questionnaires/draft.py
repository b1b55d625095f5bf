"""A folder as somebody wrote it: the nodes of its files, before anybody knows whether they are right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import get_args

from questionnaires.definition import LanguageId, PerspectiveId, Questionnaire
from questionnaires.naming import ITEM_ID, RESERVED_COLUMNS, is_id, misspelt
from questionnaires.nodes import MAX_BYTES, Node, parse
from questionnaires.problem import Problem

STRUCTURE = "questionnaire.yaml"
BANK_STRUCTURE = "question-bank.yaml"
LANGUAGE_IDS: tuple[str, ...] = get_args(LanguageId)
PERSPECTIVE_IDS: tuple[str, ...] = get_args(PerspectiveId)
SCORED_KINDS = frozenset({"rating", "zero-to-ten"})
UNSCORED_KINDS = frozenset({"choice", "text", "situation"})


@dataclass(frozen=True)
class Draft:
    """What the checks read. Every lookup tolerates a file that is missing or wrong in shape."""

    structure: Node
    texts: Mapping[str, Node]
    """Language → the root of its file, for the language files that could be read."""
    unreadable: tuple[Problem, ...]
    """What kept a file from being read, and what the parser noticed."""
    files: tuple[str, ...]
    """Names of the YAML files in the folder."""
    folder: str
    structure_file: str = STRUCTURE

    @cached_property
    def items(self) -> dict[str, Node]:
        """Item id → item, in the order of asking; of two with the same id the first."""
        found: dict[str, Node] = {}
        for item in self.structure["items"].elements():
            found.setdefault(item["id"].text or "", item)
        found.pop("", None)
        return found

    @cached_property
    def scales(self) -> dict[str, Node]:
        return dict(self.structure["scales"].entries())

    @cached_property
    def scale_items(self) -> dict[str, tuple[str, ...]]:
        """Scale id → ids of its items; a domain's are those of its facets."""
        return {
            scale_id: scale["items"].texts()
            + tuple(item for facet in scale["facets"].texts() for item in self.scale(facet)["items"].texts())
            for scale_id, scale in self.scales.items()
        }

    @cached_property
    def whole_scales(self) -> tuple[str, ...]:
        """Scales whose members could all be found: only their items can be counted."""
        return tuple(scale_id for scale_id in self.scales if self._is_whole(scale_id))

    def _is_whole(self, scale_id: str) -> bool:
        scale = self.scale(scale_id)
        facets = scale["facets"].texts()
        return (
            bool(scale["items"].elements() or facets)
            and all(item in self.items for item in scale["items"].texts())
            and all(
                facet in self.scales and not self.scale(facet)["facets"] and self._is_whole(facet)
                for facet in facets
            )
        )

    @cached_property
    def perspectives(self) -> dict[str, tuple[str, ...]]:
        """Perspective → ids of the items asked; unknown perspectives are left out."""
        return {
            perspective: node["items"].texts() or tuple(self.items)
            for perspective, node in self.structure["perspectives"].entries()
            if perspective in PERSPECTIVE_IDS
        }

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that the questionnaire says it has."""
        return tuple(dict.fromkeys(x for x in self.structure["languages"].texts() if x in LANGUAGE_IDS))

    @property
    def scoring_kind(self) -> str:
        return self.structure["scoring"]["kind"].text or ""

    @property
    def source(self) -> Node | None:
        """The texts of the source language."""
        return self.texts.get(self.structure["source_language"].text or "")

    @cached_property
    def sound(self) -> frozenset[str]:
        """Blocks of the structure whose names can be relied on. Of the others a problem is reported already,
        and what would follow from it (“unknown item, remove it”) is not worth a reader's time."""
        structure, item_ids = self.structure, [x["id"].text for x in self.structure["items"].elements()]
        meant = misspelt(structure.keys(), Questionnaire.__struct_fields__)
        names_of = {
            "items": structure["items"].kind == "list"
            and _are_usable(item_ids)
            and all(self.kind(item_id) in SCORED_KINDS | UNSCORED_KINDS for item_id in self.items),
            "options": structure["options"].kind == "mapping" and _all_are_blocks(structure["options"]),
            "perspectives": structure["perspectives"].kind == "mapping"
            and set(structure["perspectives"].keys()) <= set(PERSPECTIVE_IDS),
            "scales": structure["scales"].kind in {"mapping", "missing"}
            and "scales" not in meant
            and _all_are_blocks(structure["scales"]),
            "pages": structure["pages"].kind in {"list", "missing"}
            and "pages" not in meant
            and all(page["id"].text is not None for page in structure["pages"].elements()),
            "levels": structure["classification"].kind in {"mapping", "missing"}
            and "classification" not in meant,
            "precision": structure["precision"].kind in {"mapping", "missing"}
            and "precision" not in meant
            and set(structure["precision"].keys()) <= set(PERSPECTIVE_IDS),
        }
        return frozenset(block for block, is_sound in names_of.items() if is_sound)

    def scale(self, scale_id: str) -> Node:
        return self.scales.get(scale_id) or self.structure["scales"][scale_id]

    def kind(self, item_id: str) -> str:
        item = self.items.get(item_id)
        return (item["kind"].text or "") if item else ""

    def situations(self) -> dict[str, Node]:
        return {item_id: item for item_id, item in self.items.items() if self.kind(item_id) == "situation"}

    def value_range(self, item_id: str) -> tuple[int, int] | None:
        """Lowest and highest value of a scored item; None when it cannot be known."""
        if self.kind(item_id) == "zero-to-ten":
            return 0, 10
        options = self.items[item_id]["options"].text if item_id in self.items else None
        values = [node.integer for node in self.structure["options"][options or ""]["values"].elements()]
        numbers = [value for value in values if value is not None]
        return (min(numbers), max(numbers)) if numbers and len(numbers) == len(values) else None

    def scale_range(self, scale_id: str) -> tuple[int, int] | None:
        """Lowest and highest score of a scale, from its first item whose range is known."""
        ranges = (self.value_range(item) for item in self.scale_items.get(scale_id, ()))
        return next((found for found in ranges if found), None)


def _all_are_blocks(block: Node) -> bool:
    return all(child.kind == "mapping" for _, child in block.entries())


def _are_usable(item_ids: list[str | None]) -> bool:
    folded = [(item_id or "").casefold() for item_id in item_ids]
    return len(set(folded)) == len(folded) and all(
        item_id is not None and is_id(item_id, ITEM_ID) and item_id.casefold() not in RESERVED_COLUMNS
        for item_id in item_ids
    )


def open_draft(folder: Path, structure_file: str = STRUCTURE) -> Draft:
    """Read and parse every file of a folder. Raises nothing; what cannot be read stands in `unreadable`.

    A language file that the structure does not declare is not read: that it is there is problem enough.
    """
    problems: list[Problem] = []
    if folder.is_file():
        advice = f"name the folder that it stands in: {folder.parent}"
        no_folder = Problem(str(folder), 0, "this is a file, not a questionnaire's folder", advice)
        return Draft(Node(str(folder), 0, "", "missing"), {}, (no_folder,), (), str(folder), structure_file)
    structure = _read(folder / structure_file, problems)
    texts: dict[str, Node] = {}
    try:
        files = tuple(sorted(p.name for p in folder.iterdir() if p.suffix.lower() in {".yaml", ".yml"}))
    except OSError:
        files = ()
    for language in _declared(structure):
        if f"{language}.yaml" in files:
            root = _read(folder / f"{language}.yaml", problems)
            if root is not None:
                texts[language] = root
    nothing = Node(str(folder / structure_file), 0, "", "missing")
    return Draft(structure or nothing, texts, tuple(problems), files, str(folder), structure_file)


def structure_file_of(folder: Path) -> str:
    """What a folder is: a bank of questions where it holds only a bank's structure, else a questionnaire."""
    is_bank = (folder / BANK_STRUCTURE).is_file() and not (folder / STRUCTURE).exists()
    return BANK_STRUCTURE if is_bank else STRUCTURE


def _declared(structure: Node | None) -> tuple[str, ...]:
    """The languages that the structure names; all there are when it does not name them properly."""
    if structure is None or structure["languages"].kind != "list":
        return LANGUAGE_IDS
    named = {*structure["languages"].texts(), structure["source_language"].text}
    return tuple(language for language in LANGUAGE_IDS if language in named)


def _read(path: Path, problems: list[Problem]) -> Node | None:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        problems.append(Problem(str(path), 0, "the file does not exist", "a questionnaire folder needs it"))
        return None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        problems.append(Problem(str(path), 0, f"the file cannot be read: {reason}", "check what it is"))
        return None
    parsed = parse(content, str(path))
    problems.extend(parsed.problems)
    return parsed.root
