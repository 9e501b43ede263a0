"""Where things lie: land, lake, territorial sea, exclusive economic zone, high seas."""
