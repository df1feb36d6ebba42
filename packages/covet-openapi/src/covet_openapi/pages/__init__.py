"""Documentation pages."""
