"""Ordered sets of offers with a target date: what a newcomer or a function follows."""
