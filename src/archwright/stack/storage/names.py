"""Names of objects and buckets, and sizes as people write them."""

from __future__ import annotations

import re
from uuid import UUID

from archwright.stack.storage.errors import StorageError, invalid

_KEY = re.compile(r"[\w/!\-.*'() &$@=;:+,?]{1,1024}", re.ASCII)
_BUCKET = re.compile(r"[\w!\-.*'() &$@=;:+,?]{1,100}", re.ASCII)
_SIZE = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,9})?)(gb|mb|kb|b)", re.IGNORECASE | re.ASCII)
_UNITS = {"gb": 10**9, "mb": 10**6, "kb": 10**3, "b": 1}


def check_key(name: str) -> str:
    """Return an object's name; refuses what the platform refuses, and dot segments.

    Names never become paths on disk; a segment of dots could only not be asked for again,
    since browsers fold it away.
    """
    if not _KEY.fullmatch(name) or {".", ".."} & set(name.split("/")):
        raise StorageError(400, "InvalidKey", f"Invalid key: {name[:200]}")
    return name


def check_bucket_name(name: str) -> str:
    """Return the name of a bucket to be made."""
    if not _BUCKET.fullmatch(name) or name != name.strip() or name in (".", ".."):
        raise StorageError(400, "InvalidBucketName", "Bucket name invalid")
    return name


def split_path(path: str) -> tuple[str, str]:
    """Return bucket and object name of ``bucket/name``."""
    bucket, _, name = path.partition("/")
    if not bucket or not name:
        raise invalid("A bucket and a path are needed")
    return bucket, check_key(name)


def read_size(given: object) -> int | None:
    """Return bytes of a bucket's limit: a number, or text such as ``20MB``; None is no limit."""
    if given is None:
        return None
    if isinstance(given, bool):
        raise _bad_size()
    if isinstance(given, int):
        if not 0 <= given < 2**63:
            raise _bad_size()
        return given or None
    text = str(given).strip()
    if text.isascii() and text.isdigit() and len(text) < 19:
        return int(text) or None
    found = _SIZE.fullmatch(text)
    if not found:
        raise _bad_size()
    size = int(float(found[1]) * _UNITS[found[2].lower()])
    if size >= 2**63:
        raise _bad_size()
    return size or None


def as_uuid(text: object) -> str | None:
    """Return a UUID in its usual form, None for anything else."""
    try:
        return str(UUID(str(text)))
    except ValueError:
        return None


def media_fits(media: str, allowed: tuple[str, ...]) -> bool:
    """Tell whether a media type is among those that a bucket takes; none named means all."""
    kind = media.split(";", maxsplit=1)[0].strip().lower()
    group = kind.split("/", maxsplit=1)[0]
    accepted = {entry.strip().lower() for entry in allowed}
    return not accepted or bool({kind, f"{group}/*", "*/*", "*"} & accepted)


def _bad_size() -> StorageError:
    return invalid("Invalid file size format, hint: use 20GB / 20MB / 30KB / 3B")
