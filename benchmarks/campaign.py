"""`make campaign`: the long runs whose last result is a file with commit and seed.

The red flags over simulated people for every harmless cause, at full size; a process killed while it writes,
a thousand times (`benchmarks.kills`).
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks import kills
from kneewise.knowledge.artefact import load_knowledge
from kneewise.pathway.simulate import over_triage

PEOPLE, SEED = 50_000, 20261121
RESULT = Path(__file__).parent / "results" / "over_triage.json"


def main() -> int:
    """Run and write the result."""
    knowledge = load_knowledge()
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    rows = over_triage(knowledge, PEOPLE, SEED)
    RESULT.parent.mkdir(exist_ok=True)
    result = {
        "commit": commit,
        "knowledge_version": knowledge.version,
        "seed": SEED,
        "people": PEOPLE,
        "rows": rows,
    }
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(f"wrote {RESULT.relative_to(Path.cwd())}", file=sys.stderr)
    return kills.main()


if __name__ == "__main__":
    sys.exit(main())
