"""What can be done to people, one verb a function."""
