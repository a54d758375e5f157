package org.labharness.pipeline.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.JsonWords;

/**
 * What a service's OpenAPI document says of an answer, as a JSON Schema that is safe to use: whatever refers to something else is written out, within bounds, and
 * only words are taken whose meaning costs no more than the answer is long. Patterns, which a hostile document could make endless work of, are none of these.
 *
 * <p>It takes all that the document takes, and maybe more: where a word is left out, those that would turn that round are left out as well.
 */
final class PlainSchema {
    private static final int DEEPEST = 24;
    private static final int MOST_NODES = 4_000;
    private static final int MOST_LETTERS = 256 << 10;
    private static final Set<String> TYPES =
            Set.of("object", "array", "string", "number", "integer", "boolean", "null");
    private static final Set<String> NUMBERS = Set.of(
            "minimum", "maximum", "minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties");
    private static final Set<String> LISTS = Set.of("anyOf", "allOf", "oneOf");
    /** They forbid nothing. */
    private static final Set<String> REMARKS = Set.of(
            "title",
            "description",
            "summary",
            "default",
            "example",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly",
            "externalDocs",
            "xml",
            "discriminator",
            "format",
            "nullable",
            "contentMediaType",
            "contentEncoding",
            "definitions");

    private final OpenApi document;
    private int nodes;
    private int letters;

    private PlainSchema(OpenApi document) {
        this.document = document;
    }

    /** @param path that is answered to a POST */
    static String ofAnswer(String openapi, String path) throws UnusableSchema {
        OpenApi document = OpenApi.read(openapi);
        PlainSchema plain = new PlainSchema(document);
        List<String> forms = new ArrayList<>();
        for (Doc schema : document.answers(path)) {
            forms.add(plain.of(schema, 0).json());
        }
        return forms.size() == 1 ? forms.getFirst() : "{\"anyOf\":[" + String.join(",", forms) + "]}";
    }

    /** @param exact whether it takes what the document takes and nothing else */
    private record Form(String json, boolean exact) {
        /** Whatever lies deeper than anybody looks, or is not understood. */
        static final Form ANYTHING = new Form("true", false);

        Form orNull() {
            return new Form("{\"anyOf\":[" + json + ",{\"type\":\"null\"}]}", exact);
        }
    }

    private Form of(Doc schema, int depth) throws UnusableSchema {
        if (depth > DEEPEST || ++nodes > MOST_NODES) {
            return Form.ANYTHING;
        }
        if (schema instanceof Doc.Scalar scalar) {
            return scalar.kind() == Doc.ScalarKind.BOOLEAN ? new Form(scalar.text(), true) : Form.ANYTHING;
        }
        if (!(schema instanceof Doc.Mapping mapping)) {
            return Form.ANYTHING;
        }
        Optional<String> reference = schema.get("$ref").flatMap(Doc::string);
        Form form;
        if (reference.isPresent()) {
            Form referred = of(document.referred(reference.get()), depth + 1);
            form = new Form(
                    referred.json(), referred.exact() && mapping.entries().size() == 1);
        } else {
            form = new Words(mapping, depth).form();
        }
        return schema.get("nullable").filter(Doc::isTrue).isPresent() ? form.orNull() : form;
    }

    private String bounded(String words) throws UnusableSchema {
        letters += words.length();
        if (letters > MOST_LETTERS) {
            throw new UnusableSchema(
                    "it is longer than " + MOST_LETTERS + " letters with all that it refers to written out");
        }
        return words;
    }

    /** The words of one schema. */
    private final class Words {
        private final Doc.Mapping schema;
        private final int depth;
        private final List<String> members = new ArrayList<>();
        private boolean exact = true;

        Words(Doc.Mapping schema, int depth) {
            this.schema = schema;
            this.depth = depth;
        }

        Form form() throws UnusableSchema {
            for (Map.Entry<String, Doc> entry : schema.entries().entrySet()) {
                String word = entry.getKey();
                Optional<String> value = value(word, entry.getValue());
                if (value.isPresent()) {
                    members.add(value.get());
                } else {
                    exact &= isRemark(word);
                }
            }
            return new Form("{" + String.join(",", members) + "}", exact);
        }

        /** A word with its value; empty where it is left out. */
        private Optional<String> value(String word, Doc value) throws UnusableSchema {
            return switch (word) {
                case "type" -> isTypes(value) ? plain(word, value) : Optional.empty();
                case "required" ->
                    value instanceof Doc.Sequence && isTexts(value) ? plain(word, value) : Optional.empty();
                case "enum" -> value instanceof Doc.Sequence ? plain(word, value) : Optional.empty();
                case "const" -> plain(word, value);
                // Without these beside them they would forbid what the document allows.
                case "items" -> schema.get("prefixItems").isPresent() ? Optional.empty() : schema(word, value);
                case "additionalProperties" ->
                    schema.get("patternProperties").isPresent() ? Optional.empty() : schema(word, value);
                case "not" -> negated(value);
                case "properties" -> properties(value);
                default -> other(word, value);
            };
        }

        private Optional<String> other(String word, Doc value) throws UnusableSchema {
            if (LISTS.contains(word)) {
                return list(word, value);
            }
            return NUMBERS.contains(word)
                            && value instanceof Doc.Scalar scalar
                            && Set.of(Doc.ScalarKind.INTEGER, Doc.ScalarKind.FLOAT)
                                    .contains(scalar.kind())
                    ? plain(word, value)
                    : Optional.empty();
        }

        private Optional<String> plain(String word, Doc value) throws UnusableSchema {
            return Optional.of(member(word, bounded(JsonWords.of(value))));
        }

        private Optional<String> schema(String word, Doc value) throws UnusableSchema {
            Form form = of(value, depth + 1);
            exact &= form.exact();
            return Optional.of(member(word, form.json()));
        }

        private Optional<String> negated(Doc value) throws UnusableSchema {
            Form form = of(value, depth + 1);
            return form.exact() ? Optional.of(member("not", form.json())) : Optional.empty();
        }

        private Optional<String> list(String word, Doc schemas) throws UnusableSchema {
            List<String> all = new ArrayList<>();
            boolean allExact = true;
            for (Doc one : schemas.items()) {
                Form form = of(one, depth + 1);
                allExact &= form.exact();
                all.add(form.json());
            }
            exact &= allExact;
            String weaker = word.equals("oneOf") && !allExact ? "anyOf" : word;
            return all.isEmpty() || (!weaker.equals(word) && schema.get(weaker).isPresent())
                    ? Optional.empty()
                    : Optional.of(member(weaker, "[" + String.join(",", all) + "]"));
        }

        /** Frameworks declare a member that may be null as one that may be missing, and answer with null then. */
        private Optional<String> properties(Doc value) throws UnusableSchema {
            List<String> needed = schema.get("required").map(Doc::items).orElse(List.of()).stream()
                    .flatMap(one -> one.string().stream())
                    .toList();
            List<String> all = new ArrayList<>();
            if (value instanceof Doc.Mapping mapping) {
                for (Map.Entry<String, Doc> entry : mapping.entries().entrySet()) {
                    Form form = of(entry.getValue(), depth + 1);
                    boolean missable = !needed.contains(entry.getKey());
                    exact &= form.exact() && !missable;
                    all.add(bounded(member(entry.getKey(), (missable ? form.orNull() : form).json())));
                }
            }
            return Optional.of("\"properties\":{" + String.join(",", all) + "}");
        }

        private static boolean isRemark(String word) {
            return REMARKS.contains(word) || word.startsWith("x-") || (word.startsWith("$") && !word.endsWith("Ref"));
        }

        private static String member(String word, String json) {
            return JsonWords.quoted(word) + ":" + json;
        }

        private static boolean isTypes(Doc value) {
            return isTexts(value)
                    && value.items().stream()
                            .allMatch(
                                    one -> one.string().filter(TYPES::contains).isPresent());
        }

        private static boolean isTexts(Doc value) {
            return !value.items().isEmpty()
                    && value.items().stream()
                            .allMatch(
                                    one -> one instanceof Doc.Scalar scalar && scalar.kind() == Doc.ScalarKind.STRING);
        }
    }
}
