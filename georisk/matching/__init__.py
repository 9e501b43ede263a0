"""Whether two names mean one party: folded, parted into words that each have a role, decided with reasons."""
