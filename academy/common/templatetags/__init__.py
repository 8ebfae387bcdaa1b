"""Tag libraries that every template may load; named in ``TEMPLATES`` because this package is no Django app."""
