package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * The commits that were the graded branch: first parents of the graded commit, and all parents of a merge that only updates, as a
 * pull makes it. A branch that was updated so before the graded one was fast-forwarded to it is part of the line and known by name.
 */
final class GradedLine {
    private static final int MOST_SEARCHED = 30;

    private final RevWalk walk;
    private final String branch;
    private final int most;
    private final Set<RevCommit> commits = new LinkedHashSet<>();
    private final Map<String, RevCommit> joined = new HashMap<>();
    private final Set<ObjectId> tips;
    private int searched;

    private GradedLine(RevWalk walk, String branch, Set<ObjectId> tips, int most) {
        this.walk = walk;
        this.branch = branch;
        this.tips = Set.copyOf(tips);
        this.most = most;
    }

    /**
     * @param tips of other branches
     * @param most commits of the line; older ones are left out
     */
    static GradedLine of(RevWalk walk, RevCommit head, String branch, Set<ObjectId> tips, int most) throws IOException {
        GradedLine line = new GradedLine(walk, branch, tips, most);
        line.follow(head);
        return line;
    }

    /** Parents before their children. */
    Set<RevCommit> commits() {
        return Collections.unmodifiableSet(commits);
    }

    /** The branch that a commit of the line updated for the last time before the graded branch was fast-forwarded to it. */
    Optional<String> joined(RevCommit commit) {
        return joined.entrySet().stream()
                .filter(entry -> entry.getValue().equals(commit))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private void follow(RevCommit head) throws IOException {
        Deque<RevCommit> open = new ArrayDeque<>(List.of(head));
        Set<RevCommit> entered = new HashSet<>();
        while (!open.isEmpty()) {
            RevCommit commit = open.peek();
            if (commits.contains(commit) || !entered.add(commit)) {
                commits.add(open.pop());
                continue;
            }
            walk.parseHeaders(commit);
            for (RevCommit parent : parents(commit).reversed()) {
                if (entered.size() < most && !entered.contains(parent)) {
                    open.push(parent);
                }
            }
        }
        for (RevCommit commit : commits) {
            if (commit.getParentCount() == 2) {
                message(commit).updated().ifPresent(name -> joined.put(name, commit));
            }
        }
    }

    private List<RevCommit> parents(RevCommit commit) throws IOException {
        if (commit.getParentCount() < 2) {
            return List.of(commit.getParents());
        }
        MergeMessage message = message(commit);
        if (message.isUpdate()) {
            return List.of(commit.getParents());
        }
        List<RevCommit> found = new ArrayList<>(List.of(commit.getParent(0)));
        if (message.isOwn() && commit.getParentCount() == 2 && !tips.contains(commit.getParent(1))) {
            earlier(commit).ifPresent(found::add);
        }
        return found;
    }

    private MergeMessage message(RevCommit merge) throws IOException {
        return MergeMessage.of(walk, merge, branch);
    }

    /**
     * What the graded branch was elsewhere, of a pull whose message somebody wrote: the last merge on the other side, by first parents,
     * that a tool made into the graded branch. A side without one may as well be a branch, and is taken for it.
     */
    private Optional<RevCommit> earlier(RevCommit merge) throws IOException {
        if (++searched > MOST_SEARCHED) {
            return Optional.empty();
        }
        Set<ObjectId> ours = reachable(merge.getParent(0));
        RevCommit commit = merge.getParent(1);
        for (int i = 0; i < most && !ours.contains(commit); i++) {
            walk.parseHeaders(commit);
            if (commit.getParentCount() > 1 && message(commit).isIntoGraded()) {
                return Optional.of(commit);
            }
            if (commit.getParentCount() == 0) {
                break;
            }
            commit = commit.getParent(0);
        }
        return Optional.empty();
    }

    /** Commits on the first parents of a merge that its other parent does not have; merges among them are none. */
    List<RevCommit> own(RevCommit merge) throws IOException {
        Set<ObjectId> theirs = reachable(merge.getParent(1));
        List<RevCommit> own = new ArrayList<>();
        RevCommit commit = merge.getParent(0);
        for (int i = 0; i < most && !theirs.contains(commit); i++) {
            walk.parseHeaders(commit);
            if (commit.getParentCount() < 2) {
                own.add(commit);
            }
            if (commit.getParentCount() == 0) {
                break;
            }
            commit = commit.getParent(0);
        }
        return own;
    }

    private Set<ObjectId> reachable(RevCommit from) throws IOException {
        Set<ObjectId> found = new HashSet<>(Set.of(from));
        Deque<RevCommit> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty() && found.size() < most) {
            RevCommit commit = open.poll();
            walk.parseHeaders(commit);
            for (RevCommit parent : commit.getParents()) {
                if (found.add(parent)) {
                    open.add(parent);
                }
            }
        }
        return found;
    }
}
