"""The shape of the content on anatomy pictures, as pydantic models.

The shapes themselves are drawn by the room `body`; here stands what each structure is called and which
picture belongs to which cause or contributing factor.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from kneewise.knowledge.schema import Id, Model, Reviewed

View = Literal["back", "side", "front"]


class Structure(Model):
    """A part of the leg that pictures can name and mark; `views` says in which."""

    id: Id
    views: tuple[View, ...] = Field(min_length=1)


class Picture(Model):
    """A view with its marked structures, for which causes and factors; `pulls` adds arrows."""

    view: View
    structures: tuple[Id, ...] = Field(min_length=1)
    causes: tuple[Id, ...] = ()
    factors: tuple[Id, ...] = ()
    pulls: bool = False

    @model_validator(mode="after")
    def _for_something(self) -> Picture:
        if not self.causes and not self.factors:
            raise ValueError("say for which causes or factors the picture is shown")
        return self


class Mechanics(Model):
    """Which picture of a person's own mechanics belongs to a factor; `measures` are findings, best first."""

    factor: Id
    kind: Literal["hamstring_length", "bridge", "chair_stand", "kneecap"]
    measures: tuple[Id, ...] = ()
    disputed: bool = False


class AnatomyFile(Reviewed):
    """content/anatomy.yaml."""

    structures: tuple[Structure, ...]
    pictures: tuple[Picture, ...]
    mechanics: tuple[Mechanics, ...] = ()
    sources: tuple[str, ...] = Field(min_length=1)


class StructureWords(Model):
    """The name of a structure, its label line by line, and what it is in one or two sentences."""

    id: Id
    name: str
    label: tuple[str, ...] = Field(min_length=1, max_length=3)
    what_it_is: str


class ViewWords(Model):
    """What a view is called and what one who cannot see it should know."""

    id: View
    title: str
    description: str


class MechanicsWords(Model):
    """The sentences of one kind of mechanics picture; in braces stand the values that are filled in."""

    id: Id
    title: str
    shows: str  # for one who cannot see the picture
    measured: str = ""
    no_norm: str = ""  # measured, and nothing is known of what is usual for this person
    not_measured: str
    unsure: str
    labels: dict[Id, str]


class AnatomyWordsFile(Model):
    """content/words/en/anatomy.yaml."""

    version: str
    views: tuple[ViewWords, ...]
    structures: tuple[StructureWords, ...]
    mechanics: tuple[MechanicsWords, ...] = ()
