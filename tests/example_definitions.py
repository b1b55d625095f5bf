"""Small questionnaires, built in Python, that tests of several rooms score, ask and read files for."""

from __future__ import annotations

from typing import Any

from questionnaires.definition import (
    ChoiceItem,
    Definition,
    Level,
    OptionSet,
    Perspective,
    Precision,
    Provenance,
    Quadrants,
    Questionnaire,
    RatingItem,
    RatingScales,
    Scale,
    ShortForm,
    SituationItem,
    Situations,
    TextItem,
    ZeroToTenItem,
)

FACETS = {
    "technical": ("knowledge", "skill", "experience", "judgement"),
    "psychological": ("will", "responsibility", "relations", "energy"),
}
SHORT_FACETS = ("knowledge", "skill", "will", "responsibility")


def definition(**parts: Any) -> Definition:
    """A definition with the given parts; everything that is not given is plain and valid."""
    defaults: dict[str, Any] = {
        "format": 1,
        "id": "example",
        "version": "1.0",
        "source_language": "en",
        "languages": ("en",),
        "privacy": "personal",
        "minutes": 5,
        "by_job_area": False,
        "perspectives": {"self": Perspective()},
        "scoring": RatingScales(),
        "provenance": Provenance(authors="us", year=2026, source="own", licence="MIT", tested="interviews"),
    }
    return Definition(questionnaire=Questionnaire(**(defaults | parts)), texts={})


def quadrants(across: str, up: str, cut: float, **parts: Any) -> Quadrants:
    """Four levels of two scales, both cut at the same score."""
    return Quadrants(
        name="ability-and-willingness",
        across=across,
        up=up,
        cuts={across: cut, up: cut},
        cut_reason="a convention",
        levels={
            "M1": Level(across="low", up="low", calls_for="S1"),
            "M2": Level(across="low", up="high", calls_for="S2"),
            "M3": Level(across="high", up="low", calls_for="S3"),
            "M4": Level(across="high", up="high", calls_for="S4"),
        },
        **parts,
    )


def maturity_items() -> list[str]:
    return [f"{facet}-{number}" for facets in FACETS.values() for facet in facets for number in range(1, 5)]


def maturity(**parts: Any) -> Definition:
    """Shaped like job maturity: 8 facets of 4 items on 1–5, each fourth reversed; 2 domains, cut at 3.5.

    `self` has SEM 0.30 for a facet and 0.20 for a domain (reliability .84 and .96), `manager` twice that.
    """
    items = maturity_items()
    scales: dict[str, Scale] = {}
    for domain, facets in FACETS.items():
        for facet in facets:
            scales[facet] = Scale(
                min_answered=3, items=tuple(f"{facet}-{number}" for number in range(1, 5)), bands=(2.5, 3.5)
            )
        scales[domain] = Scale(min_answered=12, facets=facets)
    facet_ids = [facet for facets in FACETS.values() for facet in facets]
    return definition(
        **{
            "id": "maturity",
            "by_job_area": True,
            "perspectives": {"self": Perspective(), "manager": Perspective(items=tuple(items))},
            "options": {
                "fit": OptionSet(values=(1, 2, 3, 4, 5), cannot_say=True),
                "tenure": OptionSet(choices=("short", "long")),
            },
            "items": (
                *(
                    RatingItem(id=item, options="fit", reason="…", reverse=item.endswith("-4"))
                    for item in items
                ),
                ChoiceItem(id="tenure", options="tenure", reason="…", optional=True),
                TextItem(id="remark", reason="…", max_length=20),
            ),
            "scales": scales,
            "classification": quadrants("technical", "psychological", 3.5),
            "precision": {
                "self": dict.fromkeys(facet_ids, Precision(reliability=0.84, sd=0.75))
                | dict.fromkeys(FACETS, Precision(reliability=0.96, sd=1.0)),
                "manager": dict.fromkeys(facet_ids, Precision(reliability=0.84, sd=1.5))
                | dict.fromkeys(FACETS, Precision(reliability=0.96, sd=2.0)),
            },
            "short_forms": {
                "second-area": ShortForm(
                    items=tuple(f"{facet}-{number}" for facet in SHORT_FACETS for number in range(1, 5)),
                    min_answered=dict.fromkeys(SHORT_FACETS, 3) | dict.fromkeys(FACETS, 6),
                )
            },
        }
        | parts
    )


def everything(position: int = 3, keyed: bool = True) -> dict[str, int]:
    """An answer to each of the 32 maturity items: the same keyed value, or the same raw position."""
    return {item: 6 - position if keyed and item.endswith("-4") else position for item in maturity_items()}


def plain_scale(values: tuple[int, ...], items: int, min_answered: int = 1, **parts: Any) -> Definition:
    """One scale `s` of `items` items `i1`… on the given values, the last one reversed."""
    ids = [f"i{number}" for number in range(1, items + 1)]
    return definition(
        **{
            "options": {"o": OptionSet(values=values)},
            "items": tuple(
                RatingItem(id=item, options="o", reason="…", reverse=item == ids[-1]) for item in ids
            ),
            "scales": {"s": Scale(min_answered=min_answered, items=tuple(ids))},
        }
        | parts
    )


def situations(**parts: Any) -> Definition:
    """Two situations: a kind of scoring of its own."""
    row = {"S1": 4, "S2": 3, "S3": 2, "S4": 1}
    return definition(
        **{
            "id": "style",
            "options": {},
            "items": tuple(
                SituationItem(
                    id=f"situation-{n}", calls_for="M1", actions=("S2", "S1", "S4", "S3"), reason="…"
                )
                for n in (1, 2)
            ),
            "scoring": Situations(weights=dict.fromkeys(("M1", "M2", "M3", "M4"), row), min_answered=1),
        }
        | parts
    )


LEADERSHIP_WEIGHTS = {"M1": (4, 3, 2, 1), "M2": (3, 4, 2, 1), "M3": (1, 3, 4, 2), "M4": (1, 2, 3, 4)}
STYLES = ("S1", "S2", "S3", "S4")


def leadership(number: int = 20, **parts: Any) -> Definition:
    """Shaped like leadership style: situations `sit-1`… that call for M1, M2, M3, M4, M1, …; the actions of
    `sit-n` begin with S1, S2, S3, S4, S1, …; direct reports are asked the first 12."""
    weights = {level: dict(zip(STYLES, row, strict=True)) for level, row in LEADERSHIP_WEIGHTS.items()}
    turned = [STYLES[first:] + STYLES[:first] for first in range(4)]
    items = tuple(
        SituationItem(id=f"sit-{n + 1}", calls_for=f"M{n % 4 + 1}", actions=turned[n % 4], reason="…")
        for n in range(number)
    )
    first_twelve = tuple(item.id for item in items[:12])
    return definition(
        **{
            "id": "leadership",
            "options": {},
            "items": items,
            "perspectives": {
                "self": Perspective(),
                "direct-report": Perspective(items=first_twelve, min_answered=10),
            },
            "scoring": Situations(
                weights=weights, min_answered=16, flexibility_when_missing="proportional", cut_reason="…"
            ),
        }
        | parts
    )


def choices(styles: str) -> dict[str, int]:
    """Answers to `leadership()`: "1234…" are the styles chosen in sit-1, sit-2, …; "-" is not answered."""
    return {
        f"sit-{n + 1}": (int(style) - 1 - n % 4) % 4 + 1 for n, style in enumerate(styles) if style != "-"
    }


def pulse() -> Definition:
    """One 0–10 item and its "why", as in a pulse."""
    return definition(
        id="pulse",
        options={},
        items=(
            ZeroToTenItem(id="recommend", reason="…"),
            TextItem(id="why", reason="…", max_length=20),
        ),
        scales={"recommendation": Scale(min_answered=1, items=("recommend",))},
    )
