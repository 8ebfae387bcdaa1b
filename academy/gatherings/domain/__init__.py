"""What can be done with gatherings, seats and attendance, one verb a function."""
