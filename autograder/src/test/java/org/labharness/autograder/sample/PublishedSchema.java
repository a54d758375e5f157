package org.labharness.autograder.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A JSON Schema that is shipped beside the class that writes what it describes. */
public final class PublishedSchema {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonNode schema;
    private final Schema validator;

    private PublishedSchema(JsonNode schema) {
        this.schema = schema;
        this.validator = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toString());
    }

    public static PublishedSchema of(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            return new PublishedSchema(MAPPER.readTree(Objects.requireNonNull(in)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is wrong with a document. */
    public List<String> problems(String json) {
        return validator.validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    /** Fields of a document that the schema does not describe. */
    public List<String> undescribed(String json) throws IOException {
        List<String> unknown = new ArrayList<>();
        describe(MAPPER.readTree(json), schema, "", unknown);
        return unknown;
    }

    private static void describe(JsonNode value, JsonNode rule, String path, List<String> unknown) {
        if (value.isObject()) {
            value.properties().forEach(field -> {
                JsonNode described = rule.path("properties").path(field.getKey());
                if (described.isMissingNode()) {
                    unknown.add(path + "/" + field.getKey());
                }
                describe(field.getValue(), described, path + "/" + field.getKey(), unknown);
            });
        } else if (value.isArray()) {
            value.forEach(item -> describe(item, rule.path("items"), path + "[]", unknown));
        }
    }
}
