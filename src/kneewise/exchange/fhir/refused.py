"""What cannot be read at all: an error that an endpoint can turn into an OperationOutcome."""

from __future__ import annotations

from typing import Literal

from kneewise.evidence import BadCase

IssueType = Literal[
    "structure", "required", "value", "too-costly", "too-long", "not-supported", "business-rule"
]


class Refused(BadCase):
    """A resource or bundle that is refused whole; `code` is of FHIR's issue types."""

    def __init__(self, code: IssueType, where: str, what: str, mend: str) -> None:
        self.code: IssueType = code
        super().__init__(where or "the bundle", what, mend)
