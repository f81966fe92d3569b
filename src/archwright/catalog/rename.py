"""A pack's text about an example entity (``Thing``) rewritten about the entity it is attached to.

The rules. A name is split at case, underscore, hyphen and digit boundaries; a word of it that is
exactly ``thing`` or ``things`` is replaced, so "anything", "nothing" and "thingy" stay.

1. Inside a longer name the style of that name decides: ``thingLikes`` -> ``videoCommentLikes``,
   ``getThing`` -> ``getVideoComment``, ``thing_likes`` -> ``video_comment_likes``,
   ``THING_LIMIT`` -> ``VIDEO_COMMENT_LIMIT``, ``data-thing-id`` -> ``data-video-comment-id``.
   A hyphen binds in literals, tags, paths and prose; in code it is a minus.
2. A name that is the word alone follows its place: camel case in TypeScript code (so read an
   embedded row as ``row['thing']``, never as ``row.thing``), snake case in SQL and manifests.
   ``Thing`` is always the type's name there, ``THING`` the constant's.
3. A literal is judged as a whole: a path (``./thing-like``, ``@/features/things``, ``thing.tsx``)
   and a URL (``/things/:thingId?tab=things``) take kebab case, with route parameters in camel and
   query parameters in snake case; SQL, a select list ("id, things(id)") and any other literal
   without a space (tables, keys, topics, dotted text keys) take snake case; what is left has
   spaces and is shown to people.
4. In comments and shown text the word alone becomes the label ("a thing" -> "an album"),
   capitalised at the start of a sentence; later in a sentence ``Thing`` is the type in a comment
   and a title-case label in shown text. A word in backticks, ``{braces}`` or joined to a dot,
   slash or call is code.
5. Files, modules, variables and components use the plural that differs from the singular even
   for "series" (``allSeries``); tables, URLs and labels use the natural one.
6. A manifest's strings are renamed one by one ("toml"): JSX and imports as TSX, paths and URLs as
   such, the rest in snake case ("uuid -> things cascade"); only a sentence that begins with a
   capital is shown text. JSON values with a space or a capital are shown, keys are snake case.
7. Template markers (``/*% %*/``, ``/*= =*/``, ``//%``) are left alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from archwright.catalog.naming import Forms
from archwright.catalog.places import spots
from archwright.catalog.regions import Language
from archwright.catalog.spot import Spot

_ANY = re.compile("things?", re.I)
_MARKER = re.compile(r"/\*[%=#].*?[%=#]\*/|^[ \t]*//%[^\n]*", re.S | re.M)


def rename(text: str, language: Language, forms: Forms) -> str:
    """Return ``text`` about the entity of ``forms``; ``Forms.of("Thing")`` changes nothing."""
    return "".join(
        piece if isinstance(piece, str) else piece.text(forms) for piece in _pieces(text, language)
    )


@lru_cache(maxsize=1024)
def _pieces(text: str, language: Language) -> tuple[str | Spot, ...]:
    """Cut a text once into what stays and what is replaced; renaming is then a join."""
    if not _ANY.search(text):
        return (text,)
    markers = [match.span() for match in _MARKER.finditer(text)]
    pieces: list[str | Spot] = []
    position = 0
    for start, end, spot in spots(text, language):
        if any(first <= start < last for first, last in markers):
            continue
        pieces += (text[position : start - len(spot.article)], spot)
        position = end
    pieces.append(text[position:])
    return tuple(pieces)
