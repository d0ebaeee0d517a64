"""A log that can hold no answer: where it went wrong and what kind of error, nothing that was typed."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType


def _places(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)[-6:]
    return " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))


class NoAnswers(logging.Filter):
    """Replaces a record's message, arguments and traceback by the kind of error and where it arose."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Strip the record of everything that could carry what a person typed."""
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            record.msg = f"{kind.__name__} at {_places(trace)}"
        elif record.name.startswith("django"):
            record.msg = f"status {getattr(record, 'status_code', 'unknown')}"
        record.args = ()
        record.exc_info = None
        record.exc_text = None
        record.stack_info = None
        return True
