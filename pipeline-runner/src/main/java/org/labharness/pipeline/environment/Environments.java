package org.labharness.pipeline.environment;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.EnvironmentSpec;
import org.labharness.lab.Finding;
import org.labharness.lab.Memory;
import org.labharness.lab.PythonVersion;
import org.labharness.lab.Severity;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.EnvironmentFacts;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.Sandbox;

/**
 * Makes Python environments, each once: two submissions that come to the same pins share one. Safe for use by several threads and
 * several processes on one state folder; a build that is killed leaves nothing that is taken for an environment.
 */
public final class Environments {
    /** What the cache may hold where nobody says otherwise. */
    public static final Memory CACHE = Memory.parse("20GiB");

    private final Workbench workbench;
    private final OwnPackages own;

    /** @param home state folder of the harness; environments live in {@code environments} below it */
    public Environments(Sandbox sandbox, Images images, Path home) {
        this(sandbox, images, home, CACHE);
    }

    /** @param cache what unpacked wheels may take on the disk before the environments used least recently are removed */
    public Environments(Sandbox sandbox, Images images, Path home, Memory cache) {
        EnvironmentStore store = new EnvironmentStore(home.resolve("environments"));
        WheelBuilder builder = new WheelBuilder(sandbox, images);
        workbench = new Workbench(sandbox, images, store, builder, cache);
        own = new OwnPackages(store, builder);
    }

    /** As the other for a lab that brings nothing along and code that shows nothing of its Python. */
    public PreparedEnvironment prepare(Path tree, EnvironmentSpec spec, Instant asOf, Progress progress) {
        return prepare(new TreeReader(tree), spec, tree, asOf, false, progress);
    }

    /**
     * Makes the environment that a submission declares, or takes it from the cache without starting a container.
     *
     * @param tree the work tree, of which nothing has run yet
     * @param lab the folder that the lab's preloaded wheels and weights are relative to
     * @param asOf packages uploaded after the beginning of this moment's day (UTC) are not taken
     * @param newer whether the code is written for Python 3.12 or newer
     */
    public PreparedEnvironment prepare(
            TreeReader tree, EnvironmentSpec spec, Path lab, Instant asOf, boolean newer, Progress progress) {
        Asked asked = new Asked(tree, spec, Preloaded.of(lab, spec.preload()), asOf.truncatedTo(ChronoUnit.DAYS));
        PythonChoice python = PythonChoice.of(
                spec.python(), asked.declared(PythonVersion.PY311).python(), newer);
        Workbench.Outcome outcome = workbench.make(
                asked.query(python.version()),
                python.fixed() ? null : asked.query(python.other().version()),
                progress);
        return switch (outcome) {
            case Workbench.None none -> failure(asked, python.version(), none);
            case Workbench.Made made -> ready(asked, made, progress);
        };
    }

    /** What is asked for, for one Python or another. */
    private record Asked(TreeReader tree, EnvironmentSpec spec, Preloaded preloaded, Instant cap) {
        Declarations declared(PythonVersion python) {
            return DeclarationFinder.find(tree, spec, python);
        }

        Query query(PythonVersion python) {
            Declarations declared = declared(python);
            return new Query(
                    python,
                    AddedPackages.with(declared.requirements()),
                    declared.constraints(),
                    SourcePackages.allowed(spec.allowsSources()),
                    preloaded.wheels(),
                    cap,
                    false);
        }
    }

    private static PreparedEnvironment failure(Asked asked, PythonVersion python, Workbench.None none) {
        Declarations declared = asked.declared(python);
        List<Requirement> named = VerdictWords.named(declared.requirements(), none.log());
        EnvironmentFacts.Failure failure = new EnvironmentFacts.Failure(
                "no set of packages satisfies what is declared in " + String.join(", ", declared.files())
                        + VerdictWords.trouble(named),
                Stream.concat(named.stream(), declared.requirements().stream())
                        .map(Requirement::where)
                        .findFirst()
                        .orElse(null),
                none.log());
        return new PreparedEnvironment(
                new EnvironmentFacts(
                        python.number(),
                        declared.files(),
                        List.of(),
                        declared.setAside().stream().map(Aside::fact).toList(),
                        List.of(),
                        failure,
                        null,
                        ""),
                null,
                python,
                null,
                asked.preloaded(),
                declared.setAside().stream().map(Aside::finding).toList(),
                () -> {});
    }

    private PreparedEnvironment ready(Asked asked, Workbench.Made made, Progress progress) {
        Resolution resolution = made.resolution();
        PythonVersion python = PythonVersion.parse(resolution.python());
        Declarations declared = asked.declared(python);
        List<Requirement> requirements = AddedPackages.with(declared.requirements());
        List<Aside> setAside = new ArrayList<>(declared.setAside());
        resolution
                .verdicts()
                .forEach((index, verdict) ->
                        setAside.add(VerdictWords.of(requirements.get(index), verdict, resolution)));
        @Nullable Path folder = null;
        if (!declared.local().isEmpty()) {
            OwnPackages.Laid laid = own.lay(
                    asked.tree(), declared.local(), () -> workbench.workshop(python, progress::heard), progress::heard);
            folder = laid.folder();
            setAside.addAll(laid.failed());
        }
        @Nullable String help = VerdictWords.help(resolution);
        return new PreparedEnvironment(
                new EnvironmentFacts(
                        resolution.python(),
                        declared.files(),
                        resolution.pins(),
                        setAside.stream().map(Aside::fact).toList(),
                        resolution.failing().entrySet().stream()
                                .map(one -> new EnvironmentFacts.Broken(one.getKey(), one.getValue()))
                                .toList(),
                        null,
                        help,
                        made.digest()),
                made.venv(),
                python,
                folder,
                asked.preloaded(),
                findings(setAside, requirements, resolution, help),
                made.lease());
    }

    private static List<Finding> findings(
            List<Aside> setAside, List<Requirement> requirements, Resolution resolution, @Nullable String help) {
        List<Finding> findings = new ArrayList<>();
        setAside.forEach(aside -> findings.add(aside.finding()));
        requirements.forEach(requirement -> Misspelling.of(requirement).ifPresent(findings::add));
        if (help != null) {
            findings.add(new Finding(
                    "env.needed-help",
                    Severity.ADVICE,
                    null,
                    "The packages did not install or import as declared; it needed " + help
                            + ". No points are lost by that.",
                    "Pin the versions that you use: pip freeze > requirements.txt, and commit it."));
        }
        resolution
                .failing()
                .forEach((module, words) -> findings.add(new Finding(
                        "env.import-fails",
                        Severity.ADVICE,
                        null,
                        "With the packages that were installed 'import " + module + "' fails: " + words + ".",
                        "Try it in an empty environment: python -m venv fresh, install what you declare, import "
                                + module + ".")));
        return findings;
    }
}
