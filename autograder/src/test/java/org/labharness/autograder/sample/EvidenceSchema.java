package org.labharness.autograder.sample;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.evidence.Evidence;

/** Derives the JSON Schema of evidence from its records; {@link #main} writes the published file anew. */
public final class EvidenceSchema {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private final Map<String, ObjectNode> definitions = new TreeMap<>();

    private EvidenceSchema() {}

    /** @param args the file to write */
    public static void main(String[] args) throws IOException {
        Files.writeString(Path.of(args[0]), write());
    }

    public static String write() {
        EvidenceSchema schema = new EvidenceSchema();
        ObjectNode root = MAPPER.createObjectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("$id", "https://labharness.org/schema/" + Evidence.SCHEMA.substring("labharness/".length()))
                .put("title", "Evidence of one submission: all that checks may read")
                .put("description", "Fields may be added, never renamed.")
                .put("$ref", "#/$defs/Evidence");
        schema.type(Evidence.class);
        root.set("$defs", MAPPER.valueToTree(schema.definitions));
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        try {
            return MAPPER.writer(new DefaultPrettyPrinter()
                                    .withObjectIndenter(lines)
                                    .withArrayIndenter(lines))
                            .writeValueAsString(root)
                    + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode type(Type type) {
        ObjectNode node = MAPPER.createObjectNode();
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            boolean list = generic.getRawType() == List.class;
            node.put("type", list ? "array" : "object").set(list ? "items" : "additionalProperties", type(last));
        } else if (type == String.class) {
            node.put("type", "string");
        } else if (type == Instant.class) {
            node.put("type", "string").put("format", "date-time");
        } else if (type == boolean.class) {
            node.put("type", "boolean");
        } else if (type == int.class || type == long.class || type == Integer.class) {
            node.put("type", "integer");
        } else if (type == double.class || type == Double.class) {
            node.putArray("type").add("number").add("string");
            node.put("description", "a number, or NaN, Infinity, -Infinity");
        } else if (type instanceof Class<?> named) {
            node.put("$ref", "#/$defs/" + define(named));
        }
        return node;
    }

    private String define(Class<?> type) {
        String name =
                type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
        if (!definitions.containsKey(name)) {
            ObjectNode node = MAPPER.createObjectNode();
            definitions.put(name, node);
            if (type.isEnum()) {
                ArrayNode values = node.putArray("enum");
                for (Object value : type.getEnumConstants()) {
                    values.add(((Enum<?>) value).name());
                }
            } else {
                fields(type, node);
            }
        }
        return name;
    }

    private void fields(Class<?> type, ObjectNode node) {
        node.put("type", "object");
        ObjectNode properties = node.putObject("properties");
        ArrayNode required = node.putArray("required");
        for (RecordComponent field : type.getRecordComponents()) {
            ObjectNode value = type(field.getGenericType());
            AnnotatedType annotated = field.getAnnotatedType();
            if (annotated.isAnnotationPresent(Nullable.class)) {
                ObjectNode either = MAPPER.createObjectNode();
                either.putArray("anyOf")
                        .add(value)
                        .add(MAPPER.createObjectNode().put("type", "null"));
                properties.set(field.getName(), either);
            } else {
                properties.set(field.getName(), value);
            }
            required.add(field.getName());
        }
    }
}
