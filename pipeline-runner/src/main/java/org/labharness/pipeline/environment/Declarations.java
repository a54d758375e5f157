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
import org.labharness.pipeline.evidence.EnvironmentFacts.SetAside;

/** What a submission declares to need, gathered from one or several files. */
final class Declarations {
    private static final int MOST = 400;

    private final Map<String, Requirement> requirements = new LinkedHashMap<>();
    private final List<SetAside> setAside = new ArrayList<>();
    private final Set<String> files = new LinkedHashSet<>();
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
        switch (RequirementLine.parse(text.strip(), where)) {
            case RequirementLine.Kept kept -> keep(kept.requirement());
            case RequirementLine.NotKept not -> setAside(not.reason());
            case RequirementLine.Loosened loosened -> {
                keep(loosened.requirement());
                setAside(loosened.reason());
            }
        }
    }

    void setAside(SetAside reason) {
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

    List<SetAside> setAside() {
        return List.copyOf(setAside);
    }

    List<String> files() {
        return List.copyOf(files);
    }

    Optional<String> python() {
        return Optional.ofNullable(python);
    }

    boolean isEmpty() {
        return requirements.isEmpty() && setAside.isEmpty();
    }

    private void keep(Requirement requirement) {
        String key = requirement.normalized() + requirement.line().replaceFirst("^[^;]*", "");
        if (requirements.size() >= MOST) {
            setAside(new SetAside(
                    requirement.declared(), requirement.where(), "is one too many: " + MOST + " are looked at", true));
            return;
        }
        Requirement known = requirements.putIfAbsent(key, requirement);
        if (known != null && !known.line().equals(requirement.line())) {
            setAside(new SetAside(
                    requirement.declared(),
                    requirement.where(),
                    "is required a second time; " + known.declared() + " of " + known.where() + " counts",
                    false));
        }
    }
}
