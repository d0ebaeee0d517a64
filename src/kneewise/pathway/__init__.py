"""The sitting: intake, assessment and plan put together into the contracts others build on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kneewise.pathway.engine import Engine

if TYPE_CHECKING:
    from kneewise.pathway.evaluate import evaluate_lines
    from kneewise.pathway.interview import run_script

__all__ = ["Engine", "evaluate_lines", "run_script"]


def __getattr__(name: str) -> Any:
    """Import what one assessment does not need when it is first asked for."""
    if name == "evaluate_lines":
        from kneewise.pathway.evaluate import evaluate_lines

        return evaluate_lines
    if name == "run_script":
        from kneewise.pathway.interview import run_script

        return run_script
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
