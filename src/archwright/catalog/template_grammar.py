"""What a template may say: conditions, loops and look-ups, and nothing that computes."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import nodes

from archwright.catalog.insertion import FILTERS

SLOT_FILTER = "slot!"  # what the slot tag becomes; no template can write this name

_HARMLESS = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.If)
_ALLOWED = (
    *_HARMLESS,
    nodes.For,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.CondExpr,
    nodes.Tuple,
    nodes.Filter,
    nodes.Call,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that a template may not say: diagnostic code, message, line, hint."""

    code: str
    message: str
    line: int
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """What a tree has that is not allowed, its slots in order, the literals of its ``has``."""

    faults: tuple[Fault, ...]
    slots: tuple[str, ...]
    features: frozenset[str]


def survey(tree: nodes.Template) -> Survey:
    """Check a whole tree, in order of the text."""
    faults: list[Fault] = []
    slots: dict[str, None] = {}
    features: set[str] = set()
    pending: list[nodes.Node] = [tree]
    while pending:
        node = pending.pop()
        fault = _fault(node) if type(node) not in _HARMLESS else None
        if fault:
            faults.append(fault)
            continue
        if isinstance(node, nodes.Filter) and node.name == SLOT_FILTER:
            slots[str(_constant(node.node))] = None
        elif isinstance(node, nodes.Call) and node.args:
            features.add(str(_constant(node.args[0])))
        pending += reversed(list(node.iter_child_nodes()))
    return Survey(tuple(faults), tuple(slots), frozenset(features))


def _fault(node: nodes.Node) -> Fault | None:
    if not isinstance(node, _ALLOWED) or (isinstance(node, nodes.For) and node.recursive):
        hint = "Only if, for, slot, has('...'), look-ups and filters may be used."
        return Fault("AW-3302", f"{_name_of(node)} is not allowed here", node.lineno, hint)
    if isinstance(node, nodes.Call) and not (_is_has(node) or _is_items(node)):
        hint = "Only has('feature') and .items() may be called."
        return Fault("AW-3302", "this call is not allowed", node.lineno, hint)
    if isinstance(node, nodes.Filter) and node.name not in (*FILTERS, SLOT_FILTER):
        hint = "Filters: " + ", ".join(sorted(FILTERS))
        return Fault("AW-3303", f"there is no filter {node.name!r}", node.lineno, hint)
    if isinstance(node, nodes.Filter) and not _no_more(node):
        return Fault("AW-3303", "a filter's arguments have no names here", node.lineno)
    private = _private_name(node)
    if private is not None:
        return Fault("AW-3304", f"{private!r} is private: it starts with _", node.lineno)
    return None


def _name_of(node: nodes.Node) -> str:
    if isinstance(node, nodes.For):
        return "a recursive loop"
    return f"'{type(node).__name__.lower()}'"


def _is_has(node: nodes.Call) -> bool:
    named = isinstance(node.node, nodes.Name) and node.node.name == "has"
    literal = len(node.args) == 1 and isinstance(node.args[0], nodes.Const)
    return named and literal and isinstance(_constant(node.args[0]), str) and _no_more(node)


def _is_items(node: nodes.Call) -> bool:
    named = isinstance(node.node, nodes.Getattr) and node.node.attr == "items"
    return named and not node.args and _no_more(node)


def _no_more(node: nodes.Call | nodes.Filter) -> bool:
    return not node.kwargs and node.dyn_args is None and node.dyn_kwargs is None


def _private_name(node: nodes.Node) -> str | None:
    name: object = None
    if isinstance(node, nodes.Name):
        name = node.name
    elif isinstance(node, nodes.Getattr):
        name = node.attr
    elif isinstance(node, nodes.Getitem):
        name = _constant(node.arg)
    return name if isinstance(name, str) and name.startswith("_") else None


def _constant(node: nodes.Node | None) -> object:
    return node.value if isinstance(node, nodes.Const) else None
