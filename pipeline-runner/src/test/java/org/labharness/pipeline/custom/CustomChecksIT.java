package org.labharness.pipeline.custom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.lab.Memory;
import org.labharness.pipeline.evidence.CustomFacts;
import org.labharness.pipeline.evidence.CustomFacts.Outcome;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.HarnessFacts;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.evidence.RunFacts;
import org.labharness.pipeline.evidence.SubmissionFacts;
import org.labharness.pipeline.evidence.ToolFacts;
import org.labharness.pipeline.evidence.TreeFacts;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.Mount;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.sandbox.SpaceRequest;
import org.labharness.pipeline.sandbox.SubmissionSpace;
import org.labharness.pipeline.sandbox.Whose;
import org.labharness.pipeline.sandbox.docker.DockerSandbox;
import org.labharness.pipeline.sandbox.docker.DockerSettings;

/** The lab's own pytest files in the container that they are run in. */
@Timeout(200)
class CustomChecksIT {
    private static final String TITLE = """
            def test_title(evidence, tree):
                "The report has a title."
                assert evidence["submission"]["ref"] == "main"
                assert (tree / "report.md").read_text().startswith("# "), "report.md has no title"
            """;

    private static Sandbox sandbox;
    private static String image;

    @TempDir
    Path lab;

    @BeforeAll
    static void open() {
        DockerSettings settings = DockerSettings.of(Images.home(Path.of("")), false);
        sandbox = new DockerSandbox(settings);
        image = settings.images().custom();
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    private static Evidence evidence() {
        return new Evidence(
                Evidence.SCHEMA,
                new SubmissionFacts("student", "main", "4f".repeat(20), "ab".repeat(32), Instant.EPOCH, 1),
                new TreeFacts(List.of(), 0, 0),
                new ToolFacts(true, false, ""),
                List.of(),
                List.of(),
                List.of(),
                null,
                new RunFacts(RunFacts.Kind.NONE, List.of(), List.of(), List.of(), LogExcerpt.EMPTY, null),
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new HarnessFacts("0", Map.of(), "lab", "cd".repeat(32)),
                Map.of());
    }

    /** Runs this test file over these files. */
    private CustomFacts run(String tests, Map<String, String> tree) throws IOException {
        return run(tests, tree, Duration.ofSeconds(60));
    }

    private CustomFacts run(String tests, Map<String, String> tree, Duration time) throws IOException {
        write(lab, "tests/test_report.py", tests);
        try (SubmissionSpace space = sandbox.open(new SpaceRequest("student", Memory.mebibytes(64)))) {
            fill(space, tree);
            return new CustomChecks(space, image, lab, time)
                    .run(List.of("tests/test_report.py"), evidence())
                    .getFirst();
        }
    }

    private static void write(Path folder, String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }

    private static void fill(SubmissionSpace space, Map<String, String> tree) throws IOException {
        for (Map.Entry<String, String> file : tree.entrySet()) {
            write(space.layout().work(), file.getKey(), file.getValue());
        }
        try (Stream<Path> all = Files.walk(space.layout().work())) {
            for (Path path : all.toList()) {
                Files.setAttribute(path, "unix:uid", space.layout().uid());
            }
        }
    }

    private static Outcome outcome(CustomFacts facts, String test) {
        return facts.tests().stream()
                .filter(each -> each.name().equals(test))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + test + " in " + facts))
                .results()
                .getFirst()
                .outcome();
    }

    private static String message(CustomFacts facts, int test) {
        return facts.tests().get(test).results().getFirst().message();
    }

    @Test
    void a_test_sees_the_evidence_and_the_files() throws IOException {
        CustomFacts facts = run(TITLE, Map.of("report.md", "# Title\n"));

        assertThat(facts.complete()).as("%s", facts).isTrue();
        assertThat(facts.tests().getFirst().title()).isEqualTo("The report has a title.");
        assertThat(outcome(facts, "test_title")).isEqualTo(Outcome.PASSED);
        assertThat(facts.exit()).isZero();
    }

    @Test
    void what_it_says_comes_back_in_its_words() throws IOException {
        assertThat(message(run(TITLE, Map.of("report.md", "no\n")), 0)).isEqualTo("report.md has no title");
        assertThat(message(run(TITLE, Map.of()), 0)).isEqualTo("there is no report.md");
    }

    @Test
    void a_folder_may_hold_helpers_and_fixtures_of_the_labs_own() throws IOException {
        write(
                lab,
                "tests/conftest.py",
                "import pytest\n@pytest.fixture\ndef words(tree): return (tree / 'a.md').read_text().split()\n");
        write(lab, "tests/limits.py", "LEAST = 2\n");
        write(
                lab,
                "tests/deep/test_words.py",
                "from limits import LEAST\ndef test_words(words): assert len(words) >= LEAST\n");
        try (SubmissionSpace space = sandbox.open(new SpaceRequest("student", Memory.mebibytes(64)))) {
            fill(space, Map.of("a.md", "one two"));
            CustomFacts facts = new CustomChecks(space, image, lab)
                    .run(List.of("tests"), evidence())
                    .getFirst();

            assertThat(outcome(facts, "test_words")).isEqualTo(Outcome.PASSED);
            assertThat(facts.tests().getFirst().file()).isEqualTo("deep/test_words.py");
        }
    }

    /** Whatever pytest and Python read of a folder they are started in. */
    private static Map<String, String> trap() {
        String sprung = "import os, sys\nprint('SPRUNG')\nos.environ['SPRUNG'] = '1'\n";
        return Map.ofEntries(
                Map.entry("report.md", "no title\n"),
                Map.entry("conftest.py", sprung + "def pytest_collection_modifyitems(items): items.clear()\n"),
                Map.entry("pytest.ini", "[pytest]\naddopts = --co -p trap\n"),
                Map.entry("tox.ini", "[pytest]\naddopts = --co\n"),
                Map.entry("setup.cfg", "[tool:pytest]\naddopts = --co\n"),
                Map.entry("pyproject.toml", "[tool.pytest.ini_options]\naddopts = '--co'\n"),
                Map.entry("trap.py", sprung),
                Map.entry("sitecustomize.py", sprung),
                Map.entry("usercustomize.py", sprung),
                Map.entry("yaml.py", sprung),
                Map.entry("json/__init__.py", sprung),
                Map.entry("pytest/__init__.py", sprung),
                Map.entry("pytest/__main__.py", sprung + "print('1 passed')\n"),
                Map.entry("_pytest/__init__.py", sprung),
                Map.entry("pytest-99.dist-info/entry_points.txt", "[pytest11]\ntrap = trap\n"),
                Map.entry("trap.pth", "import os; os.environ['SPRUNG'] = '1'\n"),
                Map.entry("tests/test_report.py", "def test_title(): pass\n"));
    }

    @Test
    void files_of_the_submission_have_no_say_in_how_tests_are_run() throws IOException {
        CustomFacts facts = run(TITLE + """
                def test_nothing_was_sprung():
                    import os, sys
                    assert "SPRUNG" not in os.environ
                    assert not [m for m in sys.modules.values() if str(getattr(m, "__file__", "")).startswith("/tree")]
                    assert not [p for p in sys.path if p.startswith("/tree")]
                """, trap());

        assertThat(outcome(facts, "test_title")).isEqualTo(Outcome.FAILED);
        assertThat(outcome(facts, "test_nothing_was_sprung")).isEqualTo(Outcome.PASSED);
        assertThat(facts.log().head()).noneMatch(line -> line.contains("SPRUNG"));
    }

    @Test
    void but_would_have_where_pytest_is_started_as_usual() throws IOException {
        try (SubmissionSpace space = sandbox.open(new SpaceRequest("student", Memory.mebibytes(64)))) {
            fill(space, trap());
            assertThat(bare(space, "python", "-m", "pytest")).contains("SPRUNG", "1 passed");
            assertThat(bare(space, "pytest")).contains("plugin \"trap\"");
        }
    }

    private String bare(SubmissionSpace space, String... argv) {
        StringBuilder printed = new StringBuilder();
        ExecutionResult result = space.start(new ContainerCommand(
                        image,
                        "bare",
                        Whose.THEIRS,
                        List.of(argv),
                        Map.of("PATH", "/opt/pytest/bin:/usr/bin:/bin"),
                        List.of(Mount.readOnly(space.layout().work(), "/tree")),
                        false,
                        "/tree",
                        Network.NONE,
                        space.layout().uid(),
                        new ContainerCommand.Caps(
                                Duration.ofSeconds(30),
                                Memory.mebibytes(256),
                                64,
                                1,
                                Memory.mebibytes(32),
                                Memory.mebibytes(1)),
                        chunk -> printed.append(new String(chunk, java.nio.charset.StandardCharsets.UTF_8))))
                .result()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        assertThat(result.limits()).isEmpty();
        return printed.toString();
    }

    @Test
    void code_of_the_submission_that_a_test_runs_cannot_tell_for_it() throws IOException {
        String forger = """
                import glob, os, signal
                for name in glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/mem") + glob.glob("/proc/[0-9]*/fd/*"):
                    if name.startswith((f"/proc/{os.getpid()}/", "/proc/self")):
                        continue
                    try:
                        word = open(name, "rb").read(1 << 16)
                    except OSError:
                        continue
                    if b"LAB_WORD" in word:
                        print("FOUND THE WORD")
                line = '{"result": {"file": "test_report.py", "name": "test_title", "case": "", "outcome": "passed", "message": "", "line": 0}}'
                for number in range(3, 20):
                    try:
                        os.write(number, line.encode())
                        print("WROTE", number)
                    except OSError:
                        pass
                print(line, flush=True)
                print(os.environ.get("LAB_WORD", "no word"))
                """;
        CustomFacts facts = run(TITLE + """
                def test_theirs(tree):
                    import subprocess, sys
                    done = subprocess.run([sys.executable, "-I", str(tree / "forger.py")], capture_output=True, text=True)
                    assert "no word" in done.stdout, done
                    assert "FOUND" not in done.stdout and "WROTE" not in done.stdout, done
                """, Map.of("report.md", "no", "forger.py", forger));

        assertThat(outcome(facts, "test_theirs")).as("%s", facts).isEqualTo(Outcome.PASSED);
        assertThat(facts.tests().getFirst().results()).hasSize(1);
        assertThat(outcome(facts, "test_title")).isEqualTo(Outcome.FAILED);
    }

    @Test
    void who_kills_the_tests_gains_nothing_and_is_seen() throws IOException {
        CustomFacts facts = run(
                "def test_killed():\n    import os\n    os.kill(os.getpid(), 9)\ndef test_late(): pass\n", Map.of());

        assertThat(facts.complete()).isFalse();
        assertThat(facts.exit()).isEqualTo(137);
        assertThat(facts.tests()).hasSize(2).allMatch(test -> test.results().isEmpty());
    }

    @Test
    void mistakes_of_the_lab_are_told_as_such() throws IOException {
        CustomFacts facts = run("""
                import pytest
                def test_name(): titel
                def test_fixture(nowhere): pass
                def test_import(): import pandas
                def test_skip(): pytest.skip("not today")
                def test_exit(): raise SystemExit(0)
                def test_own_file(): open("/suite/limits.csv")
                def test_depth(): test_depth()
                def test_query():
                    import sqlite3
                    sqlite3.connect(":memory:").execute("select ?", (1, 2))
                """, Map.of());

        assertThat(Stream.of(
                        "test_name",
                        "test_fixture",
                        "test_import",
                        "test_exit",
                        "test_own_file",
                        "test_depth",
                        "test_query"))
                .allSatisfy(test -> assertThat(outcome(facts, test)).as(test).isEqualTo(Outcome.BROKEN));
        assertThat(outcome(facts, "test_skip")).isEqualTo(Outcome.SKIPPED);
        assertThat(run("import pandas\n", Map.of()).faults())
                .singleElement()
                .satisfies(fault ->
                        assertThat(fault.message()).isEqualTo("ModuleNotFoundError: No module named 'pandas'"));
        assertThat(run("def (:\n", Map.of()).faults()).hasSize(1);
        assertThat(run("import os\nos._exit(0)\n", Map.of()).complete()).isFalse();
        assertThat(run("x = 1\n", Map.of()).tests()).isEmpty();
    }

    @Test
    void limits_are_named_and_what_was_found_before_stays() throws IOException {
        CustomFacts late = run(
                TITLE + "def test_sleeps():\n    import time\n    time.sleep(60)\ndef test_last(): pass\n",
                Map.of("report.md", "# Title"),
                Duration.ofSeconds(10));
        CustomFacts deaf = run(TITLE + """
                        def test_hears_nothing():
                            import signal
                            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
                            while True: pass
                        """, Map.of("report.md", "# Title"), Duration.ofSeconds(15));
        CustomFacts large = run("def test_large(): assert 'x' * (2 << 30)\n", Map.of());

        assertThat(late.complete()).isTrue();
        assertThat(outcome(late, "test_title")).isEqualTo(Outcome.PASSED);
        assertThat(outcome(late, "test_sleeps")).isEqualTo(Outcome.BROKEN);
        assertThat(outcome(late, "test_last")).isEqualTo(Outcome.BROKEN);
        assertThat(deaf.limits()).extracting(LimitHit::name).containsExactly(LimitHit.Name.TIME);
        assertThat(deaf.complete()).isFalse();
        assertThat(outcome(deaf, "test_title")).isEqualTo(Outcome.PASSED);
        assertThat(outcome(large, "test_large")).isEqualTo(Outcome.BROKEN);
    }

    @Test
    void what_no_reader_can_make_anything_of_is_the_submissions_with_the_name_of_the_file() throws IOException {
        CustomFacts facts = run("""
                import ast, bz2, gzip, json, sqlite3, tarfile, zipfile
                import xml.etree.ElementTree
                import pytest
                @pytest.mark.parametrize("read", [
                    zipfile.ZipFile, tarfile.open, xml.etree.ElementTree.parse,
                    lambda path: sqlite3.connect(path).execute("select 1 from x"),
                    lambda path: gzip.open(path).read(), lambda path: bz2.open(path).read(),
                    lambda path: ast.parse(path.read_text())])
                def test_broken(tree, read): read(tree / "broken")
                @pytest.mark.parametrize("read", [json.loads, ast.parse])
                def test_deep(tree, read): read((tree / "deep").read_text())
                def test_not_there(tree):
                    sqlite3.connect(f"file:{tree}/huge?mode=ro", uri=True).execute("select 1")
                """, Map.of("broken", "{not this", "deep", "-" + "[".repeat(100_000) + "1"));

        assertThat(facts.complete()).isTrue();
        assertThat(facts.tests().get(0).results())
                .hasSize(7)
                .allMatch(result -> result.outcome() == Outcome.FAILED)
                .allMatch(result -> result.message().contains("having opened broken last"));
        assertThat(facts.tests().get(1).results())
                .hasSize(2)
                .allMatch(result -> result.outcome() == Outcome.FAILED)
                .allMatch(result -> result.message().contains("deep"));
        assertThat(message(facts, 2)).isEqualTo("there is no huge");
    }

    @Test
    void a_file_too_large_for_a_test_is_the_submissions_and_leaves_room_for_the_next() throws IOException {
        write(lab, "tests/test_report.py", """
                import shutil, zipfile
                def test_huge(tree):
                    with open(tree / "huge") as file: file.read()
                def test_copied(tree, tmp_path): shutil.copy(tree / "huge", tmp_path)
                def test_bomb(tree): zipfile.ZipFile(tree / "bomb").read("x")
                def test_room(tmp_path): (tmp_path / "x").write_bytes(b"x" * (50 << 20))
                def test_own(tmp_path): (tmp_path / "x").write_bytes(b"x" * (80 << 20))
                """);
        try (SubmissionSpace space = sandbox.open(new SpaceRequest("student", Memory.mebibytes(64)))) {
            fill(space, Map.of("a", "1"));
            try (RandomAccessFile huge =
                    new RandomAccessFile(space.layout().work().resolve("huge").toFile(), "rw")) {
                huge.setLength(2L << 30);
            }
            Path bomb = space.layout().work().resolve("bomb");
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bomb))) {
                zip.putNextEntry(new ZipEntry("x"));
                for (int i = 0; i < 700; i++) {
                    zip.write(new byte[1 << 20]);
                }
            }
            fill(space, Map.of());
            CustomFacts facts = new CustomChecks(space, image, lab)
                    .run(List.of("tests/test_report.py"), evidence())
                    .getFirst();

            assertThat(facts.complete()).as("%s", facts).isTrue();
            assertThat(message(facts, 0)).isEqualTo("huge has 2048 MiB, which is more than the test has room for");
            assertThat(message(facts, 1)).isEqualTo(message(facts, 0));
            assertThat(message(facts, 2)).startsWith("bomb is too large or too deep once it is read");
            assertThat(List.of("test_huge", "test_copied", "test_bomb"))
                    .allSatisfy(test -> assertThat(outcome(facts, test)).isEqualTo(Outcome.FAILED));
            assertThat(outcome(facts, "test_room")).isEqualTo(Outcome.PASSED);
            assertThat(outcome(facts, "test_own")).isEqualTo(Outcome.BROKEN);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "os.kill(os.getppid(), 9)",
                "os.kill(os.getppid(), 19); time.sleep(60)",
                "os.kill(-1, 9)",
                "os.kill(-1, 19); time.sleep(60)",
            })
    void a_program_of_the_submission_that_ends_or_stops_the_tests_loses_what_is_not_decided(String code)
            throws IOException {
        CustomFacts facts = run("""
                import subprocess, sys
                def test_early(): pass
                def test_theirs(tree): subprocess.run([sys.executable, "-I", tree / "x.py"])
                def test_late(): pass
                """, Map.of("x.py", "import os, time\n" + code + "\n"), Duration.ofSeconds(40));

        assertThat(outcome(facts, "test_early")).as("%s", facts).isEqualTo(Outcome.PASSED);
        assertThat(message(facts, 1)).contains(" the tests, as only a program ", "x.py");
        assertThat(message(facts, 2)).startsWith("it was not reached: ");
        assertThat(facts.tests().get(2).results().getFirst().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void other_signals_and_the_end_of_its_own_group_do_nothing_to_the_tests() throws IOException {
        CustomFacts facts = run(
                """
                import os, subprocess, sys
                def test_signals(tree):
                    assert subprocess.run([sys.executable, "-I", tree / "signals.py"]).returncode == 0
                def test_group(tree):
                    assert subprocess.run([sys.executable, "-I", tree / "group.py"]).returncode == -9
                def test_terminates(tree):
                    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as waits:
                        waits.terminate()
                    assert waits.returncode == -15
                def test_sessions():
                    subprocess.run(["true"], start_new_session=True, check=True)
                    subprocess.run(["true"], preexec_fn=os.setsid, check=True)
                """,
                Map.of(
                        "signals.py",
                                "import os, time\nfor each in (1, 2, 3, 10, 12, 14, 15, 20, 21, 24, 40): os.kill(os.getppid(), each)\ntime.sleep(0.5)\n",
                        "group.py", "import os\nos.killpg(0, 9)\n"));

        assertThat(facts.complete()).as("%s", facts).isTrue();
        assertThat(facts.tests())
                .hasSize(4)
                .allSatisfy(test -> assertThat(test.results().getFirst().outcome())
                        .as("%s", test)
                        .isEqualTo(Outcome.PASSED));
    }

    @Test
    void what_a_program_of_the_submission_leaves_behind_ends_with_the_test_that_started_it() throws IOException {
        CustomFacts facts = run("""
                import subprocess, sys
                import pytest
                @pytest.fixture(scope="session")
                def server():
                    with subprocess.Popen(["sleep", "60"]) as process:
                        yield process
                        process.kill()
                def test_early(server): pass
                def test_storm(tree): subprocess.run([sys.executable, "-I", tree / "storm.py"])
                def test_eats(tree): subprocess.run([sys.executable, "-I", tree / "eats.py"])
                def test_next(): subprocess.run(["true"], check=True)
                def test_server(server): assert server.poll() is None
                """, Map.of("storm.py", """
                        import os, time
                        if os.fork() == 0:
                            os.setsid()
                            while True:
                                try: os.fork()
                                except OSError: pass
                        while True: # until there is no room for another
                            try: child = os.fork()
                            except OSError: break
                            if child == 0: os._exit(0)
                            os.waitpid(child, 0)
                        """, "eats.py", """
                        import os, time
                        if os.fork() == 0:
                            os.setsid()
                            held = []
                            while True:
                                held.append(bytearray(1 << 20))
                                time.sleep(0.01)
                        """));

        assertThat(facts.complete()).as("%s", facts).isTrue();
        assertThat(facts.tests())
                .hasSize(5)
                .allSatisfy(test -> assertThat(test.results().getFirst().outcome())
                        .as("%s", test)
                        .isEqualTo(Outcome.PASSED));
    }

    @Test
    void a_program_of_the_submission_that_takes_all_memory_loses_what_is_not_decided() throws IOException {
        CustomFacts facts = run("""
                import subprocess, sys
                def test_early(): pass
                def test_eats(tree): subprocess.run([sys.executable, "-I", tree / "eats.py"])
                def test_late(): assert False
                """, Map.of("eats.py", """
                        import os
                        for _ in range(20):
                            if os.fork() == 0:
                                os.setsid()
                                held = []
                                while True: held.append(bytearray(1 << 20))
                        os.wait()
                        """));

        assertThat(outcome(facts, "test_early")).as("%s", facts).isEqualTo(Outcome.PASSED);
        assertThat(outcome(facts, "test_late")).as("%s", facts).isEqualTo(Outcome.FAILED);
    }

    @Test
    void a_program_of_the_submission_that_takes_all_the_time_loses_that_and_is_not_the_labs_fault() throws IOException {
        CustomFacts facts = run("""
                import subprocess, sys
                def test_waits(tree): subprocess.run([sys.executable, "-I", tree / "x.py"])
                def test_late(): pass
                """, Map.of("x.py", "import time\ntime.sleep(100)\n"), Duration.ofSeconds(30));

        assertThat(facts.complete()).as("%s", facts).isTrue();
        assertThat(outcome(facts, "test_waits")).isEqualTo(Outcome.FAILED);
        assertThat(message(facts, 0)).contains("x.py, which the tests had started, had not ended after ");
        assertThat(message(facts, 1)).startsWith("it was not reached: ");
        assertThat(outcome(facts, "test_late")).isEqualTo(Outcome.FAILED);
    }

    @Test
    void nothing_can_be_written_or_reached() throws IOException {
        CustomFacts facts = run("""
                import os, pytest, socket
                @pytest.mark.parametrize("place", ["/tree/x", "/suite/x", "/evidence/x", "/opt/x"])
                def test_closed(place):
                    with pytest.raises(OSError):
                        open(place, "w")
                def test_no_network():
                    assert os.listdir("/sys/class/net") == ["lo"]
                def test_no_git(tree):
                    assert not (tree / ".git").exists() and (tree / "a").exists()
                """, Map.of("a", "1", ".git/config", "[core]\n"));

        assertThat(facts.tests())
                .allSatisfy(test -> assertThat(test.results())
                        .allSatisfy(result ->
                                assertThat(result.outcome()).as("%s", result).isEqualTo(Outcome.PASSED)));
    }
}
