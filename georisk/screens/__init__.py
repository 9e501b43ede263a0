"""Legal screens: rules kept as data, evaluated on the ownership graph."""
