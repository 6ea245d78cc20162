"""Every benchmark beside an earlier commit, turn by turn in one run.

Prints what each measured on both, and the ratio: above 1 we have become slower.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Each with the size that tells most for its time.
BENCHMARKS = {"overview": 10_000, "imports": 920, "status": 10_000}
_SECONDS = re.compile(r"^ {2}(?P<what>.+?)\s+(?P<wall>[\d.]+) s wall\s+(?P<cpu>[\d.]+) s cpu")
_REQUESTS = re.compile(r"requests, (?P<kind>\w+) *: p50 +(?P<p50>[\d.]+) ms, p95 +(?P<p95>[\d.]+)")
_QUERIES = re.compile(r"queries: (?P<least>\d+) to (?P<most>\d+)")

Figures = dict[str, float]


@contextmanager
def checked_out(ref: str) -> Iterator[Path]:
    """Give an earlier commit a folder of its own for a while."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "before"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--detach", "--quiet", str(tree), ref], check=True)
        # What is fetched, not committed: style sheets and fonts.
        for path in ("node_modules", "var"):
            if (ROOT / path).exists() and not (tree / path).exists():
                (tree / path).symlink_to(ROOT / path)
        try:
            yield tree
        finally:
            subprocess.run([*git, "remove", "--force", str(tree)], check=True)


def measured(tree: Path, benchmark: str, size: int, database: str) -> Figures:
    """Run one benchmark in a checkout; returns its figures by name, seconds of processor time."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", f"benchmarks.{benchmark}"),
            *("--size", str(size), "--database", database),
        ],
        cwd=tree,
        env=os.environ | {"PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{benchmark} in {tree} failed:\n{done.stderr[-2000:]}")
    return figures_in(done.stdout)


def figures_in(text: str) -> Figures:
    """Read the figures from what a benchmark printed."""
    found: Figures = {}
    for line in text.splitlines():
        if match := _SECONDS.match(line):
            found[f"{match['what']}, wall"] = float(match["wall"])
            found[f"{match['what']}, cpu"] = float(match["cpu"])
        elif match := _REQUESTS.search(line):
            found[f"request p50, {match['kind']}"] = float(match["p50"]) / 1000
            found[f"request p95, {match['kind']}"] = float(match["p95"]) / 1000
        elif match := _QUERIES.search(line):
            found["queries, most"] = float(match["most"])
    return found


def main() -> None:
    """Measure both, turn by turn, and print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ref", help="the commit to compare with")
    parser.add_argument("--only", choices=BENCHMARKS, action="append")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with checked_out(given.ref) as before:
        for benchmark in given.only or BENCHMARKS:
            for database in given.database or ("sqlite", "postgresql"):
                _compare(before, benchmark, database, given.rounds)


def _compare(before: Path, benchmark: str, database: str, rounds: int) -> None:
    size = BENCHMARKS[benchmark]
    told: dict[Path, dict[str, list[float]]] = {before: defaultdict(list), ROOT: defaultdict(list)}
    for _ in range(rounds):
        for tree, figures in told.items():
            for name, value in measured(tree, benchmark, size, database).items():
                figures[name].append(value)
    print(f"\n{benchmark}, {size}, {database}", flush=True)
    ratios = []
    for name, values in told[before].items():
        if name not in told[ROOT]:
            continue
        one, two = statistics.median(values), statistics.median(told[ROOT][name])
        ratio = two / one if one else 1.0
        if name.endswith("cpu"):
            ratios.append(ratio)
        print(f"  {name:48} {one:9.3f} {two:9.3f}   {ratio:5.2f}", flush=True)
    if ratios:
        print(f"  median ratio of processor time: {statistics.median(ratios):.2f}", flush=True)


if __name__ == "__main__":
    main()
