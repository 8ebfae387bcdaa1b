"""What can be done with Kijkjes and visits, one verb a function."""
