"""Which anatomy picture belongs to what, as pure values; see `schema_anatomy` for meanings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

View = Literal["back", "side", "front"]
MechanicsKind = Literal["hamstring_length", "bridge", "chair_stand", "kneecap"]


@dataclass(frozen=True)
class Structure:
    """A part of the leg that a picture can name and mark."""

    id: str
    views: tuple[View, ...]


@dataclass(frozen=True)
class Picture:
    """A view with its marked structures, and for which causes and factors it is shown."""

    view: View
    structures: tuple[str, ...]
    causes: tuple[str, ...]
    factors: tuple[str, ...]
    pulls: bool


@dataclass(frozen=True)
class Mechanics:
    """Which picture of a person's own mechanics belongs to a factor, and the measures it can show."""

    factor: str
    kind: MechanicsKind
    measures: tuple[str, ...]
    disputed: bool


@dataclass(frozen=True)
class Anatomy:
    """All pictures of the leg."""

    structures: dict[str, Structure] = field(default_factory=dict)
    pictures: tuple[Picture, ...] = ()
    mechanics: tuple[Mechanics, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class StructureWords:
    """The name of a structure, its label in a picture line by line, and what it is."""

    id: str
    name: str
    label: tuple[str, ...]
    what_it_is: str


@dataclass(frozen=True)
class ViewWords:
    """What a view is called and what one who cannot see it should know."""

    id: str
    title: str
    description: str


@dataclass(frozen=True)
class MechanicsWords:
    """The sentences of a picture of a person's own mechanics; `labels` are the words inside it."""

    id: str
    title: str
    shows: str
    measured: str
    no_norm: str
    not_measured: str
    unsure: str
    labels: dict[str, str]


@dataclass(frozen=True)
class AnatomyWords:
    """All words of the pictures of the leg."""

    views: dict[str, ViewWords] = field(default_factory=dict)
    structures: dict[str, StructureWords] = field(default_factory=dict)
    mechanics: dict[str, MechanicsWords] = field(default_factory=dict)
