"""Names of the interview in FHIR: canonical addresses, SDC's extensions, and the codes of an answer.

The extensions are those of FHIR R4 and of Structured Data Capture (SDC) 3.0 and 4.0; `codes` has the systems
of everything else. An answer is coded by the *state of the finding* it sets, never by the yes or no of its
question: "Can you take four steps?" – "No, I cannot" is `present`, for the finding is "unable to walk".
"""

from __future__ import annotations

from typing import Final

from kneewise.exchange.fhir.codes import OWN
from kneewise.knowledge.types import FindingWords, State

FULL, ADAPTIVE = f"{OWN}questionnaire:full", f"{OWN}questionnaire:adaptive"
FULL_ID, ADAPTIVE_ID = "kneewise-full", "kneewise-adaptive"
CASE_ID = f"{OWN}case"

ANSWER: Final = f"{OWN}answer"
CARE_LEVEL: Final = f"{OWN}care-level"
RESPONDENT, SEX, SIDE = f"{OWN}respondent", f"{OWN}sex", f"{OWN}side"

_SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/"
_CORE = "http://hl7.org/fhir/StructureDefinition/"
IS_ADAPTIVE = f"{_SDC}sdc-questionnaire-questionnaireAdaptive"
MIN_QUANTITY, MAX_QUANTITY = f"{_SDC}sdc-questionnaire-minQuantity", f"{_SDC}sdc-questionnaire-maxQuantity"
UNIT_OPTION, ITEM_CONTROL = f"{_CORE}questionnaire-unitOption", f"{_CORE}questionnaire-itemControl"
HIDDEN = f"{_CORE}questionnaire-hidden"
ITEM_CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"
SDC_QUESTIONNAIRE = f"{_SDC}sdc-questionnaire"
SDC_ADAPTIVE, SDC_ADAPTIVE_SEARCH = f"{_SDC}sdc-questionnaire-adapt", f"{_SDC}sdc-questionnaire-adapt-srch"
SDC_RESPONSE = f"{_SDC}sdc-questionnaireresponse"
SDC_ADAPTIVE_RESPONSE = f"{_SDC}sdc-questionnaireresponse-adapt"
NEXT_QUESTION = "http://hl7.org/fhir/uv/sdc/OperationDefinition/Questionnaire-next-question"

# Extensions of our own on an answer: when, how and on which side it was found; on an item: earlier answers.
ANSWERED_ON, ANSWER_METHOD, ANSWER_SIDE = f"{OWN}fhir:on", f"{OWN}fhir:method", f"{OWN}fhir:side"
EARLIER: Final = f"{OWN}fhir:earlier-answer"
SCREEN_COMPLETE: Final = f"{OWN}fhir:screen-complete"
REACHED_LEVEL: Final = f"{OWN}fhir:care-level"

UNSURE_SUFFIX, HELP_SUFFIX = "/unsure", "/help"
_NO_LABEL: dict[State, str] = {"present": "Yes", "absent": "No", "unsure": "Not sure"}


def answer_codes(told: FindingWords) -> list[tuple[str, str, State]]:
    """The answers of a finding: code, label, the state it sets; a second one of a state is `unsure-2`."""
    options = [(str(a.label), a.state) for a in told.answers] or [
        (_NO_LABEL[state], state) for state in ("present", "absent")
    ]
    if not any(state == "unsure" for _label, state in options):
        options.append((_NO_LABEL["unsure"], "unsure"))
    seen: dict[str, int] = {}
    coded: list[tuple[str, str, State]] = []
    for label, state in options:
        seen[state] = seen.get(state, 0) + 1
        coded.append((state if seen[state] == 1 else f"{state}-{seen[state]}", label, state))
    return coded
