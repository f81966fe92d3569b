"""The JSON Schema that lies beside ``blueprint.yaml`` and helps editors complete and check it."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from archwright.blueprint import names
from archwright.blueprint.model import Blueprint

DIALECT = "https://json-schema.org/draft/2020-12/schema"
# Validators are functions, which pydantic cannot show: say their patterns to editors as well.
_PATTERNS: dict[Any, dict[str, Any]] = {
    names._entity: {"pattern": f"^{names.ENTITY.pattern}$"},
    names._snake: {"pattern": f"^{names.SNAKE.pattern}$", "maxLength": 48},
    names._identifier: {"pattern": f"^{names.SNAKE.pattern}$", "maxLength": 48},
    names._slug: {"pattern": f"^{names.SLUG.pattern}$", "maxLength": 48},
}


class _Generator(GenerateJsonSchema):
    def function_after_schema(
        self, schema: core_schema.AfterValidatorFunctionSchema
    ) -> JsonSchemaValue:
        """Add the pattern of a name to what it would be otherwise."""
        plain = super().function_after_schema(schema)
        return {**plain, **_PATTERNS.get(schema["function"].get("function"), {})}


@cache
def json_schema() -> str:
    """Return the schema as JSON text; the same version of Archwright gives the same bytes."""
    schema = Blueprint.model_json_schema(schema_generator=_Generator)
    head = {"$schema": DIALECT, "title": "Archwright Blueprint"}
    return (
        json.dumps({**head, **{k: v for k, v in schema.items() if k != "title"}}, indent=2) + "\n"
    )
