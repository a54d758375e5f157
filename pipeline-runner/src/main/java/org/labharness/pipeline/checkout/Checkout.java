package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.checkout.References.Target;
import org.labharness.pipeline.evidence.SubmissionFacts;
import org.labharness.pipeline.evidence.TreeFacts;

/** Clones a repository and checks one commit out, running nothing of it and trusting nothing in it. */
public final class Checkout {
    private static final int MOST_COMMITS = 10_000;

    private final Credentials credentials;
    private final InstantSource clock;

    /** @param environment variables that name credentials, as {@code System.getenv()} gives them */
    public Checkout(Map<String, String> environment, InstantSource clock) {
        this.credentials = Credentials.from(environment);
        this.clock = clock;
        QuietSystem.install();
    }

    /**
     * Clones into an empty or missing directory. The commit is the one that the ref names while it is fetched; what moves later does
     * not matter.
     *
     * @throws SubmissionRefused where the repository or ref cannot be graded
     * @throws SystemBroke where the network or disk fails
     */
    public CheckedOut into(Path directory, Source source, CheckoutLimits limits) {
        return into(directory, source, limits, Use.RUN, path -> false);
    }

    private enum Use {
        RUN,
        READ
    }

    /**
     * The same for a clone that is only read: objects of a repository on this machine are used where they lie, and files that the caller
     * does not read are counted, not written.
     *
     * @param left paths of files that need not be written
     */
    public CheckedOut forReading(Path directory, Source source, CheckoutLimits limits, Predicate<String> left) {
        return into(directory, source, limits, Use.READ, left);
    }

    private CheckedOut into(Path directory, Source source, CheckoutLimits limits, Use use, Predicate<String> left) {
        Location location = Location.of(source);
        Optional<Path> git = location instanceof Location.Local local
                ? Optional.of(LocalRepository.gitDirectory(local))
                : Optional.empty();
        requireEmpty(directory);
        git.ifPresent(local -> QuietUploads.begin());
        Caps caps = new Caps(limits, clock, location.shown());
        try (CappedRepository clone = CappedRepository.create(directory, caps);
                Origin origin = new Origin(location, caps, credentials)) {
            Fetch fetch = new Fetch(clone, origin, caps);
            References references =
                    use == Use.READ && git.isPresent() ? Borrowed.from(git.get(), clone, caps) : fetch.all();
            TreeWriter writer = new TreeWriter(clone, directory, caps, left);
            return checkOut(clone, writer, directory, location, source.ref(), references, fetch, caps);
        } catch (MissingObjectException | CorruptObjectException | LargeObjectException e) {
            throw damaged(e);
        } catch (IOException e) {
            throw caps.passed().orElseGet(() -> caps.unwritable(directory.toFile(), e));
        }
    }

    static SubmissionRefused damaged(Exception e) {
        return new SubmissionRefused(
                Refusal.UNSAFE_CONTENT,
                "The repository is damaged: " + e.getMessage() + ". Check it with git fsck and push again.",
                e);
    }

    /** Where services beside Git, such as Git LFS, are asked for; empty for a folder. */
    public Optional<RepositoryAddress> address(Source source) {
        if (!(Location.parse(source.handedIn()) instanceof Location.Remote remote)
                || remote.host().isEmpty()) {
            return Optional.empty();
        }
        String port = remote.isHttp() && remote.uri().getPort() > 0
                ? ":" + remote.uri().getPort()
                : "";
        String scheme = remote.isHttp() ? remote.uri().getScheme() : "https";
        String path = remote.uri().getPath().replaceFirst("^/*", "/").replaceFirst("/+$", "");
        String url = scheme + "://" + remote.host() + port + path;
        if (remote.isHttp() && remote.uri().getUser() != null) {
            String secret = remote.uri().getPass();
            return Optional.of(new RepositoryAddress(url, remote.uri().getUser(), secret == null ? "" : secret));
        }
        return Optional.of(credentials
                .of(remote.uri())
                .map(login -> new RepositoryAddress(url, login.user(), login.secret()))
                .orElseGet(() -> new RepositoryAddress(url, "", "")));
    }

    private static void requireEmpty(Path directory) {
        try {
            Files.createDirectories(directory);
            try (Stream<Path> entries = Files.list(directory)) {
                if (entries.anyMatch(entry -> !entry.endsWith("lost+found"))) {
                    throw new IllegalArgumentException("the directory for a clone is not empty: " + directory);
                }
            }
        } catch (IOException e) {
            throw new SystemBroke(
                    Breakdown.DISK_FULL, "The directory " + directory + " cannot be made: " + e.getMessage(), e);
        }
    }

    private CheckedOut checkOut(
            CappedRepository clone,
            TreeWriter writer,
            Path directory,
            Location location,
            @Nullable String ref,
            References references,
            Fetch fetch,
            Caps caps)
            throws IOException {
        fetch.bring(ref, references, location);
        try (ObjectReader reader = clone.newObjectReader();
                RevWalk walk = new RevWalk(reader)) {
            Target target = references.resolve(ref, reader);
            RevCommit commit = References.peel(walk, target);
            setHead(clone, target, commit);
            TreeFacts tree = writer.write(commit.getTree());
            SubmissionFacts facts = new SubmissionFacts(
                    location.shown(),
                    target.shown(),
                    commit.name(),
                    references.digest(),
                    Instant.ofEpochSecond(commit.getCommitTime()),
                    count(clone, commit, caps));
            return new CheckedOut(
                    directory,
                    facts,
                    tree,
                    writer.links(),
                    references.branches(),
                    references.defaultBranch(),
                    references.tags());
        }
    }

    private static void setHead(CappedRepository clone, Target target, RevCommit commit) throws IOException {
        String branch = target.branch();
        RefUpdate head = clone.updateRef(Constants.HEAD, branch == null);
        if (branch != null) {
            head.link(branch);
        } else {
            head.setNewObjectId(commit);
            head.forceUpdate();
        }
    }

    private static int count(CappedRepository clone, RevCommit from, Caps caps) throws IOException {
        int count = 0;
        try (RevWalk walk = new RevWalk(clone)) {
            walk.setRetainBody(false);
            walk.markStart(walk.parseCommit(from));
            while (count < MOST_COMMITS && walk.next() != null) {
                count++;
                caps.checkTime();
            }
        }
        return count;
    }
}
