package org.labharness.pipeline.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.labharness.lab.Memory;
import org.labharness.lab.PythonVersion;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.Execution;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.Mount;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.Sandbox;

/** Runs uv in a container with a network and without student code. */
final class UvContainer {
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

    Answer resolve(
            EnvironmentStore.Build build,
            PythonVersion python,
            List<Requirement> requirements,
            List<String> constraints,
            Instant cap) {
        List<String> lines = new ArrayList<>();
        for (Requirement requirement : requirements) {
            lines.add(lines.size() + "\t" + requirement.name() + "\t" + requirement.line());
        }
        write(build.folder().resolve("requirements"), lines);
        write(build.folder().resolve("constraints"), constraints);
        ExecutionResult result = run(build, python, "resolve", cap.toString());
        List<String> report = read(build.folder().resolve("report"));
        String end = report.isEmpty() ? "" : report.getLast();
        return switch (end) {
            case "ended\tresolved" -> new Resolved(resolution(build, python, report));
            case "ended\tunsatisfiable" -> new Unsatisfiable(result.log());
            case "ended\tunreachable" -> throw unreachable(result);
            default -> throw failed("resolving", result);
        };
    }

    /** Makes the environment of these pins in the build's folder {@code venv}. */
    void install(EnvironmentStore.Build build, PythonVersion python, List<String> pins) {
        write(build.folder().resolve("lock"), pins);
        ExecutionResult result = run(build, python, "install");
        if (result.exit() == INDEX_UNREACHABLE) {
            throw unreachable(result);
        }
        if (result.exit() != 0) {
            throw failed("installing", result);
        }
    }

    private ExecutionResult run(EnvironmentStore.Build build, PythonVersion python, String task, String... more) {
        List<String> argv = new ArrayList<>(List.of(
                "/usr/bin/python3",
                "-I",
                "/opt/lab/lib/build_env.py",
                task,
                INSIDE + "/build/" + build.folder().getFileName()));
        argv.addAll(List.of(more));
        return await(sandbox.startShared(new ContainerCommand(
                images.tools(python),
                "uv",
                argv,
                Map.of("LANG", "C.UTF-8", "HOME", "/tmp", "PATH", "/usr/local/bin:/usr/bin:/bin"),
                List.of(Mount.readWrite(store.home(), INSIDE)),
                false,
                "/tmp",
                Network.PACKAGE_INDEX,
                0,
                CAPS,
                chunk -> {})));
    }

    private static ExecutionResult await(Execution execution) {
        try {
            return execution.result().get(LONGEST.plusMinutes(1).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            execution.kill();
            Thread.currentThread().interrupt();
            throw new SystemBroke(Breakdown.INTERRUPTED, "The build of an environment was interrupted", e);
        } catch (TimeoutException e) {
            execution.kill();
            throw new SystemBroke(Breakdown.TIMED_OUT, "The build of an environment outlived its " + LONGEST, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SystemBroke broke
                    ? broke
                    : new SystemBroke(
                            Breakdown.ENGINE_FAILED, "The build of an environment was lost: " + e.getCause(), e);
        }
    }

    private Resolution resolution(EnvironmentStore.Build build, PythonVersion python, List<String> report) {
        Map<Integer, String> verdicts = new TreeMap<>();
        List<String> help = new ArrayList<>();
        for (String line : report) {
            String[] fields = line.split("\t", -1);
            if (fields[0].equals("requirement")) {
                verdicts.put(Integer.valueOf(fields[1]), fields[2]);
            } else if (fields[0].equals("help")) {
                help.add(fields[1]);
            }
        }
        List<String> pins = read(build.folder().resolve("lock")).stream()
                .filter(line -> !line.isBlank())
                .toList();
        return new Resolution(python.number(), verdicts, help, pins);
    }

    private static SystemBroke unreachable(ExecutionResult result) {
        return new SystemBroke(
                Breakdown.PACKAGE_INDEX,
                "The package index does not answer: " + words(result)
                        + "; see whether this machine reaches it (proxy, CA bundle, index settings)");
    }

    private static SystemBroke failed(String what, ExecutionResult result) {
        return new SystemBroke(
                result.limits().isEmpty() ? Breakdown.INTERNAL : Breakdown.TIMED_OUT,
                what + " an environment ended with exit code " + result.exit() + " " + result.limits() + ": "
                        + words(result));
    }

    private static String words(ExecutionResult result) {
        LogExcerpt log = result.log();
        if (!log.lastError().isEmpty()) {
            return log.lastError();
        }
        List<String> lines = log.tail().isEmpty() ? log.head() : log.tail();
        return lines.isEmpty() ? "it said nothing" : lines.getLast();
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
