"""FHIR R4: one mapper for each resource; plain dictionaries in and out, dates passed in."""
