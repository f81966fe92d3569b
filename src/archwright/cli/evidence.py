"""Writes the evidence report of a folder: all phases that stand, and what stopped the build."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from archwright.blueprint.codec import load
from archwright.build.journal import PATH as JOURNAL
from archwright.build.journal import read_journal
from archwright.build.record import FOLDER, path_of, read_record
from archwright.build.runner import Outcome
from archwright.catalog.pack import Catalog
from archwright.compiler import Plan, make_plan
from archwright.plan.phases import Phase
from archwright.plan.restrict import Node
from archwright.ports import Toolchain, Workspace
from archwright.proof.browser.kept import FOLDER as BROWSER
from archwright.proof.browser.kept import RESULTS, read_results
from archwright.proof.report.collect import collect
from archwright.proof.report.render import report_html

REPORT = f"{FOLDER}/report.html"


def write_report(
    workspace: Workspace, plan: Plan, outcome: Outcome, tools: Toolchain, *, fast: bool = False
) -> None:
    """Write ``report.html`` about all phases of the folder, those of earlier builds included.

    ``plan`` is what this build was to do. Raises ``DiagnosticError`` where nothing can be written.
    """
    evidence = all_evidence(workspace, outcome)
    found = {json.dumps(d) for e in evidence for g in e["gates"] for d in g["diagnostics"]}
    data = collect(
        plan.app,
        plan.graph,
        phases_of(evidence, plan.phases),
        plan.architecture.schema,
        evidence,
        versions=tools.versions(),
        diagnostics=[d for d in outcome.diagnostics if json.dumps(d.as_dict()) not in found],
        fast=fast,
        browser=read_results(workspace.read(f"{BROWSER}/{RESULTS}")),
    )
    workspace.put({REPORT: report_html(data, tools).encode()})


def renew_report(workspace: Workspace, tools: Toolchain, packs: Catalog) -> None:
    """Write the report of a finished app anew, with what the browser found since its build.

    A folder without the journal of a build has no report, and gets none.
    """
    journal, problems = read_journal(workspace.read(JOURNAL))
    if journal is None or problems or not journal.complete:
        return
    blueprint, _ = load(journal.blueprint, JOURNAL)
    plan = make_plan(blueprint, packs)[0] if blueprint else None
    if plan is None:
        return
    outcome = Outcome(journal.phases, True)
    ran = {gate["gate"] for record in all_evidence(workspace, outcome) for gate in record["gates"]}
    write_report(workspace, plan, outcome, tools, fast="unit" not in ran)


def all_evidence(workspace: Workspace, outcome: Outcome) -> list[Mapping[str, Any]]:
    """Return the evidence of every phase, from the folder where this build did not make it.

    What is damaged there is left out.
    """
    made = {int(e["phase"]): e for e in outcome.evidence}
    found: list[Mapping[str, Any]] = []
    for number in range(1, max([outcome.phases, *made]) + 1):
        if number in made:
            found.append(made[number])
        elif (kept := read_record(workspace.read(path_of(number)))) is not None:
            found.append(kept)
    return found


def phases_of(evidence: Sequence[Mapping[str, Any]], planned: Sequence[Phase]) -> list[Phase]:
    """Return the phases that ran, then those of the plan that did not, numbered on."""
    ran = [
        Phase(
            int(e["phase"]),
            str(e["title"]),
            tuple(Node(*str(n).rpartition("/")[::2]) for n in e["nodes"]),
            tuple(e["new"]),
            tuple(e["changed"]),
            bool(e["migrations"]),
        )
        for e in evidence
    ]
    done = {node for phase in ran for node in phase.nodes}
    left = [p for p in planned if p.nodes and not done & set(p.nodes)]
    first = max((p.number for p in ran), default=0) + 1
    return [*ran, *(replace(p, number=first + rank) for rank, p in enumerate(left))]
