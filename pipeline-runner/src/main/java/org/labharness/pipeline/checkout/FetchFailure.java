package org.labharness.pipeline.checkout;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.labharness.lab.Memory;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;

/** Turns what JGit says of a failed fetch into one sentence of the right kind. */
final class FetchFailure {
    private FetchFailure() {}

    static RuntimeException of(Exception failure, Location location, Caps caps) {
        Optional<TooLargeObjectInPackException> tooLarge = cause(failure, TooLargeObjectInPackException.class);
        if (tooLarge.isPresent() || says(failure, "object too large")) {
            return caps.refuse(
                    "one file",
                    "larger than the limit" + digits(failure),
                    caps.limits().blob().toString());
        }
        if (Thread.currentThread().isInterrupted()
                || cause(failure, InterruptedException.class).isPresent()) {
            return new SystemBroke(
                    Breakdown.INTERRUPTED, "Fetching " + location.shown() + " was interrupted.", failure);
        }
        return switch (location) {
            case Location.Local local -> local(failure, local);
            case Location.Remote remote -> remote(failure, remote);
        };
    }

    /** Whether the clone, not the other end, is at fault. */
    static boolean isFullDisk(Exception failure) {
        return says(failure, "no space left on device");
    }

    private static String digits(Exception failure) {
        String text = String.valueOf(failure.getMessage());
        java.util.regex.Matcher size =
                java.util.regex.Pattern.compile("\\(([0-9]{1,18})").matcher(text);
        return size.find() ? " (" + new Memory(Long.parseLong(size.group(1))) + ")" : "";
    }

    private static RuntimeException local(Exception failure, Location.Local local) {
        return new SubmissionRefused(
                Refusal.NOT_A_REPOSITORY,
                "The Git repository '" + local.shown() + "' cannot be read (" + reason(failure)
                        + "). Check it with: git fsck --full.",
                failure);
    }

    private static RuntimeException remote(Exception failure, Location.Remote remote) {
        if (cause(failure, UnknownHostException.class).isPresent()) {
            return network("the host '" + remote.host() + "' is not known", remote, failure);
        }
        if (cause(failure, ConnectException.class).isPresent()
                || cause(failure, NoRouteToHostException.class).isPresent()) {
            return network("'" + remote.host() + "' takes no connection", remote, failure);
        }
        if (cause(failure, SocketTimeoutException.class).isPresent()
                || cause(failure, InterruptedIOException.class).isPresent()
                || says(failure, "timeout", "timed out")) {
            return network("'" + remote.host() + "' does not answer", remote, failure);
        }
        if (cause(failure, SSLException.class).isPresent()) {
            return network("the certificate of '" + remote.host() + "' is not trusted", remote, failure);
        }
        if (says(failure, "unknown host key", "server key did not validate", "host key")) {
            return new SystemBroke(
                    Breakdown.NETWORK,
                    "The SSH key of '" + remote.host() + "' is not known here. Check it, then add it with: ssh-keyscan "
                            + remote.host() + " >> ~/.ssh/known_hosts.",
                    failure);
        }
        if (says(
                failure,
                "not authorized",
                "authentication",
                "auth fail",
                "not permitted",
                "no more auth",
                "403",
                "401",
                "cannot log in")) {
            return new SubmissionRefused(
                    Refusal.ACCESS_DENIED,
                    "'" + remote.shown() + "' may not be read: it is private, or does not exist. "
                            + (remote.isSsh()
                                    ? "Add the harness's SSH key to the repository or load it into the SSH agent."
                                    : "Give the harness access: a line https://user:token@" + remote.host()
                                            + " in the file that LAB_CREDENTIALS names."),
                    failure);
        }
        if (cause(failure, NoRemoteRepositoryException.class).isPresent() || says(failure, "not found", "404")) {
            return new SubmissionRefused(
                    Refusal.REPOSITORY_NOT_FOUND,
                    "There is no Git repository at '" + remote.shown() + "'. Check the address and that it was pushed.",
                    failure);
        }
        if (cause(failure, SocketException.class).isPresent()) {
            return network("the connection to '" + remote.host() + "' broke", remote, failure);
        }
        return network(reason(failure), remote, failure);
    }

    private static SystemBroke network(String what, Location.Remote remote, Exception failure) {
        return new SystemBroke(
                Breakdown.NETWORK,
                "Fetching '" + remote.shown() + "' failed: " + what + ". Check the network and try again.",
                failure);
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

    private static boolean says(Exception failure, String... words) {
        return chain(failure)
                .map(link -> String.valueOf(link.getMessage()).toLowerCase(Locale.ROOT))
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
