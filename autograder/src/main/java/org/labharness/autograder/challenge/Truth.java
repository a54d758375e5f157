package org.labharness.autograder.challenge;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.labharness.lab.Sha256;
import org.labharness.pipeline.predict.Scoring;

/** The hidden labels of a challenge, and which of them are public. They are told to nobody: neither in messages nor as text. */
public final class Truth {
    private final List<String> ids;
    private final List<String> labels;
    private final List<Boolean> open;
    private final List<String> classes;
    private final Map<String, Integer> rows = new HashMap<>();
    private final Map<String, Integer> composed = new HashMap<>();
    private final Map<String, String> alike = new HashMap<>();

    /**
     * @param open whether a row is public
     * @param classes in their order; none where numbers are predicted
     */
    Truth(List<String> ids, List<String> labels, List<Boolean> open, List<String> classes) {
        this.ids = List.copyOf(ids);
        this.labels = List.copyOf(labels);
        this.open = List.copyOf(open);
        this.classes = List.copyOf(classes);
        for (int row = 0; row < ids.size(); row++) {
            rows.put(ids.get(row), row);
            composed.merge(composed(ids.get(row)), row, (one, other) -> -1);
            alike.merge(Scoring.plain(ids.get(row)), ids.get(row), (one, other) -> "");
        }
    }

    public int size() {
        return ids.size();
    }

    public int publicRows() {
        return (int) open.stream().filter(one -> one).count();
    }

    List<String> ids() {
        return ids;
    }

    List<String> labels() {
        return labels;
    }

    List<String> classes() {
        return classes;
    }

    boolean isOpen(int row) {
        return open.get(row);
    }

    /** Where an id stands, or -1. */
    int row(String id) {
        Integer row = rows.get(id);
        return row == null ? composed.getOrDefault(composed(id), -1) : row;
    }

    /** Letters with accents in the one of their two forms that most programs write; names of files on a Mac have the other one. */
    static String composed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /** The id that is the same number, such as 007 for 7, where there is just one. */
    Optional<String> alike(String id) {
        return Optional.ofNullable(alike.get(Scoring.plain(id))).filter(one -> !one.isEmpty());
    }

    /** SHA-256 (hex) of which ids there are and which are public: as long as it stays, no public row has ever been private. */
    public String split() {
        MessageDigest digest = Sha256.begin();
        ids.stream().sorted().forEach(id -> add(digest, id, open.get(row(id)) ? "public" : "private"));
        return Sha256.hex(digest);
    }

    /** SHA-256 (hex) of everything that a score depends on. */
    public String digest() {
        MessageDigest digest = Sha256.begin();
        add(digest, split());
        ids.stream().sorted().forEach(id -> add(digest, id, labels.get(row(id))));
        return Sha256.hex(digest);
    }

    /** The labels alone, as the evidence of a model that was measured on them names them. */
    public String labelsDigest() {
        return Scoring.digest(labels);
    }

    /** Predictions in the order of the rows, as a file that somebody might hand in. */
    public String table(String idColumn, List<String> predictions) {
        StringBuilder text = new StringBuilder(quoted(idColumn) + "," + PredictionsFile.COLUMN + "\n");
        for (int row = 0; row < ids.size(); row++) {
            text.append(quoted(ids.get(row)))
                    .append(',')
                    .append(quoted(predictions.get(row)))
                    .append('\n');
        }
        return text.toString();
    }

    private static String quoted(String cell) {
        return "\"" + cell.replace("\"", "\"\"") + "\"";
    }

    private static void add(MessageDigest digest, String... words) {
        for (String word : words) {
            digest.update((word + "\0").getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public String toString() {
        return "Truth of " + size() + " rows, " + publicRows() + " of them public";
    }
}
