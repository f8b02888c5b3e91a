"""The logbook's ways in and out: JSON Lines, tables, FHIR, and several machines through one folder."""
