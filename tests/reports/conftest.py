"""A small questionnaire with everything a report has to cope with: two domains, four facets, four levels."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assess.scoring.profile import make_profile
from assess.scoring.results import Profile
from questionnaires.definition import (
    BandTexts,
    ChoiceItem,
    Definition,
    LanguageId,
    Level,
    LevelTexts,
    OptionSet,
    OptionTexts,
    Perspective,
    PerspectiveTexts,
    Precision,
    Provenance,
    Quadrants,
    Questionnaire,
    RatingItem,
    RatingScales,
    Scale,
    ScaleTexts,
    TextItem,
    Texts,
)
from reports.fonts import Fonts, static_fonts
from reports.view import AreaProfiles, PersonalView, personal_view

FACETS = {"technical": ("knowledge", "skill"), "psychological": ("will", "energy")}
ITEMS = [f"{facet}-{n}" for facets in FACETS.values() for facet in facets for n in (1, 2, 3, 4)]
REVERSED = "skill-4"

Answers = dict[str, int | str | None]
ProfileMaker = Callable[..., Profile]


def questionnaire() -> Questionnaire:
    scales = {
        facet: Scale(min_answered=3, items=tuple(f"{facet}-{n}" for n in (1, 2, 3, 4)), bands=(2.5, 3.5))
        for facets in FACETS.values()
        for facet in facets
    }
    scales |= {domain: Scale(min_answered=6, facets=facets) for domain, facets in FACETS.items()}
    precision = {
        scale: Precision(reliability=0.80 if scale in FACETS else 0.70, sd=0.6 if scale in FACETS else 0.75)
        for scale in scales
    }
    return Questionnaire(
        format=1,
        id="small",
        version="1.0",
        source_language="en",
        languages=("en", "da", "sv"),
        privacy="personal",
        minutes=3,
        by_job_area=True,
        perspectives={"self": Perspective(), "manager": Perspective(items=(*ITEMS, "alone"))},
        options={
            "fit": OptionSet(values=(1, 2, 3, 4, 5), cannot_say=True),
            "tenure": OptionSet(choices=("short", "long")),
        },
        items=(
            *(RatingItem(id=i, options="fit", reason="r", reverse=i == REVERSED) for i in ITEMS),
            RatingItem(id="alone", options="fit", reason="r"),
            ChoiceItem(id="tenure", options="tenure", reason="r"),
            TextItem(id="topics", reason="r"),
        ),
        scoring=RatingScales(),
        provenance=Provenance(
            authors="a", year=2026, source="s", licence="MIT", tested="not-yet-tested-with-users"
        ),
        scales=scales,
        classification=Quadrants(
            name="ability-and-willingness",
            across="technical",
            up="psychological",
            cuts={"technical": 3.5, "psychological": 3.5},
            cut_reason="a convention",
            levels={
                "M1": Level(across="low", up="low", calls_for="S1"),
                "M2": Level(across="low", up="high", calls_for="S2"),
                "M3": Level(across="high", up="low", calls_for="S3"),
                "M4": Level(across="high", up="high", calls_for="S4"),
            },
        ),
        precision={"self": precision, "manager": precision},
    )


def texts(language: LanguageId) -> Texts:
    scales = {
        scale: ScaleTexts(
            name=scale.capitalize(),
            about=f"About {scale}.",
            bands={
                band: BandTexts(
                    self=f"{scale} {band} self", next=f"{scale} {band} next", talk=f"{scale} {band} talk"
                )
                for band in ("low", "middle", "high")
            },
        )
        for scale in (*FACETS, *(facet for facets in FACETS.values() for facet in facets))
    }
    levels = {
        level: LevelTexts(
            need=f"Need {level}",
            meaning=f"Meaning {level}.",
            next=tuple(f"Try {level} {n}" for n in (1, 2, 3)),
            questions=tuple(f"Question {level} {n}?" for n in (1, 2, 3)),
            advice=tuple(f"Advice {level} {n}" for n in (1, 2, 3)),
        )
        for level in ("M1", "M2", "M3", "M4")
    }
    items = {i: {"self": f"I do {i}.", "manager": f"{{first_name}} does {i}."} for i in (*ITEMS, "alone")}
    return Texts(
        language=language,
        title="Small",
        summary="A small questionnaire about {job_area}.",
        intended_use=("A talk.",),
        not_for=("Pay.",),
        method=("The mean of the answers.",),
        perspectives={p: PerspectiveTexts(title="t", welcome="w", closing="c") for p in ("self", "manager")},
        options={
            "fit": OptionTexts(
                labels=("none", "little", "partly", "mostly", "fully"), cannot_say="can't say"
            ),
            "tenure": OptionTexts(labels=("short", "long")),
        },
        items=items | {"tenure": {"self": "How long?"}, "topics": {"self": "What to talk about?"}},
        scales=scales,
        levels=levels,
    )


@pytest.fixture(scope="session")
def definition() -> Definition:
    return Definition(questionnaire=questionnaire(), texts={lang: texts(lang) for lang in ("en", "da", "sv")})


def sheet(knowledge: int, skill: int, will: int, energy: int, **others: int | str | None) -> Answers:
    """Four answers for each facet, each counting the facet's number; the reversed item is turned round."""
    values = {"knowledge": knowledge, "skill": skill, "will": will, "energy": energy}
    answers: Answers = {item: values[item.rsplit("-", 1)[0]] for item in ITEMS}
    if skill:
        answers[REVERSED] = 6 - skill
    return answers | {key.replace("_", "-"): value for key, value in others.items()}


@pytest.fixture(scope="session")
def profile(definition: Definition) -> ProfileMaker:
    """`profile("self", 4, 4, 2, 2, alone=3)`: the profile of a sheet whose facets have these scores.

    `of=` another definition than the small questionnaire's.
    """

    def make(
        perspective: str, *facets: int, of: Definition | None = None, **others: int | str | None
    ) -> Profile:
        answers = sheet(*facets, **others)
        return make_profile(of or definition, perspective, answers)  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Fonts:
    return static_fonts(Path(tmp_path_factory.getbasetemp().parent) / "report-fonts")


@pytest.fixture(scope="session")
def view(definition: Definition) -> Callable[..., PersonalView]:
    """`view(own, other)`: the view of one job area; `areas=` for more, other keywords as `personal_view`."""

    def make(own: Profile | None = None, other: Profile | None = None, **options: Any) -> PersonalView:
        areas = options.pop("areas", None) or [AreaProfiles("Bread", own, other)]  # type: ignore[arg-type]
        settings = {"language": "en", "first_name": "Amina", "last_name": "Holm", "today": date(2026, 11, 21)}
        return personal_view(options.pop("definition", definition), areas, **(settings | options))  # type: ignore[arg-type]

    return make
