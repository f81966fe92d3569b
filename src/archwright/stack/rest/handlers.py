"""Which media types of the database's own a request may ask for."""

from __future__ import annotations

from urllib.parse import parse_qsl

from archwright.stack.rest.model import Catalog, Handlers


def handlers_of(catalog: Catalog, schema: str, target: str, query: str) -> Handlers:
    """Return the handlers of a table or function, over those that serve all.

    What serves one table takes its whole rows, so it does not count where columns are chosen.
    """
    if not catalog.handlers:
        return {}
    found = dict(catalog.handlers.get(None, {}))
    if any(name == "select" and text != "*" for name, text in parse_qsl(query, True)):
        return found
    if not target.startswith("rpc/"):
        return {**found, **catalog.handlers.get((schema, target), {})}
    name = (schema, target.removeprefix("rpc/"))
    for function in catalog.functions.get(name, ()):
        found.update(catalog.handlers.get(function.table or name, {}))
    return found
