package org.labharness.pipeline.environment;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.PythonVersion;
import org.labharness.pipeline.sandbox.Mount;

/**
 * What uv is asked for.
 *
 * @param own constraints of the submission
 * @param sources packages that may come as source distributions; {@code *} for any, {@code !name} for none
 * @param preloaded folder with wheels of the lab on the host, or null
 * @param constrained whether the constraints that repair known breakages hold from the start
 */
record Query(
        PythonVersion python,
        List<Requirement> requirements,
        List<String> own,
        List<String> sources,
        @Nullable Path preloaded,
        Instant cap,
        boolean constrained) {
    private static final String PRELOADED = "/preloaded-wheels";

    /**
     * MLflow 3.14 and later saves scikit-learn's models with skops, of which 0.15 and later refuses trees, forests, boosting and
     * neighbours. Nothing fails before a model is saved, so this holds from the start wherever the submission does not name skops.
     */
    private static final String OLD_SKOPS = "skops<0.15";

    /** Each broke honest work that pins only what it names itself; the order that repaired most. */
    private static final List<String> CONSTRAINTS =
            List.of("SQLAlchemy<2.1", "setuptools<81", "pathspec<1", OLD_SKOPS, "mlflow<3.14", "pandas<3");
    /** NumPy 1.24 took names away (numpy.object) that what was published until then still uses, MLflow 1 among it. */
    private static final String OLD_NUMPY = "numpy<1.24";

    private static final Instant OLD = Instant.parse("2023-07-01T00:00:00Z");

    Query {
        requirements = List.copyOf(requirements);
        own = List.copyOf(own);
        sources = List.copyOf(sources);
    }

    /** Folders with wheels, as the container sees them. */
    List<String> links(String home) {
        List<String> links = new ArrayList<>(List.of(home + "/wheels/kept"));
        if (sources.contains("*")) {
            links.add(home + "/wheels/any");
        }
        if (preloaded != null) {
            links.add(PRELOADED);
        }
        return links;
    }

    List<Mount> mounts() {
        return preloaded == null ? List.of() : List.of(Mount.readOnly(preloaded, PRELOADED));
    }

    /** Constraints that repair known breakages of packages of that day. */
    List<String> constraints() {
        List<String> all = new ArrayList<>(CONSTRAINTS);
        if (python == PythonVersion.PY311 && cap.isBefore(OLD)) {
            all.add(OLD_NUMPY);
        }
        return List.copyOf(all);
    }

    /** The submission's own constraints, and those that repair, where they hold. */
    List<String> allOwn() {
        List<String> all = new ArrayList<>(own);
        if (constrained) {
            all.addAll(constraints());
        } else if (requirements.stream().noneMatch(each -> each.normalized().equals("skops"))) {
            all.add(OLD_SKOPS);
        }
        return all;
    }

    Query withConstraints() {
        return new Query(python, requirements, own, sources, preloaded, cap, true);
    }

    /** Without a source distribution that cannot be built. */
    Query withoutSource(String name) {
        List<String> rest = new ArrayList<>(sources);
        rest.add("!" + name);
        return new Query(python, requirements, own, rest, preloaded, cap, constrained);
    }

    Query asOf(Instant day) {
        return new Query(python, requirements, own, sources, preloaded, day, constrained);
    }

    Query forPython(PythonVersion other) {
        return new Query(other, requirements, own, sources, preloaded, cap, constrained);
    }

    /** All that decides what comes of it. */
    List<String> parts() {
        List<String> parts =
                new ArrayList<>(List.of("8", python.number(), cap.toString(), String.valueOf(constrained)));
        requirements.forEach(requirement -> parts.add(requirement.line()));
        own.forEach(line -> parts.add("own " + line));
        sources.forEach(name -> parts.add("source " + name));
        parts.add("preloaded " + preloaded);
        parts.addAll(constraints());
        return parts;
    }
}
