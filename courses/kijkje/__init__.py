"""A look behind the scenes: modules, visits, hosts, and the announcement of a newcomer."""
