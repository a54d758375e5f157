"""What no check of the program asks for: that the report says what the experiments show."""


def test_names_the_best_experiment(evidence, tree):
    "REPORT.md names the experiment with the smallest error."
    experiments = evidence["history"]["experiments"]["read"]
    errors = {one["name"]: one["metrics"]["error"] for one in experiments if "error" in one["metrics"]}
    assert errors, "no experiment with an error was pushed"
    best = min(errors, key=errors.get)
    assert best in (tree / "REPORT.md").read_text(), f"REPORT.md does not name {best}, whose error of {errors[best]} is the smallest of {errors}"
