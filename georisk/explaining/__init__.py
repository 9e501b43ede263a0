"""The registry in words: phrases, citations, conflicts, timelines, reasons, and the method as a book."""
