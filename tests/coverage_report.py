"""Pytest plugin: how the tests came out that show the items of the articles.

`--coverage-report FILE` writes {test id: "passed|failed|skipped"} for every test that content/seed_items.yaml
names and that ran; `kneewise knowledge coverage --tests FILE` holds it against the table.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kneewise.knowledge.artefact import load_knowledge


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--coverage-report", metavar="FILE", help="write which tests of article items passed to FILE, as JSON"
    )


def pytest_configure(config: pytest.Config) -> None:
    file = config.getoption("--coverage-report")
    if file and not hasattr(config, "workerinput"):  # one of several processes leaves this to the first
        named = frozenset(item.test for item in load_knowledge().seed_items)
        config.pluginmanager.register(CoverageReport(Path(file), named), "coverage-report")


class CoverageReport:
    """Collects the outcomes of the named tests, and writes them when the run ends."""

    def __init__(self, file: Path, named: frozenset[str]) -> None:
        self.file, self.named = file, named
        self.outcomes: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.nodeid not in self.named:
            return
        before = self.outcomes.setdefault(report.nodeid, "skipped")
        if report.failed:  # in the test itself, or while setting up or tearing down
            self.outcomes[report.nodeid] = "failed"
        elif report.when == "call" and report.passed and before != "failed":
            self.outcomes[report.nodeid] = "passed"

    def pytest_sessionfinish(self) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(self.outcomes, indent=1, sort_keys=True)
        self.file.write_text(text + "\n", encoding="utf-8")
