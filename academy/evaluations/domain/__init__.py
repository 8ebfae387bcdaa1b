"""Asking, answering and counting."""
