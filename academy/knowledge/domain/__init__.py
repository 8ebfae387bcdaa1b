"""What can be done to the knowledge base."""
