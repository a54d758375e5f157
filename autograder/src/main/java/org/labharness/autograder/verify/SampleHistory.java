package org.labharness.autograder.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.labharness.lab.sample.HistoryStep;
import org.labharness.pipeline.checkout.RepositoryBuilder;

/** The commits of a sample before its work is handed in: on the main branch, on others, merged, tagged, or pushed as experiments. */
final class SampleHistory {
    private static final String MAIN = "main";
    private static final Duration PAUSE = Duration.ofMinutes(10);

    private final Path lab;
    private final RepositoryBuilder repository;
    private final Map<String, byte[]> main = new TreeMap<>();
    /** What each branch has beside the main one when it began. */
    private final Map<String, Map<String, byte[]>> branches = new TreeMap<>();

    private SampleHistory(Path lab, RepositoryBuilder repository) {
        this.lab = lab;
        this.repository = repository;
    }

    /**
     * Makes them on a repository that is empty or has what was handed out.
     *
     * @param before the commits' time: the last one is ten minutes before it
     */
    static void make(Path lab, List<HistoryStep> steps, RepositoryBuilder repository, Instant before)
            throws IOException {
        SampleHistory history = new SampleHistory(lab, repository);
        Path readme = lab.resolve("handout.md");
        if (Files.exists(readme)) {
            history.main.put("README.md", Files.readAllBytes(readme));
        }
        for (int i = 0; i < steps.size(); i++) {
            history.make(steps.get(i), before.minus(PAUSE.multipliedBy(steps.size() - i)));
        }
    }

    private void make(HistoryStep step, Instant time) throws IOException {
        Map<String, byte[]> written = new TreeMap<>();
        for (Map.Entry<String, String> file : step.files().entrySet()) {
            written.put(file.getKey(), Files.readAllBytes(lab.resolve(file.getValue())));
        }
        repository.as(step.author() == null ? RepositoryBuilder.STUDENT : step.author());
        String branch = step.branch();
        String merge = step.merge();
        if (step.experiment() != null) {
            put(main, written);
            repository.experiment(step.experiment(), step.message(), time);
        } else if (branch != null) {
            boolean known = branches.containsKey(branch);
            Map<String, byte[]> own = branches.computeIfAbsent(branch, name -> new TreeMap<>());
            own.putAll(written);
            if (known) {
                repository.onto(branch);
            } else {
                repository.branch(branch);
            }
            put(main, own);
            repository.commit(step.message(), time);
        } else {
            if (merge != null) {
                main.putAll(branches.getOrDefault(merge, Map.of()));
                repository.merging(merge);
            }
            main.putAll(written);
            put(main, Map.of());
            repository.commit(step.message(), time);
        }
        if (step.tag() != null) {
            repository.tag(step.tag());
        }
        if (branch != null) {
            repository.onto(MAIN);
        }
    }

    /** What is committed next: these files and no others. */
    private void put(Map<String, byte[]> files, Map<String, byte[]> over) {
        repository.deleteAll();
        Map<String, byte[]> all = new TreeMap<>(files);
        all.putAll(over);
        all.forEach(repository::write);
    }
}
