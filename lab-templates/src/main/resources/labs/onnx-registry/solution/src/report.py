"""Writes a table of the rocks of each kind, for the quarry."""

import pandas as pd


def main():
    pd.read_csv("data/rocks.csv").groupby("kind").mean().round(2).to_csv("report.csv")


if __name__ == "__main__":
    main()
