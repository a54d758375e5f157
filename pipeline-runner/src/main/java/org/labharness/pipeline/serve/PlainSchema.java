package org.labharness.pipeline.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.JsonWords;

/**
 * What a service's OpenAPI document says of an answer, as a JSON Schema that is safe to use: whatever refers to something else is written out, within bounds, and
 * only words are taken whose meaning costs no more than the answer is long. Patterns, which a hostile document could make endless work of, are none of these.
 */
final class PlainSchema {
    private static final int DEEPEST = 24;
    private static final int MOST_NODES = 4_000;
    private static final int MOST_LETTERS = 256 << 10;
    private static final Set<String> VALUES = Set.of(
            "type",
            "required",
            "enum",
            "const",
            "minimum",
            "maximum",
            "minItems",
            "maxItems",
            "minLength",
            "maxLength",
            "minProperties",
            "maxProperties");
    private static final Set<String> SCHEMAS = Set.of("items", "additionalProperties", "not");
    private static final Set<String> LISTS = Set.of("anyOf", "allOf", "oneOf");

    private final Doc document;
    private int nodes;
    private int letters;

    private PlainSchema(Doc document) {
        this.document = document;
    }

    /** @param path that is answered to a POST */
    static String ofAnswer(String openapi, String path) throws UnusableSchema {
        Doc document = Documents.json(openapi).document().orElseThrow(() -> new UnusableSchema("it is no JSON"));
        if (document.get("openapi").or(() -> document.get("swagger")).isEmpty()) {
            throw new UnusableSchema("it does not say which version of OpenAPI it is");
        }
        Optional<Doc> operation = document.get("paths")
                .flatMap(paths -> paths.get(path).or(() -> paths.get(path + "/")))
                .flatMap(methods -> methods.get("post"));
        if (operation.isEmpty()) {
            throw new UnusableSchema("it does not describe POST " + path);
        }
        Doc.Mapping responses = operation.get().mapping("responses");
        Doc answer = responses.entries().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("2"))
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> responses.get("default"))
                .orElseThrow(() -> new UnusableSchema("it describes no answer of POST " + path));
        Doc schema = answer.mapping("content").entries().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("application/json"))
                .findFirst()
                .flatMap(entry -> entry.getValue().get("schema"))
                .or(() -> answer.get("schema"))
                .orElseThrow(() -> new UnusableSchema("it describes no JSON as the answer of POST " + path));
        return new PlainSchema(document).of(schema, 0);
    }

    private String of(Doc schema, int depth) throws UnusableSchema {
        if (depth > DEEPEST || ++nodes > MOST_NODES) {
            return "true"; // what lies deeper than anybody looks is not looked at
        }
        if (schema instanceof Doc.Scalar scalar) {
            return scalar.kind() == Doc.ScalarKind.BOOLEAN ? scalar.text() : "true";
        }
        Optional<String> reference = schema.get("$ref").flatMap(Doc::string);
        if (reference.isPresent()) {
            return of(referred(reference.get()), depth + 1);
        }
        List<String> members = new ArrayList<>();
        boolean nullable = schema.get("nullable").filter(Doc::isTrue).isPresent();
        for (Map.Entry<String, Doc> entry : schema instanceof Doc.Mapping mapping
                ? mapping.entries().entrySet()
                : Set.<Map.Entry<String, Doc>>of()) {
            String word = entry.getKey();
            if (VALUES.contains(word)) {
                String value = bounded(JsonWords.of(entry.getValue()));
                boolean also = nullable && word.equals("type") && value.startsWith("\"");
                members.add(JsonWords.quoted(word) + ":" + (also ? "[" + value + ",\"null\"]" : value));
            } else if (SCHEMAS.contains(word)) {
                members.add(JsonWords.quoted(word) + ":" + of(entry.getValue(), depth + 1));
            } else if (LISTS.contains(word)) {
                members.add(JsonWords.quoted(word) + ":" + list(entry.getValue(), depth));
            } else if (word.equals("properties")) {
                members.add("\"properties\":" + properties(entry.getValue(), depth));
            }
        }
        return "{" + String.join(",", members) + "}";
    }

    private String bounded(String words) throws UnusableSchema {
        letters += words.length();
        if (letters > MOST_LETTERS) {
            throw new UnusableSchema(
                    "it is longer than " + MOST_LETTERS + " letters with all that it refers to written out");
        }
        return words;
    }

    private String list(Doc schemas, int depth) throws UnusableSchema {
        List<String> all = new ArrayList<>();
        for (Doc one : schemas.items()) {
            all.add(of(one, depth + 1));
        }
        return all.isEmpty() ? "[true]" : "[" + String.join(",", all) + "]";
    }

    private String properties(Doc schemas, int depth) throws UnusableSchema {
        List<String> all = new ArrayList<>();
        if (schemas instanceof Doc.Mapping mapping) {
            for (Map.Entry<String, Doc> entry : mapping.entries().entrySet()) {
                all.add(bounded(JsonWords.quoted(entry.getKey())) + ":" + of(entry.getValue(), depth + 1));
            }
        }
        return "{" + String.join(",", all) + "}";
    }

    private Doc referred(String reference) throws UnusableSchema {
        if (!reference.startsWith("#/")) {
            throw new UnusableSchema("it refers to another document");
        }
        Optional<Doc> here = Optional.of(document);
        for (String part : reference.substring(2).split("/", -1)) {
            String name = part.replace("~1", "/").replace("~0", "~");
            here = here.flatMap(doc -> doc.get(name));
        }
        return here.orElseThrow(() -> new UnusableSchema("it refers to something that it does not hold"));
    }
}
