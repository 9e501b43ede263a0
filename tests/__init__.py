"""A package of our own, so that no other distribution's ``tests`` is found in its place (``python -m tests.bench``)."""
