"""Pytest plugin: which tests are evidence for which hazard, and how they came out.

`--hazard-report FILE` writes {test id: {"hazards": [...], "outcome": "passed|failed|skipped"}} for every
test that ran and carries `@pytest.mark.hazard("H01")`; safety/check_hazards.py holds it against the hazard
log.
"""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path

import pytest

PROPERTY = "hazards"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--hazard-report", metavar="FILE", help="write which hazard tests passed to FILE, as JSON"
    )


def pytest_configure(config: pytest.Config) -> None:
    file = config.getoption("--hazard-report")
    if file:
        alone = not hasattr(config, "workerinput")  # one of several processes leaves the writing to the first
        config.pluginmanager.register(HazardReport(Path(file), writes=alone), "hazard-report")


class HazardReport:
    """Collects the hazard marks and the outcome of each test, and writes them when the run ends.

    The marks travel with each test's report, so that a run spread over several processes is whole too.
    """

    def __init__(self, file: Path, *, writes: bool) -> None:
        self.file, self.writes = file, writes
        self.rows: dict[str, dict[str, object]] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        hazards = {str(name) for mark in item.iter_markers("hazard") for name in mark.args}
        report.user_properties.append((PROPERTY, sorted(hazards)))
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        hazards = next((value for name, value in report.user_properties if name == PROPERTY), None)
        if not hazards:
            return
        row = self.rows.setdefault(report.nodeid, {"hazards": hazards, "outcome": "skipped"})
        if report.failed:  # in the test itself, or while setting up or tearing down
            row["outcome"] = "failed"
        elif report.when == "call" and report.passed and row["outcome"] != "failed":
            row["outcome"] = "passed"

    def pytest_sessionfinish(self) -> None:
        if not self.writes:
            return
        self.file.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(self.rows, indent=1, sort_keys=True, ensure_ascii=False)
        self.file.write_text(text + "\n", encoding="utf-8")
