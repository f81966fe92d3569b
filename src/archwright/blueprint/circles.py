"""Circles of things that need each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping


def circles(needs: Mapping[str, Collection[str]]) -> list[tuple[str, ...]]:
    """Return the largest groups of which each member leads to every other, in the keys' order.

    What needs itself is a group of one; what is no key counts for nothing.
    """
    position = {key: number for number, key in enumerate(needs)}
    groups = [tuple(sorted(g, key=position.__getitem__)) for g in _components(needs)]
    found = [group for group in groups if len(group) > 1 or group[0] in needs[group[0]]]
    return sorted(found, key=lambda group: position[group[0]])


def _components(needs: Mapping[str, Collection[str]]) -> Iterator[list[str]]:
    """Yield strongly connected components (Tarjan's algorithm).

    Without recursion: thousands of entities may follow one another.
    """
    low: dict[str, int] = {}
    index: dict[str, int] = {}
    stack: list[str] = []
    waiting: set[str] = set()
    for root in needs:
        work: list[tuple[str, Iterator[str]]] = []
        entered: str | None = None if root in index else root
        while entered is not None or work:
            if entered is not None:
                index[entered] = low[entered] = len(index)
                stack.append(entered)
                waiting.add(entered)
                work.append((entered, iter([n for n in needs[entered] if n in needs])))
            key, rest = work[-1]
            entered = next((n for n in rest if n not in index or n in waiting), None)
            if entered in index:
                low[key], entered = min(low[key], index[entered]), None
            elif entered is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[key])
                if low[key] == index[key]:
                    yield _popped(key, stack, waiting)


def _popped(key: str, stack: list[str], waiting: set[str]) -> list[str]:
    found: list[str] = []
    while not found or found[-1] != key:
        found.append(stack.pop())
    waiting.difference_update(found)
    return found
