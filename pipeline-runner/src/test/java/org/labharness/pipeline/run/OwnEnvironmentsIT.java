package org.labharness.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that make, activate or fill an environment of their own: each finds the one that was made. */
@Timeout(300)
class OwnEnvironmentsIT {
    @RegisterExtension
    static final RealEngine ENGINE = new RealEngine();

    private static Scene.Outcome play(Scene scene) throws Exception {
        return ENGINE.play(scene);
    }

    private static final List<String> BY_TOOLS = List.of(
            "uv run python3 train.py 1",
            "uv run --with pandas -p 3.11 train.py 1",
            "uv --quiet run -m train 1",
            "uv sync --frozen && uv run --no-sync -- python3 train.py 1",
            "poetry install && poetry run python3 train.py 1",
            "rye sync && rye run python3 train.py 1",
            "pipenv run python3 train.py 1",
            "pdm run train.py 1",
            "hatch run test:python3 train.py 1",
            "conda run -n mlops --no-capture-output python3 train.py 1",
            "pixi run -e default python3 train.py 1");

    @Test
    void tools_that_manage_environments_find_theirs_made() throws Exception {
        Scene scene = new Scene().file("train.py", "import sys\nopen('out-' + sys.argv[1], 'w').write('x')\n");
        StringBuilder stages = new StringBuilder("stages:\n");
        for (int i = 0; i < BY_TOOLS.size(); i++) {
            String number = Integer.toString(i + 10);
            stages.append("  by-%1$s: {cmd: \"%2$s\", outs: [out-%1$s]}\n"
                    .formatted(number, BY_TOOLS.get(i).replaceAll("1$", number)));
        }

        Scene.Outcome outcome = play(scene.file("dvc.yaml", stages.toString()));

        outcome.everyStageRan();
        assertThat(outcome.facts().stages()).hasSize(BY_TOOLS.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "source .venv/bin/activate && python3 train.py 1 && deactivate",
                "cd src && ../venv/bin/python3 ../train.py 1",
                "bash run.sh",
                "make out.txt"
            })
    void a_virtual_environment_that_no_clone_holds_is_the_one_that_was_made(String command) throws Exception {
        Scene.Outcome outcome = play(new Scene()
                .file("train.py", "import sys\nopen('/work/out.txt', 'w').write(sys.argv[1])\n")
                .file("src/a.txt", "a")
                .file("run.sh", "set -e\n. env/bin/activate\nenv/bin/python3.11 train.py 1\n")
                .file(
                        "Makefile",
                        "VENV = venv\nout.txt: $(VENV)/bin/activate\n\t. $(VENV)/bin/activate; $(VENV)/bin/python train.py 1\n")
                .file("dvc.yaml", "stages:\n  train: {cmd: \"" + command + "\", outs: [out.txt]}\n"));

        outcome.everyStageRan();
        assertThat(outcome.facts().repairs()).isEmpty();
        assertThat(outcome.facts().undeclared()).isEmpty();
        assertThat(outcome.tree()).contains("out.txt").doesNotContain("venv", ".venv", "env");
    }

    @Test
    void a_command_that_fails_in_its_own_environment_is_told_for_what_it_is() throws Exception {
        Scene.Outcome outcome = play(new Scene().file("dvc.yaml", """
                        stages:
                          train: {cmd: .venv/bin/python -c 'import nothing_of_that_name', outs: [out.txt]}
                        """));

        assertThat(outcome.words("train")).contains("nothing_of_that_name").doesNotContain(".venv/bin");
    }

    @Test
    void what_such_tools_cannot_do_here_is_said() throws Exception {
        Scene.Outcome outcome = play(new Scene().file("dvc.yaml", """
                stages:
                  script: {cmd: uv run start}
                  build: {cmd: poetry build}
                  more: {cmd: uv pip install leftpad}
                """));

        assertThat(outcome.words("script")).contains("uv run: start: command not found");
        assertThat(outcome.words("build"))
                .contains("'poetry build' cannot be done while grading, only 'poetry run COMMAND'");
        assertThat(outcome.words("more")).contains("pip cannot install leftpad");
    }

    private static Scene training() {
        return new Scene()
                .file("train.py", "import sys\nopen('/work/out.txt', 'w').write(sys.argv[1])\n")
                .file("requirements.txt", "of-a-name-that-nobody-has==1.0\nwheel; sys_platform == 'win32'\n")
                .file("install.py", """
                        import subprocess, sys
                        for words in (["-m", "pip", "install", "--upgrade", "pip"], ["-m", "pip", "install", "-r", "requirements.txt"]):
                            subprocess.check_call([sys.executable, *words])
                        """)
                .file("Makefile", """
                        VENV = own
                        out.txt: $(VENV)/bin/activate
                        \t$(VENV)/bin/python train.py 1
                        $(VENV)/bin/activate: requirements.txt
                        \tpython3 -m venv --clear $(VENV)
                        \t$(VENV)/bin/python -m pip install -U pip setuptools wheel
                        \t$(VENV)/bin/pip install -r requirements.txt
                        \ttouch $(VENV)/bin/activate
                        """);
    }

    private static String pipeline(String command) {
        return "stages:\n  train:\n    cmd: >-\n      " + command + "\n    outs: [out.txt]\n";
    }

    /** Whether all of a file of requirements could be had is told of the environment, not by the command. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "python3 -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/python train.py 1",
                "python3 -m venv env --prompt x && . env/bin/activate && pip3 install --upgrade pip && python3 train.py 1",
                "virtualenv -p python3 own && own/bin/python3 train.py 1",
                "uv venv && uv pip install -r requirements.txt && .venv/bin/python train.py 1",
                "python3 -m pip install -q -r requirements.txt && pip freeze > /tmp/frozen.txt && python3 train.py 1",
                "python3 install.py && python3 train.py 1",
                "python3.8 train.py 1 && python3.12 -c 'import sys; assert sys.version_info[:2] == (3, 11)'",
                "make"
            })
    void environments_that_commands_make_are_the_one_that_was_made(String command) throws Exception {
        Scene.Outcome outcome = play(training().file("dvc.yaml", pipeline(command)));

        outcome.everyStageRan();
        assertThat(outcome.facts().undeclared()).isEmpty();
    }

    @Test
    void requirements_that_are_not_there_are_missed() throws Exception {
        Scene.Outcome outcome = play(training().file("dvc.yaml", pipeline("pip install -r other.txt")));

        assertThat(outcome.words("train")).contains("Could not open requirements file", "'other.txt'");
    }
}
