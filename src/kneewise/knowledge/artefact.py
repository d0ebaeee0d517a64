"""The compiled artefact: written by `make knowledge`, read once at run time, never anything else."""

from __future__ import annotations

import functools
from pathlib import Path

import msgspec

from kneewise.knowledge.types import Knowledge

ARTEFACT = Path(__file__).parent / "compiled.json"


class KnowledgeMissing(RuntimeError):
    """The artefact is not there or not readable; says how to make it."""


@functools.lru_cache(maxsize=4)
def load_knowledge(path: Path = ARTEFACT) -> Knowledge:
    """The compiled knowledge. Raises `KnowledgeMissing` with the way to mend it."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Knowledge)
    except FileNotFoundError:
        raise KnowledgeMissing(
            f"{path.name} is not there: run `make knowledge` to compile the content"
        ) from None
    except msgspec.DecodeError as error:
        raise KnowledgeMissing(
            f"{path.name} cannot be read ({error}): it was made by another version; run `make knowledge`"
        ) from None
