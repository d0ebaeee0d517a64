"""Shared fixtures: the compiled knowledge and the engine over it."""

from __future__ import annotations

import pytest

from kneewise.knowledge.artefact import load_knowledge
from kneewise.knowledge.types import Knowledge
from kneewise.pathway import Engine

pytest_plugins = ("tests.hazard_report", "tests.coverage_report")


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="session")
def engine(knowledge: Knowledge) -> Engine:
    return Engine(knowledge)
