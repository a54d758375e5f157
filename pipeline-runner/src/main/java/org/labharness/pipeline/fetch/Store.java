package org.labharness.pipeline.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.pipeline.collect.dvc.DvcRemote;
import org.labharness.pipeline.fetch.FetchSettings.Place;

/**
 * A place with contents as the fetching program is told of it.
 *
 * @param about what the program reads
 * @param shown for people, without a login
 */
record Store(Map<String, String> about, String shown) {
    private static final Pattern BUCKET = Pattern.compile("(?:s3|gs)://([A-Za-z0-9._-]{1,63})(?:/(.*))?");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");
    private static final List<String> SECRETS = List.of("password", "token", "secret", "key");

    Store {
        about = Map.copyOf(about);
    }

    /** Not to be printed anywhere: it holds logins. */
    @Override
    public String toString() {
        return shown;
    }

    /** What must not be seen outside. */
    List<String> secrets() {
        return SECRETS.stream()
                .map(about::get)
                .filter(secret -> secret != null && !secret.isEmpty())
                .toList();
    }

    /** Empty where its address makes no sense. */
    static Optional<Store> of(DvcRemote remote, FetchSettings settings) {
        return switch (remote.scheme()) {
            case "s3" -> s3(remote, settings);
            case "gs" ->
                bucket(remote.url())
                        .map(found -> new Store(
                                Map.of(
                                        "kind",
                                        "http",
                                        "url",
                                        "https://storage.googleapis.com/" + found[0] + "/" + found[1]),
                                remote.shown()));
            default -> web(remote, settings);
        };
    }

    private static Optional<String[]> bucket(String url) {
        Matcher parts = BUCKET.matcher(url);
        return parts.matches()
                ? Optional.of(new String[] {parts.group(1), parts.group(2) == null ? "" : parts.group(2)})
                : Optional.empty();
    }

    private static Optional<Store> s3(DvcRemote remote, FetchSettings settings) {
        Optional<Place> place = settings.of(remote.url());
        String endpoint = remote.option("endpointurl")
                .orElseGet(() -> place.map(Place::endpoint).orElse(""));
        // The course's key is for the course's endpoint only.
        boolean course = place.filter(known -> !known.user().isEmpty() && same(known.endpoint(), endpoint))
                .isPresent();
        return bucket(remote.url()).map(found -> {
            Map<String, String> about =
                    new TreeMap<>(Map.of("kind", "s3", "bucket", found[0], "prefix", trimmed(found[1])));
            about.put("endpoint", endpoint);
            about.put(
                    "region",
                    remote.option("region")
                            .or(() -> place.map(Place::region))
                            .filter(region -> REGION.matcher(region).matches())
                            .orElse(""));
            about.put(
                    "key",
                    course ? place.get().user() : remote.option("access_key_id").orElse(""));
            about.put(
                    "secret",
                    course
                            ? place.get().secret()
                            : remote.option("secret_access_key").orElse(""));
            about.put(
                    "token",
                    course
                            ? place.get().token()
                            : remote.option("session_token").orElse(""));
            return new Store(about, remote.shown());
        });
    }

    private static boolean same(String one, String other) {
        return trimmed(one).equalsIgnoreCase(trimmed(other));
    }

    private static String trimmed(String path) {
        return path.replaceAll("^/+|/+$", "");
    }

    private static Optional<Store> web(DvcRemote remote, FetchSettings settings) {
        try {
            URI uri = new URI(remote.url().replace(" ", "%20"));
            if (uri.getHost() == null) {
                return Optional.empty();
            }
            String url = withoutLogin(uri);
            Map<String, String> about = new TreeMap<>(Map.of("kind", "http", "url", url));
            Optional<Place> place = settings.of(url);
            if (place.isPresent()) {
                about.put(
                        place.get().user().isEmpty() ? "token" : "password",
                        place.get().secret());
                about.put("user", place.get().user());
            } else if (uri.getRawUserInfo() != null) {
                String[] login = uri.getRawUserInfo().split(":", 2);
                about.put("user", decoded(login[0]));
                about.put("password", login.length > 1 ? decoded(login[1]) : "");
            } else if (!remote.option("auth").orElse("basic").equals("custom")) {
                remote.option("user").ifPresent(user -> about.put("user", user));
                remote.option("password").ifPresent(password -> about.put("password", password));
            }
            return Optional.of(new Store(about, remote.shown()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String withoutLogin(URI uri) {
        String scheme = uri.getScheme().toLowerCase(java.util.Locale.ROOT).replace("webdav", "http");
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return scheme + "://" + uri.getHost() + port + uri.getRawPath() + query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
