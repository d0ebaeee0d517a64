"""The private file: sittings, on this machine only, erased for real when the person says so."""
