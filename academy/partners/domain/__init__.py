"""State changes of partners."""
