"""Hold the hazard log against the last test run: `python safety/check_hazards.py [HAZARDS] [REPORT]`.

Every hazard needs a control; every control names tests; each of these must exist, carry the hazard's mark
and have passed. A hazard that cannot be shown yet is `open` and says why: it is printed, every time. One
line per problem; exit status 1 if there is any, 2 if a file cannot be read.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

ROOT = Path(__file__).resolve().parent.parent
HAZARDS = ROOT / "safety" / "hazards.yaml"
REPORT = ROOT / "reports" / "hazards.json"

SEVERITY = ("catastrophic", "major", "moderate", "minor")
LIKELIHOOD = ("frequent", "probable", "occasional", "remote", "improbable")
HAZARD_KEYS = ("id", "hazard", "cause", "harm", "severity", "likelihood", "controls", "residual", "open")
CONTROL_KEYS = ("id", "what", "tests")

Report = Mapping[str, Mapping[str, Any]]


class Unreadable(ValueError):
    """A file that is needed cannot be read; the message says what to do."""


def read_hazards(file: Path) -> list[dict[str, Any]]:
    """The rows of the hazard log. YAML 1.2; a key that stands twice is refused."""
    try:
        rows = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Unreadable(f"{file.name} cannot be read: {error.strerror}") from None
    except YAMLError as error:
        raise Unreadable(f"{file.name} is not valid YAML: {error}") from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Unreadable(f"{file.name} must hold a list of hazards")
    return rows


def read_report(file: Path) -> Report:
    """What the last test run said."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Unreadable(
            "there is no test result yet (reports/hazards.json): please run `make test` first"
        ) from None
    except ValueError as error:
        raise Unreadable(f"{file.name} cannot be read ({error}): please run `make test` again") from None


def _shape(rows: list[dict[str, Any]]) -> Iterator[str]:
    """Keys, words from the two scales, ids given once, and the texts that every hazard needs."""
    ids = Counter(str(row.get("id")) for row in rows)
    yield from (
        f"{id_}: this id stands {n} times; give each hazard its own" for id_, n in ids.items() if n > 1
    )
    for row in rows:
        id_ = row.get("id", "a hazard without an id")
        for key in row:
            if key not in HAZARD_KEYS:
                yield f"{id_}: unknown key {key!r}; the keys are {', '.join(HAZARD_KEYS)}"
        for key in ("hazard", "cause", "harm", "residual"):
            if not isinstance(row.get(key), str) or not row[key].strip():
                yield f"{id_}: please fill in {key!r}"
        for key, scale in (("severity", SEVERITY), ("likelihood", LIKELIHOOD)):
            if row.get(key) not in scale:
                yield f"{id_}: {key} must be one of {', '.join(scale)}, not {row.get(key)!r}"
        if row.get("open") is not None and (not isinstance(row["open"], str) or not row["open"].strip()):
            yield f"{id_}: open must be null or the reason in words"


def _results(test: str, report: Report) -> dict[str, Mapping[str, Any]]:
    """The entries of a test: itself, or all its parameter sets."""
    return {name: row for name, row in report.items() if name == test or name.startswith(f"{test}[")}


def _test_problems(hazard: str, control: str, test: str, report: Report) -> Iterator[str]:
    found = _results(test, report)
    if not found:
        yield (
            f"{hazard}/{control}: {test} did not run with a hazard mark; write it, or add "
            f'@pytest.mark.hazard("{hazard}") to it, and run `make test`'
        )
    for name, row in found.items():
        if hazard not in row["hazards"]:
            yield f'{hazard}/{control}: {name} is not marked for it; add @pytest.mark.hazard("{hazard}")'
        elif row["outcome"] != "passed":
            yield f"{hazard}/{control}: {name} {row['outcome']}; it must pass"


def _control_problems(row: Mapping[str, Any], report: Report) -> Iterator[str]:
    controls = row.get("controls") or []
    if not controls:
        yield f"{row['id']}: no control; name what holds it down, or mark it open with the reason"
    ids = Counter(control.get("id") for control in controls)
    yield from (f"{row['id']}: control {id_} stands twice" for id_, n in ids.items() if n > 1)
    for control in controls:
        for key in control:
            if key not in CONTROL_KEYS:
                yield f"{row['id']}/{control.get('id')}: unknown key {key!r}"
        if not control.get("what"):
            yield f"{row['id']}/{control.get('id')}: please say what the control does"
        tests = control.get("tests") or []
        if not tests:
            yield f"{row['id']}/{control.get('id')}: no test shows that it works; name at least one"
        for test in tests:
            yield from _test_problems(row["id"], control.get("id"), test, report)


def _stray(rows: list[dict[str, Any]], report: Report) -> Iterator[str]:
    """Marks for hazards that the log does not know."""
    known = {row.get("id") for row in rows}
    for name, result in report.items():
        for hazard in result["hazards"]:
            if hazard not in known:
                yield f"{name}: marked for {hazard}, which is not in the hazard log"


def problems(rows: list[dict[str, Any]], report: Report) -> list[str]:
    """Everything that is wrong, one line each; an open hazard's own tests are not demanded."""
    found = list(_shape(rows))
    if found:
        return found
    for row in rows:
        if not row.get("open"):
            found += _control_problems(row, report)
    return found + list(_stray(rows, report))


def summary(rows: list[dict[str, Any]], report: Report) -> str:
    """How many hazards of each severity, how many controlled and open, and the tests behind them."""
    lines = [f"{'severity':14}{'hazards':>9}{'controlled':>12}{'open':>6}{'tests':>7}"]
    for severity in (*SEVERITY, "all"):
        chosen = [row for row in rows if severity in (row["severity"], "all")]
        still_open = sum(bool(row.get("open")) for row in chosen)
        ids = {row["id"] for row in chosen}
        tests = sum(bool(ids & set(result["hazards"])) for result in report.values())
        lines.append(f"{severity:14}{len(chosen):9}{len(chosen) - still_open:12}{still_open:6}{tests:7}")
    return "\n".join(lines)


def main(hazards: Path = HAZARDS, results: Path = REPORT) -> int:
    """Print the open hazards, the problems and a summary; the exit status says whether all is well."""
    try:
        rows, report = read_hazards(hazards), read_report(results)
    except Unreadable as unreadable:
        print(f"hazards: {unreadable}", file=sys.stderr)
        return 2
    found = problems(rows, report)
    for line in found:
        print(line)
    if not found:
        for row in rows:
            if row.get("open"):
                print(f"open {row['id']} ({row['severity']}): {row['hazard']} – {row['open']}")
        print(summary(rows, report))
        ran = datetime.fromtimestamp(results.stat().st_mtime, UTC)
        print(f"from the test run of {ran:%Y-%m-%d %H:%M} UTC")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*(Path(argument) for argument in sys.argv[1:3])))
