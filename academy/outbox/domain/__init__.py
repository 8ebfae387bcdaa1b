"""What can be done with jobs and messages, one verb a function."""
