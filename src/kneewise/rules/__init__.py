"""Rules: one expression without negation, folded once, read in several algebras."""

from kneewise.rules.fold import Algebra, findings_of, fold, literals_of
from kneewise.rules.gather import gather
from kneewise.rules.missing import missing
from kneewise.rules.one_person import Book, Reading, Truth, evaluate, known_reading

__all__ = [
    "Algebra",
    "Book",
    "Reading",
    "Truth",
    "evaluate",
    "findings_of",
    "fold",
    "gather",
    "known_reading",
    "literals_of",
    "missing",
]
