package org.labharness.pipeline.environment;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
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

    /**
     * Starlette 1 took away what the scoring server of MLflow until 3.11 is made with. Nothing fails before a model is served, so this holds from the start where such
     * an MLflow is pinned and the submission names neither Starlette nor what stands on it.
     */
    private static final String OLD_STARLETTE = "starlette<1";

    private static final Pattern PINNED_MLFLOW =
            Pattern.compile("mlflow(?:-skinny)?(?:\\[[^]]*])?\\s*={2,3}\\s*([0-9]+)(?:\\.([0-9]+))?.*");

    /** Each broke honest work that pins only what it names itself; the order that repaired most. */
    private static final List<String> CONSTRAINTS =
            List.of("SQLAlchemy<2.1", "setuptools<81", "pathspec<1", OLD_SKOPS, "mlflow<3.14", "pandas<3");
    /** NumPy 1.24 took names away (numpy.object) that what was published until then still uses, MLflow 1 among it. */
    private static final String OLD_NUMPY = "numpy<1.24";

    private static final int FIXED_MAJOR = 3;
    private static final int FIXED_MINOR = 11;
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
        } else if (!names("skops")) {
            all.add(OLD_SKOPS);
        }
        if (pinsOldMlflow() && !names("starlette", "fastapi")) {
            all.add(OLD_STARLETTE);
        }
        return all;
    }

    private boolean names(String... packages) {
        return requirements.stream().anyMatch(each -> List.of(packages).contains(each.normalized()));
    }

    private boolean pinsOldMlflow() {
        return requirements.stream()
                .map(each -> PINNED_MLFLOW.matcher(each.line()))
                .anyMatch(pin -> pin.matches() && isBefore(pin.group(1), pin.group(2)));
    }

    private static boolean isBefore(String major, @Nullable String minor) {
        int first = Integer.parseInt(major.substring(0, Math.min(major.length(), 4)));
        int second = minor == null ? 0 : Integer.parseInt(minor.substring(0, Math.min(minor.length(), 4)));
        return first < FIXED_MAJOR || (first == FIXED_MAJOR && second < FIXED_MINOR);
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
                new ArrayList<>(List.of("9", python.number(), cap.toString(), String.valueOf(constrained)));
        requirements.forEach(requirement -> parts.add(requirement.line()));
        own.forEach(line -> parts.add("own " + line));
        sources.forEach(name -> parts.add("source " + name));
        parts.add("preloaded " + preloaded);
        parts.addAll(constraints());
        return parts;
    }
}
