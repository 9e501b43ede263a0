"""Who and what a text names: names the registry knows, and names it does not."""
