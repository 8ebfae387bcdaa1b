"""The ledger of points and the rules of the professional registers; it knows nothing of certificates."""
