package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.Transport;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;

/** Asks repositories what they offer, as a checkout would begin, and fetches nothing. Safe for use by several threads. */
public final class RepositoryReach {
    /** By which the deadline of those who ask comes first, whatever of the connection would time out. */
    private static final int SPARE_SECONDS = 5;

    private static final int ENOUGH = 3;

    private final Credentials credentials;
    private final InstantSource clock;
    /** How often in a row each host has kept silent. */
    private final Map<String, AtomicInteger> silences = new ConcurrentHashMap<>();

    /** @param environment variables that name credentials, as {@code System.getenv()} gives them */
    public RepositoryReach(Map<String, String> environment, InstantSource clock) {
        this.credentials = Credentials.from(environment);
        this.clock = clock;
        QuietSystem.install();
    }

    /**
     * How many branches, tags and experiments a repository offers; none where nothing was pushed yet.
     *
     * @param patience how long the other end may take; a server that keeps silent is given up after it
     * @throws SubmissionRefused where the repository is not there or may not be read
     * @throws SystemBroke where the network or the harness's login fails
     */
    public int references(String address, Duration patience) {
        Location location = Location.parse(address);
        Caps caps =
                new Caps(CheckoutLimits.DEFAULT.within(patience.plusSeconds(SPARE_SECONDS)), clock, location.shown());
        return switch (location) {
            case Location.Local local -> ofFolder(local, caps);
            case Location.Remote remote -> unlessSilent(remote, patience, () -> ofServer(remote, caps));
        };
    }

    /** A host that has not answered a few times in a row is not waited for again: there may be hundreds of repositories on it. */
    private int unlessSilent(Location.Remote remote, Duration patience, Callable<Integer> question) {
        AtomicInteger silent =
                silences.computeIfAbsent(remote.host() + ":" + remote.uri().getPort(), host -> new AtomicInteger());
        if (silent.get() >= ENOUGH) {
            throw new SystemBroke(
                    Breakdown.NETWORK,
                    "'" + remote.host()
                            + "' was asked for other repositories and kept silent, so it was not asked for this"
                            + " one. Check the network and try again.");
        }
        try {
            int references = within(patience, remote, question);
            silent.set(0);
            return references;
        } catch (SystemBroke broke) {
            if (broke.code() == Breakdown.TIMED_OUT) {
                silent.incrementAndGet();
            } else {
                silent.set(0);
            }
            throw broke;
        } catch (SubmissionRefused answered) {
            silent.set(0);
            throw answered;
        }
    }

    private static int within(Duration patience, Location.Remote remote, Callable<Integer> question) {
        try {
            return Deadline.within(patience, remote.host(), question);
        } catch (TimeoutException e) {
            throw new SystemBroke(
                    Breakdown.TIMED_OUT,
                    "Asking '" + remote.shown() + "' failed: '" + remote.host() + "' does not answer within "
                            + patience.toSeconds() + " s. Check the network and try again.",
                    e);
        } catch (IOException e) {
            throw new SystemBroke(Breakdown.INTERNAL, "Asking '" + remote.shown() + "' failed: " + e.getMessage(), e);
        }
    }

    private static int ofFolder(Location.Local local, Caps caps) {
        try {
            return usable(References.within(caps, Borrowed.offered(LocalRepository.gitDirectory(local))));
        } catch (IOException e) {
            throw new SubmissionRefused(
                    Refusal.NOT_A_REPOSITORY,
                    "The Git repository '" + local.shown() + "' cannot be read (" + e.getMessage()
                            + "). Check it with: git fsck --full.",
                    e);
        }
    }

    /** @throws SubmissionRefused where something was pushed, and nothing of it is what would be graded */
    private static int usable(References references) {
        if (references.size() > 0) {
            references.resolveHead();
        }
        return references.size();
    }

    private int ofServer(Location.Remote remote, Caps caps) {
        try (Origin origin = new Origin(remote, caps, credentials)) {
            return usable(References.within(caps, offered(origin, caps)));
        }
    }

    private static Collection<Ref> offered(Origin origin, Caps caps) {
        try (Transport transport = origin.open(null);
                FetchConnection connection = transport.openFetch()) {
            return connection.getRefs();
        } catch (TransportException | NotSupportedException e) {
            throw caps.passed().orElseGet(() -> origin.failure(e));
        }
    }
}
