"""Whom an event is about, and its ties to the registry."""
