package org.labharness.autograder.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.labharness.lab.sample.Sample;
import org.labharness.lab.sample.SampleTree;
import org.labharness.pipeline.ThrowawayFolder;
import org.labharness.pipeline.checkout.RepositoryBuilder;

/** Makes a sample a real Git repository: what was handed out as the first commit, its history if it has one, the student's work as the last. */
public final class SampleRepository {
    private SampleRepository() {}

    /**
     * Builds the repository; the same arguments give the same commit ids.
     *
     * @param labFolder holds the sample's files
     * @param directory where the repository goes; must not exist
     * @param handedIn time of the last commit
     */
    public static void build(Path labFolder, Sample sample, Path directory, Instant handedIn) {
        build(labFolder, sample, directory, handedIn, id -> {
            throw new IllegalArgumentException(sample.name() + " is to hold the hidden data " + id);
        });
    }

    /** @param hidden gives the table of hidden data by its id, for a sample that holds it */
    static void build(Path labFolder, Sample sample, Path directory, Instant handedIn, Function<String, Path> hidden) {
        try (ThrowawayFolder scratch =
                        ThrowawayFolder.in(directory.toAbsolutePath().resolveSibling(""), "files-");
                RepositoryBuilder repository = RepositoryBuilder.create(directory)) {
            Path readme = labFolder.resolve("handout.md");
            if (Files.exists(readme)) {
                repository.write("README.md", Files.readAllBytes(readme));
                repository.commit("Start from the handout", handedIn.minusSeconds(86_400));
            }
            SampleHistory.make(labFolder, sample.history(), repository, handedIn);
            Path files = scratch.path().resolve("tree");
            SampleTree.write(labFolder, sample, files);
            for (Map.Entry<String, String> held : sample.hidden().entrySet()) {
                Path file = files.resolve(held.getKey());
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.copy(hidden.apply(held.getValue()), file, StandardCopyOption.REPLACE_EXISTING);
            }
            if (!sample.history().isEmpty()) {
                repository.as(RepositoryBuilder.STUDENT).deleteAll();
                if (Files.exists(readme)) {
                    repository.write("README.md", Files.readAllBytes(readme));
                }
            }
            repository.writeAll(files);
            sample.delete().forEach(repository::delete);
            repository.commit("Hand in", handedIn);
        } catch (IOException e) {
            throw new UncheckedIOException("no repository could be made of " + sample.name() + " in " + directory, e);
        }
    }
}
