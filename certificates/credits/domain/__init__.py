"""What can be done with points and registrations, one verb a function."""
