"""Files, what we wrote, and what a database ran: where they part."""

from __future__ import annotations

from archwright.diagnostics import Severity
from archwright.migrate.files import MigrationFile, version
from archwright.migrate.history import Applied, check_history, written_files


def file(number: int, sql: str = "select 1;", name: str = "step") -> MigrationFile:
    return MigrationFile(version(number), name, sql)


FILES = [file(n) for n in (1, 2, 3)]
RAN = [Applied(f.version, f.name, (f.sql.rstrip(";"),)) for f in FILES]


def codes(*given: object) -> list[tuple[str, str]]:
    found = check_history(*given)  # type: ignore[arg-type]
    return [(d.code, d.place.source.removeprefix("supabase/migrations/")) for d in found]


def test_all_is_well() -> None:
    written = written_files(FILES)
    assert codes(FILES, written, RAN) == []
    assert codes(FILES, written, RAN[:1]) == []
    assert codes(FILES, {}, ()) == []
    assert codes([], {}, ()) == []
    assert codes([*FILES, file(4, name="mine")], written, RAN) == []


def test_two_peoples_migrations_with_one_number() -> None:
    other = file(3, "select 2;", "theirs")
    assert codes([*FILES, other], written_files(FILES), RAN[:2]) == [
        ("AW-7201", "20260101000003_theirs.sql")
    ]
    (found,) = check_history([*FILES, other], {})
    assert "20260101000003_step.sql has the same number" in found.message


def test_a_hand_edited_one() -> None:
    edited = [FILES[0], file(2, "select 3;"), FILES[2]]
    assert codes(edited, written_files(FILES), RAN) == [("AW-7202", "20260101000002_step.sql")]
    (found,) = check_history(edited, written_files(FILES), RAN[:1])
    assert (found.code, found.severity) == ("AW-7202", Severity.WARNING)
    (found,) = check_history(edited, {}, RAN)
    assert found.severity is Severity.ERROR


def test_layout_and_comments_are_no_edit_of_what_ran() -> None:
    script = "-- one\nselect  1;\n\nselect 'a -- b' /* x */ ;\n"
    ran = Applied(version(1), "step", ("select 1", "-- two\nselect 'a -- b'"))
    assert codes([file(1, script)], {}, [ran]) == []
    assert codes([file(1, script)], {}, [Applied(version(1))]) == []
    other = Applied(version(1), "step", ("select 1", "select 'a  -- b'"))
    assert codes([file(1, script)], {}, [other]) == [("AW-7202", "20260101000001_step.sql")]
    broken = file(1, "select 'a")
    assert codes([broken], {}, [Applied(version(1), "", ("select   'a",))]) == []


def test_a_missing_one() -> None:
    assert codes([FILES[0], FILES[2]], written_files(FILES)) == [
        ("AW-7203", "20260101000002_step.sql")
    ]
    assert codes([FILES[0], FILES[2]], {}, RAN) == [("AW-7203", "20260101000002_step.sql")]
    assert codes([FILES[0], FILES[2]], written_files(FILES), RAN)[0][0] == "AW-7203"


def test_a_database_ahead_of_the_files() -> None:
    assert codes(FILES[:2], written_files(FILES[:2]), RAN) == [
        ("AW-7204", "20260101000003_step.sql")
    ]
    assert codes([], {}, [Applied(version(1))]) == [("AW-7204", "20260101000001")]


def test_one_that_comes_too_late() -> None:
    assert codes(FILES, written_files(FILES), [RAN[0], RAN[2]]) == [
        ("AW-7205", "20260101000002_step.sql")
    ]
