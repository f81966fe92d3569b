"""The schema file for editors."""

from __future__ import annotations

import json
import re

from archwright.blueprint.json_schema import json_schema


def test_it_is_stable_and_says_what_names_are() -> None:
    first = json_schema()
    json_schema.cache_clear()
    assert first == json_schema()
    schema = json.loads(json_schema())
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"] == "Archwright Blueprint"
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["app"]
    name = schema["$defs"]["Entity"]["properties"]["name"]
    assert re.search(name["pattern"], "VideoComment")
    assert not re.search(name["pattern"], "video comment")
    slug = schema["$defs"]["App"]["properties"]["slug"]
    assert slug["maxLength"] == 48
