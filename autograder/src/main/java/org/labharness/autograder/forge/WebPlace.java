package org.labharness.autograder.forge;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which repository of which host an address means, however it is written: by HTTPS, by SSH, with or without {@code .git}. Two addresses
 * of one repository give equal places; forges tell neither hosts nor paths apart by upper and lower case.
 *
 * @param host lower case, with a port where it is not the usual one of its protocol
 * @param path such as {@code course/ada}; lower case where places are compared
 */
public record WebPlace(String host, String path) {
    private static final int LONGEST = 2_000;
    private static final Pattern SCP =
            Pattern.compile("(?:[^/\\\\:@\\s]+@)?([A-Za-z0-9][A-Za-z0-9.-]+):(?!//)([^\\s\\\\]+)");
    private static final Map<String, Integer> PORTS = Map.of("https", 443, "http", 80, "ssh", 22, "git", 9418);
    private static final Set<String> SCHEMES = Set.of("https", "http", "ssh", "git+ssh", "git");
    /** SSH by way of the port of HTTPS has hosts of its own. */
    private static final Map<String, String> OVER_443 =
            Map.of("ssh.github.com:443", "github.com", "altssh.gitlab.com:443", "gitlab.com");

    /** Empty for a folder, and for what is no address at all. */
    public static Optional<WebPlace> of(String address) {
        return spelled(address)
                .map(place -> new WebPlace(place.host(), place.path().toLowerCase(Locale.ROOT)));
    }

    /** The same with the path as it is written, for those who are to be asked of it. */
    static Optional<WebPlace> spelled(String address) {
        String text = address.strip();
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        if (text.contains("://")) {
            return url(text);
        }
        Matcher scp = SCP.matcher(text);
        return scp.matches() ? place(scp.group(1), scp.group(2)) : Optional.empty();
    }

    private static Optional<WebPlace> url(String text) {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            if (!SCHEMES.contains(scheme) || uri.getHost() == null || uri.getRawPath() == null) {
                return Optional.empty();
            }
            boolean usual = uri.getPort() < 0
                    || Integer.valueOf(uri.getPort()).equals(PORTS.get(scheme.replace("git+ssh", "ssh")));
            return place(usual ? uri.getHost() : uri.getHost() + ":" + uri.getPort(), uri.getRawPath());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<WebPlace> place(String host, String path) {
        String name = path.replaceFirst("^/+", "")
                .replaceFirst("/+$", "")
                .replaceFirst("(?i)\\.git$", "")
                .replaceFirst("/+$", "");
        if (name.isEmpty() || name.contains("..")) {
            return Optional.empty();
        }
        String known = host.toLowerCase(Locale.ROOT);
        return Optional.of(new WebPlace(OVER_443.getOrDefault(known, known), name));
    }

    /** The host without a port. */
    public String hostName() {
        int colon = host.lastIndexOf(':');
        return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
    }

    @Override
    public String toString() {
        return host + "/" + path;
    }
}
