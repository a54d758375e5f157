package org.labharness.pipeline.environment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Place;

/** What a submission declares to need, gathered from one or several files. */
final class Declarations {
    private static final int MOST = 400;
    private static final int MOST_LOCAL = 5;

    private final Map<String, Requirement> requirements = new LinkedHashMap<>();
    private final Map<String, String> constraints = new LinkedHashMap<>();
    private final List<Aside> setAside = new ArrayList<>();
    private final Set<String> files = new LinkedHashSet<>();
    private final Map<String, LocalPackage> local = new LinkedHashMap<>();
    private @Nullable String python;

    /** Notes that a file was read. */
    void readFrom(String file) {
        files.add(file);
    }

    boolean hasRead(String file) {
        return files.contains(file);
    }

    /** Adds one requirement as it was written. */
    void add(String text, Place where) {
        add(text, where, true);
    }

    /** Adds one that nobody is blamed for where it cannot be had. */
    void suggest(String text, Place where) {
        add(text, where, false);
    }

    private void add(String text, Place where, boolean blamed) {
        switch (RequirementLine.parse(text.strip(), where)) {
            case RequirementLine.Kept kept -> keep(told(kept.requirement(), blamed));
            case RequirementLine.NotKept not -> setAside(not.reason());
            case RequirementLine.Loosened loosened -> {
                keep(told(loosened.requirement(), blamed));
                setAside(loosened.reason());
            }
            case RequirementLine.Addressed addressed -> address(addressed.requirement());
        }
    }

    /** The grader's own DVC runs the pipeline: which one a submission asks for is no matter. */
    private static Requirement told(Requirement requirement, boolean blamed) {
        return blamed && !Requirement.normalize(requirement.name()).equals("dvc")
                ? requirement
                : requirement.unblamed();
    }

    /** Sets a package aside that comes from an address; the index may have another one under its name, so that is not asked. */
    void address(Requirement requirement) {
        setAside(new Aside(
                withoutPassword(requirement.declared()),
                requirement.where(),
                Why.ADDRESS,
                "comes from an address; packages are taken from the package index only",
                false));
    }

    private static String withoutPassword(String text) {
        return text.replaceAll("//[^/@\\s]*@", "//***@");
    }

    /** A version that counts only where something else needs the package: a line of a constraints file. */
    void constrain(String text, Place where) {
        if (RequirementLine.parse(text.strip(), where) instanceof RequirementLine.Kept kept
                && constraints.size() < MOST) {
            constraints.putIfAbsent(
                    kept.requirement().normalized(), kept.requirement().line());
        }
    }

    void local(LocalPackage own) {
        if (local.size() < MOST_LOCAL) {
            local.putIfAbsent(own.folder(), own);
        }
    }

    void setAside(Aside reason) {
        if (setAside.size() < MOST) {
            setAside.add(reason);
        }
    }

    /** Notes which Python is asked for, such as {@code >=3.12} or {@code 3.10}; the first one counts. */
    void askForPython(String request) {
        if (python == null && !request.isBlank()) {
            python = request.strip();
        }
    }

    List<Requirement> requirements() {
        return List.copyOf(requirements.values());
    }

    List<String> constraints() {
        return List.copyOf(constraints.values());
    }

    List<LocalPackage> local() {
        return List.copyOf(local.values());
    }

    List<Aside> setAside() {
        return List.copyOf(setAside);
    }

    List<String> files() {
        return List.copyOf(files);
    }

    Optional<String> python() {
        return Optional.ofNullable(python);
    }

    boolean isEmpty() {
        return requirements.isEmpty() && setAside.isEmpty() && local.isEmpty();
    }

    private void keep(Requirement requirement) {
        String key = requirement.normalized() + requirement.marker();
        if (requirements.size() >= MOST) {
            setAside(new Aside(
                    requirement.declared(),
                    requirement.where(),
                    Why.TOO_MUCH,
                    "is one too many: " + MOST + " are looked at",
                    true));
            return;
        }
        Requirement known = requirements.putIfAbsent(key, requirement);
        if (known != null
                && !known.line().equals(requirement.line())
                && contradict(known.where(), requirement.where())) {
            setAside(new Aside(
                    requirement.declared(),
                    requirement.where(),
                    Why.TWICE,
                    "is required a second time; " + known.declared() + " of " + known.where() + " counts",
                    false));
        }
    }

    /** A project's ranges do not contradict its lock, nor does one folder's file that of another. */
    private static boolean contradict(Place known, Place again) {
        String name = known.path().substring(known.path().lastIndexOf('/') + 1);
        boolean lock = name.endsWith(".lock") || name.startsWith("pylock") || name.startsWith("conda-lock");
        return !lock && folder(known).equals(folder(again));
    }

    private static String folder(Place where) {
        return where.path().substring(0, where.path().lastIndexOf('/') + 1);
    }
}
