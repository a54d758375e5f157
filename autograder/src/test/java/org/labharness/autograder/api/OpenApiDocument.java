package org.labharness.autograder.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.api.Described.Answer;
import org.labharness.autograder.report.VerdictJson;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The description of the API (OpenAPI 3.1), made from its controllers and from the records that they read and write. */
final class OpenApiDocument {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Class<?>> CONTROLLERS = List.of(
            SubmissionController.class,
            GradingController.class,
            EventController.class,
            CourseController.class,
            DocumentController.class);
    private static final Pattern IN_PATH = Pattern.compile("\\{([a-z]+)}");
    private static final Map<Integer, String> EVERYWHERE = Map.of(
            400, "The address or the request cannot be read (invalid-request).",
            503, "The server is broken for now (system-broke); Retry-After says when to try again.",
            401, "There is no good token (no-token).",
            404, "There is no such thing for this token (not-found).",
            429,
                    "The token asks or hands in too often (too-many-requests, too-often); Retry-After says how long to wait.",
            500, "The harness made a mistake (mistake).");

    private final Map<String, ObjectNode> schemas = new TreeMap<>();

    /** As it is kept: indented, with a line feed at its end. */
    static String text() {
        return new OpenApiDocument().document().toPrettyString().replace("\r", "") + "\n";
    }

    private ObjectNode document() {
        ObjectNode root = JSON.createObjectNode().put("openapi", "3.1.0");
        root.putObject("info")
                .put("title", "MLOps lab harness")
                .put("version", "1")
                .put(
                        "description",
                        "Handing in, following a grading, its verdict. Fields may be added to answers, never renamed.")
                .putObject("license")
                .put("name", "Apache-2.0");
        root.putArray("security").addObject().putArray("token");
        ObjectNode paths = JSON.createObjectNode();
        CONTROLLERS.stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Described.class))
                .sorted((one, other) -> (path(one) + verb(one)).compareTo(path(other) + verb(other)))
                .forEach(method -> paths.withObjectProperty(path(method)).set(verb(method), operation(method)));
        root.set("paths", paths);
        ObjectNode components = root.putObject("components");
        ObjectNode all = components.putObject("schemas");
        schemas.forEach(all::set);
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "A token that staff give out with ./lab token issue.");
        return root;
    }

    private static String path(Method method) {
        return Stream.of(
                        paths(method.getAnnotation(GetMapping.class), GetMapping::value),
                        paths(method.getAnnotation(PostMapping.class), PostMapping::value),
                        paths(method.getAnnotation(DeleteMapping.class), DeleteMapping::value))
                .flatMap(List::stream)
                .findFirst()
                .orElseThrow();
    }

    private static <A extends Annotation> List<String> paths(
            @Nullable A mapping, java.util.function.Function<A, String[]> value) {
        return mapping == null ? List.of() : List.of(value.apply(mapping));
    }

    private static String verb(Method method) {
        return method.isAnnotationPresent(GetMapping.class)
                ? "get"
                : method.isAnnotationPresent(PostMapping.class) ? "post" : "delete";
    }

    private ObjectNode operation(Method method) {
        Described described = method.getAnnotation(Described.class);
        ObjectNode operation =
                JSON.createObjectNode().put("operationId", described.id()).put("summary", described.value());
        ArrayNode parameters = JSON.createArrayNode();
        IN_PATH.matcher(path(method))
                .results()
                .map((MatchResult match) -> match.group(1))
                .forEach(name -> parameter(parameters, "path", name, "Its number or id."));
        for (Parameter parameter : method.getParameters()) {
            RequestParam query = parameter.getAnnotation(RequestParam.class);
            if (query != null) {
                parameter(parameters, "query", query.name(), "Those of one " + query.name() + " alone.");
            }
        }
        for (Described.Header header : described.headers()) {
            parameter(parameters, "header", header.name(), header.says());
        }
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
        if (described.open()) {
            operation.putArray("security");
        }
        if (described.body() != Void.class) {
            ObjectNode body = operation.putObject("requestBody").put("required", true);
            body.putObject("content").putObject("application/json").set("schema", schema(described.body()));
        }
        operation.set("responses", responses(described));
        return operation;
    }

    private static void parameter(ArrayNode parameters, String in, String name, String says) {
        parameters
                .addObject()
                .put("name", name)
                .put("in", in)
                .put("required", in.equals("path"))
                .put("description", says)
                .putObject("schema")
                .put("type", "string");
    }

    private ObjectNode responses(Described described) {
        Map<Integer, ObjectNode> responses = new TreeMap<>();
        if (!described.open()) {
            EVERYWHERE.forEach((status, says) -> responses.put(status, problem(says)));
        }
        for (Answer answer : described.answers()) {
            ObjectNode response = answer.status() < 300 ? success(answer) : problem(answer.says());
            responses.put(answer.status(), response);
        }
        ObjectNode all = JSON.createObjectNode();
        responses.forEach((status, response) -> all.set(String.valueOf(status), response));
        return all;
    }

    private ObjectNode success(Answer answer) {
        ObjectNode response = JSON.createObjectNode().put("description", answer.says());
        ObjectNode content = response.putObject("content");
        for (String type : answer.types()) {
            ObjectNode media = content.putObject(type);
            if (type.equals("application/json")) {
                media.set("schema", schema(answer.body()));
            } else {
                media.putObject("schema").put("type", "string");
                if (answer.body() == EventController.Progress.class) {
                    schema(answer.body());
                }
            }
        }
        return response;
    }

    private ObjectNode problem(String says) {
        ObjectNode response = JSON.createObjectNode().put("description", says);
        response.putObject("content").putObject(Problem.TYPE).set("schema", schema(Problem.Document.class));
        return response;
    }

    private JsonNode schema(Type type) {
        if (type == String.class) {
            return JSON.createObjectNode().put("type", "string");
        }
        if (type == int.class || type == long.class) {
            return JSON.createObjectNode().put("type", "integer");
        }
        if (type == boolean.class) {
            return JSON.createObjectNode().put("type", "boolean");
        }
        if (type == Object.class) {
            return JSON.createObjectNode().put("type", "object");
        }
        if (type instanceof ParameterizedType list) {
            ObjectNode array = JSON.createObjectNode().put("type", "array");
            array.set("items", schema(list.getActualTypeArguments()[0]));
            return array;
        }
        Class<?> named = (Class<?>) type;
        String name = name(named);
        if (!schemas.containsKey(name)) {
            schemas.put(name, JSON.createObjectNode());
            schemas.put(name, named == VerdictDocuments.class ? verdict() : object(named));
        }
        return JSON.createObjectNode().put("$ref", "#/components/schemas/" + name);
    }

    /** {@code Submission} of SubmissionView, {@code SubmissionLinks} of its links, {@code Problem} of Problem.Document. */
    private static String name(Class<?> type) {
        if (type == VerdictDocuments.class) {
            return "Verdict";
        }
        if (type == Problem.Document.class) {
            return "Problem";
        }
        Class<?> outer = type.getEnclosingClass();
        String own = type.getSimpleName().replaceFirst("View$", "");
        return outer == null || type == EventController.Progress.class
                ? own
                : own.equals("Several")
                        ? outer.getSimpleName().replaceFirst("View$", "s")
                        : outer.getSimpleName().replaceFirst("View$", "") + own;
    }

    private ObjectNode object(Class<?> type) {
        ObjectNode object = JSON.createObjectNode().put("type", "object");
        words(type).ifPresent(words -> object.put("description", words.value()));
        ObjectNode properties = object.putObject("properties");
        ArrayNode required = JSON.createArrayNode();
        boolean sent = type == SubmissionRequest.class;
        for (RecordComponent component : type.getRecordComponents()) {
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            JsonNode property = schema(component.getGenericType());
            if (property instanceof ObjectNode own && !own.has("$ref")) {
                words(component).ifPresent(words -> described(own, words));
                if (nullable) {
                    own.putArray("type").add("string").add("null");
                }
            }
            properties.set(component.getName(), property);
            if (!sent || !nullable) {
                required.add(component.getName());
            }
        }
        object.set("required", required);
        if (sent) {
            object.put("additionalProperties", false);
        }
        return object;
    }

    private static void described(ObjectNode property, Words words) {
        property.put("description", words.value());
        if (words.of().length > 0) {
            ArrayNode values = property.putArray("enum");
            Arrays.stream(words.of()).forEach(values::add);
        }
    }

    private static java.util.Optional<Words> words(AnnotatedElement element) {
        return java.util.Optional.ofNullable(element.getAnnotation(Words.class));
    }

    private static ObjectNode verdict() {
        try (InputStream file = VerdictJson.class.getResourceAsStream("verdict.schema.json")) {
            ObjectNode schema = (ObjectNode) JSON.readTree(file);
            schema.remove("$schema");
            return schema;
        } catch (IOException problem) {
            throw new java.io.UncheckedIOException(problem);
        }
    }
}
