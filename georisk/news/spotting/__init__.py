"""Places in a sentence that may tell of an event, and the lexicon they are found by."""
