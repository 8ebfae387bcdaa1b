"""The academy: kernel below, shell above.

``common``, ``people``, ``outbox``, ``pages``, ``knowledge`` and ``gatherings`` are the kernel that every
other package may use; ``evaluations``, ``partners``, ``portal`` and ``api`` are the shell that may use
every other package. ``courses``, ``leertafels`` and ``certificates`` stand between them. The contracts in
``pyproject.toml`` hold this order.
"""

from academy.celery import app as celery_app

__all__ = ["celery_app"]
