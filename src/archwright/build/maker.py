"""What compiled an app, as digests in its journal: the same on every machine."""

from __future__ import annotations

import hashlib
import json

from archwright import __version__
from archwright.build.journal import PATH as JOURNAL
from archwright.build.journal import Journal
from archwright.catalog.pack import Catalog
from archwright.compiler import Compiled
from archwright.diagnostics import Diagnostic, Place
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.schema.model import Schema


def maker(catalog: Catalog) -> str:
    """Return Archwright's version and a digest of all that the packs say: ``0.1.0+3f…``."""
    said = [
        {
            "name": name,
            "raw": pack.raw,
            "each": [pack.each, pack.each_member],
            "files": sorted((f.part, f.path, f.text, f.each) for f in pack.files),
            "sql": dict(pack.sql),
            "texts": dict(pack.texts),
            "seed": pack.seed,
        }
        for name, pack in sorted(catalog.packs.items())
    ]
    return f"{__version__}+{_digest(said)[:16]}"


def digest_of(compiled: Compiled) -> str:
    """Return the digest of an app as compiled: its files before formatting, its database."""
    schema = to_files(diff(Schema(), compiled.architecture.schema), 1)
    files = [[draft.path, draft.text] for draft in compiled.drafts]
    return _digest([files, [migration.sql for migration in schema]])


def made_otherwise(journal: Journal, catalog: Catalog, base: Compiled | None) -> Diagnostic | None:
    """Return why an app cannot be continued: what is here now would have built it otherwise.

    ``base`` is what stands compiled anew, None where that is not possible. An old journal that
    records no digest is taken as it is.
    """
    now = maker(catalog)
    if not journal.base or (base is None and journal.maker == now):
        return None
    if base is not None and digest_of(base) == journal.base:
        return None
    text = f"the app was begun by Archwright {_told(journal.maker, now)}"
    hint = (
        "Finish it with the version and the packs that began it, or build into a new folder. "
        "Moving an app to another version is not possible yet."
    )
    return Diagnostic("AW-7011", text, Place(JOURNAL), hint)


def _told(began: str, now: str) -> str:
    version = began.partition("+")[0]
    if version != __version__:
        return f"{version}, and this is {__version__}: it builds the same parts otherwise"
    packs = "with other packs" if began != now else "with other code"
    return f"{version} {packs} than there are here; these build the same parts otherwise"


def _digest(data: object) -> str:
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
