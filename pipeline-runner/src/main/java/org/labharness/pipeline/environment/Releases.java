package org.labharness.pipeline.environment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Which versions of packages that matter most were the newest at which day, for package indexes that do not say when files were uploaded.
 * The list ships with the program; {@code docker/tools/renew-releases.py} writes it anew.
 */
final class Releases {
    private static final String LIST = "releases.tsv";

    private Releases() {}

    /** Constraints such as {@code pandas<=2.2.3}, sorted: nothing newer than at the beginning of this day (UTC). */
    static List<String> asOf(Instant moment) {
        LocalDate day = moment.atZone(ZoneOffset.UTC).toLocalDate();
        Map<String, String> newest = new TreeMap<>();
        try (InputStream list = Objects.requireNonNull(Releases.class.getResourceAsStream(LIST), LIST);
                BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split("\t", -1);
                if (!line.startsWith("#") && LocalDate.parse(fields[2]).isBefore(day)) {
                    newest.put(fields[0], fields[0] + "<=" + fields[1]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(newest.values());
    }
}
