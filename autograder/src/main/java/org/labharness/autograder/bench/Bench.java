package org.labharness.autograder.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.EvidenceFile;
import org.labharness.pipeline.evidence.InterventionFacts;
import org.labharness.pipeline.evidence.StageRun;

/**
 * Takes the measurements of {@code ./lab bench}: the two commands of a pair in turn (A B A B), after a warm-up that is not counted, on
 * one machine in one run.
 */
public final class Bench {
    private static final double OVERHEAD_LIMIT = 2.5;
    private static final double START_LIMIT = 0.8;
    private static final double CHANGE_LIMIT = 2;
    private static final String TRACKED = "overhead";
    private static final String CHANGED = "dvc-pipeline";
    /** The lab of the sample without what goes beyond the run: changes, models that predict, services. */
    private static final String DESCRIPTION = """
            id: overhead
            title: One run and what is read of it
            points: 4
            opens: 2026-02-15
            environment: {python: "3.11"}
            limits: {time: 2m, memory: 1GiB, disk: 256MiB, processes: 128, cpus: 2, output: 4MiB}
            run: detect
            checks:
              - {id: training, title: It runs, points: 1, reproduces: all}
              - {id: runs, title: Three runs, points: 1, mlflow-runs: {min: 3}}
              - {id: models, title: Each holds its model, points: 1, runs-carry: {model: true}}
              - {id: registered, title: Registered, points: 1, registered-model: {min-versions: 2}}
            """;

    private static final Instant COMMITTED = Instant.parse("2026-09-01T10:00:00Z");

    private final Path lab;
    private final Path home;
    private final Path folder;
    private final int runs;
    private final Consumer<String> progress;

    /**
     * @param lab the launcher
     * @param home the state folder of the harness
     * @param folder an empty folder for repositories and logs
     * @param runs counted runs of everything, at least 1
     */
    public Bench(Path lab, Path home, Path folder, int runs, Consumer<String> progress) {
        this.lab = lab;
        this.home = home;
        this.folder = folder;
        this.runs = runs;
        this.progress = progress;
    }

    /**
     * Measures everything.
     *
     * @param solution folder of the two-stage MLflow sample
     * @param pipeline folder of the lab whose first change is one parameter
     */
    public List<Row> measure(Path solution, Path pipeline) throws IOException {
        List<Row> rows = new ArrayList<>(grading(solution));
        rows.add(change(pipeline.resolve("solution")));
        ScoringBench scoring = new ScoringBench(folder, runs, progress);
        Command score = command(
                "grade", scoring.repository().toString(), "--lab", scoring.lab().toString());
        rows.add(scoring.measure(score, this::newestEvidence));
        ServingBench serving = new ServingBench(folder, runs, progress);
        Command serve = command(
                "grade", serving.repository().toString(), "--lab", serving.lab().toString());
        rows.add(serving.measure(serve, this::newestEvidence));
        rows.add(start());
        rows.addAll(new CourseBench(lab, home, folder, runs, progress).measure(pipeline, newestEvidence(CHANGED)));
        rows.addAll(new BatchBench(lab, home, folder, runs, progress).measure(image()));
        rows.addAll(new InspectionBench(folder, runs, progress, this::command).measure());
        return rows;
    }

    private String image() throws IOException {
        String image = newestEvidence(CHANGED).harness().images().get("tools.py311");
        if (image == null) {
            throw new BenchFailed("the evidence names no image tools.py311");
        }
        return image;
    }

    private List<Row> grading(Path solution) throws IOException {
        Path sample = folder.resolve("sample");
        try (RepositoryBuilder builder = RepositoryBuilder.create(sample)) {
            builder.writeAll(solution).commit("The sample", COMMITTED);
        }
        BareRun bare = new BareRun(home, solution, folder);
        Path lab = Files.createDirectories(folder.resolve("overhead-lab"));
        Files.writeString(lab.resolve("lab.yaml"), DESCRIPTION);
        Command grade = command("grade", sample.toString(), "--lab", lab.toString());
        List<Double> graded = new ArrayList<>();
        List<Double> alone = new ArrayList<>();
        Map<String, List<Double>> steps = new TreeMap<>();
        for (int run = -1; run < runs; run++) {
            progress.accept(run < 0 ? "warming up" : "grading against bare dvc repro, " + (run + 1) + " of " + runs);
            double with = grade.time();
            Evidence evidence = newestEvidence(TRACKED);
            double without = bare.seconds(evidence);
            if (run >= 0) {
                graded.add(with);
                alone.add(without);
                evidence.timings()
                        .forEach((step, took) -> steps.computeIfAbsent(step, key -> new ArrayList<>())
                                .add(took));
            }
        }
        return rows(new Sample(graded), new Sample(alone), steps);
    }

    private static List<Row> rows(Sample with, Sample without, Map<String, List<Double>> steps) {
        double overhead = with.median() - without.median();
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of(
                "grading of the two-stage MLflow sample, warm, whole process, its run and what is read of it",
                with + " s"));
        rows.add(Row.of("bare dvc repro of the same commit, image and environment", without + " s"));
        rows.add(Row.of("ratio", String.format(Locale.ROOT, "%.2f x", with.median() / without.median())));
        rows.add(new Row(
                "overhead", String.format(Locale.ROOT, "%.2f s", overhead), "<= 2.5 s", overhead <= OVERHEAD_LIMIT));
        steps.forEach((step, seconds) -> rows.add(Row.of("  of the grading: " + step, new Sample(seconds) + " s")));
        return rows;
    }

    /** What one changed parameter costs beyond the stages that it runs again: the tree, DVC, the containers, reading what was made. */
    private Row change(Path solution) throws IOException {
        Path sample = folder.resolve("changed");
        try (RepositoryBuilder builder = RepositoryBuilder.create(sample)) {
            builder.writeAll(solution).commit("The sample", COMMITTED);
        }
        Command grade = command("grade", sample.toString(), "--lab", CHANGED);
        Sample seconds = Sample.taken(runs, progress, "one changed parameter", () -> {
            grade.time();
            InterventionFacts first = newestEvidence(CHANGED).interventions().getFirst();
            return first.seconds()
                    - first.stages().stream().mapToDouble(StageRun::seconds).sum();
        });
        return new Row(
                "one changed parameter, beyond the stages' own time",
                seconds + " s",
                "<= 2 s",
                seconds.median() <= CHANGE_LIMIT);
    }

    private Row start() throws IOException {
        Path tiny = folder.resolve("tiny");
        try (RepositoryBuilder builder = RepositoryBuilder.create(tiny)) {
            builder.write("README.md", "# Tiny\n")
                    .write(
                            "dvc.yaml",
                            "stages:\n  greet:\n    cmd: echo hello > greeting.txt\n    outs: [greeting.txt]\n")
                    .commit("A tiny pipeline", COMMITTED);
        }
        Command inspect = command("inspect", tiny.toString());
        Sample sample = Sample.taken(runs, progress, "starting the program", inspect::time);
        return new Row("./lab inspect of a tiny repository", sample + " s", "<= 0.8 s", sample.median() <= START_LIMIT);
    }

    private Command command(String... arguments) {
        List<String> line = new ArrayList<>(List.of(lab.toString()));
        line.addAll(List.of(arguments));
        return new Command(line, folder, folder.resolve(arguments[0] + ".log"));
    }

    private Evidence newestEvidence(String lab) throws IOException {
        try (Stream<Path> graded = Files.list(home.resolve("evidence").resolve(lab))) {
            return graded.map(one -> one.resolve(EvidenceFile.NAME))
                    .filter(Files::isRegularFile)
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .map(file -> EvidenceFile.read(file.resolveSibling("")))
                    .orElseThrow(() -> new BenchFailed("the grading left no evidence"));
        }
    }
}
