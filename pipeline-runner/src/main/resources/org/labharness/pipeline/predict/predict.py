"""Loads a model with the submission's own packages and lets it predict.

Arguments: LOADER MODEL FEATURES. Reads FEATURES, writes /out/predictions, both tables of the harness; of FEATURES without rows it only looks whether the model can be
loaded and knows such columns.
Where that fails, /out/problem says in which step, and how. Nothing of what is printed here is read by a program.
"""

import os
import struct
import sys

MAGIC = 0x4C544231
OUT = "/out/"


def read_table(path):
    with open(path, "rb") as file:
        data = file.read()
    at = 0

    def take(form):
        nonlocal at
        values = struct.unpack_from(">" + form, data, at)
        at += struct.calcsize(">" + form)
        return values

    def text():
        nonlocal at
        (length,) = take("i")
        at += length
        return data[at - length : at].decode("utf-8")

    magic, rows, columns = take("iii")
    assert magic == MAGIC
    table = {}
    for _ in range(columns):
        text()
        name = text()
        (kind,) = take("b")
        table[name] = list(take(f"{rows}d")) if kind == 1 else [text() for _ in range(rows)]
    return rows, table


def write_table(path, rows, columns):
    def text(value):
        encoded = value.encode("utf-8", "replace")[:60000]
        return struct.pack(">i", len(encoded)) + encoded

    with open(path + ".part", "wb") as file:
        file.write(struct.pack(">iii", MAGIC, rows, len(columns)))
        for group, name, values in columns:
            file.write(text(group) + text(name))
            if all(isinstance(value, (int, float)) or missing(value) for value in values):
                numbers = [float("nan") if missing(value) else float(value) for value in values]
                file.write(b"\x01" + struct.pack(f">{rows}d", *numbers))
            else:
                file.write(b"\x02" + b"".join(text("" if missing(value) else str(value)) for value in values))
    os.rename(path + ".part", path)


def missing(value):
    return (
        value is None
        or type(value).__name__ in ("NAType", "NaTType")
        or (isinstance(value, float) and value != value)
    )


def load(loader, path):
    """Gives a function from a data frame to predictions, one to scores by class (or None), and the names of the columns that the model was trained with (or None)."""
    if loader == "pyfunc":
        import mlflow.pyfunc

        model = mlflow.pyfunc.load_model(path)
        raw = None
        try:
            raw = model.get_raw_model()
        except Exception:
            pass
        return model.predict, scores_of(raw), None if SIGNATURE else names_of(raw)
    if loader == "joblib":
        import joblib

        return of_estimator(joblib.load(path))
    if loader == "pickle":
        # torch.save is often called with such a name.
        return (of_torch(path), None, None) if is_archive(path) else of_estimator(unpickled(path))
    if loader == "skops":
        import skops.io

        return of_estimator(skops.io.load(path, trusted=skops.io.get_untrusted_types(file=path)))
    if loader == "keras":
        try:
            import keras
        except ImportError:
            from tensorflow import keras
        # What it was trained by is not needed, and is often what cannot be loaded.
        return of_keras(keras.models.load_model(path, compile=False)), None, None
    if loader == "torch":
        return of_torch(path), None, None
    if loader == "lightgbm":
        import lightgbm

        model = lightgbm.Booster(model_file=path)
        return lambda frame: model.predict(numbers(frame, "float64")), None, names_in(model.feature_name())
    if loader == "xgboost":
        import xgboost

        model = xgboost.Booster()
        model.load_model(path)
        names = model.feature_names
        return lambda frame: model.predict(xgboost.DMatrix(numbers(frame), feature_names=names)), None, names_in(names)
    raise ValueError("no loader is called " + loader)


def unpickled(path):
    try:
        import joblib
    except ImportError:
        import pickle

        with open(path, "rb") as file:
            return pickle.load(file)
    return joblib.load(path)


def is_archive(path):
    with open(path, "rb") as file:
        return file.read(4) == b"PK\x03\x04"


def of_estimator(model):
    return model.predict, scores_of(model), names_of(model)


def names_of(model):
    """As scikit-learn keeps them, and what follows its interface."""
    try:
        return names_in(model.feature_names_in_)
    except Exception:
        return None


def names_in(found):
    """Names that a library made up for columns without any say nothing."""
    names = [] if found is None else list(found)
    given = names and all(isinstance(name, str) for name in names)
    return names if given and names != [f"Column_{at}" for at in range(len(names))] else None


def lacking(names, table):
    return [] if names is None else [name for name in names if name not in table]


def scores_of(model):
    if not (hasattr(model, "predict_proba") and hasattr(model, "classes_")):
        return None

    def scores(frame):
        values = model.predict_proba(frame)
        return [(str(name), values[:, at].tolist()) for at, name in enumerate(model.classes_)]

    return scores


def of_keras(model):
    def predict(frame):
        names = [getattr(one, "name", "").split(":")[0] for one in model.inputs]
        if len(names) > 1:
            columns = [numbers(frame[name]).reshape(-1, 1) if name in frame else None for name in names]
            if all(column is not None for column in columns):
                return model.predict(dict(zip(names, columns)), verbose=0)
        return model.predict(numbers(frame), verbose=0)

    return predict


def of_torch(path):
    import torch

    if path.endswith(".pt2"):
        model = torch.export.load(path).module()
    else:
        try:
            model = torch.jit.load(path, map_location="cpu")
        except RuntimeError:
            model = torch.load(path, map_location="cpu", weights_only=False)
    if not callable(model):
        raise TypeError(
            "the file holds weights (" + type(model).__name__ + "), not a model that can be called: save the whole model,"
            " or torch.jit.script(model), or torch.export.export(...)"
        )
    if hasattr(model, "eval"):
        try:
            model.eval()
        except NotImplementedError:
            pass
    kind = next((one.dtype for one in getattr(model, "parameters", tuple)() if one.is_floating_point()), torch.float32)

    def predict(frame):
        rows = torch.tensor(numbers(frame, "float64"), dtype=kind)
        with torch.no_grad():
            try:
                return plain_tensor(model(rows))
            except (RuntimeError, AssertionError):
                if len(rows) < 2:
                    raise
                whole = sys.exc_info()[1]
            # An exported model may take one row at a time, as its example had.
            try:
                return torch.cat([plain_tensor(model(rows[at : at + 1])).reshape(1, -1) for at in range(len(rows))])
            except (RuntimeError, AssertionError):
                raise whole

    return lambda frame: predict(frame).numpy()


def plain_tensor(output):
    """Of several outputs the first."""
    return (output[0] if isinstance(output, (tuple, list)) else output).detach().cpu()


def numbers(frame, kind="float32"):
    import numpy

    return numpy.asarray(frame, dtype=kind)


def frame_of(table):
    """As an honest caller has it: as pandas reads the cells from a file, with the types that the model's signature names."""
    import csv
    import io

    import pandas

    cells = io.StringIO(newline="")
    writer = csv.writer(cells, lineterminator="\n")
    writer.writerow(table)
    writer.writerows(zip(*table.values()))
    cells.seek(0)
    texts = {name: str for name in table if SIGNATURE.get(name) == "string"}
    frame = pandas.read_csv(cells, dtype=texts, index_col=False, skip_blank_lines=False, low_memory=False)
    frame.columns = list(table)
    for name in frame.columns:
        frame[name] = as_signed(frame[name], SIGNATURE.get(name))
    return frame


def as_signed(values, kind):
    """Where the values are numbers, or yes and no."""
    if kind not in ("long", "integer", "float", "double", "boolean"):
        return values
    try:
        exact = values if values.dtype.kind in "iu" else values.astype("float64")
    except (ValueError, TypeError):
        return values
    if kind == "boolean":
        return values.astype("bool") if exact.isin([0, 1]).all() else values
    return exact.astype({"long": "int64", "integer": "int32", "float": "float32", "double": "float64"}[kind])


SIGNATURE = {}


def read_signature(path):
    """Types that a model's signature asks for; MLflow refuses a number that it would have to make less exact."""
    import json

    import mlflow.models

    try:
        signature = mlflow.models.Model.load(path).signature
        for column in json.loads(signature.inputs.to_json()):
            if "name" in column:
                SIGNATURE[column["name"]] = column["type"]
    except Exception as problem:
        print("no signature:", problem)


def columns_of(predictions, rows):
    import numpy

    if isinstance(predictions, dict):
        parts = [(str(name), columns_of(part, rows)) for name, part in predictions.items()]
        return [(group, name, values) for group, part in parts for _, name, values in part]
    if hasattr(predictions, "columns"):
        return [("prediction", str(name), plain(predictions[name])) for name in predictions.columns]
    values = numpy.asarray(predictions)
    if values.ndim > 1 and values.shape[0] == rows:
        values = values.reshape(rows, -1)
        return [("prediction", str(at), plain(values[:, at])) for at in range(min(values.shape[1], 2000))]
    return [("prediction", "0", plain(values.reshape(-1)))]


def plain(values):
    import numpy

    listed = numpy.asarray(values).tolist()
    return [value.decode("utf-8", "replace") if isinstance(value, bytes) else value for value in listed]


class OtherColumns(Exception):
    """The model was trained with columns that there are not."""


def other_columns(absent, table):
    def some(names):
        shown = ", ".join(str(name)[:60] for name in names[:8])
        return shown + (f" and {len(names) - 8} more" if len(names) > 8 else "")

    return f"it was trained with {some(absent)}, and the data has {some(list(table))}"


def main(loader, path, features):
    step = "LOAD"
    absent = []
    try:
        if loader == "pyfunc":
            read_signature(path)
        predict, scores, names = load(loader, path)
        rows, table = read_table(features)
        absent = lacking(names, table)
        step = "PREDICT"
        if rows == 0:
            if absent:
                raise OtherColumns
            return 0
        frame = frame_of(table)
        if names is not None and not absent:
            frame = frame[names]
        columns = columns_of(predict(frame), rows)
        if scores is not None:
            try:
                columns += [("scores", name, values) for name, values in scores(frame)]
            except Exception:
                pass
        step = "OUTPUTS"
        count = len(columns[0][2]) if columns else 0
        write_table(OUT + "predictions", count, [column for column in columns if len(column[2]) == count])
        return 0
    except BaseException as problem:
        import traceback

        traceback.print_exc()
        said = str(problem).rpartition("Exception encountered: ")[2]  # Keras tells its whole settings before it
        words = " ".join(f"{type(problem).__name__}: {said}".split())[:1500]
        if step == "PREDICT" and absent:
            step, words = "INPUTS", other_columns(absent, table)
        with open(OUT + "problem", "w", encoding="utf-8") as file:
            file.write(step + "\n" + words + "\n")
        return 3


status = main(*sys.argv[1:])
sys.stdout.flush()
os._exit(status)
