"""Everything that happens to courses and runs."""
