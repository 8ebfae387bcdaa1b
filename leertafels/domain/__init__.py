"""Everything that happens to leertafels."""
