"""Proof of what somebody achieved: certificates, their files, and below them the ledger of points."""
