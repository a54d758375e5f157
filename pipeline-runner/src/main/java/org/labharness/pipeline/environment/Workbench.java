package org.labharness.pipeline.environment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Memory;
import org.labharness.lab.PythonVersion;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.evidence.EnvironmentFacts;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.sandbox.Sign;

/** Resolves, installs and tries environments, in the order of what helps: as asked, with constraints, with the other Python. */
final class Workbench {
    private static final int MOST_ROUNDS = 5;

    private final EnvironmentStore store;
    private final UvContainer uv;
    private final ImportProbe probe;
    private final WheelBuilder builder;
    private final CacheCap cap;

    Workbench(Sandbox sandbox, Images images, EnvironmentStore store, WheelBuilder builder, Memory cache) {
        this.store = store;
        this.builder = builder;
        uv = new UvContainer(sandbox, images, store);
        probe = new ImportProbe(sandbox, images, store);
        cap = new CacheCap(store, cache);
    }

    /** What came of it. */
    sealed interface Outcome {}

    /** @param lease keeps it in the cache until it is ended */
    record Made(Resolution resolution, String digest, Path venv, PreparedEnvironment.Lease lease) implements Outcome {}

    record None(LogExcerpt log) implements Outcome {}

    /** @param other the same for the other Python, or null where only one may be used */
    Outcome make(Query query, @Nullable Query other, Progress progress) {
        String key = Digest.of(query.parts());
        Optional<Made> cached = cached(key);
        if (cached.isPresent()) {
            return told(cached.get(), progress);
        }
        return store.holding(
                key,
                progress::heard,
                heard -> cached(key)
                        .<Outcome>map(made -> told(made, progress)) // somebody else built it meanwhile
                        .orElseGet(() -> build(key, query, other, progress, heard)));
    }

    private static Made told(Made made, Progress progress) {
        progress.on(new Progress.Event.EnvironmentFound(true));
        return made;
    }

    private Outcome build(String key, Query query, @Nullable Query other, Progress progress, Consumer<Sign> heard) {
        progress.on(new Progress.Event.EnvironmentFound(false));
        progress.on(new Progress.Event.Note(
                "building the environment (" + query.requirements().size() + " requirements)"));
        try (EnvironmentStore.Build build = store.begin()) {
            Optional<Resolution> known = store.readLock(key).flatMap(Resolution::parse);
            Attempt best =
                    known.isPresent() ? again(build, query, known.get(), heard) : search(build, query, other, heard);
            if (best.resolution() == null) {
                return new None(best.log());
            }
            store.writeLock(key, best.resolution().lines(), build);
            Made made = leased(best.resolution())
                    .orElseThrow(() -> new SystemBroke(
                            Breakdown.INTERNAL, "An environment that was just made is not there any more"));
            cap.keep(build);
            return made;
        }
    }

    /** What was resolved once is used again, whatever the index has by now. */
    private Attempt again(EnvironmentStore.Build build, Query query, Resolution known, Consumer<Sign> heard) {
        Query same = query.forPython(PythonVersion.parse(known.python()));
        install(build, same, known, heard);
        return new Attempt(known, LogExcerpt.EMPTY);
    }

    /** @param resolution null where nothing goes together, of which the log tells */
    private record Attempt(@Nullable Resolution resolution, LogExcerpt log) {
        /** The less, the better. */
        int troubles() {
            return resolution == null
                    ? Integer.MAX_VALUE
                    : resolution.verdicts().size() + resolution.failing().size();
        }

        boolean wantsOtherPython() {
            return resolution == null
                    || resolution.verdicts().containsValue("other-python")
                    || !resolution.failing().isEmpty();
        }

        Attempt orBetter(Attempt other) {
            return other.troubles() < troubles() ? other : this;
        }
    }

    private Attempt search(EnvironmentStore.Build build, Query query, @Nullable Query other, Consumer<Sign> heard) {
        Attempt best = onItsDay(build, query, List.of(), heard);
        if (best.resolution() != null && !best.resolution().failing().isEmpty()) {
            best = best.orBetter(onItsDay(build, query.withConstraints(), List.of(), heard));
        }
        if (other != null && best.wantsOtherPython()) {
            best = best.orBetter(onItsDay(build, other, List.of("python"), heard));
        }
        return best;
    }

    private Attempt onItsDay(EnvironmentStore.Build build, Query query, List<String> help, Consumer<Sign> heard) {
        Attempt best = new Attempt(null, LogExcerpt.EMPTY);
        for (Instant day : PackageDays.of(query.python(), query.cap())) {
            List<String> all = new ArrayList<>(help);
            if (!day.equals(query.cap())) {
                all.add("day " + LocalDate.ofInstant(day, ZoneOffset.UTC));
            }
            Attempt next = attempt(build, query.asOf(day), all, heard);
            best = best.resolution() == null ? next : best.orBetter(next);
            if (best.troubles() == 0) {
                break;
            }
        }
        return best;
    }

    private Attempt attempt(EnvironmentStore.Build build, Query asked, List<String> help, Consumer<Sign> heard) {
        Query query = asked;
        List<String> built = new ArrayList<>();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            switch (uv.resolve(build, query, heard)) {
                case UvContainer.Unsatisfiable not -> {
                    return new Attempt(null, not.log());
                }
                case UvContainer.NeedsSources needs -> {
                    for (UvContainer.SourceFile source : needs.files()) {
                        if (isBuilt(build, source, heard)) {
                            built.add(source.name() + "==" + source.version());
                        } else {
                            query = query.withoutSource(source.name());
                        }
                    }
                }
                case UvContainer.Resolved resolved -> {
                    Resolution resolution = resolved.resolution().with(help);
                    if (!built.isEmpty()) {
                        resolution = resolution.with(List.of("built " + String.join(" ", built)));
                    }
                    install(build, query, resolution, heard);
                    return new Attempt(tried(resolution, heard), LogExcerpt.EMPTY);
                }
            }
        }
        throw new SystemBroke(Breakdown.INTERNAL, "Packages had to be built from source again and again: " + built);
    }

    /** What the harness itself keeps must build; what a lab allows may fail, and is left out then. */
    private boolean isBuilt(EnvironmentStore.Build build, UvContainer.SourceFile source, Consumer<Sign> heard) {
        boolean kept = SourcePackages.isKept(source.name());
        try (PreparedEnvironment workshop = workshop(PythonVersion.PY311, heard)) {
            Path out = store.folder(build, "built");
            return switch (builder.build(workshop, source.file(), out, WheelBuilder.Room.LARGE, heard)) {
                case WheelBuilder.Built wheel -> {
                    store.keepWheel(wheel.wheel(), kept);
                    yield true;
                }
                case WheelBuilder.Failed not
                when SourcePackages.isAlwaysBuilt(source.name()) ->
                    throw new SystemBroke(
                            Breakdown.INTERNAL,
                            "The wheel of " + source.name() + " " + source.version() + " cannot be built: "
                                    + not.said());
                case WheelBuilder.Failed not -> false;
            };
        }
    }

    private Resolution tried(Resolution resolution, Consumer<Sign> heard) {
        return resolution.failing(probe.failing(store.venv(digest(resolution)), resolution, heard));
    }

    /**
     * What wheels are built in.
     *
     * @param heard is told that making it goes on
     */
    PreparedEnvironment workshop(PythonVersion python, Consumer<Sign> heard) {
        return switch (make(Workshop.query(python), null, Progress.onlyHeard(heard))) {
            case None none ->
                throw new SystemBroke(
                        Breakdown.INTERNAL, "The environment in which wheels are built cannot be made: " + none.log());
            case Made made ->
                new PreparedEnvironment(
                        new EnvironmentFacts(
                                python.number(),
                                List.of(),
                                made.resolution().pins(),
                                List.of(),
                                List.of(),
                                null,
                                null,
                                made.digest()),
                        made.venv(),
                        python,
                        null,
                        Preloaded.NOTHING,
                        List.of(),
                        made.lease());
        };
    }

    private void install(EnvironmentStore.Build build, Query query, Resolution resolution, Consumer<Sign> heard) {
        String digest = digest(resolution);
        store.holding(digest, heard, told -> {
            if (!Files.isDirectory(store.venv(digest))) {
                uv.install(build, query, resolution.pins(), told);
                store.publish(build, digest);
            }
            return digest;
        });
    }

    private Optional<Made> cached(String key) {
        return store.readLock(key).flatMap(Resolution::parse).flatMap(this::leased);
    }

    private Optional<Made> leased(Resolution resolution) {
        String digest = digest(resolution);
        return store.lease(digest).map(lease -> new Made(resolution, digest, store.venv(digest), lease));
    }

    private static String digest(Resolution resolution) {
        List<String> parts = new ArrayList<>(List.of("2", resolution.python()));
        parts.addAll(resolution.pins());
        return Digest.of(parts);
    }
}
