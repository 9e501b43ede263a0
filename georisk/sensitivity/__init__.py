"""How far scores and ranks can be trusted: doubt about the evidence and choices of the method, drawn many times."""
