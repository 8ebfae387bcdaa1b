"""The tables of leerroutes."""

from courses.paths.models.path import PathPage, PathsPage, PathStep

__all__ = ["PathPage", "PathStep", "PathsPage"]
