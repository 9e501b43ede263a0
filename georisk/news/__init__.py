"""From feeds, pages and text to dated, grounded events."""
