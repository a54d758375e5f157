"""What no check of the program asks for: continuous integration, unit tests, their report, and two parts in one compose file."""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import PurePosixPath

import pytest
import yaml

RESULTS = "reports/tests.xml"
PIPELINES_OF_CI = [
    ".github/workflows/*.yml",
    ".github/workflows/*.yaml",
    ".gitea/workflows/*.y*ml",
    ".forgejo/workflows/*.y*ml",
    ".gitlab-ci.yml",
    ".circleci/config.yml",
    "azure-pipelines.yml",
    "Jenkinsfile",
]
COMPOSE = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"]


def words(file):
    return file.read_text(encoding="utf-8", errors="replace")


def mapping(value):
    return value if isinstance(value, dict) else {}


def test_ci_runs_the_pipeline(tree):
    "A workflow of continuous integration runs dvc repro."
    found = sorted(file for pattern in PIPELINES_OF_CI for file in tree.glob(pattern) if file.is_file())
    assert found, "there is no workflow for continuous integration, such as .github/workflows/pipeline.yml or .gitlab-ci.yml"
    names = ", ".join(str(file.relative_to(tree)) for file in found[:5])
    commands = [line for file in found for line in words(file).splitlines() if not line.lstrip().startswith(("#", "//"))]
    assert any(re.search(r"\bdvc\s+repro\b", line) for line in commands), f"{names}: no step runs 'dvc repro'"


def outputs(stage):
    for kind in ("outs", "metrics", "plots"):
        listed = mapping(stage).get(kind)
        for output in listed if isinstance(listed, list) else []:
            yield from output if isinstance(output, dict) else [output]


def results(tree):
    """How many tests passed and failed, as the run's own JUnit XML has it."""
    pipeline = tree / "dvc.yaml"
    assert pipeline.is_file(), f"there is no dvc.yaml whose stages could write {RESULTS}"
    stages = mapping(mapping(yaml.safe_load(words(pipeline))).get("stages"))
    declared = any(RESULTS in map(str, outputs(stage)) for stage in stages.values())
    assert declared, f"no stage of dvc.yaml has {RESULTS} among its outs: let one run 'pytest --junitxml={RESULTS}'"
    file = tree / RESULTS
    assert file.is_file(), f"the run did not write {RESULTS}: the stage that runs the tests failed or was not reached"
    cases = list(ElementTree.parse(file).iter("testcase"))
    failed = [case for case in cases if case.find("failure") is not None or case.find("error") is not None]
    skipped = [case for case in cases if case.find("skipped") is not None]
    return len(cases) - len(failed) - len(skipped), [case.get("name", "a test") for case in failed]


def test_unit_tests_pass(tree):
    "At least five unit tests pass in the run, and none fails."
    passed, failed = results(tree)
    assert not failed, f"{len(failed)} of the unit tests failed: {', '.join(failed[:3])}"
    assert passed >= 5, f"{passed} unit tests passed, at least 5 were asked for"


def test_plan_and_report(tree):
    "The test plan is there, and the test report counts as the run does."
    plan, report = tree / "docs/test-plan.md", tree / "docs/test-report.md"
    for file in plan, report:
        assert file.is_file() and words(file).strip(), f"docs/{file.name} is not there, or empty"
    passed, failed = results(tree)
    told = re.findall(r"(\d+)\s+passed,\s+(\d+)\s+failed", words(report))
    if not told:
        pytest.fail(f"docs/test-report.md has no counts in the form '{passed} passed, {len(failed)} failed'")
    assert (str(passed), str(len(failed))) in told, (
        f"docs/test-report.md says '{told[-1][0]} passed, {told[-1][1]} failed', the run '{passed} passed, {len(failed)} failed'"
    )


def dockerfile(build):
    """Where the Dockerfile of a service lies, seen from the top of the repository."""
    context, name = (build.get("context", "."), build.get("dockerfile", "Dockerfile")) if isinstance(build, dict) else (build, "Dockerfile")
    return PurePosixPath(str(context)) / str(name)


def test_compose_builds_two_services(tree):
    "The compose file builds two services or more, each by a Dockerfile."
    found = [tree / name for name in COMPOSE if (tree / name).is_file()]
    assert found, "there is no compose.yaml at the top of the repository"
    services = mapping(mapping(yaml.safe_load(words(found[0]))).get("services"))
    built = {name: dockerfile(service["build"]) for name, service in services.items() if mapping(service).get("build")}
    assert len(built) >= 2, (
        f"{found[0].name} builds {len(built)} of its {len(services)} services, at least 2 were asked for: front end and engine"
    )
    missing = [f"{name} ({path})" for name, path in built.items() if path.is_absolute() or not (tree / path).is_file()]
    assert not missing, f"{found[0].name} names a Dockerfile that is not there: {', '.join(missing)}"
