package org.labharness.pipeline.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Place;

/**
 * A committed dvc.lock compared with dvc.yaml, the params files and the committed files.
 *
 * @param stages names recorded in the lock
 * @param differences everything that does not agree, differences without fault included
 * @param problem why it could not be read, or null
 */
public record LockFacts(
        List<String> stages,
        List<Difference> differences,
        @Nullable String problem) {
    public LockFacts {
        stages = List.copyOf(stages);
        differences = List.copyOf(differences);
    }

    /**
     * @param subject the path, parameter name or command that differs
     * @param recorded what the lock says
     * @param seen what is there
     * @param where line in dvc.lock, or in dvc.yaml for a stage that the lock lacks
     */
    public record Difference(
            String stage, Kind kind, String subject, String recorded, String seen, boolean fault, Place where) {
        /** What the lock says of what it does not hold. */
        public static final String NOT_RECORDED = "not recorded";
        /** What is there of what dvc.yaml does not list any more. */
        public static final String NOT_DECLARED = "not in dvc.yaml";

        public boolean unrecorded() {
            return recorded.equals(NOT_RECORDED);
        }

        public boolean undeclared() {
            return seen.equals(NOT_DECLARED);
        }
    }

    /** What differs. */
    public enum Kind {
        /** In dvc.yaml, not in the lock. */
        STAGE_MISSING,
        /** In the lock, not in dvc.yaml. */
        STAGE_EXTRA,
        COMMAND,
        PARAMETER,
        DEPENDENCY,
        /** A dependency that is a committed link, or lies behind one, which is not followed. */
        LINK,
        /** A dependency or output whose text differs in line endings only. Never a fault. */
        LINE_ENDINGS,
        OUTPUT
    }
}
