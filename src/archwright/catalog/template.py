"""Templates: source files with marks in comments; sandboxed, strict, safe in what they insert."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

import jinja2
from jinja2 import StrictUndefined, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.sandbox import SandboxedEnvironment

from archwright.catalog.insertion import InsertionError
from archwright.catalog.template_evaluation import Evaluation
from archwright.catalog.template_grammar import SLOT_FILTER, Fault, survey
from archwright.catalog.template_markup import MARK, marked, prepared, raw_lines
from archwright.diagnostics import Diagnostic, Place


class TemplateError(Exception):
    """A template could not be rendered with this context: ``diagnostic`` says why and where."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        """Keep the diagnostic; the message is its text."""
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed source file.

    ``slots`` are the names of its slots in order; ``features`` what it asks of ``has``.
    """

    source: str = field(repr=False)
    place: Place
    slots: tuple[str, ...] = ()
    features: frozenset[str] = frozenset()
    _tree: nodes.Template | None = field(default=None, repr=False)

    @classmethod
    def parse(cls, source: str, place: Place) -> tuple[Template | None, list[Diagnostic]]:
        """Parse a source file; None and diagnostics (AW-3301 to AW-3304) if it is not a template.

        A file without marks is its own template. Results are kept by content.
        """
        if not MARK.search(source):
            return cls(source, place), []
        parsed = _parsed(source)
        if isinstance(parsed, tuple):
            return None, [Diagnostic(f.code, f.message, _at(place, f.line), f.hint) for f in parsed]
        return replace(parsed, place=place), []

    def render(self, context: Mapping[str, object]) -> str:
        """Return the text for a context that has ``has`` and ``slot`` where they are used.

        Raises TemplateError: AW-3311 for what the context lacks, AW-3312 for a value that is not
        safe in its place, AW-3313 for what cannot be computed (a text compared with a number).
        """
        if self._tree is None:
            return self.source
        evaluation = Evaluation(_ENVIRONMENT)
        try:
            return evaluation.render(self._tree, context)
        except (InsertionError, jinja2.TemplateError, TypeError, ValueError) as error:
            place = _at(self.place, evaluation.line)
            raise TemplateError(Diagnostic(_code(error), str(error), place)) from error


def _code(error: Exception) -> str:
    if isinstance(error, InsertionError):
        return "AW-3312"
    return "AW-3311" if isinstance(error, jinja2.UndefinedError) else "AW-3313"


def _at(place: Place, line: int) -> Place:
    return replace(place, line=line) if line else place


class _SlotTag(Extension):
    """Parses ``slot "name"``, with the indentation of its line if it is alone there."""

    tags = {"slot"}  # noqa: RUF012  (jinja2 declares it as a plain class attribute)

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        name = nodes.Const(parser.stream.expect("string").value, lineno=line)
        arguments: list[nodes.Expr] = []
        if parser.stream.current.type == "string":
            arguments.append(nodes.Const(next(parser.stream).value, lineno=line))
        filled = nodes.Filter(name, SLOT_FILTER, arguments, [], None, None, lineno=line)
        return nodes.Output([filled], lineno=line)


_ENVIRONMENT = SandboxedEnvironment(
    block_start_string="/*%",
    block_end_string="%*/",
    variable_start_string="/*=",
    variable_end_string="=*/",
    comment_start_string="/*#",
    comment_end_string="#*/",
    keep_trailing_newline=True,
    undefined=StrictUndefined,
    autoescape=False,
    extensions=[_SlotTag],
)


@lru_cache(maxsize=2048)
def _parsed(source: str) -> Template | tuple[Fault, ...]:
    """Parse once per content; faults know their line but not their file."""
    raw = raw_lines(source)
    if raw:
        return tuple(Fault("AW-3302", "'raw' is not allowed here", line) for line in raw)
    try:
        tree = _ENVIRONMENT.parse(prepared(source))
    except jinja2.TemplateSyntaxError as error:
        return (_syntax_fault(source, error),)
    found = survey(tree)
    return found.faults or Template(source, Place(), found.slots, found.features, tree)


def _syntax_fault(source: str, error: jinja2.TemplateSyntaxError) -> Fault:
    """Return what is wrong, at its own line: a prepared tag ends one line late."""
    try:
        _ENVIRONMENT.parse(marked(source))
    except jinja2.TemplateSyntaxError as exact:
        error = exact
    return Fault("AW-3301", error.message or "syntax error", error.lineno)
