"""Articles to events, by rules or by a language model; what has no grounds is refused."""
