"""What Playwright reports becomes typed data, and what is no report is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archwright.diagnostics import DiagnosticError
from archwright.proof.browser.results import Attachment, parse
from subjects.spec_report import attached, error, report, spec

APP = Path("/apps/clips")


def test_specs_come_in_order_of_file_and_line() -> None:
    text = report(
        {"likes.spec.ts": [spec("b", line=9), spec("a", line=3)], "auth.spec.ts": [spec("c")]}
    )
    run = parse(text, APP)
    assert [(s.file, s.line, s.title) for s in run.specs] == [
        ("e2e/auth.spec.ts", 5, "c"),
        ("e2e/likes.spec.ts", 3, "a"),
        ("e2e/likes.spec.ts", 9, "b"),
    ]
    assert (run.seconds, run.passed) == (4.2, True)
    assert (run.specs[0].seconds, run.specs[0].worker) == (1.5, 1)


def test_groups_are_part_of_a_title() -> None:
    inner = {"title": "as a member", "specs": [{**spec("likes"), "file": "a.spec.ts"}]}
    text = json.dumps({"suites": [{"suites": [inner]}], "stats": {"duration": 1}})
    assert parse(text, APP).specs[0].title == "as a member likes"


@pytest.mark.parametrize(
    ("ends", "passed"),
    [
        (["expected"], True),
        (["expected", "skipped"], True),
        (["skipped"], False),
        ([], False),
        (["expected", "unexpected"], False),
        (["expected", "flaky"], False),
    ],
)
def test_a_run_passes_when_all_that_ran_passed_at_once(ends: list[str], passed: bool) -> None:
    run = parse(report({"a.spec.ts": [spec("x", end) for end in ends]}), APP)
    assert run.passed is passed
    assert run.count("passed") == ends.count("expected")


def test_a_file_that_cannot_be_loaded_is_no_pass() -> None:
    text = report({"a.spec.ts": [spec("x")]}, [error("SyntaxError", APP / "e2e/b.spec.ts", 7)])
    run = parse(text, APP)
    assert not run.passed
    assert (run.errors[0].file, run.errors[0].line) == ("e2e/b.spec.ts", 7)


def test_errors_and_what_was_left_are_those_of_the_run_that_failed() -> None:
    first = spec("x", "flaky", errors=[error("no", APP / "e2e/a.spec.ts", 6)])
    first["tests"][0]["results"].append({"duration": 500, "errors": [], "attachments": []})
    (found,) = parse(report({"a.spec.ts": [first]}), APP).specs
    assert (found.status, found.seconds) == ("flaky", 2.0)
    assert [e.message for e in found.errors] == ["no"]


def test_attachments_are_read_wherever_they_are(tmp_path: Path) -> None:
    (tmp_path / "t.zip").write_bytes(b"zip")
    left = [attached("trace", tmp_path / "t.zip"), attached("axe", b"{}"), attached("axe", b"[]")]
    (found,) = parse(report({"a.spec.ts": [spec("x", attachments=left)]}), APP).specs
    assert [a.read() for a in found.attached("trace")] == [b"zip"]
    assert [a.read() for a in found.attached("axe")] == [b"{}", b"[]"]
    assert Attachment(name="x", media="x", path=tmp_path / "gone").read() == b""


def test_keys_tell_specs_apart_and_are_names_of_folders() -> None:
    specs = [spec("/u/:handle for lena"), spec("/u/:handle for lena!", line=6)]
    one, two = parse(report({"pages.spec.ts": specs}), APP).specs
    assert one.key != two.key
    assert one.key.startswith("pages-u-handle-for-lena-")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"suites": [{"specs": [{}]}]}', '{"suites": 5}'])
def test_what_is_no_report_is_told(text: str) -> None:
    with pytest.raises(DiagnosticError) as caught:
        parse(text, APP)
    assert caught.value.diagnostics[0].code == "AW-5143"
