"""The ranked causes as RiskAssessment: a likelihood for each, and for "something else"; never a Condition.

FHIR R4 gives likelihoods in percent (up to 100).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kneewise.exchange.fhir.codes import (
    CONDITION,
    ICD10,
    PROBABILITY_RANGE,
    RECORD,
    WEIGHT,
    Json,
    coding,
    concept,
    quantity,
)
from kneewise.exchange.fhir.narrative import bullets, narrative, paragraph
from kneewise.exchange.fhir.record import Record

NO_DIAGNOSIS = "Likely causes, worked out by a program from what was told. This is not a diagnosis."


def percent(chance: float) -> float:
    """A chance as percent."""
    return round(100 * chance, 2)


def in_words(chance: float) -> str:
    """A chance in whole percent, never nothing and never certain."""
    whole = round(100 * chance)
    return "under 1 %" if whole < 1 else "over 99 %" if whole > 99 else f"{whole} %"


def cause_concept(record: Record, id_: str) -> Json:
    """A cause: our own code, the ICD-10 class it belongs to where the evidence names one, and its name."""
    condition = record.knowledge.conditions[id_]
    codings = [coding(CONDITION, id_)]
    if condition.icd10:
        codings.append(coding(ICD10, condition.icd10))
    told = record.words.conditions[id_]
    return concept(told.clinical_name or told.name, *codings)


def _signs(record: Record, weights: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(f"{record.stated(one['finding'])} ({one['weight']:+.2f})" for one in weights)


def rationale(record: Record, cause: Mapping[str, Any]) -> str:
    """The reasons in words; the numbers are weights in natural-log odds."""
    parts = []
    if cause["for"]:
        parts.append(f"For: {_signs(record, cause['for'])}.")
    if cause["against"]:
        parts.append(f"Against: {_signs(record, cause['against'])}.")
    if cause["together_with"]:
        names = ", ".join(record.words.conditions[other].name for other in cause["together_with"])
        parts.append(f"May act together with: {names}.")
    return " ".join(parts) or "Nothing that was told speaks for or against it."


def _weights(cause: Mapping[str, Any]) -> list[Json]:
    return [
        {
            "url": WEIGHT,
            "extension": [
                {"url": "finding", "valueCode": one["finding"]},
                {"url": "weight", "valueDecimal": one["weight"]},
            ],
        }
        for one in (*cause["for"], *cause["against"])
    ]


def _prediction(record: Record, cause: Mapping[str, Any]) -> Json:
    between = {
        "url": PROBABILITY_RANGE,
        "valueRange": {key: quantity(percent(cause[key]), "%") for key in ("low", "high")},
    }
    return {
        "extension": [between, *_weights(cause)],
        "outcome": cause_concept(record, cause["id"]),
        "probabilityDecimal": percent(cause["probability"]),
        "rationale": rationale(record, cause),
    }


def risk_assessment(record: Record, assessment: Mapping[str, Any], basis: Mapping[str, list[Json]]) -> Json:
    """An assessment's causes. `basis` holds for each finding the Observations that tell it."""
    causes = assessment["causes"]
    counted = [one["finding"] for cause in causes for one in (*cause["for"], *cause["against"])]
    told = [reference for finding in dict.fromkeys(counted) for reference in basis.get(finding, [])]
    if any(finding not in basis for finding in counted):  # read in the own words, or it follows from others
        told += basis.get("own_words", [])
    something_else = {
        "outcome": concept("Something else, that is not in this list", coding(RECORD, "something_else")),
        "probabilityDecimal": percent(assessment["something_else"]),
    }
    lines = [
        f"{record.words.conditions[cause['id']].name}: {in_words(cause['probability'])} "
        f"(between {in_words(cause['low'])} and {in_words(cause['high'])})"
        for cause in causes
    ]
    lines.append(f"something else: {in_words(assessment['something_else'])}")
    made = record.resource(
        "RiskAssessment",
        record.id_of("causes", record.on or ""),
        "",
        status="final",
        method=concept("Ranking by kneewise", coding(RECORD, "ranking")),
        code=concept("Likely causes of the complaint", coding(RECORD, "likely_causes")),
        subject=record.patient,
        occurrenceDateTime=record.on,
        performer=record.device,
        basis=told,
        prediction=[*(_prediction(record, cause) for cause in causes), something_else],
    )
    if assessment["care_level"] == "emergency":  # what to do comes before what it could be
        do_now = record.words.phrases["level_emergency"]
        return {**made, "text": narrative(paragraph(do_now.text, strong=True), paragraph(do_now.more))}
    return {**made, "text": narrative(paragraph(NO_DIAGNOSIS), bullets(lines))}
