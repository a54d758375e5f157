package org.labharness.lab.load;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What lab.schema.json says of one check, in words for people. */
record SchemaWords(JsonNode check, JsonNode definitions) {
    private static final JsonNode SCHEMA = read();

    private static JsonNode read() {
        try (InputStream in = Objects.requireNonNull(LabLoader.class.getResourceAsStream("lab.schema.json"))) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param form what may stand there, in a few words */
    record Argument(String name, boolean required, String form, String means) {}

    static SchemaWords of(String name) {
        return new SchemaWords(SCHEMA.at("/$defs/check/properties").path(name), SCHEMA.path("$defs"));
    }

    String title() {
        return check.path("title").asString("");
    }

    String description() {
        return check.path("description").asString("");
    }

    List<JsonNode> examples() {
        return check.path("examples").valueStream().toList();
    }

    /** The first example as it stands in a lab. */
    String yaml(String name) {
        return "- {id: ..., title: ..., points: 10, " + name + ": "
                + flow(examples().getFirst()) + "}\n";
    }

    /** The keys of a mapping; none where the check takes no mapping. */
    List<Argument> arguments() {
        List<Argument> arguments = new ArrayList<>();
        for (JsonNode one : alternatives()) {
            Set<String> required = new HashSet<>();
            one.path("required").forEach(key -> required.add(key.asString()));
            one.path("properties")
                    .properties()
                    .forEach(entry -> arguments.add(new Argument(
                            entry.getKey(),
                            required.contains(entry.getKey()),
                            form(entry.getValue()),
                            entry.getValue().path("description").asString(""))));
        }
        return arguments;
    }

    private List<JsonNode> alternatives() {
        return check.has("oneOf") ? check.path("oneOf").valueStream().toList() : List.of(check);
    }

    /** What may stand after the check's name. */
    String forms() {
        return alternatives().stream()
                .map(one -> one.has("properties") ? "a mapping" : form(one))
                .collect(Collectors.joining(", or "));
    }

    private String form(JsonNode schema) {
        if (schema.has("$ref")) {
            JsonNode named = definitions.path(schema.path("$ref").asString().replace("#/$defs/", ""));
            return named.has("title") ? named.path("title").asString() : form(named);
        }
        if (schema.has("const")) {
            return "`" + schema.path("const").asString() + "`";
        }
        if (schema.has("enum")) {
            return schema.path("enum")
                    .valueStream()
                    .map(word -> "`" + word.asString() + "`")
                    .collect(Collectors.joining(", "));
        }
        if (schema.has("oneOf")) {
            return schema.path("oneOf").valueStream().map(this::form).collect(Collectors.joining(", or "));
        }
        return switch (schema.path("type").asString("")) {
            case "number", "integer" -> number(schema);
            case "boolean" -> "`true` or `false`";
            case "array" -> "list of " + form(schema.path("items")).replaceFirst("^text$", "texts");
            case "object" ->
                "mapping of " + (schema.path("propertyNames").has("$ref") ? form(schema.path("propertyNames")) : "name")
                        + " to " + form(schema.path("additionalProperties"));
            default -> "text";
        };
    }

    private static String number(JsonNode schema) {
        return schema.has("minimum") && schema.has("maximum")
                ? "number from " + schema.path("minimum").asString() + " to "
                        + schema.path("maximum").asString()
                : "number";
    }

    /** YAML on one line. */
    private static String flow(JsonNode value) {
        if (value.isObject()) {
            return value.properties().stream()
                    .map(entry -> entry.getKey() + ": " + flow(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value.isArray()) {
            return value.valueStream().map(SchemaWords::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        String text = value.asString();
        return value.isString() && !text.matches("[A-Za-z0-9_./-]+") ? "\"" + text + "\"" : text;
    }
}
