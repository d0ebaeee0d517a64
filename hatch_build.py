"""Compile the clinical content when a wheel or an editable install is built."""

import os
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileKnowledge(BuildHookInterface):  # type: ignore[type-arg]
    """Runs `kneewise.knowledge.compile` so that run time needs no YAML."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write src/kneewise/knowledge/compiled.json; a broken content file stops the build."""
        if os.environ.get("SKIP_KNOWLEDGE"):  # make compiles it as a step of its own
            return
        source = Path(self.root) / "src"
        sys.path.insert(0, str(source))
        from kneewise.knowledge.compile import write_artefact

        write_artefact()
