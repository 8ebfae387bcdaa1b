"""``make bench``: every benchmark in interleaved rounds; a table on the screen, ``$VAR/bench.json`` for machines.

``python -m tests.bench [PART_OF_A_NAME ...]`` measures only the benchmarks whose name holds one of these parts.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import statistics
import sys
from pathlib import Path

from tests import bench
from tests.bench.registry import BENCHES, Bench

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))


def load() -> None:
    os.environ.setdefault("ACADEMY_ENV", "test")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "academy.settings")
    for module in pkgutil.iter_modules(bench.__path__):
        if module.name not in {"__main__", "registry"} and not module.name.endswith("_probe"):
            importlib.import_module(f"tests.bench.{module.name}")


def measure(chosen: list[Bench]) -> dict[str, list[float]]:
    values: dict[str, list[float]] = {each.name: [] for each in chosen}
    for number in range(ROUNDS):
        print(f"ronde {number + 1} van {ROUNDS}", file=sys.stderr, flush=True)
        for each in chosen:
            values[each.name].append(each.measure())
    return values


def main() -> int:
    load()
    parts = sys.argv[1:]
    chosen = [each for each in BENCHES if not parts or any(part in each.name for part in parts)]
    values = measure(chosen)
    results = {}
    for each in chosen:
        value = statistics.median(values[each.name])
        results[each.name] = {
            "value": round(value, 4),
            "floor": each.floor,
            "unit": each.unit,
            "ok": each.good(value),
        }
        low, high = min(values[each.name]), max(values[each.name])
        sign, word = (">=" if each.at_least else "<="), ("goed" if each.good(value) else "NIET")
        print(
            f"{each.name:<42} {value:>10.3f} {each.unit:<6} {sign} {each.floor:<8g} [{low:.3f} .. {high:.3f}]  {word}"
        )
    folder = Path(os.environ.get("VAR", str(ROOT / "var")))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bench.json").write_text(json.dumps(results, indent=2) + "\n")
    return 0 if all(result["ok"] for result in results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
