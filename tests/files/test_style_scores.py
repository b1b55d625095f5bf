"""Scores of situations in files: one row for a leader's own sheet, none for a single direct report's."""

from __future__ import annotations

import csv
import io
import json
from math import comb, factorial

import pytest
from example_definitions import choices, leadership, maturity, maturity_items

from assess.files.answers_file import read_answers
from assess.files.raters import NO_ROW_EACH, NO_SCALES, NO_SUBJECT, TOO_FEW, group_on, rows_on
from assess.files.results import Format, ScoredFile, write_scores
from assess.files.scoring_files import score_file
from assess.files.style_columns import COLUMNS, GROUP_COLUMNS
from assess.scoring.profile import make_profile
from assess.scoring.raters import TooFewRaters
from questionnaires.definition import Definition, Perspective

SITUATIONS = [f"sit-{number}" for number in range(1, 21)]
HEADER = "id,perspective,subject," + ",".join(SITUATIONS)
FITTING = "1234" * 5
"""The style called for in every situation: sit-1 calls for M1, sit-2 for M2, …"""
COACHING = "2" * 20


def row(sheet_id: str, perspective: str, subject: str, styles: str) -> str:
    given = choices(styles)
    cells = ["" if item not in given else "ABCD"[given[item] - 1] for item in SITUATIONS]
    return ",".join([sheet_id, perspective, subject, *cells])


def reports(subject: str, styles: str, count: int, first: int = 1) -> list[str]:
    return [row(f"{subject}-{n}", "direct-report", subject, styles) for n in range(first, first + count)]


def scored(*rows: str, definition: Definition | None = None) -> ScoredFile:
    text = "\n".join([HEADER, *rows]) + "\n"
    return score_file(definition or leadership(), io.BytesIO(text.encode()))


def written(found: ScoredFile, form: Format = "csv") -> str:
    stream = io.StringIO(newline="")
    write_scores(found, stream, form)
    return stream.getvalue()


def table(found: ScoredFile) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(found))))


# --- the leader's own sheet ------------------------------------------------------------------------


def test_a_leader_who_always_does_what_is_called_for() -> None:
    """Each style five times: flexibility 30; 20 weights of 4. As much blindly: in 1 of 20!/(5!)⁴ orders."""
    (found,) = table(scored(row("1", "self", "anna", FITTING)))
    assert [found[style] for style in ("S1", "S2", "S3", "S4")] == ["5"] * 4
    assert float(found["S1.share"]) == 0.25
    assert float(found["S1.low"]) < 0.25 < float(found["S1.high"])
    assert [float(found[f"{style}.most_used"]) for style in SS] == pytest.approx([0.25] * 4, abs=0.005)
    assert (found["primary"], found["secondary"], found["developing"]) == ("S1 S2 S3 S4", "", "")
    assert (float(found["flexibility"]), float(found["effectiveness"]), float(found["fit"])) == (30, 80, 4)
    assert (found["effectiveness.lowest"], found["effectiveness.highest"]) == ("20", "80")
    assert float(found["flexibility.chance_mean"]) == pytest.approx(23.93, abs=0.005)
    assert float(found["effectiveness.chance_mean"]) == pytest.approx(50)
    assert float(found["effectiveness.blind_mean"]) == pytest.approx(50)
    orders = factorial(20) // factorial(5) ** 4
    assert float(found["effectiveness.blind_at_least"]) == pytest.approx(1 / orders, rel=1e-6)
    assert found["pattern"] == "flexible-and-fitting"
    used = {f"{level}.{style}": int(found[f"{level}.{style}"]) for level in MS for style in SS}
    assert used == {f"{level}.{style}": 5 * (level[1] == style[1]) for level in MS for style in SS}
    for index in ("over-leading", "under-leading"):
        assert (found[index], found[f"{index}.possible"], float(found[f"{index}.share"])) == ("0", "15", 0)
        assert 0 <= float(found[f"{index}.low"]) < float(found[f"{index}.high"]) < 0.5


MS, SS = ("M1", "M2", "M3", "M4"), ("S1", "S2", "S3", "S4")


def test_one_style_throughout_scores_60_and_is_no_evidence_of_fit() -> None:
    """S2 everywhere: 5·(3 + 4 + 3 + 2) = 60 in any order; tighter at M3 and M4, looser at M1."""
    (found,) = table(scored(row("1", "self", "bo", COACHING)))
    assert (found["primary"], found["secondary"], found["developing"]) == ("S2", "", "S1 S3 S4")
    assert (float(found["flexibility"]), float(found["effectiveness"])) == (0, 60)
    assert float(found["effectiveness.blind_mean"]) == pytest.approx(60)
    assert float(found["effectiveness.blind_at_least"]) == pytest.approx(1)
    assert found["pattern"] == "narrow-not-fitting"
    assert (found["over-leading"], found["under-leading"]) == ("10", "5")


def test_below_the_minimum_a_row_says_only_how_many_are_answered() -> None:
    (found,) = table(scored(row("1", "self", "cy", "1234" * 3 + "-" * 8)))
    assert {column for column in GROUP_COLUMNS if found[column]} == {"answered"}
    assert found["answered"] == "12"


def test_every_figure_of_a_row_is_that_of_the_profile_and_json_keeps_it_whole() -> None:
    answered = "1224 3321 4132 2214 3-43".replace(" ", "")
    (found,) = json.loads(written(scored(row("1", "self", "dan", answered)), "json"))
    profile = make_profile(leadership(), "self", choices(answered))
    assert profile.styles is not None
    assert found["styles"]["answered"] == 19
    assert found["styles"]["effectiveness"]["score"] == profile.styles.effectiveness.score  # type: ignore[union-attr]
    assert found["raters"] is None
    assert set(found["styles"]) == set(profile.styles.__struct_fields__)


def test_excels_table_has_the_same_columns_with_decimal_commas() -> None:
    text = written(scored(row("1", "self", "anna", FITTING)), "excel")
    (found,) = csv.DictReader(io.StringIO(text[1:]), delimiter=";")
    assert (found["S1.share"], found["flexibility.chance_mean"], found["S1"]) == ("0,25", "23,9301", "5")
    assert list(found)[5:] == list(GROUP_COLUMNS)


def test_the_column_raters_is_for_questionnaires_that_ask_direct_reports() -> None:
    alone = leadership(perspectives={"self": Perspective()})
    assert list(table(scored(row("1", "self", "anna", FITTING), definition=alone))[0])[5:] == list(COLUMNS)


# --- direct reports --------------------------------------------------------------------------------


def test_direct_reports_stand_in_one_row_for_each_subject_after_the_sheets() -> None:
    found = scored(
        *reports("anna", FITTING[:12], 3),
        row("a", "self", "anna", COACHING),
        *reports("bo", COACHING[:12], 5),
        row("b", "self", "bo", COACHING),
        *reports("anna", COACHING[:12], 3, first=4),
    )
    rows = table(found)
    assert [(line["id"], line["perspective"], line["subject"]) for line in rows] == [
        ("a", "self", "anna"),
        ("b", "self", "bo"),
        ("", "direct-report", "anna"),
        ("", "direct-report", "bo"),
    ]
    assert len(found) == 4
    anna = rows[2]
    # Three choose each style three times of twelve, three only S2: at each level half and half of 18 answers,
    # three of six parts: 1/8 and 5/8 (9/72 and 45/72), in steps of 0.05 the two larger remainders up.
    assert anna["raters"] == "6"
    assert (anna["S1.share"], anna["S2.share"]) == ("0.15", "0.65")
    assert 0 < float(anna["S2.low"]) < float(anna["S2.share"]) < float(anna["S2.high"]) < 1
    assert anna["fit"] == "3.5"  # weights 4, and 3 + 4 + 3 + 2 over four
    assert float(anna["over-leading.share"]) > 0
    assert [anna[column] for column in ("S1", "M1.S1", "answered", "effectiveness", "pattern")] == [""] * 5


@pytest.mark.parametrize("form", ["csv", "excel", "json"])
@pytest.mark.parametrize("count", [1, 4])
def test_too_few_direct_reports_leave_no_trace_in_any_format(form: Format, count: int) -> None:
    """The file is the same, to the byte, as if they had not answered; what is said does not tell how many."""
    own = row("a", "self", "anna", FITTING)
    without = scored(own)
    found = scored(own, *reports("anna", COACHING[:12], count))
    assert written(found, form) == written(without, form)
    assert found.told == scored(own, *reports("anna", FITTING[:12], 2)).told
    assert TOO_FEW in found.told
    assert without.told == found.told


def test_no_answer_and_no_id_of_a_direct_report_is_written() -> None:
    rows = [row(f"secret-{n}", "direct-report", "anna", f"{n}" * 12) for n in (1, 2, 3, 4)]
    found = scored(
        row("a", "self", "anna", FITTING), *rows, row("secret-5", "direct-report", "anna", "1" * 12)
    )
    for form in ("csv", "excel", "json"):
        assert "secret" not in written(found, form)
    (group,) = [line for line in json.loads(written(found, "json")) if line["raters"]]
    assert group["raters"]["raters"] == 5
    assert set(group["raters"]) == {
        "raters",
        "least",
        "situations",
        "values",
        "agreement",
        "agreement_reason",
    }


def test_whoever_answers_too_little_does_not_count_as_a_direct_report() -> None:
    """Ten of twelve are needed: of five sheets only four say enough."""
    found = scored(*reports("anna", FITTING[:12], 4), *reports("anna", "123456789"[:4] * 2, 1, first=9))
    assert list(found) == []
    assert TOO_FEW in found.told


def test_direct_reports_of_nobody_belong_to_no_row() -> None:
    found = scored(*reports("", COACHING[:12], 6))
    assert list(found) == []
    assert found.told[0] == NO_ROW_EACH
    assert NO_SUBJECT in found.told


def test_scales_have_no_row_for_a_direct_report_either() -> None:
    items = maturity_items()
    self_only = maturity().questionnaire.perspectives
    definition = maturity(
        perspectives=self_only | {"direct-report": Perspective(items=tuple(items))},
        precision={},
        classification=None,
    )
    threes = ",".join(["3"] * len(items))
    text = f"id,perspective,subject,{','.join(items)}\n1,self,anna,{threes}\n"
    text += "".join(f"d{n},direct-report,anna,{threes}\n" for n in range(6))
    found = score_file(definition, io.BytesIO(text.encode()))
    assert [line.id for line in found] == ["1"]
    assert found.told == (NO_ROW_EACH, NO_SCALES)


def test_the_own_view_stands_beside_the_group_where_there_is_one_own_sheet() -> None:
    found = scored(row("a", "self", "anna", FITTING), *reports("anna", COACHING[:12], 5))
    group = list(found)[-1].raters
    assert group is not None
    own = {value.id: value.own for value in group.values}
    assert own["S2"] == pytest.approx(3 / 12)
    two = scored(
        row("a", "self", "anna", FITTING), row("b", "self", "anna", COACHING), *reports("anna", COACHING, 0)
    )
    assert [line.raters for line in two] == [None, None]


def test_the_group_on_a_subject_is_refused_without_saying_how_many_there_are() -> None:
    definition = leadership()
    messages = set()
    for count in (1, 4):
        text = "\n".join([HEADER, *reports("anna", COACHING[:12], count)]) + "\n"
        file = read_answers(io.BytesIO(text.encode()), definition)
        assert len(rows_on(file, "anna")) == count
        assert rows_on(file, "bo") == ()
        with pytest.raises(TooFewRaters) as caught:
            group_on(file, "anna", None)
        messages.add(str(caught.value))
    assert len(messages) == 1


def test_the_chance_of_a_flexibility_is_the_exact_one() -> None:
    """30 comes by chance only with 5/5/5/5: 20!/(5!)⁴ of 4²⁰ sheets."""
    (found,) = table(scored(row("1", "self", "anna", FITTING)))
    exactly = comb(20, 5) * comb(15, 5) * comb(10, 5) / 4**20
    assert float(found["flexibility.chance_at_least"]) == pytest.approx(exactly)
