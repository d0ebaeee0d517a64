"""The store on the one private file of a test run, which the pages use too."""

from __future__ import annotations

import pytest

from tests.web.conftest import FOLDER


@pytest.fixture(scope="session", autouse=True)
def _private_file() -> None:
    from kneewise.web.server import prepare

    assert FOLDER  # it names the file before Django reads its name
    prepare(None)
