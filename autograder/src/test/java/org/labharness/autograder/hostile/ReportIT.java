package org.labharness.autograder.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.cli.Cli;
import org.labharness.autograder.cli.RealHome;
import org.labharness.autograder.cli.Tiny;
import org.labharness.autograder.sample.HostileEvidence;

/** Whatever a student may name attacks whoever reads the report: names of files, branches, authors, metrics, runs, models, and errors. */
class ReportIT {
    private static final String TRACKED = """
            import json, os, urllib.request
            name = json.load(open("name.json"))
            json.dump({"total": 12, name: 99, "nested": {name: float("nan")}}, open("scores.json", "w"))
            def ask(call, **fields):
                url = os.environ["MLFLOW_TRACKING_URI"] + "/api/2.0/mlflow/" + call
                request = urllib.request.Request(url, json.dumps(fields).encode(), {"Content-Type": "application/json"})
                try: return json.load(urllib.request.urlopen(request))
                except urllib.error.HTTPError as refused: return {}
            experiment = ask("experiments/create", name="x" + name).get("experiment_id", "0")
            run = ask("runs/create", experiment_id=experiment, start_time=1, run_name=name)["run"]["info"]["run_id"]
            for call in ("log-parameter", "set-tag"): ask("runs/" + call, run_id=run, key=name, value=name)
            ask("runs/log-metric", run_id=run, key=name, value=1, timestamp=1)
            ask("registered-models/create", name="x" + name)
            ask("model-versions/create", name="x" + name, source="runs:/" + run + "/model", run_id=run)
            ask("runs/update", run_id=run, status="FINISHED", end_time=2)
            raise ValueError(name + chr(0) + chr(27) + "[2J")
            """;

    @TempDir
    Path folder;

    private Path home;
    private Path repository;
    private Grading grading;

    @BeforeEach
    void grade() throws IOException {
        home = RealHome.warm(folder.resolve("home"));
        String place = HostileEvidence.ALL.replace("/", "|");
        String name = new ObjectMapper().writeValueAsString(HostileEvidence.ALL);
        repository = Tiny.with(
                folder.resolve("=HYPERLINK(1)<script>alert(1)"),
                Map.of(
                        "name.json",
                        name,
                        "sub/dvc.yaml",
                        "stages: {a: {cmd: 'true', deps: [" + name + "], outs: [" + name + "]}, " + name + ": {cmd: "
                                + name + "}}\n",
                        "MLproject",
                        "name: " + name + "\nentry_points: {" + name + ": {command: " + name + ", parameters: {" + name
                                + ": path}}}\n",
                        place + ".py",
                        "password = 'correct-horse-battery-staple'\n",
                        place + "/run.ipynb",
                        "{}",
                        "total.py",
                        TRACKED,
                        "requirements.txt",
                        "pywin32==306  # " + HostileEvidence.ALL + "\n" + HostileEvidence.FORMULA + "\n",
                        "params.yaml",
                        "'" + HostileEvidence.SCRIPT.replace("'", "''") + "': {a: 1}\n"),
                builder -> builder.as(HostileEvidence.SCRIPT.replaceAll("[<>]", ""))
                        .branch("=cmd|calc!A0<script>alert(1)"));
        grading = Grading.of(home, repository, Tiny.lab(folder.resolve("lab"), "30s"));
    }

    @Test
    void nothing_that_students_name_runs_or_hides_in_a_report() throws Exception {
        assertThat(grading.check("runs")).as("%s", grading).startsWith("1: ").contains("ValueError: <script>");
        assertThat(grading.visible().lines().filter(line -> line.codePoints().anyMatch(ReportIT::isHidden)))
                .isEmpty();
        String page = file("index.html");
        assertThat(page).doesNotContain("<script>alert", "<img src=x", "href=\"http://evil");
        assertThat(file("v.md")).doesNotContain("<script>", "](http://evil", "![x]");
        assertThat(DocumentBuilderFactory.newDefaultInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(file("v.xml").getBytes(StandardCharsets.UTF_8)))
                        .getElementsByTagName("testcase")
                        .getLength())
                .isEqualTo(4);
        // Without their escaping all of it would be there.
        assertThat(page.replace("&lt;", "<").replace("&gt;", ">"))
                .contains("<script>alert(", "<img src=x onerror=alert(1)>");
        assertThat(refusal()).contains("There is no").doesNotContain("\u001B", "\u202E");
        assertThat(file("v.json")).contains("<script>alert('x')");
        assertThat(file("evidence.json")).contains("\\u001B[2J");
    }

    /** It names what was asked for, and the branch whose name is nearest. */
    private String refusal() {
        return new Cli(home)
                .with(System.getenv())
                .run("inspect", repository.toString(), "--ref", HostileEvidence.ANSI)
                .words();
    }

    /** What a terminal obeys, or turns the direction of reading. */
    private static boolean isHidden(int letter) {
        return (Character.isISOControl(letter) && letter != '\n') || letter == 0x202E;
    }

    private String file(String name) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return Files.readString(
                    files.filter(file -> file.endsWith(name)).findFirst().orElseThrow());
        }
    }
}
