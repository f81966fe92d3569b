"""Any request: no exception, one answer, exclusions hold, evidence lies inside the text."""

from __future__ import annotations

import runpy
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from archwright.blueprint.codec import dump, load
from archwright.diagnostics import has_errors
from archwright.intent.lexicon import Lexicon
from archwright.intent.understand import understand

_CONFTEST = Path(__file__).parents[1] / "unit" / "intent" / "conftest.py"
LEXICON: Lexicon = runpy.run_path(str(_CONFTEST))["LEXICON"]

_WORDS = """TikTok clone like short video app without with but not no except and or , . ; : \n - (
comments likes messages sounds hashtags search follow users called named for cooks background blue
dark mode live gifts only just can't cannot users should be able to the a Amazon marketplace
"x ' / ../ # * 🎬 é \u202e \t 1. • reposts views statistics bookmarks reports feed videos""".split(
    " "
)

_SENTENCES = st.lists(st.sampled_from(_WORDS), max_size=30).map(" ".join)
_REQUESTS = _SENTENCES | st.text(max_size=80) | _SENTENCES.map(lambda s: f"TikTok clone. {s}")
_NAMES = [known.name for known in LEXICON.features if known.name not in {"auth", "profiles"}]


@settings(max_examples=300, deadline=None)
@given(_REQUESTS, st.none() | st.text(max_size=70))
def test_any_text_has_one_answer(request: str, name: str | None) -> None:
    found = understand(request, LEXICON, name)
    assert found == understand(request, LEXICON, name)
    assert (found.blueprint is None) == has_errors(found.diagnostics)
    for claim in found.claims:
        assert 0 <= claim.confidence <= 1
        assert all(0 <= s.start < s.end <= len(request) for s in claim.evidence)
    if found.blueprint is not None:
        used = {feature.use for feature in found.blueprint.features}
        assert used.isdisjoint(found.values("feature", "excluded"))
        assert load(dump(found.blueprint), "")[0] == found.blueprint


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from(_NAMES), min_size=1, max_size=5), st.sampled_from([", ", " or "]))
def test_what_is_excluded_never_appears(names: set[str], joint: str) -> None:
    listed = sorted(names)
    text = "Build a TikTok clone without " + joint.join(listed[:-1])
    text += (" and " if len(listed) > 1 else "") + listed[-1]
    found = understand(text, LEXICON)
    assert names <= set(found.values("feature", "excluded"))
    if found.blueprint is None:
        assert names & {"videos", "feed"}
    else:
        uses = {feature.use for feature in found.blueprint.features}
        assert not uses & names
        for feature in uses:
            known = LEXICON.feature(feature)
            assert known is not None
            assert uses >= set(known.requires)


@settings(max_examples=40, deadline=None)
@given(st.sets(st.sampled_from(_NAMES), min_size=1, max_size=6))
def test_what_is_asked_for_appears(names: set[str]) -> None:
    found = understand("A short video app with " + ", ".join(sorted(names)), LEXICON)
    assert found.blueprint is not None
    assert names <= {feature.use for feature in found.blueprint.features}
