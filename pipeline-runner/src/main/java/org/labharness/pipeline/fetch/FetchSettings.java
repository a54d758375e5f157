package org.labharness.pipeline.fetch;

import java.util.List;
import java.util.Optional;

/**
 * What the course says of places with data.
 *
 * @param publicHttps whether any address that is https and in the public part of the Internet may be asked
 * @param allow addresses that may be asked besides, with everything below them; {@code http} and private networks only here
 * @param places places that the course knows more of: logins, endpoints, or that they hold every submission's data
 * @param control host names that are known wherever the network works
 */
public record FetchSettings(boolean publicHttps, List<String> allow, List<Place> places, List<String> control) {
    public static final FetchSettings DEFAULT =
            new FetchSettings(true, List.of(), List.of(), List.of("example.org", "example.com"));

    public FetchSettings {
        allow = List.copyOf(allow);
        places = List.copyOf(places);
        control = List.copyOf(control);
    }

    /**
     * A place that the course knows more of.
     *
     * @param url such as {@code s3://bucket/folder} or {@code https://host/folder}
     * @param endpoint of an S3-compatible store; empty for the default one
     * @param region empty for the default one
     * @param user user name or access key; empty for none
     * @param secret password, token or secret key; empty for none
     * @param token session token of S3, or empty
     * @param course whether contents are looked for there whatever remote a submission names
     */
    public record Place(
            String url, String endpoint, String region, String user, String secret, String token, boolean course) {
        @Override
        public String toString() {
            return url;
        }
    }

    /** The place that an address lies in; the most specific one. */
    Optional<Place> of(String url) {
        return places.stream()
                .filter(place -> covers(place.url(), url))
                .max(java.util.Comparator.comparingInt(place -> place.url().length()));
    }

    private static boolean covers(String place, String url) {
        String folder = place.replaceAll("/+$", "");
        return (url.equals(folder) || url.startsWith(folder + "/")) && !url.contains("/../") && !url.endsWith("/..");
    }
}
