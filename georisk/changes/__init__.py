"""What moved between two looks at a registry, and which statements moved it."""
