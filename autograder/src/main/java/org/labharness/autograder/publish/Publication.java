package org.labharness.autograder.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.labharness.lab.Lab;
import org.labharness.lab.LabInput;
import org.labharness.lab.load.LabLoader;
import org.labharness.lab.load.PublicLab;

/**
 * What students get of a lab: the handout, the starter, what is asked with its points, and a {@code lab.yaml} of the checks that tell nothing. What is not
 * named here is not published, whatever else lies in the lab's folder.
 */
public final class Publication {
    /** What the lab asks, without how it is measured. */
    static final String CHECKS = "CHECKS.md";

    private static final String HANDOUT = "handout.md";
    private static final String STARTER = "starter";
    private static final String PUBLIC = "checks";

    private final Lab lab;
    private final Path target;

    private Publication(Lab lab, Path target) {
        this.lab = lab;
        this.target = target;
    }

    /**
     * Writes it.
     *
     * @param target a folder that is not there yet, or empty
     * @return the files, relative to it
     * @throws SecretTold with nothing written, where handout or starter hold what students must not see
     */
    public static Set<String> write(Lab lab, Path target) {
        try {
            return new Publication(lab, target).write();
        } catch (IOException e) {
            throw new UncheckedIOException("the lab cannot be published to " + target, e);
        }
    }

    private Set<String> write() throws IOException {
        Secrets secrets = Secrets.of(lab);
        Path handout = lab.folder().resolve(HANDOUT);
        List<Path> starter = Secrets.files(lab.folder().resolve(STARTER));
        if (Files.isRegularFile(handout)) {
            secrets.refuse(handout);
        }
        for (Path file : starter) {
            secrets.refuse(file);
        }
        Files.createDirectories(target);
        if (Files.isRegularFile(handout)) {
            copy(handout, HANDOUT);
        }
        for (Path file : starter) {
            copy(file, STARTER + "/" + lab.folder().resolve(STARTER).relativize(file));
        }
        write(CHECKS, Asked.of(lab));
        Set<String> given = given(starter);
        PublicLab.of(lab, given).ifPresent(text -> write(PUBLIC + "/" + LabLoader.FILE, text));
        if (Files.exists(target.resolve(PUBLIC))) {
            for (String input : given) {
                copy(lab.folder().resolve(input), PUBLIC + "/" + input);
            }
        }
        return Secrets.files(target).stream()
                .map(file -> target.relativize(file).toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Inputs that the starter holds as well: students have them anyhow. */
    private Set<String> given(List<Path> starter) throws IOException {
        Set<String> given = new TreeSet<>();
        for (LabInput input : lab.inputs()) {
            byte[] content = Files.readAllBytes(lab.folder().resolve(input.source()));
            for (Path file : starter) {
                if (Files.size(file) == content.length && Arrays.equals(Files.readAllBytes(file), content)) {
                    given.add(input.source());
                }
            }
        }
        return given;
    }

    private void copy(Path file, String to) throws IOException {
        Path place = target.resolve(to);
        Files.createDirectories(Objects.requireNonNull(place.getParent()));
        Files.copy(file, place);
    }

    private void write(String to, String text) {
        try {
            Path place = target.resolve(to);
            Files.createDirectories(Objects.requireNonNull(place.getParent()));
            Files.writeString(place, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
