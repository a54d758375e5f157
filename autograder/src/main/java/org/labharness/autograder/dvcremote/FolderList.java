package org.labharness.autograder.dvcremote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The list that DVC keeps of a folder: {@code [{"md5": ..., "relpath": ...}, ...]}. It is read by the grader later, so it is looked at before. */
final class FolderList {
    /** As much as the grader reads of one. */
    static final long LARGEST = 16L << 20;

    private static final int MOST = 100_000;
    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(4)
                    .maxStringLength(4_096)
                    .maxNameLength(100)
                    .maxNumberLength(40)
                    .maxDocumentLength(LARGEST)
                    .build())
            .build();

    private FolderList() {}

    /** What is wrong with one, as the end of a sentence; empty where nothing is. */
    static Optional<String> complaint(Path file) {
        int count = 0;
        try (JsonParser json = JSON.createParser(Files.newInputStream(file))) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                return Optional.of("it is no list of files");
            }
            while (json.nextToken() == JsonToken.START_OBJECT) {
                if (++count > MOST) {
                    return Optional.of("it names more than " + MOST + " files");
                }
                Optional<String> wrong = entry(json);
                if (wrong.isPresent()) {
                    return wrong;
                }
            }
            boolean whole = json.currentToken() == JsonToken.END_ARRAY && json.nextToken() == null;
            return whole ? Optional.empty() : Optional.of("it is no list of files");
        } catch (IOException e) {
            return Optional.of("it is no list of files as DVC writes it");
        }
    }

    private static Optional<String> entry(JsonParser json) throws IOException {
        String md5 = "";
        String path = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            boolean text = json.nextToken() == JsonToken.VALUE_STRING;
            if (text && name.equals("md5")) {
                md5 = json.getText();
            } else if (text && name.equals("relpath")) {
                path = json.getText();
            } else {
                json.skipChildren();
            }
        }
        if (!MD5.matcher(md5).matches()) {
            return Optional.of("an entry has no MD5 sum of a file");
        }
        boolean inside = !path.isEmpty()
                && !path.startsWith("/")
                && !path.contains("\\")
                && List.of(path.split("/", -1)).stream().noneMatch(part -> part.isEmpty() || part.matches("\\.{1,2}"));
        return inside ? Optional.empty() : Optional.of("an entry's path does not lie in the folder");
    }
}
