"""Kinds of work that only tests ask for; an app, so that the worker processes of a sandbox know them too."""
