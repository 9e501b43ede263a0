"""Who owns what at a date: the graph of stakes, look-through shares, bounds and control."""
