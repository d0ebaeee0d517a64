"""JSON from anywhere, read within bounds of size, depth and number; what is broken is refused by name."""

from __future__ import annotations

import json
import math
from typing import Any

from kneewise.exchange.fhir.refused import Refused

MAX_BYTES = 32 * 1024 * 1024
MAX_ENTRIES = 10_000  # a diary of a thousand days has some 8,600
MAX_DEPTH = 40
MAX_VALUES = 2_000_000


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise Refused("structure", "", f"the key {twice[:60]!r} is there twice", "Keep one of them")
    return made


def _no_constant(word: str) -> Any:
    raise Refused("value", "", f"{word} is not a number in JSON", "Write an ordinary number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise Refused("value", "", f"{text[:40]} is too large a number", "Write an ordinary number")
    return number


def parse(data: bytes | str) -> Any:
    """A value from JSON text in UTF-8. Raises `Refused`."""
    if len(data) > MAX_BYTES:
        raise Refused(
            "too-long", "", f"it is larger than {MAX_BYTES // 2**20} MB", "Send only what concerns the knee"
        )
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_finite)
    except UnicodeDecodeError as error:
        raise Refused("structure", "", f"byte {error.start} is not UTF-8", "Save it as UTF-8") from None
    except json.JSONDecodeError as error:
        where, what = f"line {error.lineno}, column {error.colno}", f"this is not JSON ({error.msg.lower()})"
        raise Refused("structure", where, what, "Check quotes, commas and brackets") from None
    except RecursionError:
        raise _too_deep() from None
    except Refused:
        raise
    except ValueError:  # an integer of thousands of digits
        raise Refused("value", "", "a number has too many digits", "Write an ordinary number") from None
    check(value)
    return value


def _too_deep() -> Refused:
    return Refused("structure", "", "it is nested too deeply", f"Keep to {MAX_DEPTH} levels")


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
            raise _too_deep()
        count += len(children)
        if count > MAX_VALUES:
            raise Refused("too-costly", "", f"it holds over {MAX_VALUES:,} values", "Send it in parts")
        todo += [(child, depth + 1) for child in children if isinstance(child, dict | list)]
