package org.labharness.pipeline.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.labharness.lab.Memory;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.Mount;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.sandbox.Sign;
import org.labharness.pipeline.sandbox.Whose;

/** Runs uv in a container with a network and without student code. */
final class UvContainer {
    private static final String CONSTRAINTS = "constraints";
    private static final String INSIDE = "/environments";
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int INDEX_UNREACHABLE = 75;
    private static final ContainerCommand.Caps CAPS = new ContainerCommand.Caps(
            LONGEST, Memory.mebibytes(3072), 512, 4, Memory.mebibytes(256), Memory.mebibytes(16));

    private final Sandbox sandbox;
    private final Images images;
    private final EnvironmentStore store;

    UvContainer(Sandbox sandbox, Images images, EnvironmentStore store) {
        this.sandbox = sandbox;
        this.images = images;
        this.store = store;
    }

    /** What resolving ended with. */
    sealed interface Answer {}

    record Resolved(Resolution resolution) implements Answer {}

    record Unsatisfiable(LogExcerpt log) implements Answer {}

    /** These have to be built first. */
    record NeedsSources(List<SourceFile> files) implements Answer {}

    /** A source distribution that was fetched. */
    record SourceFile(String name, String version, Path file) {}

    /** @param heard is told that it goes on */
    Answer resolve(EnvironmentStore.Build build, Query query, Consumer<Sign> heard) {
        List<String> lines = new ArrayList<>();
        for (Requirement requirement : query.requirements()) {
            lines.add(lines.size() + "\t" + requirement.name() + "\t" + requirement.line());
        }
        write(build.folder().resolve("requirements"), lines);
        write(build.folder().resolve("constraints"), query.constraints());
        write(build.folder().resolve("own"), query.allOwn());
        write(build.folder().resolve("month"), Releases.asOf(query.cap()));
        write(build.folder().resolve("sources"), query.sources());
        write(build.folder().resolve("links"), query.links(INSIDE));
        ExecutionResult result = run(build, query, heard, "resolve", query.cap().toString());
        List<String> report = read(build.folder().resolve("report"));
        String end = report.isEmpty() ? "" : report.getLast();
        return switch (end) {
            case "ended\tresolved" -> new Resolved(resolution(build, query, report));
            case "ended\tsources" -> new NeedsSources(sources(build, report));
            case "ended\tunsatisfiable" -> new Unsatisfiable(result.log());
            case "ended\tunreachable" -> throw unreachable(result);
            default -> throw failed("resolving", result);
        };
    }

    /**
     * Makes the environment of these pins in the build's folder {@code venv}.
     *
     * @param heard is told that it goes on
     */
    void install(EnvironmentStore.Build build, Query query, List<String> pins, Consumer<Sign> heard) {
        write(build.folder().resolve("lock"), pins);
        write(build.folder().resolve("links"), query.links(INSIDE));
        ExecutionResult result = run(build, query, heard, "install");
        if (result.exit() == INDEX_UNREACHABLE) {
            throw unreachable(result);
        }
        if (result.exit() != 0) {
            throw failed("installing", result);
        }
    }

    private ExecutionResult run(
            EnvironmentStore.Build build, Query query, Consumer<Sign> heard, String task, String... more) {
        List<String> argv = new ArrayList<>(List.of(
                "/usr/bin/python3",
                "-I",
                "/opt/lab/lib/build_env.py",
                task,
                INSIDE + "/build/" + build.folder().getFileName()));
        argv.addAll(List.of(more));
        List<Mount> mounts = new ArrayList<>(query.mounts());
        mounts.add(Mount.readWrite(store.home(), INSIDE));
        return sandbox.startShared(
                        new ContainerCommand(
                                images.tools(query.python()),
                                "uv",
                                Whose.OURS,
                                argv,
                                Map.of("LANG", "C.UTF-8", "HOME", "/tmp", "PATH", "/usr/local/bin:/usr/bin:/bin"),
                                mounts,
                                false,
                                "/tmp",
                                Network.PACKAGE_INDEX,
                                0,
                                CAPS,
                                chunk -> {}),
                        heard)
                .await(LONGEST, "The build of an environment");
    }

    private static List<SourceFile> sources(EnvironmentStore.Build build, List<String> report) {
        return report.stream()
                .map(line -> line.split("\t", -1))
                .filter(fields -> fields[0].equals("source"))
                .map(fields -> new SourceFile(
                        fields[1], fields[2], build.folder().resolve("sdists").resolve(fields[3])))
                .toList();
    }

    private static Resolution resolution(EnvironmentStore.Build build, Query query, List<String> report) {
        Map<Integer, String> verdicts = new TreeMap<>();
        List<String> help = new ArrayList<>();
        String constraints = CONSTRAINTS + " " + String.join(" ", query.constraints());
        if (query.constrained()) {
            help.add(constraints);
        }
        for (String line : report) {
            String[] fields = line.split("\t", -1);
            if (fields[0].equals("requirement")) {
                verdicts.put(Integer.valueOf(fields[1]), fields[2]);
            } else if (fields[0].equals("help")) {
                String words = String.join(" ", List.of(fields).subList(1, fields.length));
                help.add(words.equals(CONSTRAINTS) ? constraints : words);
            }
        }
        List<String> pins = read(build.folder().resolve("lock")).stream()
                .filter(line -> !line.isBlank())
                .toList();
        return new Resolution(query.python().number(), verdicts, help, withoutGraphicsCards(pins), Map.of());
    }

    /** What only a graphics card uses is not needed by packages that merely offer to use one; PyTorch and TensorFlow fail without. */
    private static List<String> withoutGraphicsCards(List<String> pins) {
        boolean linked =
                pins.stream().anyMatch(pin -> pin.matches("(torch|tensorflow|jax[a-z0-9-]*|cupy[a-z0-9-]*)==.*"));
        return linked
                ? pins
                : pins.stream()
                        .filter(pin -> !Substitutes.isForGraphicsCards(pin.split("==", 2)[0]))
                        .toList();
    }

    private static SystemBroke unreachable(ExecutionResult result) {
        return new SystemBroke(
                Breakdown.PACKAGE_INDEX,
                "The package index does not answer: " + Said.words(result)
                        + "; see whether this machine reaches it (proxy, CA bundle, index settings)");
    }

    private static SystemBroke failed(String what, ExecutionResult result) {
        return new SystemBroke(
                result.limits().isEmpty() ? Breakdown.INTERNAL : Breakdown.TIMED_OUT,
                what + " an environment ended with exit code " + result.exit() + " " + result.limits() + ": "
                        + Said.words(result));
    }

    private static void write(Path file, List<String> lines) {
        try {
            Files.write(file, lines, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new SystemBroke(Breakdown.INTERNAL, "cannot write " + file, e);
        }
    }

    private static List<String> read(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
        } catch (IOException e) {
            throw new SystemBroke(Breakdown.INTERNAL, "cannot read " + file, e);
        }
    }
}
