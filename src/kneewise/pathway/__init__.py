"""The sitting: intake, assessment and plan put together into the contracts others build on."""

from kneewise.pathway.engine import Engine
from kneewise.pathway.evaluate import evaluate_lines
from kneewise.pathway.interview import run_script

__all__ = ["Engine", "evaluate_lines", "run_script"]
