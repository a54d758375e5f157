package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.SubmissionRefused;

/** Fetches all branches, tags and experiments in one go. */
final class Fetch {
    private static final List<RefSpec> ALL = List.of(
            new RefSpec("+refs/heads/*:refs/heads/*"),
            new RefSpec("+refs/tags/*:refs/tags/*"),
            new RefSpec("+refs/exps/*:refs/exps/*"),
            // Only a repository that was unpacked from a bundle has one.
            new RefSpec("+refs/lab/graded/*:refs/lab/graded/*"));

    private final CappedRepository clone;
    private final Origin origin;
    private final Caps caps;

    Fetch(CappedRepository clone, Origin origin, Caps caps) {
        this.clone = clone;
        this.origin = origin;
        this.caps = caps;
    }

    References all() {
        FetchResult result = fetch(ALL);
        List<Ref> offered = new ArrayList<>(result.getAdvertisedRefs());
        return References.within(caps, offered);
    }

    /**
     * Brings a commit that no ref leads to, where one is meant: it is asked for by its whole id, or HEAD names it and no branch.
     *
     * @param ref as asked for; null: what HEAD names
     * @return the commit, if it had to be brought
     * @throws SubmissionRefused where nothing is there that could be graded
     */
    Optional<ObjectId> bring(@Nullable String ref, References references, Location location) throws IOException {
        Optional<ObjectId> meant = ref != null && ref.matches("[0-9a-fA-F]{40}")
                ? Optional.of(ObjectId.fromString(ref))
                : references.detached(ref);
        if (references.size() == 0 && meant.isEmpty()) {
            throw new SubmissionRefused(
                    Refusal.EMPTY_REPOSITORY,
                    "The repository '" + location.shown()
                            + "' holds no commit yet. Commit and push the work, then try again.");
        }
        if (meant.isEmpty() || clone.getObjectDatabase().has(meant.get())) {
            return Optional.empty();
        }
        ObjectId id = meant.get();
        if (!commit(id)) {
            throw references.missing(id.name());
        }
        return Optional.of(id);
    }

    /** Fetches one commit that no ref leads to any more; many servers still have it. */
    private boolean commit(ObjectId id) {
        try (Transport transport = open()) {
            transport.fetch(caps.monitor(), List.of(new RefSpec(id.name() + ":" + References.GRADED)));
            return clone.getObjectDatabase().has(id);
        } catch (IOException e) {
            caps.passed().ifPresent(refused -> {
                throw refused;
            });
            return false;
        }
    }

    private FetchResult fetch(List<RefSpec> specs) {
        try {
            Optional<String> deaf = origin.deaf();
            return deaf.isEmpty()
                    ? fetched(specs)
                    : Deadline.within(Duration.ofSeconds(caps.secondsLeft()), deaf.get(), () -> fetched(specs));
        } catch (OutOfMemoryError e) {
            throw caps.tooMuchMemory(); // what took it is garbage by now
        } catch (TimeoutException e) {
            throw caps.passed().orElseGet(() -> origin.failure(e));
        } catch (IOException e) {
            throw caps.passed()
                    .orElseGet(() ->
                            FetchFailure.isFullDisk(e) ? caps.unwritable(clone.getWorkTree(), e) : origin.failure(e));
        }
    }

    private FetchResult fetched(List<RefSpec> specs) throws TransportException, NotSupportedException {
        try (Transport transport = open()) {
            return transport.fetch(caps.monitor(), specs);
        }
    }

    private Transport open() throws TransportException, NotSupportedException {
        Transport transport = origin.open(clone);
        transport.setTagOpt(TagOpt.NO_TAGS);
        transport.setObjectChecker(caps.counter());
        return transport;
    }
}
