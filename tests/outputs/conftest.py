import json
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


@pytest.fixture
def map_fields() -> dict[str, Any]:
    """Made-up sites in every kind of geometry, as the fields of MapData."""
    return json.loads((HERE / "sample-map.json").read_text(encoding="utf-8"))


@pytest.fixture
def hostile_strings() -> list[str]:
    return json.loads((HERE / "hostile-strings.json").read_text(encoding="utf-8"))
