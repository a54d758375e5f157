package org.labharness.autograder.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.labharness.pipeline.checkout.RepositoryBuilder;

/** Submissions of two short stages without requirements, and the lab that grades them. */
public final class Tiny {
    private static final Instant COMMITTED = Instant.parse("2026-10-01T12:00:00Z");
    private static final String LAB = """
            id: tiny
            title: Two short stages
            points: 10
            environment: {python: "3.11"}
            limits: {time: TIME, memory: 256MiB, disk: 64MiB, processes: 48}
            run: dvc
            checks:
              - {id: runs, title: It runs, points: 4, reproduces: all}
              - {id: metrics, title: The sum comes out again, points: 2, metrics-agree: {tolerance: 0}}
              - {id: lock, title: The lock belongs to the commit, points: 3, lock-agrees: true}
              - {id: tracked, title: A run is tracked, points: 1, mlflow-runs: {min: 1}}
            """;
    private static final String COURSE = """
            id: mlops
            title: MLOps
            time-zone: UTC
            components:
              labs: {title: Labs, weight: 100, labs: [{lab: tiny}]}
            """;
    private static final String PIPELINE = """
            stages:
              double:
                cmd: sh double.sh numbers.txt doubled.txt
                deps: [double.sh, numbers.txt]
                outs: [doubled.txt]
              total:
                cmd: python3 total.py
                deps: [total.py, doubled.txt]
                metrics:
                  - scores.json: {cache: false}
            """;
    /** What the first stage does. */
    public static final String DOUBLE = "awk '{print 2 * $1}' \"$1\" > \"$2\"\n";

    private static final String TOTAL = """
            import json
            total = sum(int(line) for line in open("doubled.txt"))
            json.dump({"total": total}, open("scores.json", "w"))
            """;

    private Tiny() {}

    /** Earns 6 of 10: it has no lock and tracks nothing. */
    public static Path good(Path folder) {
        return with(folder, DOUBLE);
    }

    /** Earns 7 of 10: its last stage tracks a run with nothing but the standard library. */
    static Path tracking(Path folder, String before) {
        return tracking(folder, before, "");
    }

    /** The same, going on with {@code after} when the run is finished. */
    static Path tracking(Path folder, String before, String after) {
        return with(folder, before + DOUBLE, TOTAL + """
                import os, time, urllib.request
                def ask(call, **fields):
                    url = os.environ["MLFLOW_TRACKING_URI"] + "/api/2.0/mlflow/" + call
                    request = urllib.request.Request(url, json.dumps(fields).encode(), {"Content-Type": "application/json"})
                    return json.load(urllib.request.urlopen(request))
                now = int(time.time() * 1000)
                run = ask("runs/create", experiment_id="0", start_time=now)["run"]["info"]["run_id"]
                ask("runs/log-metric", run_id=run, key="total", value=total, timestamp=now)
                ask("runs/update", run_id=run, status="FINISHED", end_time=now)
                """ + after);
    }

    /** Its first stage multiplies until it is stopped. */
    static Path forkBomb(Path folder) {
        return with(folder, "bomb() { bomb | bomb & }; (bomb) &\nwhile :; do :; done\n");
    }

    /** Its first stage ends long after any test has lost its patience. */
    static Path slow(Path folder) {
        return with(folder, "sleep 600\n");
    }

    /** @param first what its first stage does, in the shell */
    public static Path with(Path folder, String first) {
        return with(folder, first, TOTAL);
    }

    private static Path with(Path folder, String first, String last) {
        return with(folder, Map.of("double.sh", first, "total.py", last));
    }

    /** @param more files beside, or in the place of, those of good work; one whose name ends with an asterisk is executable */
    public static Path with(Path folder, Map<String, String> more) {
        return with(folder, more, repository -> {});
    }

    /** @param last what else belongs to the commit */
    public static Path with(Path folder, Map<String, String> more, Consumer<RepositoryBuilder> last) {
        Map<String, String> files = new TreeMap<>(Map.of(
                ".dvc/config", "[core]\n    analytics = false\n",
                ".dvc/.gitignore", "/config.local\n/tmp\n/cache\n",
                ".gitignore", "/doubled.txt\n",
                "dvc.yaml", PIPELINE,
                "double.sh", DOUBLE,
                "total.py", TOTAL,
                "numbers.txt", "1\n2\n3\n",
                "scores.json", "{\"total\": 12}"));
        files.putAll(more);
        try (RepositoryBuilder repository = RepositoryBuilder.create(folder)) {
            files.forEach((path, content) -> {
                if (path.endsWith("*")) {
                    repository.writeExecutable(path.substring(0, path.length() - 1), content);
                } else {
                    repository.write(path, content);
                }
            });
            last.accept(repository);
            repository.commit("Hand in", COMMITTED);
        }
        return folder;
    }

    /** Its first stage ends at once, and when it was edited long after any test has lost its patience. */
    static Path slowWhenEdited(Path folder) {
        return with(folder, DOUBLE + "if grep -q '^# The grader' double.sh; then sleep 600; fi\n");
    }

    /** @param time the limit of a run, such as {@code 30s} */
    public static Path lab(Path folder, String time) {
        return lab(folder, LAB.replace("TIME", time), "");
    }

    /** The same with a point for what follows an edit of the first stage's script. */
    static Path changingLab(Path folder, String time) {
        return lab(
                folder,
                LAB.replace("TIME", time).replace("points: 10", "points: 11"),
                "  - {id: change, title: An edit runs its stage, points: 1, code-change: double.sh}\n");
    }

    /**
     * The description of a course of this lab alone, which lies in {@code tiny} beside it.
     *
     * @param folder for both
     */
    public static Path course(Path folder) {
        return course(folder.resolve("course.yaml"), "mlops");
    }

    /** The same in a file, with an id, of its own. */
    static Path course(Path file, String id) {
        return written(file, COURSE.replace("mlops", id));
    }

    private static Path lab(Path folder, String text, String more) {
        try {
            written(Files.createDirectories(folder).resolve("lab.yaml"), text + more);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path written(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
