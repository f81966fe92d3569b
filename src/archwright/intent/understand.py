"""A request -> an Understanding: pure, offline, the same answer every time."""

from __future__ import annotations

from collections import Counter

from archwright.blueprint.model import App, Assumption
from archwright.catalog.manifest import ArchetypeSpec
from archwright.diagnostics import Diagnostic, Place, Severity, has_errors
from archwright.intent import features, kinds, report
from archwright.intent.claims import Claim, Status, Understanding, status_of
from archwright.intent.compose import compose, theme_of
from archwright.intent.evidence import Evidence, gather
from archwright.intent.kinds import Kind
from archwright.intent.language import is_english
from archwright.intent.lexicon import Lexicon
from archwright.intent.naming import name_problem, slug_of
from archwright.intent.resolve import Choice, Resolution, resolve
from archwright.intent.spelling import repair
from archwright.intent.statements import statements
from archwright.intent.text import Text, read

_INFERRED = 0.6
_MANY = 2


def understand(request: str, lexicon: Lexicon, name: str | None = None) -> Understanding:
    """Understand a request; without a Blueprint the diagnostics say what was understood, what not.

    ``name`` is the app's name where the user gave it apart from the request.
    """
    text, found = read(request)
    if text is None:
        return Understanding(request, (), None, tuple(found))
    matchers = (kinds.matcher(lexicon), features.matcher(lexicon))
    text, repairs = repair(text, matchers[0].words | matchers[1].words)
    evidence = gather(text, lexicon, matchers)
    found += report.repairs(text, repairs)
    claims = statements(text, evidence)
    if not is_english(text, evidence.understood):
        found.append(report.not_english(text, lexicon, evidence))
        return Understanding(request, claims, None, tuple(found))
    kind, problem = _kind(text, lexicon, evidence)
    found += [problem] if problem is not None else []
    if kind is None:
        return Understanding(request, claims, None, tuple(found))
    found += report.gaps(text, evidence, kind)
    return _answer(text, lexicon, evidence, kind, name, claims, found)


def _answer(
    text: Text,
    lexicon: Lexicon,
    evidence: Evidence,
    kind: Kind,
    name: str | None,
    claims: tuple[Claim, ...],
    found: list[Diagnostic],
) -> Understanding:
    """Resolve the features and compose the Blueprint, unless an error stands in the way."""
    archetype = next(spec for key, _, spec in lexicon.archetypes if key == kind.archetype)
    resolution = resolve(text, lexicon, archetype, evidence.mentions)
    chosen, source, problems = _name(text, evidence, archetype, name)
    found = [*found, *resolution.diagnostics, *problems]
    claims = (*claims, *_decided(resolution, claims))
    if has_errors(found):
        return Understanding(text.original, claims, None, tuple(found))
    summary = archetype.summary
    if evidence.audience is not None:
        summary = f"{summary.rstrip('.')}, for {evidence.audience.value}"
    app = App(
        name=chosen,
        slug=slug_of(chosen, kind.archetype or "app"),
        summary=summary,
        theme=theme_of(archetype, evidence.theme),
    )
    extra = _extra(kind, evidence, app, source)
    blueprint = compose(kind, archetype, lexicon, resolution, app, extra, text.clean)
    return Understanding(text.original, claims, blueprint, tuple(found))


def _kind(
    text: Text, lexicon: Lexicon, evidence: Evidence
) -> tuple[Kind | None, Diagnostic | None]:
    """Return the one kind of platform that is meant, or why there is none."""
    ours = [k for k in evidence.kinds if k.archetype is not None]
    theirs = [k for k in evidence.kinds if k.archetype is None and not k.broad]
    if ours:
        best = max(ours, key=lambda k: (k.confidence, -k.hit.start))
        rivals = [k for k in theirs if k.hit.start < best.hit.start and k.confidence >= 0.85]
        if rivals and not _is_audience(text, rivals[0]):
            return None, report.two_kinds(text, rivals[0], best)
        return _sure(text, evidence, best)
    inferred = None if theirs else _inferred(lexicon, evidence)
    if inferred is not None:
        return inferred, report.inferred(text, lexicon, inferred)
    if evidence.kinds:
        return None, report.unavailable(text, lexicon, evidence)
    return None, report.nothing(text, lexicon, evidence)


def _sure(text: Text, evidence: Evidence, kind: Kind) -> tuple[Kind | None, Diagnostic | None]:
    """Take a kind that the words name; one that they may name, unless much of it has no pack."""
    if status_of(kind.confidence) == "stated":
        return kind, None
    missing = [m for m in evidence.mentions.unavailable if status_of(m.confidence) == "stated"]
    if len(missing) >= _MANY:
        return None, report.another(text, kind, missing)
    return kind, report.vague(text, kind)


def _is_audience(text: Text, kind: Kind) -> bool:
    """Tell "for my online store" from "an online store"."""
    before = [t.text for t in text.tokens[max(0, kind.hit.start - 2) : kind.hit.start]]
    return "for" in before


def _inferred(lexicon: Lexicon, evidence: Evidence) -> Kind | None:
    """Infer a platform from features: its subject, two more, and more understood than not."""
    stated = {m.name: m for m in evidence.mentions.wanted if status_of(m.confidence) == "stated"}
    for name, title, spec in lexicon.archetypes:
        subject = _subject(lexicon, spec)
        every = [item.use for item in spec.features if item.use in stated]
        if subject in stated and len(every) >= max(3, len(evidence.unknown)):
            return Kind(name, title, ", ".join(every), stated[subject].hits[0], _INFERRED)
    return None


def _subject(lexicon: Lexicon, archetype: ArchetypeSpec) -> str:
    """Return the feature that brings what most others attach to: videos, for short videos."""
    targets = Counter(entity for item in archetype.features for entity in item.on)
    for entity, _ in targets.most_common(1):
        return next((known.pack for known in lexicon.entities if known.name == entity), "")
    return ""


def _name(
    text: Text, evidence: Evidence, archetype: ArchetypeSpec, given: str | None
) -> tuple[str, Status, list[Diagnostic]]:
    """Return the app's name, where it is from, and what is wrong with one that was given."""
    if given is not None:
        problem = name_problem(given.strip())
        if not problem:
            return given.strip(), "stated", []
        message = f"this cannot be the app's name: {problem}"
        return archetype.names[0], "assumed", [Diagnostic("AW-1102", message, Place("--name"))]
    if evidence.name is None:
        return archetype.names[0], "assumed", []
    problem = name_problem(evidence.name.value.strip())
    if not evidence.name.value.strip():
        hint = "leave the name out, or say one"
        place = text.place(evidence.name.span)
        found = Diagnostic("AW-1101", "the app's name is empty", place, hint, Severity.WARNING)
        return archetype.names[0], "assumed", [found]
    if not problem:
        value = evidence.name.value.strip()
        return (value[0].upper() + value[1:] if value.islower() else value), "stated", []
    message = f'"{text.quote(evidence.name.span)}" cannot be the app\'s name: {problem}'
    place = text.place(evidence.name.span)
    hint = f"it is called {archetype.names[0]}; choose another name with --name"
    found = Diagnostic("AW-1101", message, place, hint, Severity.WARNING)
    return archetype.names[0], "assumed", [found]


def _extra(kind: Kind, evidence: Evidence, app: App, source: Status) -> tuple[Assumption, ...]:
    """Return the assumptions that are not about features."""
    found = []
    if kind.confidence < 0.75:
        because = f"The words fit: {kind.words}"
        what = f"It is a {kind.title[0].lower()}{kind.title[1:]}"
        found.append(_assumed(what, because, kind.confidence))
    if source != "stated":
        found.append(_assumed(f"The app is called {app.name}", "No name was given", 0.5))
    for key, value in (("background", app.theme.background), ("primary", app.theme.primary)):
        if key not in evidence.theme.spans:
            because = "No colour was given; this one suits the kind of platform"
            found.append(_assumed(f"The {key} colour is {value}", because, 0.5))
    return tuple(found)


def _assumed(what: str, because: str, confidence: float) -> Assumption:
    return Assumption(what=what, because=because, confidence=confidence, status="assumed")


def _decided(resolution: Resolution, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Return claims for features that no word named: implied, needed, left out with others."""
    said = {(c.value, c.status) for c in claims if c.what == "feature"}

    def new(choice: Choice) -> bool:
        return (choice.name, choice.status) not in said

    return tuple(
        Claim("feature", c.name, c.status, c.confidence, (), "resolve")
        for c in resolution.choices
        if new(c)
    )
