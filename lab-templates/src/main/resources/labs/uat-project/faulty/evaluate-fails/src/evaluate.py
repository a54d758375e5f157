"""Writes down how good the better of the two models is."""

import json
from pathlib import Path


def main():
    scores = json.loads(Path("models/trained.json").read_text(encoding="utf-8"))
    best = max(scores.values(), key=lambda score: score["test_f1"])
    Path("metrics").mkdir(exist_ok=True)
    rounded = {name: round(value, 4) for name, value in best.items()}
    Path("metrics/scores.json").write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
