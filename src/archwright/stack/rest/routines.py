"""Chooses the function that an rpc call means."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from archwright.stack.rest.errors import RestError
from archwright.stack.rest.hints import closest
from archwright.stack.rest.model import Catalog, Function, Name
from archwright.stack.rest.payload import RAW_TYPES, WHOLE_BODY

_UNNAMED = {
    "text/plain": " with a single unnamed text parameter",
    "text/xml": " with a single unnamed xml parameter",
    "application/octet-stream": " with a single unnamed bytea parameter",
}


def choose(
    catalog: Catalog, name: Name, given: Collection[str], media: str, *, posted: bool
) -> Function:
    """Find the function that takes these arguments; PGRST202 for none, PGRST203 for several.

    A function with one unnamed argument takes the whole body, where no other fits.
    """
    group = catalog.functions.get(name, ())
    named = [item for item in group if _takes(item, set(given), media, posted)]
    whole = [item for item in group if posted and _takes_body(item, media)]
    matches = named or whole
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise _several(matches)
    raise not_there(catalog, name, sorted(given), media, posted=posted)


def takes_body(function: Function) -> bool:
    """Tell whether the one argument has no name: then it is the body."""
    return len(function.arguments) == 1 and not function.arguments[0].name


def _takes_body(function: Function, media: str) -> bool:
    return takes_body(function) and function.arguments[0].type in RAW_TYPES.get(media, ())


def _takes(function: Function, given: set[str], media: str, posted: bool) -> bool:
    if not function.arguments:
        return not given and not (posted and media in WHOLE_BODY)
    names = {argument.name for argument in function.arguments}
    required = {argument.name for argument in function.arguments if argument.required}
    return "" not in names and required <= given <= names


def _several(matches: Sequence[Function]) -> RestError:
    signatures = ", ".join(
        f"{item.name[0]}.{item.name[1]}("
        + ", ".join(f"{argument.name} => {argument.type}" for argument in item.arguments)
        + ")"
        for item in matches
    )
    return RestError(
        300,
        "PGRST203",
        f"Could not choose the best candidate function between: {signatures}",
        None,
        "Try renaming the parameters or the function itself in the database so function"
        " overloading can be resolved",
    )


def not_there(
    catalog: Catalog, name: Name, given: list[str], media: str, *, posted: bool
) -> RestError:
    """Return PGRST202, with what was looked for and what may be meant."""
    full = f"{name[0]}.{name[1]}"
    names = ", ".join(given)
    plain = f"({names})" if given else " without parameters"
    plural = "parameters" if len(given) > 1 else "parameter"
    searched = f" with {plural} {names}" if given else " without parameters"
    hint = _meant(catalog, name, given)
    if posted and media in _UNNAMED:
        plain, searched, hint = "", _UNNAMED[media], None
    elif posted and media == "application/json":
        searched += " or with a single unnamed json/jsonb parameter"
    return RestError(
        404,
        "PGRST202",
        f"Could not find the function {full}{plain} in the schema cache",
        f"Searched for the function {full}{searched}, but no matches were found in the schema"
        " cache.",
        hint,
    )


def _meant(catalog: Catalog, name: Name, given: list[str]) -> str | None:
    schema, routine = name
    group = catalog.functions.get(name, ())
    if group:
        lists = (_listed([argument.name for argument in item.arguments]) for item in group)
        found = closest(_listed(given), lists, sure=False)
        meant = f"{routine}{found}" if found else None
    else:
        meant = closest(routine, (other for home, other in catalog.functions if home == schema))
    return f"Perhaps you meant to call the function {schema}.{meant}" if meant else None


def _listed(names: list[str]) -> str:
    return f"({', '.join(sorted(names))})"
