"""Own words to evidence: lay English to findings, with the words that matched. Pure."""

from kneewise.intake.patterns import PatternError
from kneewise.intake.reader import Reader, read
from kneewise.intake.reading import Mention, Reading

__all__ = ["Mention", "PatternError", "Reader", "Reading", "read"]
