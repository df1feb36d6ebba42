"""Rules that the specification does not have: give them to ``validate`` beside its own."""
