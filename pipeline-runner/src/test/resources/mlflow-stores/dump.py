"""Writes a recorded store as one text file: see README.md beside this file.

    python dump.py sqlite|file FOLDER TARGET
"""
import os
import sqlite3
import sys

kind, folder, target = sys.argv[1:]
TABLES = """alembic_version experiments runs params tags metrics latest_metrics logged_models
logged_model_params logged_model_metrics logged_model_tags registered_models registered_model_tags model_versions
model_version_tags registered_model_aliases""".split()
here = os.path.abspath(folder)


def neutral(text):
    return text.replace(here, "/home/student/project")


def sql():
    source = sqlite3.connect(f"file:{folder}/mlflow.db?mode=ro", uri=True)
    schema = dict(source.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    for table in TABLES:
        if table not in schema:
            continue
        yield " ".join(schema[table].split()) + ";"
        columns = [row[1] for row in source.execute(f"PRAGMA table_info({table})")]
        quoted = " || ',' || ".join(f'quote("{column}")' for column in columns)
        for (row,) in source.execute(f'SELECT {quoted} FROM "{table}"'):
            yield f"INSERT INTO \"{table}\" VALUES ({neutral(row)});".replace("\n", "\\n")


def files():
    for at, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = os.path.relpath(os.path.join(at, name), folder)
            if not path.startswith("mlruns/") or "/traces/" in path:
                continue
            with open(os.path.join(at, name), "rb") as file:
                content = file.read()
            binary = name.endswith((".pkl", ".png"))
            yield "==> " + path
            yield "(left out)" if binary else neutral(content.decode())


with open(target, "w", encoding="utf-8") as out:
    for line in sql() if kind == "sqlite" else files():
        out.write(line.rstrip("\n") + "\n")
