package org.labharness.lab.load;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.RunSpec;
import org.labharness.lab.Service;
import org.labharness.lab.Service.Question;

/** Reads what a lab says of its services. */
final class ServiceArguments {
    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(60);
    private static final int USUAL_ROWS = 40;
    private static final int MOST_ROWS = 500;
    private static final int LAST_PORT = 65_535;
    private static final int FIRST_PORT = 1024;
    private static final String MLFLOW_BODY = "{\"dataframe_split\":{\"columns\":\"{names}\",\"data\":[\"{values}\"]}}";

    private ServiceArguments() {}

    static List<Service> read(Value value) {
        YamlMap map = YamlMap.open(value, "services by their ids, such as {sorter: {command: ..., port: 8000}}");
        return map.byId("sorter", ServiceArguments::one);
    }

    private static Service one(String id, Value value) {
        YamlMap map = YamlMap.of(
                value,
                List.of(
                        "command",
                        "entry",
                        "parameters",
                        "serves",
                        "port",
                        "variables",
                        "ready",
                        "within",
                        "question"));
        long ways =
                List.of("command", "entry", "serves").stream().filter(map::has).count();
        if (ways != 1) {
            value.wrong(
                    "missing-key",
                    "exactly one of 'command' (what starts it), 'entry' (of the MLproject) and 'serves' (a model, by mlflow"
                            + " models serve)");
        }
        if (map.has("parameters") && !map.has("entry")) {
            map.get("parameters").ifPresent(odd -> odd.wrong("unknown-key", "'parameters' beside 'entry'"));
        }
        boolean mlflow = map.has("serves");
        return new Service(
                id,
                start(map),
                map.need("port", "the port of loopback where it is expected, such as 8000")
                        .map(ServiceArguments::port)
                        .orElse(FIRST_PORT),
                map.get("variables").map(ServiceArguments::variables).orElse(Map.of()),
                map.get("ready").map(ServiceArguments::path).orElse(mlflow ? "/ping" : ""),
                map.get("within").map(Settings::duration).orElse(USUAL_PATIENCE),
                map.get("question").map(question -> question(question, mlflow)).orElse(null));
    }

    private static Service.Start start(YamlMap map) {
        Optional<Value> model = map.get("serves");
        if (model.isPresent()) {
            return new Service.Model(QualityArguments.reference(model.get()));
        }
        return map.get("entry")
                .<Service.Start>map(entry -> new Service.EntryPoint(new RunSpec.MlProject(
                        entry.text(),
                        map.get("parameters").map(Settings::parameters).orElse(Map.of()))))
                .orElseGet(() -> new Service.CommandLine(
                        map.get("command").map(Value::text).orElse("")));
    }

    static int port(Value value) {
        return value.whole(FIRST_PORT, LAST_PORT);
    }

    static Map<String, String> variables(Value value) {
        YamlMap map = YamlMap.open(value, "names with texts, such as {MODEL: \"models:/wine@champion\"}");
        Map<String, String> variables = new LinkedHashMap<>();
        for (String name : map.keys()) {
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,99}")) {
                value.problems()
                        .add(
                                "value",
                                map.line(name),
                                "'" + name + "' is no variable.",
                                "Expected a name such as API_URL.");
            }
            map.get(name).ifPresent(text -> variables.put(name, text.text()));
        }
        return variables;
    }

    /** Of a URL: it begins with a slash and has neither blanks nor controls. */
    static String path(Value value) {
        String text = value.text();
        if (!text.isEmpty() && !text.matches("/[!-~]{0,500}")) {
            value.wrong("value", "the path of a URL, such as /predict");
        }
        return text;
    }

    private static @Nullable Question question(Value value, boolean mlflow) {
        YamlMap map = YamlMap.of(value, List.of("path", "data", "rows", "body", "answer"));
        String body = map.get("body").map(JsonText::of).orElse(mlflow ? MLFLOW_BODY : "\"{record}\"");
        if (Question.MARKS.stream().noneMatch(body::contains)) {
            value.wrong("value", "a 'body' that holds one of " + String.join(", ", Question.MARKS));
        }
        return new Question(
                map.get("path").map(ServiceArguments::path).orElse(mlflow ? "/invocations" : "/predict"),
                map.need("data", "an id of the lab's hidden data")
                        .map(Value::text)
                        .orElse(""),
                map.get("rows").map(number -> number.whole(5, MOST_ROWS)).orElse(USUAL_ROWS),
                body,
                map.get("answer").map(ServiceArguments::field).orElse(mlflow ? "predictions.0" : "prediction"));
    }

    /** Empty where the whole answer is meant. */
    static String field(Value value) {
        if (value.isText() && value.scalar().equals("all")) {
            return "";
        }
        return value.text();
    }
}
