package org.labharness.pipeline.checkout;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Memory;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;

/** Turns what JGit says of a failed fetch into one sentence of the right kind. */
final class FetchFailure {
    private static final Pattern OUT_OF_SERVICE = Pattern.compile("\\b(429|5[0-9][0-9]) ");
    private static final Pattern ADDRESS = Pattern.compile("\\S+(://|@)\\S+");
    private static final Pattern SIZE = Pattern.compile("\\(([0-9][0-9,.\\h]{0,24})");

    private final Exception failure;
    private final Location.Remote remote;
    private final HostLogin login;
    private final boolean changedHost;
    private final Predicate<String> bySha256;

    private FetchFailure(
            Exception failure,
            Location.Remote remote,
            HostLogin login,
            boolean changedHost,
            Predicate<String> bySha256) {
        this.failure = failure;
        this.remote = remote;
        this.login = login;
        this.changedHost = changedHost;
        this.bySha256 = bySha256;
    }

    /** @param bySha256 asks a host once more, whether the repository names its commits by SHA-256 */
    static RuntimeException of(
            Exception failure,
            Location location,
            Caps caps,
            HostLogin login,
            @Nullable KnownHosts hosts,
            Predicate<String> bySha256) {
        Optional<SubmissionRefused> large = largeFile(failure, caps);
        if (large.isPresent()) {
            return large.get();
        }
        if (Thread.currentThread().isInterrupted()
                || cause(failure, InterruptedException.class).isPresent()) {
            return new SystemBroke(
                    Breakdown.INTERRUPTED, "Fetching " + location.shown() + " was interrupted.", failure);
        }
        return switch (location) {
            case Location.Local local
            when says(failure, "internal server error") ->
                new SubmissionRefused(
                        Refusal.UNSAFE_CONTENT,
                        "The Git repository '" + local.shown()
                                + "' is damaged, or only a part of one (git clone --filter): what its commits name is missing."
                                + " Check it with: git fsck --full.",
                        failure);
            case Location.Local local ->
                new SubmissionRefused(
                        Refusal.UNSAFE_CONTENT,
                        "The Git repository '" + local.shown() + "' cannot be read (" + reason(failure)
                                + "). Check it with: git fsck --full.",
                        failure);
            case Location.Remote remote ->
                new FetchFailure(failure, remote, login, hosts != null && hosts.sawChangedKey(), bySha256).sentence();
        };
    }

    /** What it means that a pack holds a file that is too large, if that is what failed. */
    static Optional<SubmissionRefused> largeFile(Exception failure, Caps caps) {
        return cause(failure, TooLargeObjectInPackException.class).isPresent() || says(failure, "object too large")
                ? Optional.of(caps.refuse(
                        "one file",
                        "larger than the limit" + digits(failure),
                        caps.limits().blob().toString()))
                : Optional.empty();
    }

    /** Whether the clone, not the other end, is at fault. */
    static boolean isNameTooLong(Exception failure) {
        return says(failure, "file name too long");
    }

    static boolean isFullDisk(Exception failure) {
        return says(failure, "no space left on device");
    }

    private static String digits(Exception failure) {
        Matcher size = SIZE.matcher(String.valueOf(failure.getMessage()));
        return size.find() ? " (" + new Memory(Long.parseLong(size.group(1).replaceAll("[^0-9]", ""))) + ")" : "";
    }

    private RuntimeException sentence() {
        if (is(UnknownHostException.class)) {
            return network("the host " + host() + " is not known");
        }
        if (is(ConnectException.class) || is(NoRouteToHostException.class)) {
            return network(host() + " takes no connection");
        }
        if (is(SocketTimeoutException.class)
                || is(TimeoutException.class)
                || is(InterruptedIOException.class)
                || says(failure, "timeout", "timed out")) {
            return network(host() + " does not answer");
        }
        if (is(GeneralSecurityException.class) || is(SSLPeerUnverifiedException.class)) {
            return network(
                    "the certificate of " + host() + " is not trusted",
                    "Let SSL_CERT_FILE name a bundle that holds its authority.");
        }
        if (is(SSLException.class)) {
            return network("an encrypted connection to " + host() + " does not come about (" + reason(failure) + ")");
        }
        if (remote.isSsh()) {
            Optional<RuntimeException> ssh = SshFailure.of(failure, remote, changedHost);
            if (ssh.isPresent()) {
                return ssh.get();
            }
        }
        if (remote.isHttp() && is(SocketException.class)) {
            return silent(); // whatever numbers the failure names, they are no status
        }
        if (says(failure, "redirect")) {
            return network(
                    host() + " redirects to a place that is not followed",
                    "Check the address and use the one that the server names.");
        }
        if (says(failure, "not authorized", "authentication", "401")) {
            return AccessDenied.unauthorized(remote, login, failure);
        }
        if (says(failure, "not permitted", "403")) {
            return AccessDenied.forbidden(remote, login, failure);
        }
        if (is(NoRemoteRepositoryException.class) || says(failure, "not found", "404")) {
            return new SubmissionRefused(
                    Refusal.REPOSITORY_NOT_FOUND,
                    "There is no Git repository at '" + remote.shown() + "'. Check the address and that it was pushed.",
                    failure);
        }
        return silent();
    }

    private RuntimeException silent() {
        String said = String.valueOf(failure.getMessage());
        Matcher status = OUT_OF_SERVICE.matcher(said);
        if (status.find()) {
            return network(host() + " is out of service (status " + status.group(1) + ")", "Try again later.");
        }
        if (bySha256.test(remote.host())) {
            return LocalRepository.namedBySha256(remote.shown());
        }
        return network(
                is(SocketException.class)
                        ? "the connection to " + host() + " broke"
                        : host() + " sends what Git does not understand ("
                                + reason(failure).replace(remote.shown() + ": ", "") + ")");
    }

    private String host() {
        return "'" + remote.host() + "'";
    }

    private SystemBroke network(String what) {
        return network(what, "Check the network and try again.");
    }

    private SystemBroke network(String what, String remedy) {
        return new SystemBroke(
                Breakdown.NETWORK, "Fetching '" + remote.shown() + "' failed: " + what + ". " + remedy, failure);
    }

    private boolean is(Class<? extends Exception> type) {
        return cause(failure, type).isPresent();
    }

    private static String reason(Exception failure) {
        String text = chain(failure)
                .map(Throwable::getMessage)
                .filter(message -> message != null && !message.isBlank())
                .reduce((first, last) -> last)
                .orElse(failure.getClass().getSimpleName());
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }

    /** Addresses do not count: a port or a repository's name may hold any number. */
    static boolean says(Exception failure, String... words) {
        return chain(failure)
                .map(link -> ADDRESS.matcher(String.valueOf(link.getMessage())).replaceAll(""))
                .map(message -> message.toLowerCase(Locale.ROOT))
                .anyMatch(message -> Stream.of(words).anyMatch(message::contains));
    }

    private static <T> Optional<T> cause(Exception failure, Class<T> type) {
        return chain(failure).filter(type::isInstance).map(type::cast).findFirst();
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, link -> link != null, Throwable::getCause)
                .limit(20);
    }
}
