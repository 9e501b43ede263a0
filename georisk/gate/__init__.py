"""The human gate: news items, proposals, what may be accepted, the ledger of what was."""
