"""Contracts as they come in from a file or a request: what cannot be printed is refused with a kind word."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from kneewise.evidence import BadCase

MEND = {
    "programme": "Give what `kneewise plan --json` prints",
    "review": "Give what `kneewise review --json` prints",
}


def read_contract(value: Any, shape: Any, kind: str) -> Any:
    """A value in the shape of its contract. Raises `BadCase` naming the path of what is wrong."""
    try:
        return msgspec.convert(value, shape, strict=True)
    except msgspec.ValidationError as wrong:
        told, _at, path = str(wrong).partition(" - at `$")
        where = path.strip("`").replace("[", "/").replace("]", "").replace(".", "/").strip("/")
        raise BadCase(where or kind, f"this is no {kind}: {told}", MEND[kind]) from None


@contextmanager
def of_this_knowledge(kind: str) -> Iterator[None]:
    """What another knowledge wrote may name what this one does not have. Raises `BadCase` that says so."""
    try:
        yield
    except BadCase:
        raise
    except (KeyError, StopIteration, ValueError, TypeError) as unknown:
        raise BadCase(
            kind, f"this {kind} has {unknown} in it, which this kneewise cannot read", f"{MEND[kind]}, anew"
        ) from unknown
