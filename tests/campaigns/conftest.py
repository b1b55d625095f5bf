"""The bakery chain on each engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from campaigning import Chain

    from assess.store import Store


@pytest.fixture
def chain(store: Store) -> Chain:
    from campaigning import Chain

    return Chain(store)
