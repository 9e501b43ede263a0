"""Files to articles: feeds, pages, letters, papers and plain text, with offsets that lead back to the file."""
