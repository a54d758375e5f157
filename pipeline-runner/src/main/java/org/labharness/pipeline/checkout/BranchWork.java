package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.labharness.pipeline.evidence.HistoryFacts.Line;
import org.labharness.pipeline.evidence.HistoryFacts.Merge;
import org.labharness.pipeline.evidence.HistoryFacts.Work;

/**
 * Work on branches, as the commits tell it. A merge on the graded line brings the commits that were not reachable before it; one that
 * merges the line into itself, as a pull does, brings none. Every commit is counted once, for the first line that holds it.
 */
final class BranchWork {
    private static final int MOST_COMMITS = 20_000;
    private static final int MOST_BRANCHES = 500;
    private static final int LISTED = 50;
    private static final int MERGED_AGAIN = 30;
    private static final int MOST_JOINED = 30;

    private final Repository repository;
    private final RevWalk walk;
    private final String branch;
    private final Set<ObjectId> known = new HashSet<>();
    private final Set<ObjectId> counted = new HashSet<>();
    private final Authors authors = new Authors();
    private final Map<ObjectId, String> tips = new HashMap<>();
    private final List<Line> lines = new ArrayList<>();
    private final List<Merge> merges = new ArrayList<>();
    private final List<String> straight = new ArrayList<>();
    private int joins;

    private BranchWork(Repository repository, RevWalk walk, String branch) {
        this.repository = repository;
        this.walk = walk;
        this.branch = branch;
    }

    /** @param branch the graded one, as evidence shows it */
    static Work read(Repository repository, String branch) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            walk.setRetainBody(false);
            return new BranchWork(repository, walk, branch).read();
        }
    }

    private Work read() throws IOException {
        ObjectId head = repository.resolve(Constants.HEAD);
        if (head == null) {
            return new Work(branch, 0, List.of(), List.of(), List.of(), List.of());
        }
        Map<String, RevCommit> branches = branches();
        branches.forEach((name, tip) -> tips.putIfAbsent(tip, name));
        GradedLine line = GradedLine.of(walk, walk.parseCommit(head), branch, tips.keySet(), MOST_COMMITS);
        known.addAll(line.commits());
        for (RevCommit commit : line.commits()) {
            graded(line, commit);
        }
        int commits = known.size();
        Set<ObjectId> onChain = new HashSet<>(line.commits());
        branches.forEach((name, tip) -> unmerged(name, tip, onChain));
        Collections.reverse(merges);
        return new Work(branch, commits, authors.busiest(), capped(lines), capped(straight), capped(merges));
    }

    private static <T> List<T> capped(List<T> all) {
        return all.subList(0, Math.min(LISTED, all.size()));
    }

    /** All branches but the graded one that lead to a commit. */
    private Map<String, RevCommit> branches() throws IOException {
        Map<String, RevCommit> found = new TreeMap<>();
        for (Ref ref : repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS)) {
            String name = ref.getName().substring(Constants.R_HEADS.length());
            ObjectId id = ref.getObjectId();
            if (id != null && !name.equals(branch) && found.size() < MOST_BRANCHES) {
                tip(id).ifPresent(commit -> found.put(name, commit));
            }
        }
        return found;
    }

    private Optional<RevCommit> tip(ObjectId id) {
        try {
            return walk.peel(walk.parseAny(id)) instanceof RevCommit commit ? Optional.of(commit) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void graded(GradedLine line, RevCommit commit) throws IOException {
        note(commit);
        if (commit.getParentCount() < 2) {
            return;
        }
        MergeMessage message = MergeMessage.of(walk, commit, branch);
        Optional<String> joined = line.joined(commit);
        if (joined.isPresent() && joins++ < MOST_JOINED) {
            List<RevCommit> own = line.own(commit);
            own.removeIf(one -> !counted.add(one));
            brought(commit, message.subject(), List.of(new Line(joined.get(), own.size(), true)));
            return;
        }
        List<Line> found = new ArrayList<>();
        for (int i = 1; i < commit.getParentCount(); i++) {
            int taken = take(commit.getParent(i));
            String name = name(commit, i, message);
            if (!message.isUsual(name)) {
                found.add(new Line(name, taken, true));
            }
        }
        brought(commit, message.subject(), found);
    }

    /** Notes a merge and the lines it brought, but those without a commit. */
    private void brought(RevCommit merge, String subject, List<Line> found) throws IOException {
        int commits = found.stream().mapToInt(Line::commits).sum();
        if (commits > 0) {
            merges.add(new Merge(
                    merge.name().substring(0, 10),
                    subject,
                    commits,
                    merges.size() < MERGED_AGAIN ? MergedFiles.conflicts(repository, merge) : List.of()));
            found.stream().filter(line -> line.commits() > 0).forEach(lines::add);
        }
    }

    private String name(RevCommit merge, int parent, MergeMessage message) {
        String tip = tips.get(merge.getParent(parent));
        if (tip != null) {
            return tip;
        }
        if (merge.getParentCount() == 2 && message.merged().isPresent()) {
            return message.merged().get();
        }
        return (merge.getParentCount() == 2 ? merge : merge.getParent(parent))
                .name()
                .substring(0, 10);
    }

    private void unmerged(String name, RevCommit tip, Collection<ObjectId> onChain) {
        try {
            if (onChain.contains(tip)
                    && lines.stream().noneMatch(line -> line.name().equals(name))) {
                straight.add(name);
            } else if (!known.contains(tip)) {
                int own = take(tip);
                if (own > 0) {
                    lines.add(new Line(name, own, false));
                }
            }
        } catch (IOException e) {
            straight.add(name); // what of it can be read has been counted
        }
    }

    /** Counts what is not known yet, from here on backwards; nothing where it is merges only. */
    private int take(RevCommit from) throws IOException {
        int taken = 0;
        boolean work = false;
        Deque<RevCommit> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty() && known.size() < MOST_COMMITS) {
            RevCommit commit = open.poll();
            if (known.add(commit)) {
                taken++;
                walk.parseHeaders(commit);
                work |= commit.getParentCount() < 2;
                note(commit);
                Collections.addAll(open, commit.getParents());
            }
        }
        return work ? taken : 0;
    }

    private void note(RevCommit commit) throws IOException {
        if (commit.getParentCount() < 2) {
            walk.parseBody(commit);
            authors.add(commit.getAuthorIdent());
            commit.disposeBody();
        }
    }
}
