package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.transport.URIish;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/**
 * User names and secrets by host, for fetching over HTTPS. They come from a file with one {@code https://user:secret@host} a line, as
 * {@code git credential-store} keeps them ({@code LAB_CREDENTIALS} names it, else {@code ~/.config/labharness/credentials}), or from
 * variables such as {@code LAB_TOKEN_GITHUB_COM} (dots as {@code _}, hyphens as {@code __}).
 */
final class Credentials {
    private static final String VARIABLE = "LAB_TOKEN_";

    private final Map<String, Login> byHost;
    private final Map<String, String> environment;

    private Credentials(Map<String, Login> byHost, Map<String, String> environment) {
        this.byHost = Map.copyOf(byHost);
        this.environment = Map.copyOf(environment);
    }

    /** @param secret a password or token */
    record Login(String user, String secret) {
        @Override
        public String toString() {
            return user + ":***";
        }
    }

    static Credentials from(Map<String, String> environment) {
        String named = environment.get("LAB_CREDENTIALS");
        Path file = named != null
                ? Path.of(named)
                : Path.of(environment.getOrDefault("HOME", "/"), ".config", "labharness", "credentials");
        if (named == null && !Files.isRegularFile(file)) {
            return new Credentials(Map.of(), environment);
        }
        Map<String, Login> byHost = new HashMap<>();
        try {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    read(line.strip(), file + ":" + number, byHost);
                }
            }
        } catch (IOException e) {
            throw new SystemBroke(
                    Breakdown.INTERNAL, "The file of credentials " + file + " cannot be read: " + e.getMessage(), e);
        }
        return new Credentials(byHost, environment);
    }

    private static void read(String line, String place, Map<String, Login> byHost) {
        try {
            URI uri = new URI(line);
            String info = uri.getRawUserInfo();
            int colon = info == null ? -1 : info.indexOf(':');
            if (uri.getHost() == null || info == null || colon < 0) {
                throw wrong(place);
            }
            byHost.put(
                    uri.getHost().toLowerCase(Locale.ROOT),
                    new Login(decoded(info.substring(0, colon)), decoded(info.substring(colon + 1))));
        } catch (URISyntaxException e) {
            throw wrong(place);
        }
    }

    private static SystemBroke wrong(String place) {
        // the cause would show the line, secret included
        return new SystemBroke(Breakdown.INTERNAL, place + ": expected a line such as https://user:token@github.com");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The variables that they were read from. */
    Map<String, String> environment() {
        return environment;
    }

    Optional<Login> of(URIish uri) {
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        Login login = byHost.get(host);
        if (login != null) {
            return Optional.of(login);
        }
        String token = environment.get(
                VARIABLE + host.replace("-", "__").replace('.', '_').toUpperCase(Locale.ROOT));
        return token == null || token.isBlank() || host.isEmpty()
                ? Optional.empty()
                : Optional.of(new Login("oauth2", token.strip()));
    }
}
