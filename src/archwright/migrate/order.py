"""A stable order of nodes by hard needs, and by soft ones that a cycle may break."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence, Set
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def ordered(
    nodes: Sequence[Node], hard: Mapping[Node, Set[Node]], soft: Mapping[Node, Set[Node]]
) -> tuple[Node, ...]:
    """Return the nodes, each after what it needs; ties keep the given order.

    Within a cycle soft needs give way first, then hard ones.
    """
    position = {node: i for i, node in enumerate(nodes)}
    needs = {
        n: {m for m in hard.get(n, frozenset()) | soft.get(n, frozenset()) if m in position} - {n}
        for n in nodes
    }
    result: list[Node] = []
    for component in _components(nodes, needs, position):
        result += _within(component, hard, soft)
    return tuple(result)


def _components(
    nodes: Sequence[Node], needs: Mapping[Node, Set[Node]], position: Mapping[Node, int]
) -> list[list[Node]]:
    """Return strongly connected components, needed ones first (Tarjan, without recursion)."""
    index: dict[Node, int] = {}
    low: dict[Node, int] = {}
    stack: list[Node] = []
    waiting: set[Node] = set()
    found: list[list[Node]] = []
    for root in nodes:
        work = (
            [(root, iter(sorted(needs[root], key=position.__getitem__)))]
            if root not in index
            else []
        )
        if work:
            index[root] = low[root] = len(index)
            stack.append(root)
            waiting.add(root)
        while work:
            node, rest = work[-1]
            step = next((m for m in rest if m not in index or m in waiting), None)
            if step is None:
                work.pop()
                if work:
                    parent = work[-1][0]
                    low[parent] = min(low[parent], low[node])
                if low[node] == index[node]:
                    at = stack.index(node)
                    found.append(sorted(stack[at:], key=position.__getitem__))
                    waiting.difference_update(stack[at:])
                    del stack[at:]
            elif step in index:
                low[node] = min(low[node], index[step])
            else:
                index[step] = low[step] = len(index)
                stack.append(step)
                waiting.add(step)
                work.append((step, iter(sorted(needs[step], key=position.__getitem__))))
    return found


def _within(
    component: list[Node], hard: Mapping[Node, Set[Node]], soft: Mapping[Node, Set[Node]]
) -> list[Node]:
    """Order the members of one cycle: the first that needs nothing, else nothing hard, else any."""
    left = list(component)
    result: list[Node] = []
    while left:
        here = set(left)
        strict = (n for n in left if not here & (hard.get(n, set()) | soft.get(n, set())) - {n})
        loose = (n for n in left if not here & hard.get(n, frozenset()) - {n})
        node = next(strict, None) or next(loose, None) or left[0]
        left.remove(node)
        result.append(node)
    return result
