"""Runs the scripts of a test inside its academy, one after another: ``python -m tests.inside``.

Starting Django takes longer than most of these scripts do. A line of JSON comes in by standard input, what the script
printed and how it failed goes out. Nothing stays open in between: others may drop or copy the database.
"""

import contextlib
import io
import json
import sys
import traceback

import django
from django.db import connections


def main():
    django.setup()
    for line in sys.stdin:
        told, failure = io.StringIO(), ""
        try:
            with contextlib.redirect_stdout(told):
                exec(json.loads(line), {"__name__": "inside"})
        except Exception:  # noqa: BLE001 -- the test that asked shows it
            failure = traceback.format_exc()
        connections.close_all()
        print(json.dumps([told.getvalue(), failure]), flush=True)


if __name__ == "__main__":
    main()
