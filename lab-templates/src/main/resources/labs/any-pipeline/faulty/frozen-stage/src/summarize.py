"""Puts the metrics into a sentence."""

import json
from pathlib import Path


def main():
    values = json.loads(Path("metrics/dry.json").read_text(encoding="utf-8"))
    Path("summary.txt").write_text(f"{values['dry_days']} dry days at a share of {values['share']}" + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
