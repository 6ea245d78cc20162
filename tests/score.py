"""Import each sample municipality from nothing, export it, and score it against its truth.

python -m tests.score [FOLDER…], each with workbooks and a truth.json; without one, all in the tree.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INNPASS = Path(sys.executable).parent / "innpass"
SCORER = ROOT / "tests" / "scoring" / "score_import.py"


def sample_folders() -> list[Path]:
    """Find the sample municipalities: folders with a truth beside the workbooks."""
    roots = (ROOT / "innpass" / "demo", ROOT / "tests")
    return sorted(truth.parent for root in roots for truth in root.rglob("truth.json"))


def score(folder: Path) -> dict[str, float]:
    """Print the scores of one folder and return them."""
    truth = folder / "truth.json"
    as_of = json.loads(truth.read_text())["as_of"]
    with tempfile.TemporaryDirectory(prefix="innpass-score-") as name:
        place = Path(name)
        exported = place / "export.json"
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "innpass.config.settings.dev",
            "INNPASS_DATABASE_URL": f"sqlite:///{place / 'score.sqlite3'}",
            "INNPASS_KEYS_FILE": str(place / "keys.json"),
            "INNPASS_TODAY": as_of,
        }
        workbooks = [str(file) for file in sorted(folder.iterdir()) if file != truth]
        for arguments in (
            ("migrate", "--verbosity=0"),
            ("import", *workbooks),
            ("export", "participants", "--format", "json", "--on", as_of, "--out", str(exported)),
        ):
            subprocess.run([INNPASS, *arguments], env=environment, check=True)
        scored = subprocess.run(
            [sys.executable, SCORER, exported, truth], check=True, capture_output=True, text=True
        )
    *table, last = scored.stdout.splitlines()
    print("\n".join(table))
    found: dict[str, float] = json.loads(last)
    return found


def main() -> int:
    """Score the folders named, or all there are."""
    folders = [Path(name) for name in sys.argv[1:]] or sample_folders()
    if not folders:
        print("There is no sample municipality: no folder holds a truth.json.", file=sys.stderr)
        return 1
    for folder in folders:
        print(f"\n── {folder} ──", flush=True)
        score(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
