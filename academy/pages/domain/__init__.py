"""What can be done to the site as a whole."""
