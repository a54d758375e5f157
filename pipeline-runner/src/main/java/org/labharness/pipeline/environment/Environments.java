package org.labharness.pipeline.environment;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.EnvironmentSpec;
import org.labharness.lab.Place;
import org.labharness.lab.PythonVersion;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.EnvironmentFacts;
import org.labharness.pipeline.evidence.EnvironmentFacts.SetAside;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.Sandbox;

/**
 * Makes Python environments, each once: two submissions that come to the same pins share one. Safe for use by several threads and
 * several processes on one state folder; a build that is killed leaves nothing that is taken for an environment.
 */
public final class Environments {
    private static final List<String> CONSTRAINTS =
            List.of("SQLAlchemy<2.1", "setuptools<81", "pathspec<1", "skops<0.15", "mlflow<3.14", "pandas<3");
    private static final String SETUPTOOLS = "setuptools";

    private final EnvironmentStore store;
    private final UvContainer uv;

    /** @param home state folder of the harness; environments live in {@code environments} below it */
    public Environments(Sandbox sandbox, Images images, Path home) {
        store = new EnvironmentStore(home.resolve("environments"));
        uv = new UvContainer(sandbox, images, store);
    }

    /**
     * Makes the environment that a submission declares, or takes it from the cache without starting a container.
     *
     * @param tree the work tree, of which nothing has run yet
     * @param asOf packages uploaded after the beginning of this moment's day (UTC) are not taken
     */
    public PreparedEnvironment prepare(Path tree, EnvironmentSpec spec, Instant asOf, Progress progress) {
        Declarations declared = DeclarationFinder.find(new TreeReader(tree), spec);
        PythonChoice python = PythonChoice.of(spec.python(), declared.python());
        List<Requirement> requirements = withSetuptools(declared.requirements());
        Instant cap = asOf.truncatedTo(ChronoUnit.DAYS);
        String key = key(python, requirements, cap);
        Optional<PreparedEnvironment> cached = cached(key, declared, requirements);
        if (cached.isPresent()) {
            return cached.get();
        }
        return store.holding(
                key,
                () -> cached(key, declared, requirements)
                        .orElseGet(() -> build(key, declared, requirements, python, cap, progress)));
    }

    private PreparedEnvironment build(
            String key,
            Declarations declared,
            List<Requirement> requirements,
            PythonChoice python,
            Instant cap,
            Progress progress) {
        progress.on(new Progress.Event.Note("building the environment (" + requirements.size() + " requirements)"));
        try (EnvironmentStore.Build build = store.begin()) {
            Optional<Resolution> known = store.readLock(key).flatMap(Resolution::parse);
            UvContainer.Answer answer = known.isPresent()
                    ? new UvContainer.Resolved(known.get())
                    : resolve(build, requirements, python, cap);
            return switch (answer) {
                case UvContainer.Unsatisfiable not -> {
                    EnvironmentFacts.Failure failure = new EnvironmentFacts.Failure(
                            "no set of packages satisfies what is declared in " + String.join(", ", declared.files()),
                            requirements.isEmpty()
                                    ? null
                                    : requirements.getFirst().where(),
                            not.log());
                    yield new PreparedEnvironment(
                            new EnvironmentFacts(
                                    python.version().number(),
                                    declared.files(),
                                    List.of(),
                                    declared.setAside(),
                                    failure,
                                    null,
                                    ""),
                            null,
                            python.version());
                }
                case UvContainer.Resolved resolved -> {
                    install(build, resolved.resolution());
                    store.writeLock(key, resolved.resolution().lines(), build);
                    yield ready(resolved.resolution(), declared, requirements);
                }
            };
        }
    }

    /** The Python asked for first; the other where that helps and nothing forbids it. */
    private UvContainer.Answer resolve(
            EnvironmentStore.Build build, List<Requirement> requirements, PythonChoice python, Instant cap) {
        UvContainer.Answer first = uv.resolve(build, python.version(), requirements, CONSTRAINTS, cap);
        if (python.fixed() || !wantsOtherPython(first)) {
            return first;
        }
        UvContainer.Answer second = uv.resolve(build, python.other().version(), requirements, CONSTRAINTS, cap);
        if (verdicts(second) >= verdicts(first)) {
            // The lock in the build's folder is read with the answer, so the first answer is whole.
            return first;
        }
        return second instanceof UvContainer.Resolved resolved
                ? new UvContainer.Resolved(with(resolved.resolution(), "python"))
                : second;
    }

    private static boolean wantsOtherPython(UvContainer.Answer answer) {
        return switch (answer) {
            case UvContainer.Unsatisfiable not -> true;
            case UvContainer.Resolved resolved ->
                resolved.resolution().verdicts().containsValue("other-python");
        };
    }

    private static int verdicts(UvContainer.Answer answer) {
        return switch (answer) {
            case UvContainer.Unsatisfiable not -> Integer.MAX_VALUE;
            case UvContainer.Resolved resolved ->
                resolved.resolution().verdicts().size();
        };
    }

    private static Resolution with(Resolution resolution, String help) {
        List<String> all = new ArrayList<>(resolution.help());
        all.add(help);
        return new Resolution(resolution.python(), resolution.verdicts(), all, resolution.pins());
    }

    private void install(EnvironmentStore.Build build, Resolution resolution) {
        String digest = digest(resolution);
        store.holding(digest, () -> {
            if (!Files.isDirectory(store.venv(digest))) {
                uv.install(build, PythonVersion.parse(resolution.python()), resolution.pins());
                store.publish(build, digest);
            }
            return digest;
        });
    }

    private Optional<PreparedEnvironment> cached(String key, Declarations declared, List<Requirement> requirements) {
        return store.readLock(key)
                .flatMap(Resolution::parse)
                .filter(resolution -> Files.isDirectory(store.venv(digest(resolution))))
                .map(resolution -> ready(resolution, declared, requirements));
    }

    private PreparedEnvironment ready(Resolution resolution, Declarations declared, List<Requirement> requirements) {
        String digest = digest(resolution);
        List<SetAside> setAside = new ArrayList<>(declared.setAside());
        resolution
                .verdicts()
                .forEach((index, verdict) ->
                        setAside.add(VerdictWords.of(requirements.get(index), verdict, resolution)));
        @Nullable String help = VerdictWords.help(resolution, CONSTRAINTS);
        EnvironmentFacts facts = new EnvironmentFacts(
                resolution.python(), declared.files(), resolution.pins(), setAside, null, help, digest);
        return new PreparedEnvironment(facts, store.venv(digest), PythonVersion.parse(resolution.python()));
    }

    /** Many packages need pkg_resources, which environments of uv's lack and setuptools dropped. */
    private static List<Requirement> withSetuptools(List<Requirement> declared) {
        List<Requirement> all = new ArrayList<>(declared);
        if (declared.stream().noneMatch(requirement -> requirement.normalized().equals(SETUPTOOLS))) {
            all.add(new Requirement(SETUPTOOLS, SETUPTOOLS + "<81", SETUPTOOLS + "<81", Place.of("(the harness)")));
        }
        return all;
    }

    private static String key(PythonChoice python, List<Requirement> requirements, Instant cap) {
        List<String> parts = new ArrayList<>(List.of("1", python.toString(), cap.toString()));
        requirements.forEach(requirement -> parts.add(requirement.line()));
        parts.addAll(CONSTRAINTS);
        return sha256(parts);
    }

    private static String digest(Resolution resolution) {
        List<String> parts = new ArrayList<>(List.of("1", resolution.python()));
        parts.addAll(resolution.pins());
        return sha256(parts);
    }

    private static String sha256(List<String> parts) {
        try {
            byte[] text = String.join("\n", parts).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text))
                    .substring(0, 40);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
