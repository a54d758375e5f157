"""Times deliveries that nobody has seen: python3 deliveries.py SEED ROWS OUT."""

import csv
import random
import sys


def delivery(chance):
    distance = chance.triangular(0.4, 9, 3)
    load = chance.uniform(0.5, 40)
    climb = min(8, chance.expovariate(0.6))
    traffic = chance.betavariate(2, 3)
    minutes = 3 + 2.9 * distance + 0.15 * load + 1.4 * climb + 11 * traffic + chance.gauss(0, 1.3)
    return [f"{distance:.2f}", f"{load:.1f}", f"{climb:.2f}", f"{traffic:.2f}", max(2, round(minutes))]


def main(seed, rows, out):
    chance = random.Random(int(seed))
    with open(out, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["distance", "load", "climb", "traffic", "minutes"])
        for _ in range(int(rows)):
            table.writerow(delivery(chance))


if __name__ == "__main__":
    main(*sys.argv[1:])
