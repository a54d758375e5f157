"""Measures beans that nobody has seen: python3 beans.py SEED ROWS OUT."""

import csv
import random
import sys

# Of each kind: area (mm2), perimeter by the square root of the area, roundness (1 is a disc); mean and spread.
KINDS = {
    "kidney": ((60.5, 7.3), (4.28, 0.16), (0.709, 0.05)),
    "lima": ((72.0, 8.5), (4.37, 0.16), (0.835, 0.05)),
    "navy": ((38.8, 4.0), (4.05, 0.16), (0.906, 0.043)),
}


def main(seed, rows, out):
    chance = random.Random(int(seed))
    with open(out, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["area", "perimeter", "roundness", "kind"])
        for _ in range(int(rows)):
            kind = chance.choice(sorted(KINDS))
            area, outline, roundness = (chance.gauss(*feature) for feature in KINDS[kind])
            area = max(20, area)
            table.writerow([f"{area:.2f}", f"{outline * area ** 0.5:.2f}", f"{roundness:.3f}", kind])


if __name__ == "__main__":
    main(*sys.argv[1:])
