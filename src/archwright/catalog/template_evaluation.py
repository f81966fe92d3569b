"""Renders the tree of a template: the grammar is so small that compiling it would cost more."""

from __future__ import annotations

import operator
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from jinja2 import Undefined, nodes
from jinja2.sandbox import SandboxedEnvironment

from archwright.catalog.insertion import FILTERS, Safe, inserted
from archwright.catalog.template_grammar import SLOT_FILTER

Scope = ChainMap[str, Any]

_COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
    "in": lambda left, right: left in right,
    "notin": lambda left, right: left not in right,
}


class Evaluation:
    """One rendering of a checked tree; look-ups go through the sandbox of ``environment``.

    ``line`` is the line that was evaluated last: where an error came from.
    """

    def __init__(self, environment: SandboxedEnvironment) -> None:
        """Take the environment whose sandbox and undefined type apply."""
        self.line = 0
        self._environment = environment
        self._kinds: dict[type[nodes.Node], Callable[[Any, Scope], Any]] = {
            nodes.Const: lambda node, _: node.value,
            nodes.Tuple: lambda node, scope: tuple(self._value(n, scope) for n in node.items),
            nodes.Name: self._name,
            nodes.Getattr: self._attribute,
            nodes.Getitem: self._item,
            nodes.And: lambda n, scope: self._value(n.left, scope) and self._value(n.right, scope),
            nodes.Or: lambda n, scope: self._value(n.left, scope) or self._value(n.right, scope),
            nodes.Not: lambda node, scope: not self._value(node.node, scope),
            nodes.CondExpr: self._choice,
            nodes.Compare: self._comparison,
            nodes.Filter: self._filtered,
            nodes.Call: self._call,
        }

    def render(self, tree: nodes.Template, context: Mapping[str, Any]) -> str:
        """Return the text of a tree. Raises what sandbox, filters and ``inserted`` raise."""
        return "".join(self._body(tree.body, ChainMap(dict(context))))

    def _body(self, body: Sequence[nodes.Node], scope: Scope) -> Iterator[str]:
        for node in body:
            if isinstance(node, nodes.If):
                yield from self._body(self._branch(node, scope), scope)
            elif isinstance(node, nodes.For):
                yield from self._loop(node, scope)
            elif isinstance(node, nodes.Output):
                yield from (self._output(part, scope) for part in node.nodes)

    def _output(self, node: nodes.Node, scope: Scope) -> str:
        if isinstance(node, nodes.TemplateData):
            return node.data
        return inserted(self._value(node, scope))

    def _branch(self, node: nodes.If, scope: Scope) -> Sequence[nodes.Node]:
        for choice in (node, *node.elif_):
            if self._value(choice.test, scope):
                return choice.body
        return node.else_

    def _loop(self, node: nodes.For, scope: Scope) -> Iterator[str]:
        scopes = [scope.new_child(_bound(node.target, i)) for i in self._value(node.iter, scope)]
        if node.test is not None:
            scopes = [inner for inner in scopes if self._value(node.test, inner)]
        if not scopes:
            yield from self._body(node.else_, scope)
        for index, inner in enumerate(scopes):
            inner["loop"] = {
                "index": index + 1,
                "index0": index,
                "first": index == 0,
                "last": index == len(scopes) - 1,
                "length": len(scopes),
            }
            yield from self._body(node.body, inner)

    def _value(self, node: nodes.Node, scope: Scope) -> Any:
        self.line = node.lineno
        return self._kinds[type(node)](node, scope)

    def _name(self, node: nodes.Name, scope: Scope) -> Any:
        if node.name in scope:
            return scope[node.name]
        return self._environment.undefined(name=node.name)

    def _attribute(self, node: nodes.Getattr, scope: Scope) -> Any:
        return self._environment.getattr(self._value(node.node, scope), node.attr)

    def _item(self, node: nodes.Getitem, scope: Scope) -> Any:
        owner = self._value(node.node, scope)
        return self._environment.getitem(owner, self._value(node.arg, scope))

    def _choice(self, node: nodes.CondExpr, scope: Scope) -> Any:
        if self._value(node.test, scope):
            return self._value(node.expr1, scope)
        return self._value(node.expr2, scope) if node.expr2 is not None else ""

    def _comparison(self, node: nodes.Compare, scope: Scope) -> bool:
        left = self._value(node.expr, scope)
        for operand in node.ops:
            right = self._value(operand.expr, scope)
            if not _COMPARISONS[operand.op](left, right):
                return False
            left = right
        return True

    def _filtered(self, node: nodes.Filter, scope: Scope) -> Any:
        assert node.node is not None  # only a filter block, which is not allowed, has none
        value = self._value(node.node, scope)
        arguments = [self._value(argument, scope) for argument in node.args]
        if node.name == SLOT_FILTER:
            return self._slot(scope, value, *arguments)
        if isinstance(value, Undefined):
            str(value)  # raises, whatever the filter would make of it
        return FILTERS[node.name](value, *arguments)

    def _slot(self, scope: Scope, name: str, indent: str | None = None) -> Safe:
        fill = scope["slot"] if "slot" in scope else self._environment.undefined(name="slot")
        filling = str(fill(name))
        if not filling or indent is None:
            return Safe(filling)
        return Safe(indent + filling.removesuffix("\n") + "\n")

    def _call(self, node: nodes.Call, scope: Scope) -> Any:
        return self._value(node.node, scope)(*(self._value(a, scope) for a in node.args))


def _bound(target: nodes.Node, item: Any) -> dict[str, Any]:
    """Return the names that one turn of a loop binds."""
    if isinstance(target, nodes.Tuple):
        pairs = zip(target.items, item, strict=True)
        return {name: value for part, one in pairs for name, value in _bound(part, one).items()}
    assert isinstance(target, nodes.Name)  # Jinja's parser allows no other target
    return {target.name: item}
