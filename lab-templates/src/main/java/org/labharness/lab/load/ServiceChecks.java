package org.labharness.lab.load;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.labharness.lab.ModelReference;
import org.labharness.lab.Points;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.Service;
import org.labharness.lab.ServiceCheck;
import org.labharness.lab.ServiceCheck.WrongRequest;

/** Reads the arguments of the checks of services. */
final class ServiceChecks {
    private static final int MOST_REQUESTS = 2_000;
    private static final int MOST_AT_ONCE = 64;
    private static final int USUAL_REQUESTS = 100;
    private static final int USUAL_AT_ONCE = 10;
    private static final Service.Question NOTHING = new Service.Question("/", "", 5, "\"{record}\"", "");
    private static final Service NOBODY = new Service(
            "unknown", new Service.CommandLine(""), 1024, Map.of(), "", java.time.Duration.ofSeconds(1), NOTHING);

    private final Given given;

    ServiceChecks(Given given) {
        this.given = given;
    }

    ServiceCheck ready(Value value) {
        return new ServiceCheck.ServiceReady(named(value));
    }

    ServiceCheck contract(Value value) {
        YamlMap map = YamlMap.of(value, List.of("service", "schema", "openapi"));
        if (map.has("schema") && map.has("openapi")) {
            value.wrong("value", "either 'schema' (a JSON Schema of the lab) or 'openapi' (a path of the service)");
        }
        return new ServiceCheck.ServiceContract(
                asked(map),
                map.get("schema").map(Value::safePath).orElse(null),
                map.get("openapi").map(ServiceArguments::path).orElse("/openapi.json"));
    }

    ServiceCheck answers(Value value, Points points) {
        YamlMap map = YamlMap.of(value, List.of("service", "metric", "tiers"));
        QualityMetric metric = QualityArguments.metric(map);
        return new ServiceCheck.ServiceAnswers(
                asked(map),
                metric,
                map.need("tiers", "values with their points, best first, such as {0.9: 10, 0.8: 5}")
                        .map(list -> TierArguments.read(list, points, metric.higherIsBetter()))
                        .orElseGet(TreeMap::new));
    }

    ServiceCheck agrees(Value value) {
        YamlMap map = YamlMap.of(value, List.of("service", "model", "tolerance"));
        Service service = asked(map);
        ModelReference model = service.start() instanceof Service.Model served && !map.has("model")
                ? served.reference()
                : QualityArguments.model(map);
        return new ServiceCheck.ServiceAgrees(
                service,
                model,
                map.get("tolerance")
                        .map(number -> number.decimal("0", "1000000"))
                        .orElse(new BigDecimal("0.0001")));
    }

    ServiceCheck refuses(Value value) {
        List<WrongRequest> all = List.of(WrongRequest.values());
        if (value.isText()) {
            return new ServiceCheck.ServiceRefuses(question(value, named(value)), all);
        }
        YamlMap map = YamlMap.of(value, List.of("service", "cases"));
        return new ServiceCheck.ServiceRefuses(
                asked(map), map.get("cases").map(list -> cases(list, all)).orElse(all));
    }

    private static List<WrongRequest> cases(Value list, List<WrongRequest> all) {
        List<String> words = all.stream().map(WrongRequest::word).toList();
        return list.list().stream()
                .map(one -> one.word(words))
                .flatMap(Optional::stream)
                .map(word -> all.get(words.indexOf(word)))
                .distinct()
                .toList();
    }

    ServiceCheck load(Value value) {
        YamlMap map = YamlMap.of(value, List.of("service", "requests", "concurrent", "seconds", "errors"));
        return new ServiceCheck.ServiceLoad(
                asked(map),
                map.get("requests")
                        .map(number -> number.whole(10, MOST_REQUESTS))
                        .orElse(USUAL_REQUESTS),
                map.get("concurrent")
                        .map(number -> number.whole(1, MOST_AT_ONCE))
                        .orElse(USUAL_AT_ONCE),
                map.get("seconds").map(number -> number.decimal("0.01", "60")).orElse(null),
                map.get("errors").map(number -> number.whole(0, MOST_REQUESTS)).orElse(0));
    }

    ServiceCheck version(Value value) {
        YamlMap map = YamlMap.of(value, List.of("service", "path", "field", "model"));
        Service service = named(map);
        if (service.start() instanceof Service.Model) {
            value.wrong(
                    "value",
                    "a service that chooses the version itself: mlflow models serve is started with the one that is meant");
        }
        ModelReference model = QualityArguments.model(map);
        if (!(model instanceof ModelReference.Registered registered)
                || registered.choice() != ModelReference.Choice.ALIAS) {
            value.wrong(
                    "value", "a 'model' by its alias, such as models:/wine@champion: it is moved to another version");
        }
        return new ServiceCheck.ServiceVersion(
                service,
                map.get("path").map(ServiceArguments::path).orElse("/version"),
                map.get("field").map(ServiceArguments::field).orElse("version"),
                model instanceof ModelReference.Registered registered ? registered : QualityArguments.NO_MODEL);
    }

    ServiceCheck metrics(Value value) {
        YamlMap map = YamlMap.of(value, List.of("service", "path", "counters"));
        return new ServiceCheck.ServiceMetrics(
                asked(map),
                map.get("path").map(ServiceArguments::path).orElse("/metrics"),
                map.get("counters")
                        .map(list -> list.list().stream().map(Value::text).toList())
                        .orElse(List.of()));
    }

    ServiceCheck client(Value value) {
        YamlMap map = YamlMap.of(value, List.of("command", "variables", "port", "trigger", "calls", "answer", "shows"));
        String command = map.need("command", "what starts the client, such as python client.py")
                .map(Value::text)
                .orElse("");
        Map<String, String> variables =
                map.get("variables").map(ServiceArguments::variables).orElse(Map.of());
        if (!command.contains("{endpoint}")
                && variables.values().stream().noneMatch(text -> text.contains("{endpoint}"))) {
            value.wrong("value", "{endpoint} in 'command' or in one of 'variables': where the service is");
        }
        if (map.has("trigger") && !map.has("port")) {
            value.wrong("missing-key", "'port' (where the client itself listens) beside 'trigger'");
        }
        return new ServiceCheck.ClientFollows(
                command,
                variables,
                map.get("port").map(ServiceArguments::port).orElse(0),
                map.get("trigger").map(ServiceChecks::trigger).orElse(null),
                map.get("calls").map(ServiceArguments::path).orElse(""),
                map.get("answer").map(JsonText::of).orElse("{}"),
                map.get("shows").map(Value::text).orElse(""));
    }

    private static ServiceCheck.Trigger trigger(Value value) {
        YamlMap map = YamlMap.of(value, List.of("method", "path", "body"));
        return new ServiceCheck.Trigger(
                map.get("method")
                        .flatMap(word -> word.word(List.of("GET", "POST")))
                        .orElse(map.has("body") ? "POST" : "GET"),
                map.get("path").map(ServiceArguments::path).orElse("/"),
                map.get("body").map(JsonText::of).orElse(""));
    }

    /** The service that is asked for predictions. */
    private Service asked(YamlMap map) {
        Service service = named(map);
        return map.get("service").map(value -> question(value, service)).orElse(service);
    }

    private static Service question(Value value, Service service) {
        if (service.question() != null) {
            return service;
        }
        value.wrong("value", "a service with a 'question': this check asks it for predictions");
        return NOBODY;
    }

    private Service named(YamlMap map) {
        return map.need("service", "an id of the lab's services")
                .map(this::named)
                .orElse(NOBODY);
    }

    private Service named(Value value) {
        String id = value.text();
        List<String> known = given.services().stream().map(Service::id).toList();
        if (!id.isEmpty() && !known.contains(id)) {
            value.problems()
                    .unknown("unknown-service", value.line(), "The lab describes no service '" + id + "'.", id, known);
        }
        return given.services().stream()
                .filter(service -> Objects.equals(service.id(), id))
                .findFirst()
                .orElse(NOBODY);
    }
}
