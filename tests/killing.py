"""A child process that works and is killed with ``kill -9``: at a named step, or at a moment of the parent's choosing."""

import os
import random
import signal
import time
from functools import wraps

from django.db import connections


def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


def fuse(owner, name, *, after, only=lambda *_: True):
    """Let the function ``owner.name`` kill its process, before or after it did its work."""
    real = getattr(owner, name)

    @wraps(real)
    def burning(*args, **kwargs):
        if not only(*args):
            return real(*args, **kwargs)
        if after:
            real(*args, **kwargs)
        return die()

    setattr(owner, name, burning)


def killed(work, lay_fuse=None, *, within=0.0):
    """Whether the process in which ``work`` runs was killed, by the fuse or else by us ``within`` so many seconds.

    Work that comes to its end with its fuse unburnt was not killed: that round shows nothing.
    """
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            if lay_fuse is not None:
                lay_fuse()
            work()
        finally:
            if lay_fuse is None:
                time.sleep(60)
            os._exit(0)
    if lay_fuse is None:
        time.sleep(random.uniform(0, within))
        os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    return os.WTERMSIG(status) == signal.SIGKILL
