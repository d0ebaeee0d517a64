"""Handing over: paper, calendar, FHIR, and the archive of all that one person told."""
