package org.labharness.lab.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.challenge.Award;
import org.labharness.lab.challenge.Challenge;
import org.labharness.lab.challenge.ChallengeId;
import org.labharness.lab.challenge.Venue;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code challenge.yaml}. */
public final class ChallengeLoader {
    /** The name of the file. */
    public static final String FILE = "challenge.yaml";

    /** Of a challenge that is measured here. */
    static final List<String> HERE =
            List.of("labels", "id-column", "label", "metrics", "split", "limits", "places", "final", "baselines");

    static final List<String> KEYS = List.of(
            "id",
            "title",
            "team",
            "opens",
            "closes",
            "labels",
            "id-column",
            "label",
            "metrics",
            "split",
            "limits",
            "places",
            "final",
            "baselines",
            "elsewhere",
            "award");

    private static final ChallengeId NOBODY = new ChallengeId("unknown");

    private final Path folder;
    private final CourseTime time;
    private final Problems problems = new Problems(FILE, "challenge");

    private ChallengeLoader(Path folder, ZoneId zone) {
        this.folder = folder;
        this.time = new CourseTime(zone);
    }

    /**
     * The challenge that a folder describes.
     *
     * @param zone in which its days and hours are meant
     * @throws InvalidChallenge with all problems at once
     * @throws UncheckedIOException where the disk fails
     */
    public static Challenge load(Path folder, ZoneId zone) {
        try {
            return new ChallengeLoader(folder.toAbsolutePath().normalize(), zone).read();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder.resolve(FILE), e);
        }
    }

    private Challenge read() throws IOException {
        Path file = folder.resolve(FILE);
        Node root = new YamlText(problems).root(file).orElseThrow(() -> new InvalidChallenge(file, problems.sorted()));
        YamlMap map = YamlMap.of(new Value(root, "the challenge", problems), KEYS);
        ChallengeId id = map.need("id", "an id such as 'wine-quality'")
                .map(value -> value.parsed(ChallengeId::parse, NOBODY))
                .orElse(NOBODY);
        String title = map.need("title", "a short title").map(Value::text).orElse("");
        @Nullable Instant opens = map.get("opens").map(time::start).orElse(null);
        Instant closes = map.need("closes", "a day or time after which nothing is taken, such as 2026-11-20")
                .map(time::end)
                .orElse(Instant.EPOCH);
        Venue venue = venue(map);
        @Nullable
        Award award =
                map.get("award").map(value -> AwardArguments.read(value, venue)).orElse(null);
        named(map, id);
        if (opens != null && problems.none() && !closes.isAfter(opens)) {
            problems.add(
                    "order",
                    map.line("closes"),
                    "The challenge closes before it opens.",
                    "Expected 'closes' after 'opens'.");
        }
        Challenge challenge = new Challenge(
                id, title, map.get("team").map(Value::yesOrNo).orElse(false), opens, closes, venue, award, folder);
        if (!problems.none()) {
            throw new InvalidChallenge(file, problems.sorted());
        }
        return challenge;
    }

    private Venue venue(YamlMap map) {
        if (!map.has("elsewhere")) {
            return new ChallengeArguments(folder, map).read();
        }
        for (String key : HERE) {
            if (map.has(key)) {
                problems.add(
                        "said-twice",
                        map.line(key),
                        "'" + key + "' stands beside 'elsewhere'.",
                        "What is measured elsewhere has no " + key + " here: remove one of the two.");
            }
        }
        return map.get("elsewhere")
                .map(ChallengeArguments::elsewhere)
                .orElseGet(() -> new Venue.Elsewhere("score", true));
    }

    private void named(YamlMap map, ChallengeId id) {
        String name = String.valueOf(Objects.requireNonNull(folder.getFileName()));
        if (!id.equals(NOBODY) && !id.value().equals(name)) {
            problems.add(
                    "id",
                    map.line("id"),
                    "The challenge is called '" + id + "', its folder '" + name + "'.",
                    "Expected the same name, by which commands find it.");
        }
    }
}
