"""What may be sent: strict JSON, no deeper, wider or longer than a resource of ours ever needs.

Nothing that was sent is followed (no reference, no address) and nothing is looked at more than once, so time
and memory grow with the size of what was sent, and that is bounded.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

from kneewise.exchange.fhir.codes import Json
from kneewise.exchange.fhir.refused import Refused

MOST_BYTES = 4 * 1024 * 1024
MOST_DEPTH = 40
MOST_ELEMENTS = 100_000
LONGEST_STRING = 100_000
_LONGEST_NUMBER = 40
_BROKEN = re.compile("[\ud800-\udfff]")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _value in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise Refused("structure", "", f"the key {twice[:60]!r} is there twice", "Keep one of them")
    return value


def _no_constant(word: str) -> Any:
    raise Refused("value", "", f"{word} is not a number in JSON", "Write an ordinary number, or leave it out")


def _number(text: str) -> float:
    if len(text) > _LONGEST_NUMBER:
        raise Refused(
            "value", "", "a number has too many digits", f"Keep it under {_LONGEST_NUMBER} characters"
        )
    number = float(text)
    if not math.isfinite(number):
        raise Refused("value", "", f"{text} is too large a number", "Write an ordinary number")
    return number


def _whole(text: str) -> int:
    _number(text)
    return int(text)


def read_json(body: bytes, most_bytes: int = MOST_BYTES) -> Any:
    """A value from its JSON in UTF-8, its depth and width not yet looked at. Raises `Refused`."""
    if len(body) > most_bytes:
        raise Refused("too-long", "", "the body is too large", f"Send up to {most_bytes // 1024:,} kB")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            "structure", "", f"the body is not text (byte {error.start} is not UTF-8)", "Send JSON as UTF-8"
        ) from None
    if not text.strip():
        raise Refused("structure", "", "the body is empty", "Send a FHIR resource as JSON")
    try:
        return json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_number, parse_int=_whole
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Refused(
            "structure", "", f"this is not JSON ({error.msg.lower()}, {where})", "Check quotes and brackets"
        ) from None
    except RecursionError:
        raise _too_deep() from None


def read_resource(body: bytes) -> Json:
    """A resource from its JSON. Raises `Refused`."""
    value = read_json(body)
    if not isinstance(value, dict) or not isinstance(value.get("resourceType"), str):
        raise Refused("structure", "", "this is no FHIR resource", 'Send an object with "resourceType"')
    _within(value)
    return value


def _too_deep() -> Refused:
    return Refused("too-costly", "", "this is nested too deep", f"Nest at most {MOST_DEPTH} levels")


def _within(whole: Any) -> None:
    """Look at every element once, without recursion."""
    seen = 0
    level: list[Any] = [whole]
    for _depth in range(MOST_DEPTH):
        below: list[Any] = []
        for value in level:
            seen += 1
            if isinstance(value, dict):
                for key in value:
                    _fit_key(key)
                below += value.values()
            elif isinstance(value, list):
                below += value
            elif isinstance(value, str):
                _fit_string(value)
        if seen + len(below) > MOST_ELEMENTS:
            raise Refused("too-costly", "", "there are too many elements", f"Send at most {MOST_ELEMENTS:,}")
        if not below:
            return
        level = below
    raise _too_deep()


def _fit_key(key: str) -> None:
    plain = key.replace("_", "", 1)
    if len(key) > 100 or not plain.isidentifier() or not plain.isascii() or plain.startswith("_"):
        raise Refused("structure", "", "an element has a name that FHIR does not know", "Check the names")


def _fit_string(value: str) -> None:
    if len(value) > LONGEST_STRING:
        raise Refused(
            "too-long", "", f"a text is {len(value):,} characters long", f"Keep it under {LONGEST_STRING:,}"
        )
    if _BROKEN.search(value) or "\x00" in value:
        raise Refused("value", "", "a text holds half a character", "Send whole Unicode characters")
