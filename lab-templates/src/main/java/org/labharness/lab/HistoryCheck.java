package org.labharness.lab;

import java.util.List;
import java.util.Set;

/** Checks of a repository's history: branches, tags and experiments. The YAML name of each stands in its first sentence. */
public sealed interface HistoryCheck extends CheckSpec {
    @Override
    default Family family() {
        return Family.REPOSITORY;
    }

    /**
     * {@code git-history}: work was done on branches and merged. What is 0 is not asked.
     *
     * @param branches with commits of their own, merged or not
     * @param merges of such branches into the graded line
     * @param conflicts merges of which both sides had changed the same lines
     * @param commits reachable from the graded one, it included
     * @param authors people with a commit that is no merge
     */
    record GitHistory(int branches, int merges, int conflicts, int commits, int authors) implements HistoryCheck {
        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.History());
        }
    }

    /**
     * {@code data-versions}: tags mark versions of data.
     *
     * @param tags in the order of the versions
     * @param path of the file or folder
     * @param differ whether no two versions may be the same
     */
    record DataVersions(List<String> tags, String path, boolean differ, Disjoint disjoint) implements HistoryCheck {
        public DataVersions {
            tags = List.copyOf(tags);
        }

        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.DataVersions(tags, path, disjoint));
        }
    }

    /** What no two versions of data may share. */
    enum Disjoint {
        /** Nothing is asked. */
        NOTHING,
        /** Lines of a text file but its header. */
        ROWS,
        /** Contents of files in a folder, whatever their names. */
        FILES
    }

    /**
     * {@code experiments}: experiments that DVC recorded were pushed.
     *
     * @param min how many that differ from each other
     * @param params names, each of which must have several values among them
     * @param metrics names that each of them must carry
     */
    record Experiments(int min, List<String> params, List<String> metrics) implements HistoryCheck {
        public Experiments {
            params = List.copyOf(params);
            metrics = List.copyOf(metrics);
        }

        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.Experiments());
        }
    }
}
