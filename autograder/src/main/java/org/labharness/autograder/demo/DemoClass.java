package org.labharness.autograder.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.labharness.autograder.verify.SampleRepository;
import org.labharness.lab.Lab;
import org.labharness.lab.load.BundledLabs;
import org.labharness.lab.load.LabLoader;
import org.labharness.lab.load.SampleLoader;
import org.labharness.lab.sample.Sample;

/** Builds the demo's repositories out of the samples of the bundled labs. */
public final class DemoClass {
    private static final Instant FIRST = Instant.parse("2026-09-14T09:00:00Z");

    /** By lab: the samples that students hand in, in the order of the students. Slow ones first, so that none is waited for alone. */
    private static final Map<String, List<String>> HANDED_IN = Map.of(
            "dvc-pipeline",
            List.of(
                    "endless-loop",
                    "solution",
                    "stage-fails",
                    "no-output",
                    "undeclared-parameter",
                    "stale-lock",
                    "crlf-lock",
                    "data-unreachable",
                    "memory-hog",
                    "fork-bomb",
                    "output-flood",
                    "disk-filler",
                    "starter"),
            "mlflow-tracking",
            List.of("solution", "hard-coded-address", "no-run", "wrong-pin", "starter"),
            "onnx-registry",
            List.of("copied-rows"),
            "model-service",
            List.of("dies-on-bad-input", "solution"));

    private static final List<String> LABS =
            List.of("dvc-pipeline", "mlflow-tracking", "onnx-registry", "model-service");

    private DemoClass() {}

    /**
     * A repository that a student handed in.
     *
     * @param student an invented name, {@code student-01}
     * @param story what is special about it, one sentence
     * @param at when the class's story says that it came
     */
    public record HandIn(String student, Lab lab, Path repository, String story, Instant at) {}

    /** The ids of the labs, in the order of a gradebook's columns. */
    public static List<String> labs() {
        return LABS;
    }

    /**
     * Makes the repositories, real Git ones with fixed times, the same at every call; those that are there already are kept.
     *
     * @param directory where each gets a folder {@code <lab>-<digest of its contents>/<sample>/<student>}: a class that has changed is made anew
     */
    public static List<HandIn> build(BundledLabs bundled, Path directory) {
        List<HandIn> handIns = new ArrayList<>();
        for (String id : LABS) {
            Lab lab = LabLoader.load(bundled.folder(id).orElseThrow());
            Map<String, Sample> samples =
                    SampleLoader.load(lab).stream().collect(Collectors.toMap(Sample::name, Function.identity()));
            List<String> names = HANDED_IN.getOrDefault(id, List.of());
            for (int i = 0; i < names.size(); i++) {
                Sample sample = samples.get(names.get(i));
                if (sample == null) {
                    throw new IllegalStateException("the lab " + id + " has no sample " + names.get(i));
                }
                handIns.add(handIn(lab, sample, i, directory));
            }
        }
        return handIns;
    }

    private static HandIn handIn(Lab lab, Sample sample, int number, Path directory) {
        String student = String.format(Locale.ROOT, "student-%02d", number + 1);
        Instant at = FIRST.plus(Duration.ofHours(7L * number));
        Path labDirectory =
                directory.resolve(String.valueOf(lab.folder().getFileName())).resolve(sample.name());
        Path repository = labDirectory.resolve(student);
        try {
            Files.createDirectories(labDirectory);
            if (!Files.isDirectory(repository)) {
                Path fresh = Files.createTempDirectory(labDirectory, student).resolve("repository");
                SampleRepository.build(lab.folder(), sample, fresh, at);
                Files.move(fresh, repository);
                Files.delete(fresh.resolveSibling(""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's repository " + repository + " cannot be made", e);
        }
        return new HandIn(student, lab, repository, story(sample), at);
    }

    private static String story(Sample sample) {
        return switch (sample.kind()) {
            case SOLUTION -> "Good work.";
            case STARTER -> "Nothing was done beyond what was handed out.";
            case FAULTY -> sample.mistake();
        };
    }
}
