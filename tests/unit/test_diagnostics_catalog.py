"""Every code in the sources is explained, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import archwright
from archwright.diagnostics_catalog import codes, explain

SOURCES = Path(archwright.__file__).parent
_CODE = re.compile(r"\bAW-\d{4}\b")


def _used() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted(SOURCES.rglob("*.py")):
        for code in _CODE.findall(path.read_text(encoding="utf-8")):
            found.setdefault(code, path.relative_to(SOURCES).as_posix())
    return found


def test_every_code_is_explained_and_nothing_else() -> None:
    used = _used()
    assert {code: used[code] for code in used if explain(code) is None} == {}
    assert [code for code in codes() if code not in used] == []


@pytest.mark.parametrize("code", codes())
def test_the_texts_are_sentences(code: str) -> None:
    found = explain(code)
    assert found is not None
    assert 5 < len(found.title) < 70
    assert not found.title.endswith(".")
    assert found.meaning.endswith(".")
    assert found.mend.endswith(".")
    assert "  " not in found.meaning + found.mend
    assert "\n" not in found.meaning + found.mend


def test_codes_are_sorted_and_unknown_ones_are_none() -> None:
    assert list(codes()) == sorted(codes())
    assert explain("AW-0000") is None
    assert explain("nonsense") is None
