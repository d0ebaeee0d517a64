"""How large a whole record may be: a bundle of years is larger than the one resource that `limits` allows."""

from __future__ import annotations

from typing import Any

from kneewise.exchange.fhir.limits import read_json
from kneewise.exchange.fhir.refused import Refused

MAX_BYTES = 32 * 1024 * 1024
MAX_ENTRIES = 10_000  # a diary of a thousand days has some 8,600
MAX_DEPTH = 40
MAX_VALUES = 2_000_000


def parse(data: bytes) -> Any:
    """A value from JSON in UTF-8, within the bounds of a record. Raises `Refused`."""
    value = read_json(data, MAX_BYTES)
    check(value)
    return value


def check(value: Any) -> None:
    """Refuse a value that is too deep or too large, or that holds itself. Raises `Refused`."""
    todo: list[tuple[Any, int]] = [(value, 0)]
    count = 0
    while todo:
        inner, depth = todo.pop()
        if isinstance(inner, dict):
            children = list(inner.values())
        elif isinstance(inner, list):
            children = inner
        else:
            continue
        if depth >= MAX_DEPTH:
            raise Refused("too-costly", "", "it is nested too deep", f"Nest at most {MAX_DEPTH} levels")
        count += len(children)
        if count > MAX_VALUES:
            raise Refused("too-costly", "", f"it holds over {MAX_VALUES:,} values", "Send it in parts")
        todo += [(child, depth + 1) for child in children if isinstance(child, dict | list)]
