"""The registry in the formats of others, and theirs in the registry: ownership data, entities to screen, sites."""
