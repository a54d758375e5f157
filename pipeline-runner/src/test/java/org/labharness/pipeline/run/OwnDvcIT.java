package org.labharness.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.RunSpec;
import org.labharness.pipeline.evidence.DataFacts;
import org.labharness.pipeline.evidence.StageRun.Status;

/** What is called {@code dvc} in a submission, whole or broken, has no part in how its pipeline is run. */
@Timeout(300)
class OwnDvcIT {
    private static final String BROKEN = "raise ImportError(\"cannot import name '_DIR_MARK' from 'pathspec'\")\n";
    private static final String PIPELINE = """
            stages:
              prepare: {cmd: sort raw.csv > sorted.csv, deps: [raw.csv], outs: [sorted.csv]}
              count: {cmd: wc -l < sorted.csv > rows.txt, deps: [sorted.csv], outs: [rows.txt]}
            """;
    private static final String CALLS_DVC = """
              ask:
                cmd: which dvc > which.txt && dvc --version > version.txt && dvc status > /dev/null && dvc checkout rows.txt
                deps: [rows.txt]
                outs: [version.txt, which.txt]
            """;

    @RegisterExtension
    static final RealEngine ENGINE = new RealEngine();

    /** An environment such as uv makes, in which DVC was installed and does not start. */
    private static Path environmentWithBrokenDvc(Path folder) throws IOException {
        Path programs = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(programs.resolve("python3"), Path.of("/usr/bin/python3"));
        Files.createSymbolicLink(programs.resolve("python"), Path.of("python3"));
        Files.writeString(folder.resolve("pyvenv.cfg"), "home = /usr/bin\ninclude-system-site-packages = false\n");
        Path site = Files.createDirectories(folder.resolve("lib/python3.11/site-packages/dvc"));
        Files.writeString(site.resolve("__init__.py"), BROKEN);
        Path program = Files.writeString(
                programs.resolve("dvc"), "#!/env/bin/python\nimport dvc.cli, sys\nsys.exit(dvc.cli.main())\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder;
    }

    @Test
    void a_dvc_of_the_environment_that_does_not_start_stops_no_stage(@TempDir Path folder) throws Exception {
        Scene.Outcome outcome = ENGINE.play(new Scene()
                .environment(environmentWithBrokenDvc(folder.resolve("venv")))
                .file("raw.csv", "b\na\n")
                .file("dvc.yaml", PIPELINE + """
                          theirs:
                            cmd: if dvc --version 2> said.txt; then exit 1; fi; grep _DIR_MARK said.txt && which dvc | grep /env/bin/dvc
                            deps: [rows.txt]
                            outs: [said.txt]
                        """));

        outcome.everyStageRan();
        assertThat(outcome.again().orElseThrow().stages()).isEmpty();
    }

    @Test
    void a_module_of_that_name_at_the_root_of_the_repository_is_the_students_alone() throws Exception {
        Scene.Outcome outcome = ENGINE.play(new Scene()
                .file("raw.csv", "b\na\n")
                .committed("dvc.py", BROKEN)
                .file("dvc.yaml", PIPELINE + CALLS_DVC));

        outcome.everyStageRan();
        assertThat(outcome.again().orElseThrow().stages()).isEmpty();
        assertThat(outcome.tree()).contains("version.txt", "which.txt");
    }

    @Test
    void a_folder_of_that_name_may_hold_packages_and_the_pipeline_itself() throws Exception {
        Scene.Outcome outcome = ENGINE.play(new Scene()
                .committed("dvc/__init__.py", BROKEN)
                .committed("dvc/cli/__init__.py", BROKEN)
                .committed("dvc/dvc", "#!/bin/sh\nexit 1\n")
                .file("dvc/raw.csv", "b\na\n")
                .file("dvc/dvc.yaml", PIPELINE + CALLS_DVC));

        outcome.everyStageRan();
        assertThat(outcome.again().orElseThrow().stages()).isEmpty();
        assertThat(outcome.tree()).contains("dvc/version.txt");
    }

    @Test
    void a_stage_gets_the_dvc_of_the_harness_where_its_environment_has_none() throws Exception {
        ENGINE.play(new Scene().file("raw.csv", "b\na\n").file("dvc.yaml", PIPELINE + CALLS_DVC + """
                          last:
                            cmd: grep -x /opt/lab/last/dvc which.txt && grep '^3[.]' version.txt > major.txt
                            deps: [version.txt, which.txt]
                            outs: [major.txt]
                        """))
                .everyStageRan();
    }

    /** Exit code 255. */
    @Test
    void what_the_dvc_of_a_stage_complains_of_is_told_in_its_words() throws Exception {
        Scene.Outcome outcome =
                ENGINE.play(new Scene().file("raw.csv", "b\na\n").file("dvc.yaml", PIPELINE + """
                          ask: {cmd: dvc checkout nowhere.txt, deps: [rows.txt], outs: [never.txt]}
                        """));

        assertThat(outcome.stage("ask").exit()).isEqualTo(255);
        assertThat(outcome.words("ask"))
                .startsWith("ended with exit code 255: ERROR: ")
                .contains("nowhere.txt");
        assertThat(outcome.stage("count").status()).isEqualTo(Status.RAN);
    }

    /** Without the folder every command of DVC ends with exit code 253. */
    @Test
    void commands_may_call_dvc_though_nobody_has_ever_called_dvc_init() throws Exception {
        Scene.Outcome outcome = ENGINE.play(new Scene()
                .run(new RunSpec.Commands(List.of("dvc repro", "cd sub && dvc repro")))
                .file("raw.csv", "b\na\n")
                .file("sub/raw.csv", "b\na\n")
                .file("sub/dvc.yaml", PIPELINE)
                .file("dvc.yaml", PIPELINE));

        outcome.everyStageRan();
        assertThat(outcome.tree()).contains("rows.txt", "sub/rows.txt");
    }

    @Test
    void a_makefile_may_check_out_data_though_nobody_has_ever_called_dvc_init() throws Exception {
        ENGINE.play(new Scene()
                        .file("raw.csv", "a\n")
                        .file(
                                "raw.csv.dvc",
                                "outs:\n- md5: 60b725f10c9c85c70d97880dfe8191b3\n  size: 2\n  hash: md5\n  path: raw.csv\n")
                        .data(new DataFacts("raw.csv", "raw.csv.dvc", 2, DataFacts.Presence.PRESENT, ""))
                        .file("Makefile", "run:\n\tdvc status raw.csv.dvc && wc -l raw.csv > rows.txt\n"))
                .everyStageRan();
    }

    @Test
    void commands_may_call_dvc_in_a_repository_as_it_was_initialised() throws Exception {
        Scene.Outcome outcome = ENGINE.play(new Scene()
                .run(new RunSpec.Commands(List.of("dvc pull -r inside raw.csv", "dvc repro")))
                .committed(".dvc/config", "['remote \"inside\"']\n    url = ../storage\n")
                .committed(
                        "raw.csv.dvc",
                        "outs:\n- md5: 60b725f10c9c85c70d97880dfe8191b3\n  size: 2\n  hash: md5\n  path: raw.csv\n")
                .committed("storage/files/md5/60/b725f10c9c85c70d97880dfe8191b3", "a\n")
                .committed("dvc.yaml", PIPELINE));

        outcome.everyStageRan();
        assertThat(outcome.tree()).contains("raw.csv", "rows.txt");
    }
}
