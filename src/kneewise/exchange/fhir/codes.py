"""The codes of other people's systems that kneewise writes or reads, each with where it was verified.

Where no code could be verified, a thing has kneewise's own code (`urn:kneewise:…`) and its name as text.
SNOMED CT is licensed: only three sides and the knee region are here. docs/reference/fhir.md lists all.
"""

from __future__ import annotations

from typing import Any, Final

from kneewise.exchange.fhir.narrative import clean
from kneewise.knowledge.types import CareLevel, Finding

Json = dict[str, Any]

# --- kneewise's own systems ----------------------------------------------------------------------

OWN: Final = "urn:kneewise:"
FINDING, CONDITION, RED_FLAG = f"{OWN}finding", f"{OWN}condition", f"{OWN}red-flag"
EXERCISE, GOAL, CRITERION, ADVICE = f"{OWN}exercise", f"{OWN}goal", f"{OWN}criterion", f"{OWN}advice"
METHOD, MEASURE, DIARY, RECORD = f"{OWN}method", f"{OWN}measure", f"{OWN}diary", f"{OWN}record"
ENGINE_TAG, KNOWLEDGE_TAG, REVIEW_TAG = f"{OWN}engine", f"{OWN}knowledge", f"{OWN}review"
PERSON_ID, DOCUMENT_ID = f"{OWN}person", f"{OWN}document"

# Extensions of our own; docs/reference/fhir.md says what each holds.
ORIGIN: Final = f"{OWN}fhir:origin"
LATERALITY: Final = f"{OWN}fhir:laterality"
PROBABILITY_RANGE: Final = f"{OWN}fhir:probability-range"
WEIGHT: Final = f"{OWN}fhir:weight"

# --- systems of others ---------------------------------------------------------------------------

LOINC, UCUM = "http://loinc.org", "http://unitsofmeasure.org"
ICD10, ATC, SNOMED = "http://hl7.org/fhir/sid/icd-10", "http://www.whocc.no/atc", "http://snomed.info/sct"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"
OBSERVATION_CATEGORY = f"{TERMINOLOGY}observation-category"
DATA_ABSENT = f"{TERMINOLOGY}data-absent-reason"
FLAG_CATEGORY = f"{TERMINOLOGY}flag-category"
GOAL_ACHIEVEMENT = f"{TERMINOLOGY}goal-achievement"
AGENT_TYPE = f"{TERMINOLOGY}provenance-participant-type"
ABSENT_EXTENSION = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
FLAG_DETAIL = "http://hl7.org/fhir/StructureDefinition/flag-detail"
PERTAINS_TO_GOAL = "http://hl7.org/fhir/StructureDefinition/resource-pertainsToGoal"
PHYSICAL_ACTIVITY = "http://hl7.org/fhir/us/physical-activity/"
PA_CODES = f"{PHYSICAL_ACTIVITY}CodeSystem/pa-temporary-codes"
CAREPLAN_CATEGORY = "http://hl7.org/fhir/us/core/CodeSystem/careplan-category"

# LOINC for findings: 72514-3 conventions §4; 30525-0, 8310-5 and 39156-5 (the last two are FHIR vital signs).
LOINC_OF: Final[dict[str, tuple[str, str]]] = {
    "pain_score_0_to_10": ("72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported"),
    "age_years": ("30525-0", "Age"),
    "temperature_c": ("8310-5", "Body temperature"),
    "body_mass_index": ("39156-5", "Body mass index (BMI) [Ratio]"),
}
PAIN: Final = "pain_score_0_to_10"
VITAL_SIGNS: Final = ("temperature_c", "body_mass_index")
REFERRAL_NOTE = ("57133-1", "Referral note")
CHIEF_COMPLAINT = ("10154-3", "Chief complaint Narrative - Reported")
# Sections, from the value set doc-section-codes of FHIR R4.
SECTIONS: Final[dict[str, tuple[str, str]]] = {
    "story": ("10164-2", "History of Present illness Narrative"),
    "findings": ("29545-1", "Physical findings Narrative"),
    "assessment": ("51848-0", "Evaluation note"),
    "plan": ("18776-5", "Plan of care note"),
}

# SNOMED CT: the four codes that peers/conventions.md §5 gives.
SIDES: Final[dict[str, tuple[str, str]]] = {
    "left": ("7771000", "Left"),
    "right": ("24028007", "Right"),
    "both": ("51440002", "Right and left"),
}
KNEE_REGION = ("72696002", "Knee region structure")

# How urgent a referral is (FHIR request-priority).
PRIORITY: Final[dict[CareLevel, str]] = {
    "routine": "routine",
    "within_days": "urgent",
    "same_day": "asap",
    "emergency": "stat",
}

# --- what is read of others' codes: prefix of the code → the finding it means ---------------------
# Only where the code says no less than the question asks. M17, M10, M06.9, I26 and I80.2 are in the evidence
# pack's conditions.csv, the others in stored ICD-10 lists. A code that is not here is never guessed.
HISTORY_OF_ICD10: Final[dict[str, str]] = {
    "B20": "hiv", "B21": "hiv", "B22": "hiv", "B23": "hiv", "B24": "hiv",
    "E10": "diabetes", "E11": "diabetes", "E12": "diabetes", "E13": "diabetes", "E14": "diabetes",
    "I26": "history_of_venous_thromboembolism",
    "I48": "arrhythmia_stroke_or_arterial_disease",
    "I50": "heart_failure",
    "I71.4": "known_abdominal_aortic_aneurysm",
    "I80.2": "history_of_venous_thromboembolism",
    "J45": "asthma",
    "M05": "rheumatoid_arthritis",
    "M06.9": "rheumatoid_arthritis",
    "M10": "known_gout",
    "M80": "osteoporosis_or_fragility_fracture",
    "M81": "osteoporosis_or_fragility_fracture",
}  # fmt: skip
# M17 says which knee only by its text or body site: the finding is of "this knee", so a side is needed.
SIDED_ICD10: Final[dict[str, str]] = {"M17": "known_knee_osteoarthritis"}
CANCER_ICD10: Final = "C"  # C00–C97 malignant neoplasms, but C44: skin cancers other than melanoma
NOT_CANCER_ICD10: Final = "C44"
# What stays true when it is over.
FOR_LIFE: Final = frozenset({"history_of_venous_thromboembolism", "history_of_cancer", "known_gout", "hiv"})
# ATC groups of WHO's index; those taken out of a group are no such medicine (antithrombin, glucosamine …).
TAKES_ATC: Final[dict[str, str]] = {
    "B01AA": "anticoagulant_use",
    "B01AB": "anticoagulant_use",
    "B01AE": "anticoagulant_use",
    "B01AF": "anticoagulant_use",
    "B01AC": "aspirin_or_antiplatelet_use",
    "C03": "ace_inhibitor_or_diuretic_use",
    "C09": "ace_inhibitor_or_diuretic_use",
    "C10AA": "statin_use",
    "H02AB": "steroid_or_fluoroquinolone_use",
    "M01A": "takes_other_nsaid",
    "N02BE01": "takes_other_paracetamol_product",
    "N05AN01": "takes_ssri_lithium_or_methotrexate",
    "N06AB": "takes_ssri_lithium_or_methotrexate",
}
NOT_SUCH_ATC: Final = ("B01AB02", "C09X", "M01AX")
# Units that another unit is an exact number of; a month or a year is not so many days.
CONVERTED_EXACTLY: Final = frozenset(
    {("h", "d"), ("wk", "d"), ("[degF]", "Cel"), ("mm", "cm"), ("[in_i]", "cm")}
)


# --- building blocks -----------------------------------------------------------------------------


def coding(system: str, code: str, display: str = "") -> Json:
    """One coding; a display that is empty is left out."""
    return {"system": system, "code": code, **({"display": clean(display)} if display else {})}


def concept(text: str, *codings: Json) -> Json:
    """A CodeableConcept: codings, and the name in words."""
    return {**({"coding": list(codings)} if codings else {}), "text": clean(text)}


def finding_code(finding: Finding, name: str) -> Json:
    """What an Observation is of: our own code, beside it LOINC's where there is one."""
    codings = [coding(FINDING, finding.id)]
    if finding.id in LOINC_OF:
        codings.append(coding(LOINC, *LOINC_OF[finding.id]))
    return concept(name, *codings)


def quantity(value: float, unit: str) -> Json:
    """A number with its UCUM unit."""
    return {"value": value, "unit": unit, "system": UCUM, "code": unit}


def body_site(side: str, *, knee: bool) -> Json:
    """The person's own left, right or both; the knee by its code, elsewhere the side alone."""
    code, display = SIDES[side]
    name = {"left": "left", "right": "right", "both": "both sides"}[side]
    site = concept(f"knee, {name}" if knee else name, *([coding(SNOMED, *KNEE_REGION)] if knee else []))
    laterality = {"url": LATERALITY, "valueCodeableConcept": concept(name, coding(SNOMED, code, display))}
    return {"extension": [laterality], **site}
