"""Whatever colours are asked for, both palettes can be read."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from archwright.emit.theme import build_theme
from subjects.contrast import failing_pairs

_COLOUR = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")
_TEXT = st.one_of(st.just(""), _COLOUR, st.text(max_size=12))


@settings(max_examples=100, deadline=None)
@given(_COLOUR, _COLOUR, st.one_of(st.just(""), _COLOUR))
def test_every_pair_reaches_its_contrast(background: str, primary: str, foreground: str) -> None:
    theme, problems = build_theme(background, primary, "system", foreground)
    assert failing_pairs(theme.light) == []
    assert failing_pairs(theme.dark) == []
    assert {p.code for p in problems} <= {"AW-2902"}


@settings(max_examples=60, deadline=None)
@given(_TEXT, _TEXT, st.text(max_size=8), _TEXT)
def test_any_text_gives_the_same_palettes_each_time(
    background: str, primary: str, mode: str, foreground: str
) -> None:
    first = build_theme(background, primary, mode, foreground)
    build_theme.cache_clear()
    assert first == build_theme(background, primary, mode, foreground)
    assert all(len(v) == 7 for v in (*first[0].light.values(), *first[0].dark.values()))
