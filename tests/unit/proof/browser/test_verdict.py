"""A failed spec becomes a diagnostic that says who could not do what, and where to look."""

from __future__ import annotations

from pathlib import Path

from archwright.diagnostics import Severity
from archwright.proof.browser.results import SpecError, parse
from archwright.proof.browser.verdict import diagnostics, feature_of, figures, message_of
from subjects.spec_report import attached, error, report, spec

APP = Path("/apps/clips")
SAID = """\x1b[31mError: axe finds:\x1b[39m
- color-contrast: too faint

   at support/accessible.ts:30

  28 |   const told = {};
> 30 |   throw new Error();
     |   ^
    at expectAccessible (e2e/support/accessible.ts:30:35)
"""


def test_a_feature_is_what_a_file_is_named_after() -> None:
    assert feature_of("e2e/video-likes.spec.ts") == "video-likes"
    assert feature_of("e2e/own/thing.ts") == "thing"


def test_words_of_an_error_come_without_colours_stack_and_source() -> None:
    assert message_of(SpecError(message=SAID)) == "Error: axe finds:\n- color-contrast: too faint"


def test_a_failure_has_its_place_feature_words_and_evidence() -> None:
    here, there = APP / "e2e/likes.spec.ts", APP / "e2e/support/accessible.ts"
    text = report(
        {
            "likes.spec.ts": [
                spec("one", "unexpected", errors=[error("Error: own", here, 12)]),
                spec("two", "unexpected", line=20, errors=[error("Error: far", there, 30)]),
                spec("three", "unexpected", line=30),
                spec("four", line=40),
            ]
        }
    )
    run = parse(text, APP)
    one, two, three = diagnostics(run, {run.specs[0].key: "kept/one/trace.zip"})
    assert {d.code for d in (one, two, three)} == {"AW-5141"}
    assert str(one.place) == "e2e/likes.spec.ts:12:3"
    assert one.message == "likes: one: Error: own"
    assert one.hint == "look at kept/one/trace.zip"
    assert (str(two.place), two.hint) == ("e2e/likes.spec.ts:20", "")
    assert three.message == "likes: three: it failed without saying why"


def test_a_spec_that_passed_only_later_is_a_warning() -> None:
    flaky = spec("x", "flaky", errors=[error("Error: once")])
    (found,) = diagnostics(parse(report({"a.spec.ts": [flaky]}), APP), {})
    assert found.severity is Severity.WARNING


def test_files_that_cannot_be_loaded_and_no_specs_at_all() -> None:
    errors = [error("SyntaxError: x", APP / "e2e/a.spec.ts", 2), error("Error: No tests found.")]
    broken = parse(report({}, errors), APP)
    (found,) = diagnostics(broken, {})
    assert (found.code, str(found.place)) == ("AW-5143", "e2e/a.spec.ts:2:3")
    (odd,) = diagnostics(parse(report({}, errors[1:]), APP), {})
    assert (odd.code, odd.message) == ("AW-5143", "Error: No tests found.")
    (none,) = diagnostics(parse(report({}), APP), {})
    assert none.code == "AW-5142"


def test_figures_count() -> None:
    specs = [
        spec("a", attachments=[attached("axe", b"{}"), attached("axe", b"{}")]),
        spec("b", "unexpected"),
        spec("c", "skipped"),
    ]
    assert figures(parse(report({"a.spec.ts": specs}), APP)) == {
        "specs": 3,
        "passed": 1,
        "failed": 1,
        "flaky": 0,
        "skipped": 1,
        "pages_looked_at_by_axe": 2,
    }
