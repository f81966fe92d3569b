"""At which point of a migration an operation runs; each stage commits before the next begins."""

from __future__ import annotations

from enum import IntEnum


class Stage(IntEnum):
    """The files of a migration, in order; most migrations are ``MAIN`` alone.

    ``VALUES`` of enumeration types must be committed before their use. ``MAIN`` holds what takes
    a moment. ``FILL`` writes values into rows that are there. ``BUILD`` makes indexes beside the
    traffic, one a file, outside a transaction. ``ATTACH`` makes constraints of them, keys that
    point to them, and checks that new rows have values. ``REFILL`` sees to the rows that came in
    between. ``VALIDATE`` reads rows without keeping anybody out. ``SETTLE`` takes what is proven
    by then, and removes what is no longer needed.
    """

    VALUES = 1
    MAIN = 2
    FILL = 3
    BUILD = 4
    ATTACH = 5
    REFILL = 6
    VALIDATE = 7
    SETTLE = 8
