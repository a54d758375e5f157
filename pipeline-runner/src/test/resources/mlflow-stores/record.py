"""Makes one MLflow store with the MLflow of this environment: see README.md beside this file.

    python record.py sqlite|file FOLDER

What each version cannot do yet, or no longer, is left out; which that was is printed.
"""
import os
import sys
import math
import warnings

warnings.filterwarnings("ignore")
kind, folder = sys.argv[1], sys.argv[2]
os.makedirs(folder, exist_ok=True)
os.chdir(folder)
os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
os.environ.setdefault("MLFLOW_ALLOW_FILE_STORE", "true")

import mlflow  # noqa: E402
from mlflow.tracking import MlflowClient  # noqa: E402

uri = "sqlite:///mlflow.db" if kind == "sqlite" else os.path.abspath("mlruns")
mlflow.set_tracking_uri(uri)
client = MlflowClient()


def attempt(what, action):
    try:
        return action()
    except Exception as problem:  # which versions lack what is what is to be found out
        print(f"  {mlflow.__version__} {kind}: no {what}: {type(problem).__name__}: {str(problem)[:120]}")
        return None


class Mean(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return [0.5] * len(model_input)


def log_model(registered=None):
    arguments = {"python_model": Mean(), "pip_requirements": ["mlflow"]}
    if registered:
        arguments["registered_model_name"] = registered
    try:
        mlflow.pyfunc.log_model(artifact_path="model", **arguments)
    except TypeError:
        mlflow.pyfunc.log_model(name="model", **arguments)


mlflow.set_experiment("bean-yield")
for trees in (10, 50):
    with mlflow.start_run(run_name=f"trees-{trees}"):
        mlflow.log_params({"trees": trees, "seed": 7})
        for step in range(5):
            mlflow.log_metric("loss", 1.0 / (step + 1), step=step)
        mlflow.log_metric("macro_f1", 0.9 + trees / 1000)
        mlflow.set_tag("who", "a student")
        mlflow.log_text("a,b\n1,2\n", "table.csv")
        log_model("beans")
for split in ("split-70-30", "split-80-20"):  # what varies stands in the name alone
    with mlflow.start_run(run_name=split):
        mlflow.log_metric("macro_f1", 0.91)
with mlflow.start_run(run_name="grid") as parent:
    for depth in (2, 3):
        with mlflow.start_run(run_name=f"depth-{depth}", nested=True):
            mlflow.log_param("depth", depth)
            mlflow.log_metric("macro_f1", 0.8)
with mlflow.start_run(run_name="diverged"):
    mlflow.log_metric("loss", math.nan)
    mlflow.log_metric("ratio", math.inf)
    mlflow.log_metric("drop", -math.inf)
try:
    with mlflow.start_run(run_name="broken"):
        mlflow.log_params({"trees": 90, "seed": 7})
        mlflow.log_metric("macro_f1", 0.99)
        raise ValueError("a column is missing")
except ValueError:
    pass
client.create_run(mlflow.get_experiment_by_name("bean-yield").experiment_id, run_name="never-ended")
with mlflow.start_run(run_name="thrown-away") as gone:
    mlflow.log_metric("macro_f1", 0.1)
client.delete_run(gone.info.run_id)
mlflow.set_experiment("thrown-away-experiment")
with mlflow.start_run(run_name="in-a-deleted-experiment"):
    mlflow.log_metric("macro_f1", 0.2)
client.delete_experiment(mlflow.get_experiment_by_name("thrown-away-experiment").experiment_id)
mlflow.set_experiment("Default")
with mlflow.start_run(run_name="in-default"):
    mlflow.log_metric("macro_f1", 0.7)

attempt("alias", lambda: client.set_registered_model_alias("beans", "champion", "2"))
attempt("stage", lambda: client.transition_model_version_stage("beans", "1", "Staging"))


def without_run():
    client.create_registered_model("orphan")
    os.makedirs("somewhere", exist_ok=True)
    client.create_model_version("orphan", source=os.path.abspath("somewhere"), run_id=None)


attempt("version without a run", without_run)


def prompt():
    register = getattr(getattr(mlflow, "genai", None), "register_prompt", None) or mlflow.register_prompt
    register(name="greeting", template="Hello {{name}}")


attempt("prompt", prompt)


def demo():
    from mlflow.demo import generate_all_demos

    generate_all_demos()


attempt("demo", demo)


