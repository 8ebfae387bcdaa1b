"""Courses: what stands on their pages, their runs, and when somebody has completed one."""
