import sys

sys.path += ["src", "backend"]
