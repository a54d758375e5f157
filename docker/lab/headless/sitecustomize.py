"""Runs at the start of every Python of a stage: what an author's machine has and a grading lacks is stood in for.

Code that asks Matplotlib for a window (`matplotlib.use("TkAgg")`) would fail here for want of a display. It gets the backend Agg instead, with
which `plt.show()` does nothing. A project that MLflow starts (`mlflow.run(".", "train")`, `mlflow run .`) would get an environment of its own from
conda or virtualenv. It gets the one that is there, which was made from what the project declares. So does code that makes a virtual environment
for itself (`python -m venv .venv`): nothing could be installed into it. A notebook names the kernel with which its author last ran it, and that is
known to the author's machine alone ("mlops-env"). Where it is a Python, the environment's own stands in for it.

Every Python of a stage waits for this: nothing is imported before it is needed.
"""
import sys

WINDOWS = ("tk", "qt", "gtk", "wx", "macosx", "nbagg", "webagg")


def without_windows(matplotlib):
    use = matplotlib.use

    def use_without_window(backend, *arguments, **options):
        wants_window = isinstance(backend, str) and backend.lower().startswith(WINDOWS)
        return use("agg" if wants_window else backend, *arguments, **options)

    matplotlib.use = use_without_window


def in_this_environment(projects):
    import inspect

    run = projects.run
    signature = inspect.signature(run)

    def run_here(*arguments, **options):
        given = signature.bind(*arguments, **options)
        if "env_manager" in signature.parameters:
            given.arguments["env_manager"] = "local"
        elif "use_conda" in signature.parameters:  # before MLflow 1.27
            given.arguments["use_conda"] = False
        return run(*given.args, **given.kwargs)

    projects.run = run_here


def of_this_environment(venv):
    def create(builder, env_dir):
        import os
        import shutil

        folder = os.path.abspath(env_dir)
        shutil.copytree("/opt/lab/environment", folder, symlinks=True, dirs_exist_ok=True)
        with open(os.path.join(folder, "pyvenv.cfg"), "w", encoding="utf-8") as file:
            file.write(f"home = {os.path.dirname(sys.executable)}\nversion = {sys.version.split()[0]}\n")

    venv.EnvBuilder.create = create


def with_this_python(client):
    create = getattr(client.NotebookClient, "create_kernel_manager", None)
    if create is None:  # before nbclient 0.5
        return

    def create_here(notebook_client):
        from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, NoSuchKernel, get_kernel_spec

        metadata = notebook_client.nb.metadata
        kernel = metadata.get("kernelspec", {})
        name = notebook_client.kernel_name or kernel.get("name")
        language = kernel.get("language") or metadata.get("language_info", {}).get("name") or "python"
        if name and language.lower() == "python":
            try:
                get_kernel_spec(name)
            except NoSuchKernel:
                notebook_client.kernel_name = NATIVE_KERNEL_NAME
        return create(notebook_client)

    client.NotebookClient.create_kernel_manager = create_here


class AfterImport:
    """Lets modules be found as ever, and changes a function of each when it has been imported; a finder as importlib.abc.MetaPathFinder has it."""

    def __init__(self, changes):
        self.changes = changes

    def find_spec(self, name, path=None, target=None):
        change = self.changes.get(name)
        if change is None:
            return None
        import importlib.machinery

        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is None or spec.loader is None:
            return spec
        execute = spec.loader.exec_module

        def execute_then_change(module):
            execute(module)
            change(module)

        spec.loader.exec_module = execute_then_change
        return spec


CHANGES = {
    "matplotlib": without_windows,
    "mlflow.projects": in_this_environment,
    "nbclient.client": with_this_python,
    "venv": of_this_environment,
}
sys.meta_path.insert(0, AfterImport(CHANGES))
