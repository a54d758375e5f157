package org.labharness.autograder.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.labharness.lab.load.CourseLoader;
import org.labharness.lab.load.LabLoader;
import org.labharness.pipeline.checkout.RepositoryBuilder;

/**
 * Times a class of small submissions that share an environment: against what the processors of this machine could do at best, and against
 * a plain loop in the shell that clones, makes the environment and runs {@code dvc repro} in a container, one submission after the other.
 */
final class BatchBench {
    private static final int SUBMISSIONS = 20;
    /** The loop takes long, and each of its rounds the same. */
    private static final int IN_LOOP = 3;

    private static final double OF_THE_BEST = 0.8;
    private static final double FASTER = 5;
    private static final Instant COMMITTED = Instant.parse("2026-09-01T10:00:00Z");
    private static final String LAB = """
            id: small
            title: A small pipeline
            points: 4
            opens: 2026-02-15
            environment: {python: "3.11"}
            limits: {time: 2m, memory: 512MiB, disk: 64MiB, processes: 64, cpus: 1, output: 4MiB}
            run: dvc
            checks:
              - {id: runs, title: It runs, points: 4, reproduces: all}
            """;
    private static final String PIPELINE = """
            stages:
              draw:
                cmd: python draw.py
                deps: [draw.py]
                outs: [drawn.csv]
              fit:
                cmd: python fit.py
                deps: [fit.py, drawn.csv]
                metrics:
                  - scores.json: {cache: false}
            """;
    private static final String DRAW = """
            import numpy
            numpy.savetxt("drawn.csv", numpy.random.default_rng(SEED).normal(size=(4000, 8)), delimiter=",")
            """;
    private static final String FIT = """
            import json, numpy
            drawn = numpy.loadtxt("drawn.csv", delimiter=",")
            coefficients = numpy.linalg.lstsq(drawn[:, :-1], drawn[:, -1], rcond=None)[0]
            json.dump({"norm": float(numpy.linalg.norm(coefficients))}, open("scores.json", "w"))
            """;

    private final Path lab;
    private final Path folder;
    private final Path state;
    private final int runs;
    private final Consumer<String> progress;

    /**
     * @param lab the launcher
     * @param home the state folder whose program, images and environments are used; nothing else of it is
     * @param folder an empty folder for the course and its state
     */
    BatchBench(Path lab, Path home, Path folder, int runs, Consumer<String> progress) throws IOException {
        this.lab = lab;
        this.folder = Files.createDirectories(folder.resolve("batch"));
        this.state = Files.createDirectories(this.folder.resolve("home"));
        this.runs = runs;
        this.progress = progress;
        for (String shared : List.of("app", "environments", "images.properties")) {
            Files.createSymbolicLink(state.resolve(shared), home.resolve(shared).toRealPath());
        }
    }

    List<Row> measure(String image) throws IOException {
        handIn();
        command("roster", folder.resolve("roster.csv").toString(), "--apply").time();
        command("collect", "--lab", "small", "--now").time();
        command("batch", "--lab", "small", "--quiet").time(); // the environment is made
        List<Double> walls = new ArrayList<>();
        List<Double> bests = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            progress.accept("a batch of " + SUBMISSIONS + ", " + (run + 1) + " of " + runs);
            double before = Processors.busySeconds();
            command("batch", "--lab", "small", "--force", "--quiet", "--parallel", "1")
                    .time();
            bests.add((Processors.busySeconds() - before) / Processors.count());
            walls.add(command("batch", "--lab", "small", "--force", "--quiet").time());
        }
        Sample wall = new Sample(walls);
        Sample best = new Sample(bests);
        double share = best.median() / wall.median();
        double loop = loop(image) * SUBMISSIONS;
        return List.of(
                Row.of("./lab batch of " + SUBMISSIONS + " small submissions, as a whole process", wall + " s"),
                new Row(
                        "  their own processor seconds, one after the other, over " + Processors.count()
                                + " processors",
                        best + " s" + String.format(Locale.ROOT, ": %.2f of it", share),
                        ">= " + OF_THE_BEST,
                        share >= OF_THE_BEST),
                new Row(
                        "  a loop of git clone, environment and dvc repro in containers (" + IN_LOOP + " measured)",
                        String.format(Locale.ROOT, "%.0f s: %.1f x", loop, loop / wall.median()),
                        ">= " + FASTER + " x",
                        loop / wall.median() >= FASTER));
    }

    private void handIn() throws IOException {
        Path made = Files.createDirectories(folder.resolve("small"));
        Files.writeString(made.resolve(LabLoader.FILE), LAB);
        Files.writeString(folder.resolve(CourseLoader.FILE), """
                id: small-class
                title: A small class
                time-zone: UTC
                components:
                  labs: {title: Labs, weight: 100, labs: [{lab: small}]}
                """);
        StringBuilder roster = new StringBuilder("id,name,repository\n");
        for (int i = 1; i <= SUBMISSIONS; i++) {
            Path repository = repository(i);
            try (RepositoryBuilder builder = RepositoryBuilder.create(repository)) {
                builder.write(".dvc/config", "[core]\n    analytics = false\n");
                builder.write(".gitignore", "/drawn.csv\n");
                builder.write("requirements.txt", "numpy==1.26.4\npyyaml==6.0.2\n");
                builder.write("dvc.yaml", PIPELINE);
                builder.write("draw.py", DRAW.replace("SEED", Integer.toString(i)));
                builder.write("fit.py", FIT);
                builder.commit("The work", COMMITTED);
            }
            roster.append("s").append(i).append(",Name,").append(repository).append('\n');
        }
        Files.writeString(folder.resolve("roster.csv"), roster);
    }

    private Path repository(int number) {
        return folder.resolve("work").resolve("s" + number);
    }

    /** Seconds of one round. */
    private double loop(String image) throws IOException {
        List<Double> rounds = new ArrayList<>();
        for (int i = 1; i <= IN_LOOP; i++) {
            progress.accept("the loop in the shell, " + i + " of " + IN_LOOP);
            Path clone = folder.resolve("clone-" + i);
            rounds.add(new Command(
                            List.of(
                                    "sh",
                                    "-ec",
                                    "git clone -q \"$1\" \"$2\" && " + container(image),
                                    "loop",
                                    repository(i).toString(),
                                    clone.toString()),
                            folder,
                            folder.resolve("loop.log"))
                    .time());
        }
        return new Sample(rounds).median();
    }

    /** As somebody would write it who wants to see the pipelines of a class run; the index as this process knows it. */
    private static String container(String image) {
        return "docker run --rm --network host --label org.labharness.bench=true"
                + " $(env | sed -n 's/^\\(PIP_[A-Z_]*\\|[A-Za-z]*_[Pp][Rr][Oo][Xx][Yy]\\|SSL_CERT_FILE\\)=.*/--env \\1/p')"
                + " --volume /etc/ssl/certs:/etc/ssl/certs:ro --volume \"$2\":/work --workdir /work --env HOME=/tmp"
                + " --env GIT_CONFIG_COUNT=1 --env GIT_CONFIG_KEY_0=safe.directory --env 'GIT_CONFIG_VALUE_0=*'"
                + " --entrypoint sh " + image
                + " -ec 'python3 -m venv /tmp/v; /tmp/v/bin/pip install -q -r requirements.txt;"
                + " PATH=/tmp/v/bin:$PATH /opt/dvc/bin/dvc repro'";
    }

    private Command command(String... arguments) {
        List<String> line = new ArrayList<>(List.of("env", "LAB_HOME=" + state, lab.toString()));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--course", folder.resolve(CourseLoader.FILE).toString()));
        return new Command(line, folder, folder.resolve(arguments[0] + ".log"));
    }
}
