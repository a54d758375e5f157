package org.labharness.pipeline.fetch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Doc.Mapping;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Parsed;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.fetch.FetchSettings.Place;

/** Reads the settings: the file that {@code LAB_DATA_SOURCES} names, else {@code ~/.config/labharness/data-sources.yaml}. */
final class SettingsFile {
    private static final Set<String> KEYS = Set.of("public-https", "allow", "places", "control");
    private static final Set<String> PLACE_KEYS =
            Set.of("url", "endpoint", "region", "user", "secret", "token", "course");

    private final Path file;
    private final Map<String, String> environment;

    private SettingsFile(Path file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    static FetchSettings load(Map<String, String> environment) {
        String named = environment.get("LAB_DATA_SOURCES");
        Path file = named != null
                ? Path.of(named).toAbsolutePath()
                : Path.of(environment.getOrDefault("HOME", "/"), ".config", "labharness", "data-sources.yaml");
        return named == null && !Files.isRegularFile(file)
                ? FetchSettings.DEFAULT
                : new SettingsFile(file, environment).read();
    }

    private FetchSettings read() {
        Path folder = file.getParent();
        Path name = file.getFileName();
        if (folder == null || name == null) {
            throw wrong(0, "it is no file");
        }
        return switch (Documents.read(new TreeReader(folder), name.toString(), Documents.Form.YAML)) {
            case Parsed.Unreadable not -> throw wrong(not.line(), not.problem());
            case Parsed.Read read -> settings(read.root());
        };
    }

    private FetchSettings settings(Doc root) {
        known(root, KEYS);
        FetchSettings usual = FetchSettings.DEFAULT;
        List<Place> places = new ArrayList<>();
        root.get("places").map(Doc::items).orElse(List.of()).forEach(entry -> places.add(place(entry)));
        List<String> control = texts(root, "control");
        return new FetchSettings(
                root.get("public-https").map(Doc::isTrue).orElse(usual.publicHttps()),
                texts(root, "allow"),
                places,
                control.isEmpty() ? usual.control() : control);
    }

    private List<String> texts(Doc root, String key) {
        List<String> texts = new ArrayList<>();
        for (Doc item : root.get(key).map(Doc::items).orElse(List.of())) {
            String text = item.string().orElseThrow(() -> wrong(item.line(), key + " is a list of texts"));
            if (key.equals("allow") && !text.matches("https?://[^/@]+(/.*)?")) {
                throw wrong(item.line(), "expected an address such as https://data.example.org/course");
            }
            texts.add(text);
        }
        return texts;
    }

    private Place place(Doc entry) {
        known(entry, PLACE_KEYS);
        String url = text(entry, "url");
        if (!url.matches("(?:https?|s3|gs|webdavs?)://[^/@]+(/.*)?")) {
            throw wrong(entry.line(), "each of places has a url such as https://host/folder or s3://bucket/folder");
        }
        return new Place(
                url,
                text(entry, "endpoint"),
                text(entry, "region"),
                text(entry, "user"),
                text(entry, "secret"),
                text(entry, "token"),
                entry.get("course").map(Doc::isTrue).orElse(false));
    }

    /** A value that is a variable's name in <code>${...}</code> is that variable's value, so that a file may be shown around. */
    private String text(Doc entry, String key) {
        String text = entry.get(key).flatMap(Doc::string).orElse("");
        if (!text.startsWith("${") || !text.endsWith("}")) {
            return text;
        }
        String variable = text.substring(2, text.length() - 1);
        String value = environment.get(variable);
        if (value == null) {
            throw wrong(entry.line(), "the variable " + variable + " is not set");
        }
        return value;
    }

    private void known(Doc doc, Set<String> keys) {
        if (!(doc instanceof Mapping mapping)) {
            throw wrong(
                    doc.line(),
                    "expected a mapping with "
                            + String.join(", ", keys.stream().sorted().toList()));
        }
        for (String key : mapping.entries().keySet()) {
            if (!keys.contains(key)) {
                throw wrong(
                        mapping.lineOf(key),
                        "'" + key + "' is not known; expected one of "
                                + String.join(", ", keys.stream().sorted().toList()));
            }
        }
    }

    private SystemBroke wrong(int line, String what) {
        return new SystemBroke(Breakdown.INTERNAL, file + (line > 0 ? ":" + line : "") + ": " + what + ".");
    }
}
