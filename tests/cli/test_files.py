"""Reading JSON that nobody wrote by hand."""

from __future__ import annotations

import json
import time

import pytest

from kneewise.cli.files import parse_json
from kneewise.evidence import BadCase

MANY = {f"key_{n}": n for n in range(100_000)}
SECONDS = 5.0  # looking through all keys for each of them took minutes


def test_a_hundred_thousand_keys_are_read_at_once() -> None:
    text = json.dumps(MANY)
    start = time.perf_counter()
    assert parse_json(text, "case.json") == MANY
    assert time.perf_counter() - start < SECONDS


def test_the_key_that_comes_again_at_the_very_end_is_named() -> None:
    text = json.dumps(MANY)[:-1] + ', "key_7": 1}'
    with pytest.raises(BadCase, match="'key_7' is there twice"):
        parse_json(text, "case.json")
