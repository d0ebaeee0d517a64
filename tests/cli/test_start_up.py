"""`kneewise --help` is quick because it loads neither the engine nor a framework (docs/adr/0007)."""

from __future__ import annotations

import subprocess
import sys


def test_help_loads_no_engine_and_no_framework() -> None:
    code = (
        "import sys\n"
        "from kneewise.cli.main import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'django', 'pydantic', 'rich', 'msgspec', 'kneewise.pathway'} & set(sys.modules)\n"
        "sys.exit(f'loaded {sorted(heavy)}' if heavy else 0)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stderr
    assert "Usage" in ran.stdout
