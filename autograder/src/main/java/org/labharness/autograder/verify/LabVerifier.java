package org.labharness.autograder.verify;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.labharness.lab.Lab;
import org.labharness.lab.load.LabLoader;
import org.labharness.lab.load.SampleLoader;
import org.labharness.lab.sample.Sample;
import org.labharness.pipeline.ThrowawayFolder;

/** Grades every sample of a lab and compares with what each must earn. */
public final class LabVerifier {
    /** The commits' time: fixed, so that the same lab gives the same commits and the same package versions. */
    private static final Instant HANDED_IN = Instant.parse("2026-09-15T12:00:00Z");

    private final SampleGrader grader;
    private final Path scratch;
    private final int atOnce;

    /**
     * @param scratch for the repositories; what is made there is deleted again
     * @param atOnce how many samples are graded at the same time
     */
    public LabVerifier(SampleGrader grader, Path scratch, int atOnce) {
        this.grader = grader;
        this.scratch = scratch;
        this.atOnce = atOnce;
    }

    /**
     * Verifies a lab.
     *
     * @param names of the samples to grade; all where empty. Some prove nothing of the lab's checks, see {@link LabProof#whole}
     * @param folder holds {@code lab.yaml} and {@code expected.yaml}
     * @param heard is told of each sample as soon as it is graded, from several threads
     * @throws org.labharness.lab.load.InvalidLab where one of the files cannot be used
     */
    public LabProof verify(Path folder, Set<String> names, Consumer<SampleResult> heard) {
        Lab lab = LabLoader.load(folder);
        List<Sample> samples = SampleLoader.load(lab).stream()
                .filter(sample -> names.isEmpty() || names.contains(sample.name()))
                .toList();
        try (ExecutorService workers = Executors.newFixedThreadPool(atOnce)) {
            List<Future<SampleResult>> running = new ArrayList<>();
            for (Sample sample : samples) {
                running.add(workers.submit(() -> {
                    SampleResult result = grade(lab, sample);
                    heard.accept(result);
                    return result;
                }));
            }
            try {
                return names.isEmpty() ? LabProof.ofAll(lab, collect(running)) : LabProof.ofSome(lab, collect(running));
            } finally {
                workers.shutdownNow();
            }
        }
    }

    private static List<SampleResult> collect(List<Future<SampleResult>> running) {
        List<SampleResult> results = new ArrayList<>();
        try {
            for (Future<SampleResult> result : running) {
                results.add(result.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException broke ? broke : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("verification was interrupted", e);
        }
    }

    private SampleResult grade(Lab lab, Sample sample) {
        try (ThrowawayFolder directory = ThrowawayFolder.in(scratch, lab.id() + "-" + sample.name() + "-")) {
            Path repository = directory.path().resolve(sample.name());
            SampleRepository.build(lab.folder(), sample, repository, HANDED_IN, data -> grader.hidden(lab, data));
            Lab asked = sample.kind() == Sample.Kind.SOLUTION ? Calibration.widened(lab) : lab;
            return SampleResult.of(sample, grader.grade(asked, repository));
        }
    }
}
