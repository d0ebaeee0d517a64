"""The body of an API request as a value: strict JSON, each way to be wrong with its own message."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

from kneewise.evidence import BadCase

JSON_TYPES = ("application/json", "")


class WrongBody(Exception):
    """A body that cannot be read, with its HTTP status."""

    def __init__(self, status: int, what: str, mend: str) -> None:
        self.status, self.what, self.mend = status, what, mend
        super().__init__(what)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for key, entry in pairs:
        if key in value:
            raise BadCase(key[:60], f"the key {key[:60]!r} is there twice", "Keep one of them")
        value[key] = entry
    return value


def _no_constant(word: str) -> Any:
    raise BadCase("", f"{word} is not a number in JSON", "Write an ordinary number, or leave it out")


def read_json(request: HttpRequest) -> Any:
    """The body as a JSON value. Raises `WrongBody` or `BadCase`."""
    if (request.content_type or "") not in JSON_TYPES:
        raise WrongBody(415, f"the body is {request.content_type!r}", "Send it as application/json")
    try:
        text = request.body.decode("utf-8-sig")
    except RequestDataTooBig:
        raise WrongBody(413, "the body is too large", "Send a case of up to 512 kB") from None
    except UnicodeDecodeError as error:
        raise WrongBody(
            400, f"the body is not text (byte {error.start} is not UTF-8)", "Send JSON as UTF-8"
        ) from None
    if not text.strip():
        raise WrongBody(400, "the body is empty", 'Send a case such as {"text": "…"}')
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise WrongBody(
            400, f"this is not JSON ({error.msg.lower()}, {where})", "Check quotes, commas and brackets"
        ) from None
    except (RecursionError, ValueError) as error:
        if isinstance(error, BadCase):
            raise
        raise WrongBody(400, "this JSON is too deep or too long", "Send a plain case") from None
