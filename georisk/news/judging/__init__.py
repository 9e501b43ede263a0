"""Whether a spot is an event: what it needs, the traps, how real it is, when it was, what it moves."""
