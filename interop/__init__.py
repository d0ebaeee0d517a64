"""Foreign FHIR clients, written by others, that check what kneewise gives: `make interop`."""
