"""What the API keeps for itself."""
