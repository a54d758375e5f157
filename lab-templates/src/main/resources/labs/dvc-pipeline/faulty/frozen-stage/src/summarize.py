"""Puts the metrics into a sentence."""

import json
from pathlib import Path


def main():
    values = json.loads(Path("metrics/scores.json").read_text(encoding="utf-8"))
    Path("summary.txt").write_text(f"Macro F1 {values['macro_f1']} on {values['rows']} rows" + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
