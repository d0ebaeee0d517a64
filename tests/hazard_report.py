"""Pytest plugin: which tests are evidence for which hazard, and how they came out.

`--hazard-report FILE` writes {test id: {"hazards": [...], "outcome": "passed|failed|skipped"}} for every
collected test that carries `@pytest.mark.hazard("H01")`; safety/check_hazards.py holds it against the
hazard log. A test that was collected and never ran counts as skipped.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--hazard-report", metavar="FILE", help="write which hazard tests passed to FILE, as JSON"
    )


def pytest_configure(config: pytest.Config) -> None:
    file = config.getoption("--hazard-report")
    if file:
        config.pluginmanager.register(HazardReport(Path(file)), "hazard-report")


class HazardReport:
    """Collects the hazard marks and the outcome of each test, and writes them when the run ends."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.rows: dict[str, dict[str, object]] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            hazards = {str(name) for mark in item.iter_markers("hazard") for name in mark.args}
            if hazards:
                self.rows[item.nodeid] = {"hazards": sorted(hazards), "outcome": "skipped"}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        row = self.rows.get(report.nodeid)
        if row is None:
            return
        if report.failed:  # in the test itself, or while setting up or tearing down
            row["outcome"] = "failed"
        elif report.when == "call" and report.passed and row["outcome"] != "failed":
            row["outcome"] = "passed"

    def pytest_sessionfinish(self) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(self.rows, indent=1, sort_keys=True, ensure_ascii=False)
        self.file.write_text(text + "\n", encoding="utf-8")
