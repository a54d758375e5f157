package org.labharness.autograder.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads payloads of GitHub, GitLab and Gitea token by token: of a push with thousands of commits only a few short texts are ever kept, and
 * what is none of them is skipped, however it looks.
 */
final class PayloadReader {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(50)
                    .maxStringLength(1 << 20)
                    .maxNameLength(1_000)
                    .maxNumberLength(100)
                    .maxDocumentLength(HookBody.LARGEST)
                    .build())
            // Which of two repositories would be meant is nothing to guess.
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final int LONGEST = 2_000;

    /** Of what a student writes, such as the home page, nothing is among them. */
    private static final Set<String> ADDRESSES =
            Set.of("clone_url", "ssh_url", "git_url", "html_url", "git_http_url", "git_ssh_url", "http_url", "web_url");

    private static final Set<String> OF_REPOSITORY = Set.of("repository", "project");
    private static final Set<String> OF_PUSH =
            Set.of("ref", "after", "checkout_sha", "object_kind", "event_name", "deleted");

    private final Map<String, String> texts = new HashMap<>();
    private final List<String> addresses = new ArrayList<>();

    private PayloadReader() {}

    /** @throws IOException where it is no JSON object, or deeper or longer than any forge writes */
    static Payload read(InputStream in) throws IOException {
        PayloadReader reader = new PayloadReader();
        try (JsonParser json = JSON.createParser(in)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it is no JSON object");
            }
            reader.object(json);
        }
        return reader.payload();
    }

    private void object(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_OBJECT && OF_REPOSITORY.contains(name)) {
                repository(json);
            } else if (OF_PUSH.contains(name) && value != null && value.isScalarValue()) {
                texts.put(name, text(json));
            } else {
                json.skipChildren();
            }
        }
    }

    private void repository(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            boolean isText = json.nextToken() == JsonToken.VALUE_STRING;
            if (isText && ADDRESSES.contains(name)) {
                addresses.add(text(json));
            } else if (isText && name.equals("default_branch")) {
                texts.put(name, text(json));
            } else {
                json.skipChildren();
            }
        }
    }

    private static String text(JsonParser json) throws IOException {
        return json.currentToken() == JsonToken.VALUE_NULL || json.getTextLength() > LONGEST ? "" : json.getText();
    }

    private Payload payload() {
        String after = texts.getOrDefault("after", "");
        // Of an annotated tag GitLab names the tag first, and the commit beside it.
        String commit = texts.getOrDefault("checkout_sha", "");
        return new Payload(
                texts.getOrDefault("event_name", texts.getOrDefault("object_kind", "")),
                addresses,
                texts.getOrDefault("ref", ""),
                commit.isEmpty() ? after : commit,
                Boolean.parseBoolean(texts.getOrDefault("deleted", "false")),
                texts.getOrDefault("default_branch", ""));
    }
}
