"""The tables of ``data/matching``, read once."""

import pytest

from georisk.files import bundled_root
from georisk.matching.words import Words, read_words


@pytest.fixture(scope="session")
def words() -> Words:
    return read_words(bundled_root() / "data" / "matching")
