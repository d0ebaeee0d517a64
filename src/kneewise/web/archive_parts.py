"""What others make of a person for the archive: the FHIR bundle and the pages to print."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kneewise.exchange.stored import Stored


def parts_of(stored: Stored, on: date) -> Mapping[str, bytes]:
    """Files by their name in the archive."""
    return {}
