package org.labharness.autograder.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.labharness.pipeline.checkout.RepositoryBuilder;

/**
 * Takes the measurements of {@code ./lab bench}: each pair of commands in turn (A B A B), after one warm-up that is not counted, on one
 * machine in one run.
 */
public final class Bench {
    private static final double OVERHEAD_LIMIT = 2.5;
    private static final double START_LIMIT = 0.8;

    private final Path lab;
    private final Path folder;
    private final int runs;
    private final Consumer<String> progress;

    /**
     * @param lab the launcher
     * @param folder an empty folder for repositories and logs
     * @param runs counted runs of everything, at least 1
     */
    public Bench(Path lab, Path folder, int runs, Consumer<String> progress) {
        this.lab = lab;
        this.folder = folder;
        this.runs = runs;
        this.progress = progress;
    }

    /**
     * @param solution folder of the two-stage MLflow sample
     * @param bare the bare {@code dvc repro} of the sample, given a fresh clone
     */
    public List<Row> measure(Path solution, BareRun bare) throws IOException {
        Path sample = repository("sample", solution);
        List<Row> rows = new ArrayList<>(grading(sample, bare));
        rows.add(start());
        return rows;
    }

    private List<Row> grading(Path sample, BareRun bare) throws IOException {
        Path json = folder.resolve("verdict.json");
        Command grade = command("grade", "grade", sample.toString(), "--lab", "mlflow-tracking", "--json", json.toString());
        double[] graded = new double[runs];
        double[] alone = new double[runs];
        Map<String, List<Double>> steps = new TreeMap<>();
        for (int run = -1; run < runs; run++) {
            progress.accept(run < 0 ? "warming up" : "grading against bare dvc repro, " + (run + 1) + " of " + runs);
            double gradeSeconds = grade.time();
            double bareSeconds = bare.seconds(sample, environment(json), folder);
            if (run >= 0) {
                graded[run] = gradeSeconds;
                alone[run] = bareSeconds;
                timings(json).forEach((step, seconds) -> steps.computeIfAbsent(step, key -> new ArrayList<>()).add(seconds));
            }
        }
        Sample with = new Sample(graded);
        Sample without = new Sample(alone);
        double overhead = with.median() - without.median();
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("grading of the two-stage MLflow sample, warm, whole process", with + " s", "", true));
        rows.add(new Row("bare dvc repro of the same commit, image and environment", without + " s", "", true));
        rows.add(new Row("ratio", String.format(Locale.ROOT, "%.2f x", with.median() / without.median()), "", true));
        rows.add(new Row(
                "overhead", String.format(Locale.ROOT, "%.2f s", overhead), "<= 2.5 s", overhead <= OVERHEAD_LIMIT));
        steps.forEach((step, seconds) -> rows.add(new Row("  of which " + step, sample(seconds) + " s", "", true)));
        return rows;
    }

    private Row start() throws IOException {
        Path tiny = folder.resolve("tiny");
        try (RepositoryBuilder builder = RepositoryBuilder.create(tiny)) {
            builder.write("README.md", "# Tiny\n");
            builder.write("dvc.yaml", "stages:\n  greet:\n    cmd: echo hello > greeting.txt\n    outs: [greeting.txt]\n");
            builder.commit("A tiny pipeline", Instant.parse("2026-09-01T10:00:00Z"));
        }
        Command inspect = command("inspect", "inspect", tiny.toString());
        double[] seconds = new double[runs];
        for (int run = -1; run < runs; run++) {
            progress.accept("starting the program, " + (run + 2) + " of " + (runs + 1));
            double took = inspect.time();
            if (run >= 0) {
                seconds[run] = took;
            }
        }
        Sample sample = new Sample(seconds);
        return new Row("./lab inspect of a tiny repository", sample + " s", "<= 0.8 s", sample.median() <= START_LIMIT);
    }

    private Path repository(String name, Path content) {
        Path target = folder.resolve(name);
        try (RepositoryBuilder builder = RepositoryBuilder.create(target)) {
            builder.writeAll(content);
            builder.commit("The sample", Instant.parse("2026-09-01T10:00:00Z"));
        }
        return target;
    }

    private Command command(String name, String... arguments) {
        List<String> line = new ArrayList<>(List.of(lab.toString()));
        line.addAll(List.of(arguments));
        return new Command(line, folder, folder.resolve(name + ".log"));
    }

    private static Sample sample(List<Double> seconds) {
        return new Sample(seconds.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static Map<String, Double> timings(Path json) throws IOException {
        Map<String, Double> seconds = new TreeMap<>();
        Iterator<Map.Entry<String, JsonNode>> fields = new ObjectMapper().readTree(Files.readString(json)).path("timings").fields();
        fields.forEachRemaining(field -> seconds.put(field.getKey(), field.getValue().asDouble()));
        return seconds;
    }

    private static String environment(Path json) throws IOException {
        return new ObjectMapper().readTree(Files.readString(json)).path("environment").path("digest").asText();
    }
}
