"""Every error as an OperationOutcome: what is wrong, where as a path into what was sent, how to mend it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kneewise.evidence import BadCase
from kneewise.exchange.fhir.codes import Json
from kneewise.exchange.fhir.narrative import bullets, clean, narrative
from kneewise.exchange.fhir.refused import IssueType, Refused

MOST_ISSUES = 50
LONGEST_PATH = 200
# A path of ours is a FHIRPath of element names and indexes, and nothing that somebody typed.
_PATH = re.compile(r"[A-Za-z]\w*(\[\d+\])?(\.[A-Za-z]\w*(\[\d+\])?)*")

Code = Literal[
    "structure", "required", "value", "too-costly", "too-long", "not-supported", "business-rule",
    "not-found", "exception", "invalid", "security",
]  # fmt: skip


@dataclass(frozen=True)
class Issue:
    """One thing that is wrong; `code` is of FHIR's issue types, `where` a path or empty."""

    code: Code
    where: str
    what: str
    mend: str


class SeveralRefused(Refused):
    """Several things that are wrong at once; there is at least one."""

    def __init__(self, code: IssueType, issues: Sequence[Issue]) -> None:
        self.issues = tuple(issues)
        first = self.issues[0]
        super().__init__(code, first.where, first.what, first.mend)


def operation_outcome(*issues: Issue) -> Json:
    """Issues as an OperationOutcome; at most 50 of them are told."""
    told = [f"{issue.what}. {issue.mend}" for issue in issues[:MOST_ISSUES]]
    return {
        "resourceType": "OperationOutcome",
        "text": narrative(bullets(told)),
        "issue": [_issue(issue, text) for issue, text in zip(issues, told, strict=False)],
    }


def _issue(issue: Issue, text: str) -> Json:
    where = clean(issue.where)
    if not (len(where) <= LONGEST_PATH and _PATH.fullmatch(where)):
        where = ""
    return {
        "severity": "error",
        "code": issue.code,
        "details": {"text": clean(text)},
        **({"expression": [where]} if where else {}),
    }


def issues_of(bad: BadCase) -> tuple[Issue, ...]:
    """What a refusal says; wrong input that no mapper has classed is a wrong value."""
    if isinstance(bad, SeveralRefused):
        return bad.issues
    code: Code = bad.code if isinstance(bad, Refused) else "value"
    return (Issue(code, bad.where, bad.what, bad.mend),)
