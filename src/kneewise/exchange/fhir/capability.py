"""What the FHIR endpoint can do, as CapabilityStatement, and the one operation that is kneewise's own."""

from __future__ import annotations

from typing import Final

from kneewise.exchange.fhir import terminology as t
from kneewise.exchange.fhir.codes import OWN, Json
from kneewise.exchange.fhir.narrative import bullets, narrative, paragraph
from kneewise.knowledge.types import Knowledge, Words
from kneewise.pathway.engine import ENGINE_VERSION

FHIR_VERSION: Final = "4.0.1"
JSON_FORMAT: Final = "application/fhir+json"
SINCE: Final = "2026-11-21"  # the day on which what the endpoint offers last changed
ASSESS: Final = f"{OWN}operation:assess"
ASSESS_ID: Final = "kneewise-assess"


def _documentation(knowledge: Knowledge, words: Words) -> str:
    limits = words.phrases["not_a_diagnosis"]
    review = "" if knowledge.reviewed else f" {words.phrases['no_clinician_review'].text}"
    return f"{limits.text} {limits.more}{review} Nothing that is sent is kept or logged."


def capability_statement(knowledge: Knowledge, words: Words) -> Json:
    """What `GET /fhir/metadata` gives."""
    told = _documentation(knowledge, words)
    operations = [
        {
            "name": "next-question",
            "definition": t.NEXT_QUESTION,
            "documentation": "The next page of the interview; stateless. Send the last answer, filled in.",
        }
    ]
    assess = {
        "name": "assess",
        "definition": ASSESS,
        "documentation": "A QuestionnaireResponse in, a Bundle with the assessment out.",
    }
    return {
        "resourceType": "CapabilityStatement",
        "id": "kneewise",
        "text": narrative(paragraph("The FHIR endpoint of kneewise."), paragraph(told)),
        "url": f"{OWN}capability",
        "version": f"{ENGINE_VERSION}-{knowledge.version}",
        "name": "Kneewise",
        "title": "kneewise",
        "status": "active" if knowledge.reviewed else "draft",
        "experimental": not knowledge.reviewed,
        "date": SINCE,
        "publisher": "kneewise",
        "description": told,
        "kind": "instance",
        "software": {"name": "kneewise", "version": ENGINE_VERSION},
        "implementation": {"description": "kneewise on one machine of its owner"},
        "fhirVersion": FHIR_VERSION,
        "format": [JSON_FORMAT, "json"],
        "rest": [
            {
                "mode": "server",
                "documentation": told,
                "security": {"description": "Answers on this machine only, unless its owner says otherwise."},
                "resource": [
                    {
                        "type": "Questionnaire",
                        "supportedProfile": [t.SDC_QUESTIONNAIRE, t.SDC_ADAPTIVE_SEARCH],
                        "interaction": [{"code": "read"}, {"code": "search-type"}],
                        "versioning": "no-version",
                        "readHistory": False,
                        "searchParam": [{"name": "url", "type": "uri"}, {"name": "_id", "type": "token"}],
                        "operation": operations,
                    },
                    {
                        "type": "QuestionnaireResponse",
                        "supportedProfile": [t.SDC_RESPONSE, t.SDC_ADAPTIVE_RESPONSE],
                        "operation": [assess],
                    },
                    {"type": "OperationDefinition", "interaction": [{"code": "read"}]},
                ],
            }
        ],
    }


def assess_operation(knowledge: Knowledge, words: Words) -> Json:
    """The operation `$assess`: the answers of one person in, a Bundle with the assessment out."""
    told = (
        "Takes a QuestionnaireResponse to a Questionnaire of kneewise and gives a collection Bundle: the "
        "answers as Observations, the ranked causes as RiskAssessment, each red flag as Flag, how soon to be "
        "seen as ServiceRequest. A cause is never written as a Condition."
    )
    return {
        "resourceType": "OperationDefinition",
        "id": ASSESS_ID,
        "text": narrative(paragraph(told), bullets([_documentation(knowledge, words)])),
        "url": ASSESS,
        "version": ENGINE_VERSION,
        "name": "Assess",
        "title": "Assess the answers",
        "status": "active" if knowledge.reviewed else "draft",
        "kind": "operation",
        "affectsState": False,
        "description": told,
        "code": "assess",
        "resource": ["QuestionnaireResponse"],
        "system": False,
        "type": True,
        "instance": False,
        "parameter": [
            {
                "name": "questionnaire-response",
                "use": "in",
                "min": 1,
                "max": "1",
                "documentation": "The answers, bare or wrapped in Parameters.",
                "type": "QuestionnaireResponse",
            },
            {"name": "return", "use": "out", "min": 1, "max": "1", "type": "Bundle"},
        ],
    }
