package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.evidence.HistoryFacts;

/** What the commits of a clone tell of its files and branches; every walk is bounded, and what cannot be read is told as nothing. */
public final class History implements AutoCloseable {
    private static final int MOST_COMMITS = 500;
    private static final int MOST_VERSIONS = 60;
    private static final int MOST_BRANCHES = 50;
    private static final int LARGEST = 8 << 20;

    private final Repository repository;

    private History(Repository repository) {
        this.repository = repository;
    }

    /** @param clone directory of a clone that {@link Checkout} made */
    public static History of(Path clone) {
        QuietSystem.install();
        try {
            return new History(new FileRepositoryBuilder()
                    .setGitDir(clone.resolve(".git").toFile())
                    .setMustExist(true)
                    .build());
        } catch (IOException e) {
            throw new IllegalStateException("no clone in " + clone, e);
        }
    }

    /**
     * A commit.
     *
     * @param id ten digits of it
     * @param subject first line of its message, cut
     */
    public record Change(String id, String subject) {}

    /**
     * @param name without {@code refs/heads/}
     * @param ahead commits that are not in the graded one, at most 500
     * @param contains whether the graded commit is in it
     */
    public record Branch(String name, int ahead, boolean contains, boolean newer) {}

    /**
     * The commit since which a file is not what it once was: the one right after the last commit in which it was as asked for. Looks
     * along first parents. Empty where no commit that was looked at holds the file like that, or where it is like that now.
     */
    public Optional<Change> since(String path, Predicate<byte[]> asked) {
        try (RevWalk walk = new RevWalk(repository)) {
            ObjectId head = repository.resolve(Constants.HEAD);
            RevCommit commit = head == null ? null : walk.parseCommit(head);
            Map<ObjectId, Boolean> known = new HashMap<>();
            RevCommit after = null;
            for (int i = 0; i < MOST_COMMITS && commit != null && known.size() <= MOST_VERSIONS; i++) {
                ObjectId blob = blob(commit, path);
                if (blob != null && !known.containsKey(blob)) {
                    known.put(blob, asked.test(content(blob)));
                }
                if (blob != null && Boolean.TRUE.equals(known.get(blob))) {
                    return Optional.ofNullable(after).map(History::change);
                }
                after = commit;
                commit = commit.getParentCount() == 0 ? null : walk.parseCommit(commit.getParent(0));
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private @Nullable ObjectId blob(RevCommit commit, String path) throws IOException {
        try (TreeWalk found = TreeWalk.forPath(repository, path, commit.getTree())) {
            return found == null || found.isSubtree() ? null : found.getObjectId(0);
        }
    }

    private byte[] content(ObjectId blob) throws IOException {
        ObjectLoader loader = repository.open(blob, Constants.OBJ_BLOB);
        return loader.getSize() > LARGEST ? new byte[0] : loader.getBytes(LARGEST);
    }

    private static Change change(RevCommit commit) {
        String subject = commit.getShortMessage().replaceAll("\\p{Cntrl}+", " ").strip();
        return new Change(
                commit.name().substring(0, 10), subject.length() > 60 ? subject.substring(0, 59) + "…" : subject);
    }

    /** Branches whose tip is another commit than the graded one, by name. */
    public List<Branch> otherBranches() {
        List<Branch> found = new ArrayList<>();
        try (RevWalk walk = new RevWalk(repository)) {
            ObjectId head = repository.resolve(Constants.HEAD);
            if (head == null) {
                return List.of();
            }
            for (Ref ref : repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS)) {
                ObjectId tip = ref.getObjectId();
                if (tip != null && !tip.equals(head) && found.size() < MOST_BRANCHES) {
                    found.add(branch(walk, ref.getName().substring(Constants.R_HEADS.length()), tip, head));
                }
            }
            return found;
        } catch (IOException e) {
            return found;
        }
    }

    private static Branch branch(RevWalk walk, String name, ObjectId tip, ObjectId head) throws IOException {
        walk.reset();
        RevCommit graded = walk.parseCommit(head);
        RevCommit other = walk.parseCommit(tip);
        boolean contains = walk.isMergedInto(graded, other);
        walk.reset();
        walk.sort(RevSort.TOPO);
        walk.markStart(other);
        walk.markUninteresting(graded);
        int ahead = 0;
        while (ahead < MOST_COMMITS && walk.next() != null) {
            ahead++;
        }
        return new Branch(name, ahead, contains, other.getCommitTime() > graded.getCommitTime());
    }

    /** Whether the tip of a branch holds a file. */
    public boolean has(String branch, String path) {
        try (RevWalk walk = new RevWalk(repository)) {
            ObjectId tip = repository.resolve(Constants.R_HEADS + branch);
            return tip != null && blob(walk.parseCommit(tip), path) != null;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * How the work went on branches; empty where the history cannot be read.
     *
     * @param branch the graded one, as evidence shows it
     */
    public Optional<HistoryFacts.Work> work(String branch) {
        try {
            return Optional.of(BranchWork.read(repository, branch));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The names of refs with a prefix such as {@code refs/exps/}, sorted. */
    public List<String> refs(String prefix) {
        try {
            return repository.getRefDatabase().getRefsByPrefix(prefix).stream()
                    .map(Ref::getName)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Whether there is a ref of this full name, whatever it leads to. */
    public boolean has(String ref) {
        try {
            return Repository.isValidRefName(ref) && repository.exactRef(ref) != null;
        } catch (IOException e) {
            return false;
        }
    }

    /** The files of the commit that a ref leads to in the end, whatever tags lie between; empty where that is no commit. */
    public Optional<CommitTree> at(String ref) {
        try (RevWalk walk = new RevWalk(repository)) {
            Ref found = Repository.isValidRefName(ref) ? repository.exactRef(ref) : null;
            ObjectId id = found == null ? null : found.getObjectId();
            return id != null && walk.peel(walk.parseAny(id)) instanceof RevCommit commit
                    ? Optional.of(new CommitTree(repository, walk.parseCommit(commit)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
