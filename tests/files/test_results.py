from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from example_definitions import everything, maturity, maturity_items, plain_scale, situations

from assess.errors import AssessError, BadInput
from assess.files.results import ScoredFile, write_scores
from assess.files.scoring_files import score_file
from assess.scoring.profile import make_profile
from questionnaires.definition import Definition

ITEMS = maturity_items()
FILE = (
    "id,perspective,subject,job_area," + ",".join(ITEMS) + "\n"
    "s-1,self,Anna,bread," + ",".join(str(everything(4)[item]) for item in ITEMS) + "\n"
    "=cmd(),manager,+Anna,@bread," + ",".join(str(everything(2)[item]) for item in ITEMS) + "\n"
    "s-3,self,,," + ",".join("3" if item.startswith("will") else "" for item in ITEMS) + "\n"
)


def scored(text: str = FILE, definition: Definition | None = None) -> ScoredFile:
    return score_file(definition or maturity(), io.BytesIO(text.encode()))


def as_csv(rows: ScoredFile) -> list[dict[str, str]]:
    stream = io.StringIO()
    write_scores(rows, stream)
    return list(csv.DictReader(io.StringIO(stream.getvalue())))


def as_json(rows: ScoredFile) -> list[dict[str, object]]:
    stream = io.StringIO()
    write_scores(rows, stream, "json")
    found = json.loads(stream.getvalue())
    assert isinstance(found, list)
    return found


def test_rows_are_the_profiles_in_the_order_of_the_file() -> None:
    rows = list(scored())
    assert [(row.id, row.perspective, row.subject) for row in rows] == [
        ("s-1", "self", "Anna"),
        ("=cmd()", "manager", "+Anna"),
        ("s-3", "self", ""),
    ]
    own = make_profile(maturity(), "self", everything(4))
    other = make_profile(maturity(), "manager", everything(2))
    assert (rows[0].scales, rows[0].classification) == (own.scales, own.classification)
    assert (rows[1].scales, rows[1].classification) == (other.scales, other.classification)


def test_csv_has_scores_errors_intervals_and_levels() -> None:
    first, _, third = as_csv(scored())
    assert (first["will"], first["will.answered"]) == ("4.0", "4")
    assert float(first["will.sem"]) == pytest.approx(0.30)
    assert float(first["will.low"]) == pytest.approx(4 - 1.644854 * 0.30, abs=1e-6)
    assert (first["level"], first["borderline"], first["mixed"]) == ("M4", "no", "")
    assert sum(float(first[level]) for level in ("M1", "M2", "M3", "M4")) == pytest.approx(1)
    assert (third["will"], third["technical"], third["technical.answered"], third["technical.sem"]) == (
        "3.0", "", "0", "",
    )  # fmt: skip
    assert (third["M1"], third["level"], third["borderline"]) == ("", "", "")


def test_excels_table_has_a_mark_semicolons_and_decimal_commas() -> None:
    stream = io.StringIO(newline="")
    write_scores(scored(), stream, "excel")
    text = stream.getvalue()
    assert text.startswith("\ufeffid;perspective;")
    assert text.endswith("\r\n")
    first, second, third = csv.DictReader(io.StringIO(text[1:]), delimiter=";")
    plain = as_csv(scored())
    assert first["will"] == "4,0"
    assert first["will.low"] == "3,5065"  # 4 − 1.644854 · 0.30
    assert first["will.answered"] == "4"
    assert [row["id"] for row in (first, second, third)] == [row["id"] for row in plain]
    for written, row in zip((first, second, third), plain, strict=True):
        for name in ("M1", "M2", "M3", "M4", "technical.high"):
            assert "." not in written[name]
            assert len(written[name].partition(",")[2]) <= 4
            assert not row[name] or float(written[name].replace(",", ".")) == pytest.approx(
                float(row[name]), abs=5e-5
            )


def test_csv_names_mixed_domains() -> None:
    low = "id," + ",".join(ITEMS) + "\n1," + ",".join(str(everything(1)[item]) for item in ITEMS) + "\n"
    assert as_csv(scored(low))[0]["mixed"] == "technical psychological"


def test_csv_takes_the_sting_out_of_formulas() -> None:
    row = as_csv(scored())[1]
    assert (row["id"], row["subject"], row["job_area"]) == ("'=cmd()", "'+Anna", "'@bread")


def test_json_keeps_full_precision_and_texts_as_they_are() -> None:
    first, second, third = as_json(scored())
    profile = make_profile(maturity(), "self", everything(4))
    assert first["classification"]["probabilities"] == profile.classification.probabilities  # type: ignore[index, union-attr]
    assert (second["id"], second["subject"]) == ("=cmd()", "+Anna")
    assert third["classification"]["level"] is None  # type: ignore[index]


def test_a_questionnaire_without_classification_has_no_level_columns() -> None:
    rows = as_csv(scored("id,i1,i2\n1,1,3\n", plain_scale((1, 2, 3), 2)))
    assert rows == [
        {
            "id": "1", "perspective": "self", "subject": "", "job_area": "", "form": "",
            "s": "1.0", "s.answered": "2", "s.sem": "", "s.low": "", "s.high": "",
        }
    ]  # fmt: skip


def test_short_and_full_forms_stand_in_the_same_columns() -> None:
    short = {"knowledge", "skill", "will", "responsibility"}
    text = (
        "id,form," + ",".join(ITEMS) + "\n"
        "1,second-area," + ",".join("4" if item[:-2] in short else "" for item in ITEMS) + "\n"
        "2,," + ",".join("4" for _ in ITEMS) + "\n"
    )
    first, second = as_csv(scored(text))
    assert (first["form"], second["form"]) == ("second-area", "")
    assert (first["energy"], first["energy.answered"]) == ("", "")
    assert second["energy.answered"] == "4"


def test_many_rows_keep_their_order_over_blocks() -> None:
    count = 10_000
    lines = "\n".join(
        f"{number},{'manager' if number % 3 else 'self'},{number % 3 + 1},2" for number in range(count)
    )
    definition = plain_scale(
        (1, 2, 3),
        2,
        perspectives=maturity().questionnaire.perspectives
        | {"manager": maturity().questionnaire.perspectives["self"]},
    )
    rows = list(scored(f"id,perspective,i1,i2\n{lines}\n", definition))
    assert [row.id for row in rows] == [str(number) for number in range(count)]
    assert [row.scales[0].score for row in rows] == [(number % 3 + 1 + 2) / 2 for number in range(count)]


def test_real_answers_are_scored_as_they_come() -> None:
    path = Path(__file__).parents[1] / "data" / "bfi-excerpt.csv"
    items = path.read_text(encoding="utf-8").splitlines()[0].split(",")[1:]
    whole = plain_scale((1, 2, 3, 4, 5, 6), 25)
    text = path.read_text(encoding="utf-8").replace(
        ",".join(items), ",".join(f"i{number}" for number in range(1, 26))
    )
    assert len(list(scored(text, whole))) == 60


def test_a_kind_that_is_not_scored_yet_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assess.scoring.kinds.SCORING_KINDS", {})
    with pytest.raises(AssessError, match="situations"):
        scored("id,situation-1,situation-2\n1,A,B\n", situations())


def test_a_bad_file_is_scored_not_at_all() -> None:
    with pytest.raises(BadInput):
        scored(FILE.replace("s-3", "s-1"))
