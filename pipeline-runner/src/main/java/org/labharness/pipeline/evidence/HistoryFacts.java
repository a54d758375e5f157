package org.labharness.pipeline.evidence;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What commits, branches, tags and experiments tell, read before anything ran.
 *
 * @param work null where no check asks for it
 * @param data versions of data, one for each request
 * @param experiments null where no check asks for them
 */
public record HistoryFacts(
        @Nullable Work work,
        List<DataVersions> data,
        @Nullable Experiments experiments) {
    public HistoryFacts {
        data = List.copyOf(data);
    }

    /**
     * How the work went.
     *
     * @param branch the graded branch, or what was graded
     * @param commits reachable from the graded one, capped
     * @param authors of commits that are no merges, the busiest first; capped
     * @param lines work beside the graded line; capped
     * @param straight branches without a commit that the graded line's own commits lack; capped
     * @param merges into the graded line, the newest first; capped
     */
    public record Work(
            String branch,
            int commits,
            List<Author> authors,
            List<Line> lines,
            List<String> straight,
            List<Merge> merges) {
        public Work {
            authors = List.copyOf(authors);
            lines = List.copyOf(lines);
            straight = List.copyOf(straight);
            merges = List.copyOf(merges);
        }
    }

    /** @param commits of their own, no merges */
    public record Author(String name, int commits) {}

    /**
     * A branch, or what a merge tells of one that is gone.
     *
     * @param name of the branch, or the merge's ten digits where it has none
     * @param commits of its own
     */
    public record Line(String name, int commits, boolean merged) {}

    /**
     * A merge of other work into the graded line.
     *
     * @param commit ten digits
     * @param commits that it brought
     * @param conflicts files of which both sides had changed the same lines; capped
     */
    public record Merge(String commit, String subject, int commits, List<String> conflicts) {
        public Merge {
            conflicts = List.copyOf(conflicts);
        }
    }

    /**
     * What is kept at a path at each tag.
     *
     * @param shared what versions have in common, by pairs; empty where that was not asked
     */
    public record DataVersions(String path, List<Version> versions, List<Shared> shared) {
        public DataVersions {
            versions = List.copyOf(versions);
            shared = List.copyOf(shared);
        }
    }

    /**
     * One version of data.
     *
     * @param commit ten digits; empty where the tag is not there or names no commit
     * @param keeper the file that records it ({@code data/raw.csv.dvc}, {@code dvc.lock}), {@code Git} where Git holds it itself; empty
     *     where nothing does
     * @param sum MD5 as DVC sums contents up; of a folder that Git holds, its id in Git
     * @param size in bytes, -1 where not recorded
     * @param had whether the content itself, or a folder's list of files, was had and has that sum
     * @param presence of what DVC keeps, for the reason why it was not had; null where it was, or nothing is kept
     * @param reason why the tag shows no data, or why the content was not had; else empty
     */
    public record Version(
            String tag,
            String commit,
            String keeper,
            String sum,
            long size,
            boolean had,
            DataFacts.@Nullable Presence presence,
            String reason) {}

    /**
     * What two versions share.
     *
     * @param common rows or files that are in both; -1 where that could not be found out
     * @param ofFirst how many there are in the first
     * @param example one of the common ones, cut; empty where there is none
     * @param reason why it could not be found out, else empty
     */
    public record Shared(
            String first, String second, long common, long ofFirst, long ofSecond, String example, String reason) {}

    /**
     * Experiments of DVC.
     *
     * @param count how many were pushed
     * @param read those that were looked at; capped
     */
    public record Experiments(int count, List<Experiment> read) {
        public Experiments {
            read = List.copyOf(read);
        }
    }

    /**
     * One experiment.
     *
     * @param commit ten digits
     * @param base ten digits of the commit that it started from
     * @param params as the locks record them, capped
     * @param metrics as its committed metrics files have them, capped
     * @param problem why it cannot be read, or empty
     */
    public record Experiment(
            String name,
            String commit,
            String base,
            Map<String, String> params,
            Map<String, Double> metrics,
            String problem) {
        public Experiment {
            params = Map.copyOf(params);
            metrics = Map.copyOf(metrics);
        }
    }
}
