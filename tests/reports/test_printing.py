"""Processes that make documents: bounded in time and memory, replaced, and gone when nobody needs them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future

import pytest
import things_to_print
from pebble import ProcessExpired

from reports.printing import Limits, NotMade, Printing

MEGABYTE = 1024**2


@pytest.fixture
def printing_of() -> Iterator[Callable[..., Printing]]:
    opened: list[Printing] = []

    def open_one(make: Callable[[object], bytes], **limits: float) -> Printing:
        bounds = {"seconds": 30.0, "memory": 1024 * MEGABYTE, "documents": 100, "niceness": 1} | limits
        opened.append(Printing(make, 1, Limits(**bounds)))  # type: ignore[arg-type]
        return opened[-1]

    yield open_one
    for one in opened:
        one.rest()


def made(document: Future[bytes]) -> bytes:
    return document.result(timeout=60)


def test_a_document_comes_from_a_process_of_lower_priority_without_core_files(
    printing_of: Callable[..., Printing],
) -> None:
    printing = printing_of(things_to_print.who_am_i)
    pid, niceness, core = map(int, made(printing.begin("")).split())
    assert pid != os.getpid()
    assert niceness == min(19, os.nice(0) + 1)
    assert core == 0


def test_an_error_is_told_by_kind_and_place_and_quotes_nothing(printing_of: Callable[..., Printing]) -> None:
    printing = printing_of(things_to_print.refuse)
    with pytest.raises(NotMade, match=r"^ValueError at things_to_print.py:\d+$") as told:
        made(printing.begin("canary 77"))
    assert "canary" not in "".join(map(str, (told.value.__cause__, told.value.__context__)))


def test_what_takes_too_long_is_ended_and_the_next_one_is_made(printing_of: Callable[..., Printing]) -> None:
    printing = printing_of(things_to_print.hang_or_not, seconds=1.0)
    hanging, next_one = printing.begin("hang"), printing.begin("not")
    with pytest.raises(TimeoutError):
        made(hanging)
    assert made(next_one) == b"not"


def test_what_takes_too_much_memory_fails_alone(printing_of: Callable[..., Printing]) -> None:
    printing = printing_of(things_to_print.take_memory)
    too_much, little = printing.begin(2048 * MEGABYTE), printing.begin(MEGABYTE)
    with pytest.raises(NotMade, match="MemoryError"):
        made(too_much)
    assert made(little) == b"enough"


def test_what_kills_its_process_fails_alone(printing_of: Callable[..., Printing]) -> None:
    printing = printing_of(things_to_print.die_or_not)
    dying, next_one = printing.begin("die"), printing.begin("not")
    with pytest.raises(ProcessExpired):
        made(dying)
    assert made(next_one) == b"not"


def test_a_process_is_replaced_after_so_many_documents(printing_of: Callable[..., Printing]) -> None:
    printing = printing_of(things_to_print.who_am_i, documents=2)
    pids = [made(printing.begin("")).split()[0] for _ in range(4)]
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_resting_ends_the_processes_and_the_next_document_starts_them_again(
    printing_of: Callable[..., Printing],
) -> None:
    printing = printing_of(things_to_print.who_am_i)
    first = made(printing.begin("")).split()[0]
    printing.rest()
    assert printing.pids() == ()
    assert made(printing.begin("")).split()[0] != first
