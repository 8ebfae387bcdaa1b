"""What the web server of ours does otherwise than gunicorn's own."""

import signal

import pytest
from gunicorn.config import Config

from academy.web_worker import Worker


class Pool:
    """Threads that, like those of the library, take a lock when they are told to stop."""

    def __init__(self, during):
        self.during, self.told = during, 0

    def shutdown(self, *, wait):
        assert not wait
        self.told += 1
        assert self.told == 1, "the second would wait for the first for ever"
        self.during()


def test_who_is_told_twice_to_stop_stops_once():
    """Ctrl-C comes from the terminal, and while it is answered once more from the master."""
    worker = Worker(1, 1, [], None, 30, Config(), None)
    worker.alive = True
    worker.tpool = Pool(lambda: worker.handle_quit(signal.SIGQUIT, None))
    try:
        with pytest.raises(SystemExit):
            worker.handle_quit(signal.SIGINT, None)
    finally:
        worker.tmp.close()
    assert not worker.alive
