"""`assess agreement`, `assess change` and `assess norms` on files."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from agreement_examples import SHROUT_FLEISS
from click.testing import CliRunner, Result

from assess.cli import main

TESTS = Path(__file__).parent.parent
MATURITY = TESTS / "data" / "job-maturity.csv"
STYLE = TESTS / "data" / "leadership-style.csv"
IPIP = TESTS / "questionnaires" / "ipip-25"
BFI = TESTS / "data" / "bfi-excerpt.csv"
ROWS = list(csv.DictReader(MATURITY.read_text(encoding="utf-8").splitlines()))
FACETS = ("knowledge", "skill", "experience", "judgement", "will", "responsibility", "relations", "energy")

TEN = """
format: 1
id: ten
version: 1.0.0
source_language: en
languages: [en]
privacy: PRIVACY
minutes: 1
by_job_area: false
perspectives: {self: {}, manager: {}, direct-report: {}}
options: {}
items:
  - {id: mark, kind: zero-to-ten, reason: One mark.}
  - {id: again, kind: zero-to-ten, reason: The same once more.}
scales:
  marks: {items: [mark, again], min_answered: 2}
scoring: {kind: rating-scales}
precision:
  self:
    marks: {reliability: 0.7, sd: 2}
provenance:
  {authors: The tests, year: 2026, source: Original, licence: MIT, tested: not-yet-tested-with-users}
"""
TEN_TEXTS = """
language: en
title: Ten
summary: A questionnaire for tests.
intended_use: [Tests.]
not_for: [Anything else.]
method: [None.]
perspectives:
  self: {title: Welcome, welcome: Think of the last three months., closing: Thank you.}
  manager: {title: Welcome, welcome: Think of the last three months., closing: Thank you.}
  direct-report: {title: Welcome, welcome: Think of the last three months., closing: Thank you.}
options: {}
items:
  mark:
    self: "What mark do you give, 0 to 10?"
    manager: "What mark do you give {first_name}, 0 to 10?"
    direct-report: "What mark do you give {first_name}, 0 to 10?"
  again:
    self: "And what mark once more, 0 to 10?"
    manager: "And what mark for {first_name} once more, 0 to 10?"
    direct-report: "And what mark for {first_name} once more, 0 to 10?"
scales:
  marks: {name: Marks, about: Marks given.}
"""


def assess(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def document(*arguments: object) -> Any:
    result = assess(*arguments)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def file_of(into: Path, rows: Iterable[Mapping[str, object]], name: str = "answers.csv") -> Path:
    rows = list(rows)
    path = into / name
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [*rows[0]])
        writer.writeheader()
        writer.writerows(rows)
    return path


# --- agreement -------------------------------------------------------------------------------------


def test_agreement_of_own_and_managers_sheets() -> None:
    """Thirty pairs; the plain agreement of the first item counted here from the file."""
    found = document("agreement", "job-maturity", MATURITY)
    (pair,) = found["pairs"]
    assert (pair["first"], pair["second"], pair["pairs"]) == ("self", "manager", 30)
    item = pair["items"][0]
    sides = {row["subject"]: {} for row in ROWS}
    for row in ROWS:
        sides[row["subject"]][row["perspective"]] = row[item["id"]]
    both = [(side["self"], side["manager"]) for side in sides.values() if side["self"] and side["manager"]]
    assert item["raters"]["pairs"] == len(both)
    assert item["raters"]["agreement"] == pytest.approx(sum(a == b for a, b in both) / len(both))
    assert [scale["id"] for scale in pair["scales"]] == [*FACETS, "technical", "psychological"]
    assert {c["kind"] for c in pair["scales"][0]["icc"]["coefficients"]} >= {"ICC(2,1)", "ICC(3,k)"}


def rated(perspective: str, times: int = 1) -> list[dict[str, object]]:
    """Shrout & Fleiss' table and its first judge once more: five sheets on each of six subjects, or twice."""
    table = np.hstack([SHROUT_FLEISS, SHROUT_FLEISS[:, :1]] * times)
    return [
        {
            "id": f"{subject}{judge}",
            "perspective": perspective,
            "subject": f"s{subject}",
            "mark": int(mark),
            "again": int(mark),
        }
        for subject, row in enumerate(table)
        for judge, mark in enumerate(row)
    ]


@pytest.fixture
def ten(tmp_path: Path) -> Path:
    return one_mark(tmp_path, "personal")


def one_mark(tmp_path: Path, privacy: str) -> Path:
    folder = tmp_path / "ten"
    folder.mkdir()
    (folder / "questionnaire.yaml").write_text(TEN.replace("PRIVACY", privacy))
    (folder / "en.yaml").write_text(TEN_TEXTS)
    return folder


def test_several_raters_of_one_subject(ten: Path, tmp_path: Path) -> None:
    """Four of the five sheets are Shrout & Fleiss' table: ICC(1,1) .17, ICC(1,k) .44."""
    rows = [row for row in rated("manager") if not str(row["id"]).endswith("4")]
    (groups,) = document("agreement", ten, file_of(tmp_path, rows))["groups"]
    (scale,) = groups["scales"]
    assert (round(scale["icc"]["icc1"], 2), round(scale["icc"]["icc2"], 2)) == (0.17, 0.44)
    first = groups["groups"][0]["scales"][0]["within"]
    # 9 2 5 8: variance 10, random answers on 0–10 have 10 as well.
    assert (first["variance"], first["uniform"]) == (pytest.approx(10), 0)


def with_values(folder: Path, values: list[int]) -> Path:
    """The questionnaire of two marks with options of these values."""
    file = folder / "questionnaire.yaml"
    text = file.read_text().replace("options: {}", f"options: {{step: {{values: {values}}}}}")
    file.write_text(text.replace("kind: zero-to-ten", "kind: rating, options: step"))
    labels = ", ".join(f"option {value}" for value in values)
    texts = folder / "en.yaml"
    texts.write_text(texts.read_text().replace("options: {}", f"options: {{step: {{labels: [{labels}]}}}}"))
    return folder


@pytest.mark.parametrize("options", [11, 12])
def test_agreement_counts_in_steps_between_options(ten: Path, tmp_path: Path, options: int) -> None:
    """Steps of 5 give the r_wg of steps of 1; for 12 options no slightly skewed answers are known."""
    rows = [row for row in rated("manager") if not str(row["id"]).endswith("4")]
    folder = with_values(ten, list(range(0, 5 * options, 5)))
    (groups,) = document("agreement", folder, file_of(tmp_path, rows))["groups"]
    last = groups["groups"][-1]["scales"][0]["within"]
    # 6 2 4 7: variance 14.75/3 in steps.
    ratio = 14.75 / 3 / ((options**2 - 1) / 12)
    assert last["uniform"] == pytest.approx(2 * (1 - ratio) / (2 * (1 - ratio) + ratio))
    assert (last["slightly_skewed"] is None) == (options == 12)


def test_unequal_steps_have_no_random_answers_to_compare_with(ten: Path, tmp_path: Path) -> None:
    rows = [row for row in rated("manager") if not str(row["id"]).endswith("4")]
    folder, file = with_values(ten, [0, 1, 2, 3, 4, 5, 6, 7, 8, 20]), file_of(tmp_path, rows)
    (groups,) = document("agreement", folder, file)["groups"]
    assert groups["groups"][0]["scales"][0] == {"id": "marks", "within": None, "reason": "options-uneven"}
    assert "marks: no rwg, for the steps" in assess("agreement", folder, file, "--format", "table").stdout


def test_direct_reports_count_from_ten(ten: Path, tmp_path: Path) -> None:
    """How far raters agree tells of their distribution."""
    rows = rated("direct-report", times=2)
    (groups,) = document("agreement", ten, file_of(tmp_path, rows))["groups"]
    assert (groups["least"], len(groups["groups"])) == (10, 6)
    without = [row for row in rows if row["id"] != "00"]
    result = assess("agreement", ten, file_of(tmp_path, without))
    (groups,) = json.loads(result.stdout)["groups"]
    assert [group["subject"] for group in groups["groups"]] == ["s1", "s2", "s3", "s4", "s5"]
    assert "s0" not in result.stdout
    gap = [row | ({"mark": ""} if row["id"] == "00" else {}) for row in rows]
    (groups,) = document("agreement", ten, file_of(tmp_path, gap))["groups"]
    assert groups["groups"][0]["scales"][0] == {"id": "marks", "within": None, "reason": "group-too-small"}


def test_nine_direct_reports_are_nobody(ten: Path, tmp_path: Path) -> None:
    rows = [row for row in rated("direct-report", times=2) if not str(row["id"]).endswith("4")]
    result = assess("agreement", ten, file_of(tmp_path, rows))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "has nobody" in result.stderr


def twice(tmp_path: Path) -> Path:
    """The leaders' example with every direct report's sheet once more: fourteen on one leader."""
    rows = list(csv.DictReader(STYLE.read_text(encoding="utf-8").splitlines()))
    more = [row | {"id": f"{row['id']}b"} for row in rows if row["perspective"] == "direct-report"]
    return file_of(tmp_path, [*rows, *more], "twice.csv")


def test_how_alike_direct_reports_choose_styles(tmp_path: Path) -> None:
    found = document("agreement", "leadership-style", twice(tmp_path))
    (groups,) = [group for group in found["groups"] if group["perspective"] == "direct-report"]
    (group,) = groups["groups"]
    assert group["styles"]["level"] == "nominal"
    assert (group["scales"], group["styles"]["units"]) == ([], 12)


def test_two_own_sheets_on_one_person_are_left_out_of_the_pairs(tmp_path: Path) -> None:
    doubled = [*ROWS, ROWS[0] | {"id": "again"}]
    result = assess("agreement", "job-maturity", file_of(tmp_path, doubled))
    assert json.loads(result.stdout)["pairs"][0]["pairs"] == 29
    assert "1 name with several sheets" in result.stderr


def test_nobody_is_rated_twice() -> None:
    result = assess("agreement", IPIP, BFI)
    assert result.exit_code == 1
    assert "column “subject”" in result.stderr


# --- change ----------------------------------------------------------------------------------------


def later(change: int = 1) -> list[dict[str, str]]:
    """Everybody's own will one option up, where there is one; the last person does not answer again."""
    rows = [dict(row) for row in ROWS if row["perspective"] == "self"][:-1]
    for row in rows:
        for item in ("will-1", "will-2", "will-3"):
            row[item] = str(min(int(row[item] or 1) + change, 5))
    return rows


def test_change_with_the_questionnaire_left_out_or_named(tmp_path: Path) -> None:
    after = file_of(tmp_path, later())
    found = document("change", MATURITY, after)
    assert found == document("change", "job-maturity", MATURITY, after)
    assert found == document("change", "--questionnaire", "job-maturity", MATURITY, after)
    assert (found["only_before"], found["only_after"]) == (31, 0)
    (form,) = found["forms"]
    assert (form["perspective"], form["pairs"], form["denominator"]) == ("self", 29, "measurement-error")


def test_a_persons_change_by_hand(tmp_path: Path) -> None:
    """Limit of a facet answered in full: 1.6448536·√2·SD·√(1 − reliability) with the figures of the file."""
    rows = [dict(row) for row in ROWS]
    for row in rows:
        row |= {f"will-{n}": str(n % 5 + 1) for n in range(1, 5)}
    after = [row | {"will-1": "5", "will-2": "5"} for row in rows]
    before = file_of(tmp_path, rows, "before.csv")
    found = document("change", before, file_of(tmp_path, after, "after.csv"))
    form = next(form for form in found["forms"] if form["perspective"] == "self")
    scale = next(scale for scale in form["scales"] if scale["id"] == "will")
    person = next(s for s in form["people"][0]["scales"] if s["id"] == "will")
    assert person["difference"] == pytest.approx((3 + 2) / 4)
    assert person["limit"] == pytest.approx(1.6448536 * (2 * (1 - scale["reliability"])) ** 0.5 * scale["sd"])
    assert person["verdict"] == ("real" if person["difference"] > person["limit"] else "may-be-noise")
    assert scale["group"]["reason"] == "no-variation"


def test_ids_are_all_that_is_told_of_people(tmp_path: Path) -> None:
    (form,) = document("change", MATURITY, file_of(tmp_path, later()))["forms"]
    assert [person["id"] for person in form["people"]] == [row["id"] for row in later()]
    assert all(set(person) == {"id", "job_area", "scales"} for person in form["people"])


def test_people_may_be_matched_by_subject(tmp_path: Path) -> None:
    renamed = [row | {"id": f"later-{row['id']}"} for row in later()]
    after = file_of(tmp_path, renamed)
    assert document("change", MATURITY, after, "--by", "subject")["forms"][0]["pairs"] == 29
    result = assess("change", MATURITY, after)
    assert result.exit_code == 1
    assert "--by subject" in result.stderr


@pytest.mark.parametrize(("people", "shown"), [(9, False), (10, True)])
def test_confidential_sheets_have_no_row_each(people: int, shown: bool, tmp_path: Path) -> None:
    folder = one_mark(tmp_path, "confidential")
    marks = [3, 5, 6, 8, 9, 2, 4, 7, 5, 6][:people]
    before = file_of(
        tmp_path, [{"id": n, "mark": mark, "again": mark} for n, mark in enumerate(marks)], "before.csv"
    )
    after = file_of(
        tmp_path, [{"id": n, "mark": mark // 2, "again": 1} for n, mark in enumerate(marks)], "after.csv"
    )
    (form,) = document("change", folder, before, after)["forms"]
    assert form["people"] == []
    assert (form["reason"], form["pairs"]) == ((None, 10) if shown else ("group-too-small", None))
    assert bool(form["scales"]) == shown


@pytest.mark.parametrize("files", [(MATURITY,), (MATURITY, MATURITY, MATURITY, MATURITY)])
def test_change_is_of_two_files(files: tuple[Path, ...]) -> None:
    assert assess("change", *files).exit_code == 2


def two_waves(into: Path, people: int) -> tuple[Path, Path]:
    lines = BFI.read_text(encoding="utf-8").splitlines()[: people + 1]
    before, after = into / "before.csv", into / "after.csv"
    before.write_text("\n".join(lines), encoding="utf-8")
    head, *sheets = lines
    later = [
        sheet.partition(",")[0] + "," + other.partition(",")[2]
        for sheet, other in zip(sheets, reversed(sheets), strict=True)
    ]
    after.write_text("\n".join([head, *later]), encoding="utf-8")
    return before, after


def test_without_stated_precision_it_comes_from_the_sheets_before(tmp_path: Path) -> None:
    before, after = two_waves(tmp_path, 60)
    (form,) = document("change", IPIP, before, after)["forms"]
    reliability = {scale["id"]: scale for scale in document("reliability", IPIP, before)["scales"]}
    for place, scale in enumerate(form["scales"]):
        theirs = reliability[scale["id"]]
        assert (scale["precision"], scale["reliability"]) == ("answers-before", theirs["alpha"])
        first = form["people"][0]["scales"][place]
        if first["error"] is not None:
            full = theirs["score_sd"] * (1 - theirs["alpha"]) ** 0.5
            assert first["error"] >= 2**0.5 * full - 1e-12
    shown = assess("change", IPIP, before, after, "--format", "table").stdout
    assert "the questionnaire states no precision" in shown


def test_without_any_precision_it_says_that_there_are_no_verdicts(tmp_path: Path) -> None:
    before, after = two_waves(tmp_path, 20)
    (form,) = document("change", IPIP, before, after)["forms"]
    assert {scale["reason"] for scale in form["scales"]} == {"no-precision"}
    assert all(scale["verdict"] is None for person in form["people"] for scale in person["scales"])
    assert "no verdicts" in assess("change", IPIP, before, after, "--format", "table").stdout


def test_styles_have_no_scales_to_change() -> None:
    assert "no scales" in assess("change", "leadership-style", STYLE, STYLE).stderr


# --- norms -----------------------------------------------------------------------------------------


def crowd(into: Path, people: int) -> Path:
    own = [row for row in ROWS if row["perspective"] == "self"]
    rows = [
        own[n % len(own)] | {"id": f"n{n}", "subject": "", "will-2": str(n % 5 + 1)} for n in range(people)
    ]
    return file_of(into, rows)


def test_norms_from_two_hundred_sheets(tmp_path: Path) -> None:
    found = document("norms", "job-maturity", crowd(tmp_path, 200), "--wave", "w1", "--wave", "w2")
    record = next(scale for scale in found["scales"] if scale["scale"] == "will")
    assert (record["n"], record["wave_ids"], record["smoothed"]) == (200, ["w1", "w2"], False)
    rows = record["table"]["rows"]
    assert [row["score"] for row in rows] == [n / 4 for n in range(4, 21)]
    assert sum(row["people"] for row in rows) <= 200
    ranks = [row["percentile"] for row in rows]
    assert ranks == sorted(ranks)


def test_the_same_file_gives_the_same_record_another_seed_another(tmp_path: Path) -> None:
    answers = crowd(tmp_path, 200)
    ids = [
        [scale["id"] for scale in document("norms", "job-maturity", answers, "--seed", seed)["scales"]]
        for seed in (1, 1, 2)
    ]
    assert ids[0] == ids[1]
    assert not set(ids[0]) & set(ids[2])


def test_fewer_than_two_hundred_are_refused_with_a_reason(tmp_path: Path) -> None:
    result = assess("norms", "job-maturity", crowd(tmp_path, 199))
    assert {scale["table"]["reason"] for scale in json.loads(result.stdout)["scales"]} == {"n-under-200"}
    assert "fewer than 200" in result.stderr


def test_smoothed_norms_say_so(tmp_path: Path) -> None:
    found = document("norms", "job-maturity", crowd(tmp_path, 250), "--smooth")
    assert all(scale["smoothed"] and scale["table"]["smoothed"] for scale in found["scales"])


def test_there_are_no_norms_of_styles() -> None:
    assert "no norms of them" in assess("norms", "leadership-style", STYLE).stderr


# --- for people ------------------------------------------------------------------------------------


def test_tables_for_people(tmp_path: Path) -> None:
    """Rounded figures under their heads, in the same order as in the document."""
    for arguments, words in (
        (("agreement", "job-maturity", MATURITY), ("ICC(2,1)", "quadratic", "knowledge-1")),
        (("change", MATURITY, file_of(tmp_path, later(), "after.csv")), ("d_av", "real beyond", "will")),
        (("norms", "job-maturity", crowd(tmp_path, 210)), ("percentile", "stanine", "210 people")),
        (("agreement", "leadership-style", twice(tmp_path)), ("styles chosen", "situations")),
    ):
        result = assess(*arguments, "--format", "table")
        assert result.exit_code == 0, result.stderr
        for word in words:
            assert word in result.stdout


def test_into_a_file(tmp_path: Path) -> None:
    into = tmp_path / "agreement.json"
    result = assess("agreement", "job-maturity", MATURITY, "-o", into)
    assert result.stdout == ""
    assert json.loads(into.read_text())["questionnaire"] == "job-maturity"
