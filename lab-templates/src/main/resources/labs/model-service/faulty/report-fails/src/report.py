"""Writes a table of the models' errors, best first, for those who ride."""

import json
from pathlib import Path


def main():
    scores = json.loads(Path("metrics/scores.json").read_text(encoding="utf-8"))
    lines = ["| model | mean absolute error (minutes) |", "|---|---|"]
    for title, score in sorted(scores.items(), key=lambda item: item[1]["mae"]):
        lines.append(f"| {title} | {score['minutes']} |")
    Path("report.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
