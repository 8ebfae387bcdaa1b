"""Everything that happens while somebody learns."""
