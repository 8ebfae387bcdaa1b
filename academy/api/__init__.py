"""JSON API v1: the domain of the academy for programs.

It calls the same functions as the pages and has no rules of its own.
"""
