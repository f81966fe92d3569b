"""The features decided on -> a Blueprint that says where everything in it is from."""

from __future__ import annotations

from archwright.blueprint.model import (
    App,
    Assumption,
    Blueprint,
    Entity,
    FeatureUse,
    Role,
    Theme,
)
from archwright.catalog.manifest import ArchetypeSpec, ImpliedFeature
from archwright.intent.kinds import Kind
from archwright.intent.lexicon import KnownEntity, Lexicon
from archwright.intent.resolve import EXCLUDED, Choice, Resolution
from archwright.intent.theme import DARK_BACKGROUND, Wish, is_dark

_THING = "Thing"


def compose(
    kind: Kind,
    archetype: ArchetypeSpec,
    lexicon: Lexicon,
    resolution: Resolution,
    app: App,
    extra: tuple[Assumption, ...],
    request: str,
) -> Blueprint:
    """Return the Blueprint; ``extra`` are the assumptions about name, kind and theme."""
    implied = {item.use: item for item in archetype.features}
    uses, entities, lost = _attach(lexicon, resolution, implied)
    built = [c for c in resolution.choices if c.name not in lost]
    return Blueprint(
        app=app.model_copy(update={"archetypes": (kind.archetype,)}),
        roles=_roles(lexicon, {use.use for use in uses}),
        entities=tuple(_entity(known) for known in entities),
        features=uses,
        assumptions=(
            *extra,
            *(_assumption(lexicon, c) for c in built if c.status != "stated"),
            *(_narrowed(lexicon, *pair) for pair in resolution.narrowed),
        ),
        request=request,
    )


def theme_of(archetype: ArchetypeSpec, wish: Wish) -> Theme:
    """Return the theme: what was asked for, the archetype's colours for the rest."""
    mode = wish.mode or archetype.mode
    if wish.background is not None and wish.mode is None:
        mode = "dark" if is_dark(wish.background) else "light"
    background = wish.background
    if background is None:
        background = archetype.background
        if mode == "dark" and not is_dark(background):
            background = DARK_BACKGROUND
        elif mode == "light" and is_dark(background):
            background = "#ffffff"
    return Theme(background=background, primary=wish.primary or archetype.primary, mode=mode)


def _attach(
    lexicon: Lexicon, resolution: Resolution, implied: dict[str, ImpliedFeature]
) -> tuple[tuple[FeatureUse, ...], list[KnownEntity], set[str]]:
    """Settle which entities each feature is on; one feature's entities are another's targets."""
    built = resolution.built
    entities: dict[str, KnownEntity] = {}
    targets: dict[str, tuple[str, ...]] = {choice.name: () for choice in built}
    for _ in range(len(built) + 1):
        before = (dict(entities), dict(targets))
        for choice in built:
            able = _able(lexicon, choice.name, entities, resolution.narrowed)
            targets[choice.name] = _targets(lexicon, choice.name, implied, able)
            for known in _defined(lexicon, choice.name, targets[choice.name], entities):
                entities.setdefault(known.name, known)
        if before == (entities, targets):
            break
    attached = {c.name for c in built if _trait(lexicon, c.name) is not None}
    lost = {name for name in attached if not targets[name]}
    uses = tuple(
        FeatureUse(
            use=choice.name,
            on=targets[choice.name],
            options=dict(implied[choice.name].options) if choice.name in implied else {},
            why=choice.why,
        )
        for choice in built
        if choice.name not in lost
    )
    return uses, [e for e in entities.values() if e.pack not in lost], lost


def _trait(lexicon: Lexicon, name: str) -> str | None:
    known = lexicon.feature(name)
    return known.attaches if known else None


def _able(
    lexicon: Lexicon,
    name: str,
    entities: dict[str, KnownEntity],
    narrowed: tuple[tuple[str, str], ...],
) -> tuple[str, ...]:
    """Return the entities that a feature can be on, less those on which it is not wanted."""
    trait = _trait(lexicon, name)
    hosts = {host for feature, host in narrowed if feature == name}
    fits = (e for e in entities.values() if trait is None or trait in e.traits)
    return tuple(e.name for e in fits if e.pack not in hosts)


def _targets(
    lexicon: Lexicon, name: str, implied: dict[str, ImpliedFeature], able: tuple[str, ...]
) -> tuple[str, ...]:
    """Return what a feature is on: the archetype's choice, or all that it can be on."""
    chosen = implied[name].on if name in implied else ()
    if chosen or _trait(lexicon, name) is None:
        return tuple(e for e in chosen if e in able)
    return able


def _defined(
    lexicon: Lexicon, name: str, targets: tuple[str, ...], entities: dict[str, KnownEntity]
) -> list[KnownEntity]:
    """Return the entities that a feature brings: ``ThingComment`` on Video is ``VideoComment``."""
    found: list[KnownEntity] = []
    for known in (e for e in lexicon.entities if e.pack == name):
        if _THING not in known.name:
            found.append(known)
            continue
        for target in targets:
            host = entities.get(target)
            label = host.label if host else target.lower()
            found.append(
                KnownEntity(
                    known.name.replace(_THING, target),
                    known.label.replace("thing", label),
                    known.labels.replace("thing", label),
                    known.pack,
                    known.traits,
                )
            )
    return found


def _entity(known: KnownEntity) -> Entity:
    return Entity(name=known.name, label=known.label, labels=known.labels, pack=known.pack)


def _roles(lexicon: Lexicon, used: set[str]) -> tuple[Role, ...]:
    return tuple(
        Role(name=role.name, label=role.label, granted_by=role.granted_by)
        for role in lexicon.roles
        if role.pack in used or role.pack == "foundation"
    )


def _assumption(lexicon: Lexicon, choice: Choice) -> Assumption:
    title = lexicon.title(choice.name)
    return Assumption(
        what=f"Without {title}" if choice.status == "excluded" else title,
        because=choice.why,
        confidence=choice.confidence,
        status="suggested" if choice.status == "conflict" else choice.status,
    )


def _narrowed(lexicon: Lexicon, feature: str, host: str) -> Assumption:
    what = f"Without {lexicon.title(feature)} on {lexicon.title(host)}"
    return Assumption(what=what, because="Ruled out", confidence=EXCLUDED, status="excluded")
