package org.labharness.autograder.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Holds what a server answers against the published description: status, media type and schema. */
final class DescribedAnswers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DescribedAnswers() {}

    /** Fails where a program that was made from the description would not understand an answer. */
    static <T> HttpResponse<T> requireDescribed(HttpResponse<T> answer) {
        ObjectNode whole = whole();
        String asked = answer.request().method() + " " + answer.request().uri().getPath();
        JsonNode path = path(whole, answer.request().uri().getPath()).orElse(null);
        JsonNode operation =
                path == null ? null : path.get(answer.request().method().toLowerCase(Locale.ROOT));
        if (operation == null) {
            assertThat(answer.statusCode()).as(asked).isEqualTo(path == null ? 404 : 405);
            return answer;
        }
        JsonNode described = operation.get("responses").get(String.valueOf(answer.statusCode()));
        assertThat(described)
                .as("what is said of status %d of %s: %s", answer.statusCode(), asked, answer.body())
                .isNotNull();
        String type = answer.headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
        JsonNode content = described.get("content").get(type);
        assertThat(content)
                .as("what is said of the type '%s' of %s: %s", type, asked, answer.body())
                .isNotNull();
        if (type.endsWith("json") && answer.body() instanceof String body) {
            ObjectNode schema = content.get("schema").deepCopy();
            schema.set("components", whole.get("components"));
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(schema.toString())
                            .validate(body, InputFormat.JSON))
                    .as(asked + ": " + body)
                    .isEmpty();
        }
        return answer;
    }

    private static Optional<JsonNode> path(ObjectNode whole, String path) {
        return whole.get("paths").properties().stream()
                .filter(one -> path.matches(one.getKey().replaceAll("\\{[a-z]+}", "[^/]+")))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static ObjectNode whole() {
        try {
            return (ObjectNode) JSON.readTree(Files.readString(OpenApiTests.FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
