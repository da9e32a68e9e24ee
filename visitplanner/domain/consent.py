"""Consent to the processing of personal data: the edition of the words that are agreed to."""

EDITION = "2026-1"
"""Changes with every change of the consent's words; kept with each consent that is given."""
