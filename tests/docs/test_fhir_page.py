"""The page about FHIR names every code that is written or read, and every reason of the code's own lists."""

from __future__ import annotations

from pathlib import Path

from kneewise.exchange.fhir import codes

PAGE = Path("docs/reference/fhir.md").read_text(encoding="utf-8")


def test_every_code_of_others_is_on_the_page() -> None:
    pairs = (*codes.LOINC_OF.values(), *codes.SECTIONS.values(), *codes.SIDES.values(), codes.KNEE_REGION)
    named = {code for code, _ in (*pairs, codes.REFERRAL_NOTE, codes.CHIEF_COMPLAINT)}
    named |= {*codes.TAKES_ATC, *codes.NOT_SUCH_ATC, *codes.SIDED_ICD10, *codes.HISTORY_OF_ICD10}
    in_a_span = {"B21", "B22", "B23", "E11", "E12", "E13"}  # B20–B24, E10–E14
    assert [code for code in sorted(named - in_a_span) if code not in PAGE] == []


def test_every_extension_of_our_own_is_on_the_page() -> None:
    for address in (codes.ORIGIN, codes.LATERALITY, codes.PROBABILITY_RANGE, codes.WEIGHT):
        assert f"`{address}`" in PAGE
