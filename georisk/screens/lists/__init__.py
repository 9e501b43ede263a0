"""Legal lists: what there are, publishers' files read, names matched with parties, entries by party and day."""
