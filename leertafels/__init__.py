"""Leertafels: intervision and case discussion in small groups, on the same spine as a course."""
