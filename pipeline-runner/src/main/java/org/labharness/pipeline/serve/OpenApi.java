package org.labharness.pipeline.serve;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;

/** A service's description of itself, Swagger 2.0 or OpenAPI 3: the places in it that tell what the answers of a path look like. */
record OpenApi(Doc document) {
    private static final int MOST_REFERENCES = 8;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^{}/]{0,200}}");

    static OpenApi read(String text) throws UnusableSchema {
        Doc document = Documents.json(text).document().orElseThrow(() -> new UnusableSchema("it is no JSON"));
        if (document.get("openapi").or(() -> document.get("swagger")).isEmpty()) {
            throw new UnusableSchema("it does not say which version of OpenAPI it is");
        }
        return new OpenApi(document);
    }

    /**
     * Schemas of the JSON that is answered to a POST where all goes well, at least one.
     *
     * @param path with a query or without
     */
    List<Doc> answers(String path) throws UnusableSchema {
        String asked = path.split("\\?", 2)[0];
        Optional<Doc> described = path(asked);
        Doc operation = (described.isEmpty()
                        ? described
                        : resolved(described.get()).get("post"))
                .orElseThrow(() -> new UnusableSchema("it does not describe POST " + asked));
        Doc.Mapping responses = operation.mapping("responses");
        List<Doc> fine = responses.entries().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("2"))
                .map(Map.Entry::getValue)
                .toList();
        if (fine.isEmpty()) {
            fine = responses.get("default").stream().toList();
        }
        if (fine.isEmpty()) {
            throw new UnusableSchema("it describes no answer of POST " + asked);
        }
        List<Doc> schemas = new ArrayList<>();
        for (Doc answer : fine) {
            json(resolved(answer)).ifPresent(schemas::add);
        }
        if (schemas.isEmpty()) {
            throw new UnusableSchema("it describes no JSON as the answer of POST " + asked);
        }
        return schemas;
    }

    private Optional<Doc> json(Doc answer) {
        Map<String, Doc> content = answer.mapping("content").entries();
        return Stream.of("application/json", "+json", "*/*")
                .flatMap(kind -> content.entrySet().stream()
                        .filter(entry -> entry.getKey().contains(kind))
                        .flatMap(entry -> entry.getValue().get("schema").stream()))
                .findFirst()
                .or(() -> answer.get("schema"));
    }

    /** As it stands there; else behind the address that the document names as its base, or with placeholders for parts of it. */
    private Optional<Doc> path(String asked) {
        Doc.Mapping paths = document.mapping("paths");
        List<String> bases = bases();
        return Stream.concat(Stream.of(""), bases.stream())
                .filter(base -> asked.startsWith(base + "/"))
                .map(base -> asked.substring(base.length()))
                .flatMap(inner -> Stream.of(inner, inner + "/", inner.replaceFirst("(?<=.)/$", ""))
                        .flatMap(one -> paths.get(one).stream())
                        .findFirst()
                        .or(() -> like(inner, paths))
                        .stream())
                .findFirst();
    }

    private List<String> bases() {
        return Stream.concat(
                        document.get("basePath").stream(),
                        document.get("servers").map(Doc::items).orElse(List.of()).stream()
                                .flatMap(server -> server.get("url").stream()))
                .flatMap(one -> one.string().stream())
                .map(OpenApi::pathOf)
                .filter(base -> base.length() > 1)
                .toList();
    }

    private static String pathOf(String address) {
        try {
            String path = URI.create(address).getRawPath();
            return path == null ? "" : path.replaceFirst("/$", "");
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** The path of which a placeholder stands for another's part; of several the one with the fewest. */
    private static Optional<Doc> like(String asked, Doc.Mapping paths) {
        return paths.entries().entrySet().stream()
                .filter(entry -> PLACEHOLDER.matcher(entry.getKey()).find())
                .filter(entry -> fits(asked, entry.getKey()))
                .min(Comparator.comparingLong(
                        entry -> PLACEHOLDER.matcher(entry.getKey()).results().count()))
                .map(Map.Entry::getValue);
    }

    /** Part by part, as text: a hostile document chooses what stands around its placeholders. */
    private static boolean fits(String asked, String template) {
        String[] given = asked.split("/", -1);
        String[] wanted = template.split("/", -1);
        return given.length == wanted.length
                && IntStream.range(0, given.length)
                        .allMatch(at -> given[at].equals(wanted[at])
                                || (!given[at].isEmpty()
                                        && PLACEHOLDER.matcher(wanted[at]).matches()));
    }

    /** What a value refers to, if it does. */
    private Doc resolved(Doc value) throws UnusableSchema {
        Doc here = value;
        for (int times = 0; times < MOST_REFERENCES; times++) {
            Optional<String> reference = here.get("$ref").flatMap(Doc::string);
            if (reference.isEmpty()) {
                return here;
            }
            here = referred(reference.get());
        }
        throw new UnusableSchema("it refers from one place to another without end");
    }

    /** @param reference within this document, such as {@code #/components/schemas/Answer} */
    Doc referred(String reference) throws UnusableSchema {
        if (!reference.startsWith("#/")) {
            throw new UnusableSchema("it refers to another document");
        }
        Optional<Doc> here = Optional.of(document);
        for (String part : reference.substring(2).split("/", -1)) {
            String name = decoded(part).replace("~1", "/").replace("~0", "~");
            here = here.flatMap(doc -> doc.get(name));
        }
        return here.orElseThrow(() -> new UnusableSchema("it refers to something that it does not hold"));
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return part;
        }
    }
}
