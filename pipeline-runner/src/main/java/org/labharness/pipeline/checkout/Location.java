package org.labharness.pipeline.checkout;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.SubmissionRefused;

/** Where a repository lies. */
sealed interface Location {
    /** As shown to people: without credentials. */
    String shown();

    /** @param path as given, made absolute */
    record Local(Path path, String shown) implements Location {}

    /** @param uri with the credentials that were given in it, if any */
    record Remote(URIish uri, String shown) implements Location {
        String host() {
            String host = uri.getHost();
            return host == null ? "" : host.toLowerCase(Locale.ROOT);
        }

        boolean isHttp() {
            String scheme = uri.getScheme();
            return scheme != null && scheme.toLowerCase(Locale.ROOT).startsWith("http");
        }

        boolean isSsh() {
            String scheme = uri.getScheme();
            return scheme == null || scheme.toLowerCase(Locale.ROOT).endsWith("ssh");
        }
    }

    int LAST_PORT = 65_535;

    Set<String> SCHEMES = Set.of("https", "http", "ssh", "git+ssh", "git");

    /** Where a submission is fetched from, shown as where it was handed in. */
    static Location of(Source source) {
        Location location = parse(source.location());
        if (source.origin() == null) {
            return location;
        }
        String shown = parse(source.origin()).shown();
        return switch (location) {
            case Local local -> new Local(local.path(), shown);
            case Remote remote -> new Remote(remote.uri(), shown);
        };
    }

    static Location parse(String text) {
        String location = text.strip();
        if (location.isEmpty()) {
            throw new SubmissionRefused(
                    Refusal.REPOSITORY_NOT_FOUND, "No repository was named. Give a folder or a URL.");
        }
        try {
            if (location.startsWith("file:")) {
                return local(new URIish(location).getPath(), location);
            }
            boolean looksRemote = location.contains("://") || location.matches("[^/\\\\]+@[^/\\\\]+:.*");
            if (!looksRemote || Files.exists(Path.of(location))) {
                return local(location, location);
            }
            URIish uri = new URIish(location);
            String scheme = uri.getScheme() == null ? "ssh" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (!SCHEMES.contains(scheme)) {
                throw new SubmissionRefused(
                        Refusal.REPOSITORY_NOT_FOUND,
                        "'" + withoutPassword(uri) + "' cannot be fetched: expected a folder or a URL that begins with"
                                + " https://, ssh://, git:// or file://.");
            }
            if (uri.getPort() > LAST_PORT) {
                throw new SubmissionRefused(
                        Refusal.REPOSITORY_NOT_FOUND,
                        "'" + withoutPassword(uri) + "' names a port that does not exist: expected 1 to " + LAST_PORT
                                + ".");
            }
            Remote remote = new Remote(uri, withoutPassword(uri));
            if (remote.isHttp() && !isWebHost(uri.getHost())) {
                throw new SubmissionRefused(
                        Refusal.REPOSITORY_NOT_FOUND,
                        "'" + remote.shown()
                                + "' names a host that no web address can have: expected letters from a to z,"
                                + " digits, hyphens and dots. Use another of its names, or its IP address.");
            }
            return remote;
        } catch (URISyntaxException | InvalidPathException | NumberFormatException e) { // the last for a port
            throw new SubmissionRefused(
                    Refusal.REPOSITORY_NOT_FOUND,
                    "'" + location + "' is neither a folder nor a URL of a Git repository.",
                    e);
        }
    }

    /** By RFC 3986 and RFC 1123; an underscore is in neither. */
    private static boolean isWebHost(@Nullable String host) {
        try {
            return host != null && new URI("http://" + host + "/").getHost() != null;
        } catch (URISyntaxException none) {
            return false;
        }
    }

    private static Local local(String path, String shown) {
        return new Local(Path.of(path).toAbsolutePath().normalize(), shown);
    }

    /** A user alone stays for SSH, where it is no secret; for HTTP a token may stand in its place. */
    private static String withoutPassword(URIish uri) {
        URIish clean = uri.setPass(null);
        return (clean.getScheme() == null || clean.getScheme().endsWith("ssh") ? clean : clean.setUser(null))
                .toString();
    }
}
