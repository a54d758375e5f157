package org.labharness.autograder.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.PredictionFacts;

/** Times how long an ONNX model takes for ten thousand hidden rows: copying it, its container, reading and measuring what it predicts. */
final class ScoringBench {
    static final String LAB = "scoring";

    private static final double LIMIT = 1.5;
    private static final Instant COMMITTED = Instant.parse("2026-09-01T10:00:00Z");
    /** One that the evaluator brings for its own rehearsal. */
    private static final String MODEL = "/org/labharness/probe/rehearsal/maps.onnx";

    private static final String DESCRIPTION = """
            id: scoring
            title: Ten thousand rows
            points: 1
            run: {commands: ["true"]}
            hidden:
              rows: {program: make.py, rows: 10000, label: kind, predicts: classes, min-rows: 10000}
            checks:
              - id: score
                title: Score
                points: 1
                hidden-score: {model: model.onnx, data: rows, metric: f1_macro, tiers: {0.1: 1}}
            """;
    private static final String PROGRAM = """
            import random, sys
            chance = random.Random(int(sys.argv[1]))
            with open(sys.argv[3], "w") as out:
                print("f0,f1,f2,f3,kind", file=out)
                for row in range(int(sys.argv[2])):
                    values = [chance.gauss(0, 1) for column in range(4)]
                    kind = ("zebra", "ant", "mule")[(values[0] > 0) + (values[1] > 0.5)]
                    print(*(f"{value:.4f}" for value in values), kind, sep=",", file=out)
            """;

    private final Path folder;
    private final int runs;
    private final Consumer<String> progress;

    ScoringBench(Path folder, int runs, Consumer<String> progress) {
        this.folder = folder;
        this.runs = runs;
        this.progress = progress;
    }

    /** Reads what a grading left. */
    @FunctionalInterface
    interface Newest {
        Evidence of(String lab) throws IOException;
    }

    /** The lab's folder, made. */
    Path lab() throws IOException {
        Path lab = Files.createDirectories(folder.resolve("scoring-lab"));
        Files.writeString(lab.resolve("lab.yaml"), DESCRIPTION);
        Files.writeString(lab.resolve("make.py"), PROGRAM);
        return lab;
    }

    /** The repository, made. */
    Path repository() throws IOException {
        Path repository = folder.resolve("scoring");
        try (RepositoryBuilder builder = RepositoryBuilder.create(repository);
                InputStream model = Objects.requireNonNull(ScoringBench.class.getResourceAsStream(MODEL))) {
            builder.write("model.onnx", model.readAllBytes())
                    .write("dvc.yaml", "stages: {}\n")
                    .commit("A model", COMMITTED);
        }
        return repository;
    }

    Row measure(Command grade, Newest newest) throws IOException {
        Sample sample = Sample.taken(runs, progress, "scoring 10,000 rows", () -> {
            grade.time();
            PredictionFacts facts = newest.of(LAB).predictions().getFirst();
            if (facts.outcome() != PredictionFacts.Outcome.MEASURED) {
                throw new BenchFailed("the model was not measured: " + facts.outcome() + " " + facts.detail());
            }
            return facts.seconds();
        });
        return new Row(
                "an ONNX model on 10,000 hidden rows, its container included",
                sample + " s",
                "<= 1.5 s",
                sample.median() <= LIMIT);
    }
}
