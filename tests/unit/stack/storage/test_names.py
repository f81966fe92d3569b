"""Names, sizes and media types of storage."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archwright.stack.storage.errors import StorageError
from archwright.stack.storage.names import (
    as_uuid,
    check_bucket_name,
    check_key,
    media_fits,
    read_size,
    split_path,
)


def refusal(call: Callable[[], object]) -> StorageError | None:
    """Call and return the refusal, if there is one."""
    try:
        call()
    except StorageError as error:
        return error
    return None


@given(st.text())
def test_any_text_is_a_good_key_or_refused(name: str) -> None:
    error = refusal(lambda: check_key(name))
    if error:
        assert (error.status, error.code) == (400, "InvalidKey")
    else:
        assert name.isascii()
        assert name.isprintable()
        assert not {"..", "."} & set(name.split("/"))


@given(st.text())
def test_any_text_is_a_good_bucket_or_refused(name: str) -> None:
    error = refusal(lambda: check_bucket_name(name))
    assert error.code == "InvalidBucketName" if error else "/" not in name


@given(st.one_of(st.none(), st.integers(), st.floats(), st.text(), st.booleans()))
def test_any_size_is_read_or_refused(given_size: object) -> None:
    error = refusal(lambda: read_size(given_size))
    if error:
        assert error.status == 400
    else:
        size = read_size(given_size)
        assert size is None or 0 < size < 2**63


@pytest.mark.parametrize(
    ("text", "size"),
    [("20MB", 20_000_000), ("1.5kb", 1500), ("3b", 3), ("2GB", 2 * 10**9), ("100", 100), (0, None)],
)
def test_sizes(text: object, size: int | None) -> None:
    assert read_size(text) == size


@pytest.mark.parametrize("bad", ["", "MB", "1TB", "-1", -1, True, 2**63, "9999999999GB"])
def test_bad_sizes(bad: object) -> None:
    with pytest.raises(StorageError, match="hint"):
        read_size(bad)


def test_media() -> None:
    assert media_fits("image/png", ())
    assert media_fits("Image/PNG; q=1", ("image/*",))
    assert media_fits("video/mp4", ("image/png", "video/mp4"))
    assert media_fits("a/b", ("*/*",))
    assert not media_fits("image/png", ("image/jpeg", "video/*"))


def test_paths_and_owners() -> None:
    assert split_path("a/b/c") == ("a", "b/c")
    for bad in ("a", "a/", "/b"):
        with pytest.raises(StorageError):
            split_path(bad)
    assert as_uuid("00000000-0000-0000-0000-00000000000A") == "00000000-0000-0000-0000-00000000000a"
    assert as_uuid("me") is None
