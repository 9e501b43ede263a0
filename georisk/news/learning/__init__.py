"""Learning from annotated texts how far an event can be trusted."""
