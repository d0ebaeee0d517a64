"""Reading what a command is given: one message for each way it can be wrong, exit status 2."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kneewise.evidence import BadCase

OWNER_ONLY = 0o600
MAX_BYTES = 64 * 1024 * 1024
MAX_CASE_CHARACTERS = 1_000_000


def read_bytes(name: str) -> bytes:
    """A file's bytes, or those of standard input for "-". Raises `BadCase`."""
    place = "standard input" if name == "-" else name
    try:
        data = sys.stdin.buffer.read(MAX_BYTES + 1) if name == "-" else _read_file(Path(name))
    except OSError as error:
        raise BadCase(
            place, f"cannot be read: {error.strerror}", "Check the name, or use - for standard input"
        ) from None
    if len(data) > MAX_BYTES:
        raise BadCase(place, f"it is larger than {MAX_BYTES // 2**20} MB", "Split it into smaller files")
    return data


def read_text(name: str) -> str:
    """A file's text, or that of standard input for "-". Raises `BadCase`."""
    place = "standard input" if name == "-" else name
    try:
        return read_bytes(name).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadCase(
            place, f"it is not text (byte {error.start} is not UTF-8)", "Give a JSON file saved as UTF-8"
        ) from None


def write_private(data: bytes, target: str) -> None:
    """To a file that only its owner can read. Raises `BadCase`."""
    try:
        handle = os.open(target, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, OWNER_ONLY)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    except OSError as error:
        raise BadCase(
            target, f"it cannot be written: {error.strerror}", "Name another file with -o"
        ) from None


def _read_file(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _refuse_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for key, entry in pairs:
        if key in value:
            raise BadCase(key[:60], f"the key {key[:60]!r} is there twice", "Keep one of them")
        value[key] = entry
    return value


def _no_constant(word: str) -> Any:
    raise BadCase("", f"{word} is not a number in JSON", "Write an ordinary number, or leave it out")


def parse_json(text: str, place: str) -> Any:
    """JSON text as a value; a key that is there twice is refused. Raises `BadCase`."""
    try:
        return json.loads(text, object_pairs_hook=_refuse_twice, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        where = f"{place}, line {error.lineno}, column {error.colno}"
        raise BadCase(
            where, f"this is not JSON ({error.msg.lower()})", "Check quotes, commas and brackets"
        ) from None
    except RecursionError:
        raise BadCase(place, "it is nested too deeply", "Give a plain case, without nested lists") from None


def read_values(name: str, *, may_be_empty: bool = False) -> list[tuple[str, Any]]:
    """The values of a JSON file or of a file of JSON lines, each with its place. Raises `BadCase`."""
    text = read_text(name)
    place = "standard input" if name == "-" else name
    if not text.strip() and may_be_empty:
        return []
    if not text.strip():
        raise BadCase(place, "it is empty", 'Give a case such as {"text": "…"}')
    try:
        return [(place, parse_json(text, place))]
    except BadCase as whole:
        lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
        if (
            len(lines) < 2
            or not lines[0][1].lstrip().startswith("{")
            or not lines[0][1].rstrip().endswith("}")
        ):
            raise whole from None
    return list(_lines(lines, place))


def _lines(lines: list[tuple[int, str]], place: str) -> Iterator[tuple[str, Any]]:
    for number, line in lines:
        if len(line) > MAX_CASE_CHARACTERS:
            raise BadCase(
                f"{place}, line {number}", f"{len(line):,} characters", "Keep a case under 1,000,000"
            )
        yield f"{place}, line {number}", parse_json(line, f"{place}, line {number}")
