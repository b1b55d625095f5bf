"""What a chapter hands over before it gets its number."""

from __future__ import annotations

from dataclasses import dataclass

from reports.manual.blocks import Block, ChapterState


@dataclass(frozen=True, slots=True)
class Draft:
    """A chapter. `state`: written (rests on the file alone), measured, partly, waiting, apart (told by
    group results) or not applicable; `finding` is one sentence for the first page, "" for none."""

    title: str
    state: ChapterState
    blocks: tuple[Block, ...]
    finding: str = ""
