package org.labharness.autograder.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.sample.Golden;
import org.labharness.autograder.sample.SampleEvidence;
import org.labharness.autograder.sample.SampleLab;
import org.labharness.lab.Check;
import org.labharness.lab.CheckSpec;
import org.labharness.lab.ModelReference;
import org.labharness.lab.Points;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.RunSpec;
import org.labharness.lab.Service;
import org.labharness.lab.ServiceCheck;
import org.labharness.lab.ServiceCheck.WrongRequest;
import org.labharness.lab.Support;
import org.labharness.lab.Verdict;
import org.labharness.pipeline.evidence.ClientFacts;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.evidence.ModelOrigin;
import org.labharness.pipeline.evidence.PredictionFacts;
import org.labharness.pipeline.evidence.ServiceFacts;
import org.labharness.pipeline.evidence.ServiceFacts.Answer;
import org.labharness.pipeline.evidence.ServiceFacts.ContractFacts;
import org.labharness.pipeline.evidence.ServiceFacts.CounterFacts;
import org.labharness.pipeline.evidence.ServiceFacts.Failure;
import org.labharness.pipeline.evidence.ServiceFacts.LoadFacts;
import org.labharness.pipeline.evidence.ServiceFacts.Outcome;
import org.labharness.pipeline.evidence.ServiceFacts.Refusal;
import org.labharness.pipeline.evidence.ServiceFacts.VersionFacts;

/** What students read of services and clients, all of it in one golden file. */
class ServiceWordsTests {
    private static final String SECRET = "17.25 is a hidden value";
    private static final ModelReference.Registered CHAMPION =
            new ModelReference.Registered("bean-sorter", ModelReference.Choice.ALIAS, "champion");
    private static final Service SERVICE = service(new Service.CommandLine("uvicorn serve:app --port 8000"), "/health");
    private static final ServiceCheck.ClientFollows CLIENT = new ServiceCheck.ClientFollows(
            "python client.py {endpoint}", Map.of(), 0, null, "/predict", "{\"kind\":\"seven\"}", "seven");

    private static Service service(Service.Start start, String ready) {
        return new Service(
                "sorter",
                start,
                8000,
                Map.of(),
                ready,
                Duration.ofSeconds(60),
                new Service.Question("/predict", "beans", 4, "\"{record}\"", "kind"));
    }

    /** What can be changed of a service that does everything right. */
    private static final class Change {
        Outcome outcome = Outcome.READY;
        String detail = "";
        String error = "";
        int exit = -1;
        List<LimitHit> limits = List.of();
        int port = 8000;
        List<Integer> listening = List.of(8000);
        int status;
        List<Answer> answers = answers("a", "b", "a", "c");
        Map<String, Double> measured = Map.of("accuracy", 1.0, "f1_macro", 1.0);
        String unclear = "";
        ContractFacts contract = new ContractFacts("/openapi.json", "", List.of("", "", "", ""));
        List<Refusal> refusals = Arrays.stream(WrongRequest.values())
                .map(wrong -> new Refusal(wrong.word(), 422, Failure.NONE, true))
                .toList();
        LoadFacts load = new LoadFacts(100, 10, 0, "", Map.of("p50", 8.0, "p95", 31.0, "p99", 40.0, "max", 44.0), 1);
        VersionFacts version = version("2", "2", "1", 4);
        CounterFacts counter = new CounterFacts("/metrics", 200, "", 104, Map.of("predictions_total", 104.0));

        ServiceFacts facts() {
            return new ServiceFacts(
                    "sorter",
                    "uvicorn serve:app --port 8000",
                    outcome,
                    detail,
                    error,
                    exit,
                    limits,
                    outcome == Outcome.READY ? port : 0,
                    listening,
                    status,
                    1.2,
                    7,
                    List.of(3, 0, 2, 1),
                    answers,
                    measured,
                    unclear,
                    List.of(contract),
                    refusals,
                    List.of(load),
                    List.of(version),
                    List.of(counter),
                    SECRET,
                    9.8);
        }
    }

    private static List<Answer> answers(String... predictions) {
        return Arrays.stream(predictions)
                .map(one ->
                        one.isEmpty() ? new Answer(500, Failure.NONE, "", "") : new Answer(200, Failure.NONE, one, ""))
                .toList();
    }

    private static VersionFacts version(String said, String again, String then, int own) {
        return new VersionFacts("/version", CHAMPION.toString(), said, again, "2", "1", then, own, 4, "", "", "");
    }

    private record Situation(CheckSpec spec, Consumer<SampleEvidence> change) {}

    private static Situation changed(CheckSpec spec, Consumer<Change> change) {
        return new Situation(spec, sample -> {
            Change facts = new Change();
            change.accept(facts);
            sample.services.add(facts.facts());
            sample.predictions.add(model());
        });
    }

    /** The offline model: rows 0 to 3 are b, c, a, a. */
    private static PredictionFacts model() {
        return new PredictionFacts(
                CHAMPION.toString(),
                "beans",
                PredictionFacts.Outcome.MEASURED,
                "",
                SECRET,
                List.of(),
                new ModelOrigin("version 2 of 'bean-sorter'", "server", "0a2", true, "sklearn"),
                4,
                List.of("b", "c", "a", "a"),
                Map.of("accuracy", 1.0),
                "f".repeat(64),
                "e".repeat(64),
                0,
                0.4);
    }

    private static Situation client(List<String> asked, boolean shown, int exit, String error) {
        return new Situation(
                CLIENT,
                sample -> sample.clients.add(new ClientFacts(
                        CLIENT.command(),
                        "http://127.0.0.1:23456",
                        asked,
                        "seven",
                        shown,
                        exit,
                        false,
                        List.of(),
                        error,
                        0.3)));
    }

    private static Map<String, Situation> situations() {
        Map<String, Situation> all = new LinkedHashMap<>();
        starts(all);
        answers(all);
        manners(all);
        versions(all);
        all.put("a client that follows", client(List.of("POST /predict"), true, 0, ""));
        all.put(
                "a client that follows nobody",
                client(List.of(), false, 1, "ConnectionRefusedError: [Errno 111] Connection refused"));
        all.put(
                "a client that cannot start",
                client(List.of(), false, 1, "ModuleNotFoundError: No module named 'httpx'"));
        all.put("a client that asks for something else", client(List.of("GET /", "POST /classify"), true, 0, ""));
        all.put("a client that does not show the answer", client(List.of("POST /predict"), false, 0, ""));
        return all;
    }

    private static void starts(Map<String, Situation> all) {
        CheckSpec ready = new ServiceCheck.ServiceReady(SERVICE);
        all.put("ready", changed(ready, facts -> {}));
        all.put("at another port", changed(ready, facts -> facts.port = 5000));
        all.put("died", changed(ready, facts -> {
            facts.outcome = Outcome.DIED;
            facts.exit = 1;
            facts.error = "FileNotFoundError: [Errno 2] No such file or directory: 'models/sorter.pkl'";
        }));
        all.put("died for want of a package", changed(ready, facts -> {
            facts.outcome = Outcome.DIED;
            facts.exit = 127;
            facts.error = "/bin/bash: line 1: uvicorn: command not found";
        }));
        all.put("died under make for want of a package", changed(ready, facts -> {
            facts.outcome = Outcome.DIED;
            facts.exit = 2;
            facts.error = "make: uvicorn: No such file or directory";
        }));
        all.put("went into the background", changed(ready, facts -> {
            facts.outcome = Outcome.DIED;
            facts.exit = 0;
        }));
        all.put("silent", changed(ready, facts -> facts.outcome = Outcome.SILENT));
        all.put("never healthy", changed(ready, facts -> {
            facts.outcome = Outcome.UNREADY;
            facts.status = 503;
        }));
        all.put("no answer of HTTP", changed(new ServiceCheck.ServiceReady(service(SERVICE.start(), "")), facts -> {
            facts.outcome = Outcome.UNREADY;
            facts.listening = List.of(8000, 9000);
        }));
        all.put("out of memory", changed(ready, facts -> {
            facts.outcome = Outcome.LIMIT;
            facts.limits = List.of(new LimitHit(LimitHit.Name.MEMORY, "1GiB", "1GiB"));
        }));
        Service model = service(new Service.Model(CHAMPION), "/ping");
        all.put("no model to serve", changed(new ServiceCheck.ServiceReady(model), facts -> {
            facts.outcome = Outcome.NOTHING_TO_START;
            facts.detail = "no version of 'bean-sorter' has the alias 'champion'; it has none at all";
        }));
        Service entry = service(new Service.EntryPoint(new RunSpec.MlProject("serve", Map.of())), "/health");
        all.put("no entry point", changed(new ServiceCheck.ServiceReady(entry), facts -> {
            facts.outcome = Outcome.NOTHING_TO_START;
            facts.detail = "MLproject has no entry point 'serve' with a command; it has main";
        }));
        all.put(
                "another check of what was never ready",
                changed(new ServiceCheck.ServiceRefuses(SERVICE, wrong()), facts -> {
                    facts.outcome = Outcome.SILENT;
                }));
        all.put("the harness's fault", changed(ready, facts -> {
            facts.outcome = Outcome.OURS;
            facts.detail = "The hidden data 'beans' have 7 rows.";
        }));
        all.put("never started", new Situation(ready, sample -> {}));
    }

    private static List<WrongRequest> wrong() {
        return List.of(WrongRequest.values());
    }

    private static void answers(Map<String, Situation> all) {
        TreeMap<BigDecimal, Points> tiers = new TreeMap<>();
        tiers.put(new BigDecimal("0.9"), Points.of(10));
        tiers.put(new BigDecimal("0.6"), Points.of(4));
        CheckSpec answers = new ServiceCheck.ServiceAnswers(SERVICE, QualityMetric.ACCURACY, tiers);
        all.put("right answers", changed(answers, facts -> {}));
        all.put("some right answers", changed(answers, facts -> {
            facts.measured = Map.of("accuracy", 0.75);
            facts.answers = answers("a", "b", "a", "");
        }));
        all.put("answers for those with a key", changed(answers, facts -> {
            facts.measured = Map.of();
            facts.answers = Collections.nCopies(4, new Answer(401, Failure.NONE, "", ""));
        }));
        all.put("other labels", changed(answers, facts -> {
            facts.measured = Map.of("accuracy", 0.0);
            facts.unclear =
                    "none of the service's 4 answers is one of the 3 classes a, b, c: they are the same but for capital letters";
        }));
        all.put("no answers", changed(answers, facts -> {
            facts.measured = Map.of();
            facts.answers = answers("", "", "", "");
        }));
        all.put("an answer that came late", changed(answers, facts -> {
            facts.measured = Map.of();
            facts.answers = List.of(
                    new Answer(0, Failure.LATE, "", ""),
                    new Answer(200, Failure.NONE, "1", ""),
                    new Answer(200, Failure.NONE, "2", ""),
                    new Answer(200, Failure.NONE, "1", ""));
        }));
        all.put("answers without a prediction", changed(answers, facts -> {
            facts.measured = Map.of();
            facts.answers = Collections.nCopies(4, new Answer(200, Failure.NONE, "", "the answer has no 'kind'"));
        }));
        all.put("unclear answers", changed(answers, facts -> {
            facts.measured = Map.of();
            facts.unclear = "of its 4 predictions 2 are missing (NaN)";
        }));
        CheckSpec agrees = new ServiceCheck.ServiceAgrees(SERVICE, CHAMPION, new BigDecimal("0.0001"));
        all.put("agrees", changed(agrees, facts -> {}));
        all.put("disagrees", changed(agrees, facts -> facts.answers = answers("a", "b", "b", "")));
        CheckSpec contract = new ServiceCheck.ServiceContract(SERVICE, null, "/openapi.json");
        all.put(
                "a schema of the lab that is none",
                changed(
                        new ServiceCheck.ServiceContract(SERVICE, "schemas/answer.json", "/openapi.json"),
                        facts ->
                                facts.contract = new ContractFacts("schemas/answer.json", "it is no JSON", List.of())));
        all.put("fits", changed(contract, facts -> {}));
        all.put(
                "does not fit",
                changed(
                        contract,
                        facts -> facts.contract = new ContractFacts(
                                "/openapi.json",
                                "",
                                List.of("", "'kind' is not of the type \"string\"", "", "status 500"))));
        all.put(
                "no description",
                changed(
                        contract,
                        facts -> facts.contract =
                                new ContractFacts("/openapi.json", "GET /openapi.json has status 404", List.of())));
        all.put(
                "does not fit the form of the lab",
                changed(
                        new ServiceCheck.ServiceContract(SERVICE, "schemas/answer.json", "/openapi.json"),
                        facts -> facts.contract = new ContractFacts(
                                "schemas/answer.json", "", List.of("the answer has no 'kind'", "", "", ""))));
    }

    private static void manners(Map<String, Situation> all) {
        CheckSpec refuses = new ServiceCheck.ServiceRefuses(SERVICE, wrong());
        all.put("refuses", changed(refuses, facts -> {}));
        all.put(
                "hangs up on what is huge",
                changed(
                        refuses,
                        facts -> facts.refusals =
                                refusals(WrongRequest.HUGE, new Refusal("huge", 0, Failure.CLOSED, true))));
        all.put(
                "takes a text for a number",
                changed(
                        refuses,
                        facts -> facts.refusals =
                                refusals(WrongRequest.WRONG_TYPE, new Refusal("wrong-type", 200, Failure.NONE, true))));
        all.put(
                "falls over what is empty",
                changed(
                        refuses,
                        facts -> facts.refusals =
                                refusals(WrongRequest.EMPTY, new Refusal("empty", 500, Failure.NONE, true))));
        all.put(
                "dies of what is huge",
                changed(
                        refuses,
                        facts -> facts.refusals =
                                refusals(WrongRequest.HUGE, new Refusal("huge", 0, Failure.CLOSED, false))));
        all.put("stopped at a limit while it was asked", changed(refuses, facts -> {
            facts.refusals = refusals(WrongRequest.HUGE, new Refusal("huge", 0, Failure.CLOSED, false));
            facts.limits = List.of(new LimitHit(LimitHit.Name.MEMORY, "1GiB", "1GiB"));
        }));
        all.put(
                "was not asked any more",
                changed(
                        refuses,
                        facts -> facts.refusals = wrong().stream()
                                .map(wrong -> new Refusal(wrong.word(), 0, Failure.UNASKED, true))
                                .toList()));
        all.put("refuses what is right as well", changed(refuses, facts -> facts.answers = answers("a", "", "", "")));
        CheckSpec load = new ServiceCheck.ServiceLoad(SERVICE, 100, 10, new BigDecimal("0.5"), 0);
        all.put("bears the load", changed(load, facts -> {}));
        all.put(
                "is slow",
                changed(load, facts -> facts.load = new LoadFacts(100, 10, 0, "", Map.of("p95", 1234.5), 3)));
        all.put(
                "loses requests",
                changed(
                        load,
                        facts -> facts.load = new LoadFacts(
                                100, 10, 7, "the connection was closed without an answer", Map.of("p95", 90.0), 1)));
        all.put(
                "loses most requests",
                changed(
                        load,
                        facts -> facts.load =
                                new LoadFacts(100, 10, 51, "the answer has no 'kind'", Map.of("p95", 90.0), 1)));
        all.put(
                "loses all requests",
                changed(
                        load,
                        facts -> facts.load =
                                new LoadFacts(100, 10, 100, ServiceFacts.words(0, Failure.LATE), Map.of(), 1)));
        CheckSpec metrics = new ServiceCheck.ServiceMetrics(SERVICE, "/metrics", List.of("predictions"));
        CheckSpec any = new ServiceCheck.ServiceMetrics(SERVICE, "/metrics", List.of());
        all.put("counts", changed(metrics, facts -> {}));
        all.put("counts something", changed(any, facts -> {}));
        all.put(
                "no metrics",
                changed(
                        metrics,
                        facts -> facts.counter = new CounterFacts("/metrics", 404, "status 404", 104, Map.of())));
        all.put("metrics at another port", changed(metrics, facts -> {
            facts.listening = List.of(8000, 8001);
            facts.counter = new CounterFacts("/metrics", 404, "status 404", 104, Map.of());
        }));
        all.put(
                "a clock for a counter",
                changed(
                        any,
                        facts -> facts.counter =
                                new CounterFacts("/metrics", 200, "", 104, Map.of("ticks_total", 5_000_000.0))));
        all.put(
                "unreadable metrics",
                changed(
                        metrics,
                        facts -> facts.counter =
                                new CounterFacts("/metrics", 200, "line 3 has no number as its value", 104, Map.of())));
        all.put(
                "a counter that stands still",
                changed(
                        metrics,
                        facts -> facts.counter =
                                new CounterFacts("/metrics", 200, "", 104, Map.of("predictions_total", 0.0))));
        all.put(
                "a counter without end",
                changed(
                        metrics,
                        facts -> facts.counter =
                                new CounterFacts("/metrics", 200, "", 104, Map.of("predictions_total", Double.NaN))));
        all.put(
                "nothing but counters without end",
                changed(
                        any,
                        facts -> facts.counter =
                                new CounterFacts("/metrics", 200, "", 104, Map.of("predictions_total", Double.NaN))));
        all.put(
                "another counter",
                changed(
                        metrics,
                        facts -> facts.counter =
                                new CounterFacts("/metrics", 200, "", 104, Map.of("hits_total", 104.0))));
        all.put(
                "nothing but counters of the process",
                changed(
                        any,
                        facts -> facts.counter = new CounterFacts(
                                "/metrics", 200, "", 104, Map.of("python_gc_objects_collected_total", 5000.0))));
        all.put(
                "counts by one of several workers",
                changed(
                        any,
                        facts -> facts.counter =
                                new CounterFacts("/metrics", 200, "", 104, Map.of("predictions_total", 31.0))));
        all.put(
                "no counter at all",
                changed(any, facts -> facts.counter = new CounterFacts("/metrics", 200, "", 104, Map.of())));
    }

    private static List<Refusal> refusals(WrongRequest wrong, Refusal refusal) {
        boolean dead = false;
        List<Refusal> all = new java.util.ArrayList<>();
        for (WrongRequest one : WrongRequest.values()) {
            if (dead) {
                all.add(new Refusal(one.word(), 0, Failure.REFUSED, false));
            } else {
                all.add(one == wrong ? refusal : new Refusal(one.word(), 400, Failure.NONE, true));
                dead = one == wrong && !refusal.alive();
            }
        }
        return all;
    }

    private static void versions(Map<String, Situation> all) {
        CheckSpec spec = new ServiceCheck.ServiceVersion(SERVICE, "/version", "version", CHAMPION);
        all.put("the right version", changed(spec, facts -> {}));
        all.put(
                "the right version, in more words",
                changed(spec, facts -> facts.version = version("v2", "Version 2", "v1", -1)));
        all.put("always the same version", changed(spec, facts -> facts.version = version("2", "2", "2", 0)));
        all.put("no version", changed(spec, facts -> facts.version = version("", "", "", 0)));
        all.put("the other version's name only", changed(spec, facts -> facts.version = version("2", "2", "1", 1)));
        all.put(
                "another version that cannot predict",
                changed(
                        spec,
                        facts -> facts.version = new VersionFacts(
                                "/version",
                                CHAMPION.toString(),
                                "2",
                                "2",
                                "2",
                                "1",
                                "1",
                                -1,
                                4,
                                "it cannot be loaded",
                                "",
                                "")));
        all.put("words for a version", changed(spec, facts -> facts.version = version("2", SECRET, SECRET, 0)));
        all.put(
                "only one version",
                changed(
                        spec,
                        facts -> facts.version = new VersionFacts(
                                "/version", CHAMPION.toString(), "2", "2", "2", "", "", -1, 0, "", "", "")));
        all.put(
                "no alias",
                changed(
                        spec,
                        facts -> facts.version = new VersionFacts(
                                "/version",
                                CHAMPION.toString(),
                                "2",
                                "",
                                "",
                                "",
                                "",
                                -1,
                                0,
                                "",
                                "no version of 'bean-sorter' that this grading's run registered has the alias 'champion'",
                                "")));
    }

    private static Verdict verdict(Situation situation) {
        Check check = SampleLab.check(situation.spec(), 10, null);
        return Checks.evaluate(
                check,
                SampleLab.of(List.of(check), false),
                SampleEvidence.with(sample -> {
                            situation.change().accept(sample);
                            return sample;
                        })
                        .build());
    }

    @Test
    void everySituationIsToldInItsOwnWords() {
        String told = situations().entrySet().stream()
                .map(entry -> {
                    Verdict verdict = verdict(entry.getValue());
                    return "== " + entry.getKey() + "\n" + verdict.points() + " " + verdict.support()
                            + (verdict.untestable() == null ? "" : " " + verdict.untestable()) + "\n  "
                            + verdict.message()
                            + (verdict.hint().isEmpty() ? "" : "\n  -> " + verdict.hint());
                })
                .collect(Collectors.joining("\n"));

        Golden.check("words/services.txt", told + "\n");
    }

    @Test
    void whatAServiceSaidThatSawHiddenRowsIsNeverTold() {
        assertThat(situations()).allSatisfy((name, situation) -> {
            Verdict verdict = verdict(situation);
            assertThat(verdict.message() + verdict.hint()).as(name).doesNotContain("17.25");
            assertThat(verdict.hint().isBlank()).as(name).isEqualTo(verdict.full());
        });
    }

    @Test
    void whatIsOursCostsNothing() {
        assertThat(situations().values())
                .map(ServiceWordsTests::verdict)
                .filteredOn(verdict -> verdict.support() == Support.UNTESTABLE)
                .isNotEmpty()
                .allMatch(Verdict::full);
    }

    /** A service that could not start because the pipeline failed is told that, by every check alike. */
    @Test
    void thePipelinesFailureIsTheServices() {
        @Nullable Situation died = situations().get("died");
        Verdict verdict =
                verdict(new Situation(java.util.Objects.requireNonNull(died).spec(), sample -> {
                    sample.failing(SampleEvidence.failed(
                            "train",
                            1,
                            org.labharness.pipeline.evidence.StageRun.Kind.EXIT_CODE,
                            "",
                            "ValueError: no rows",
                            org.labharness.autograder.sample.LimitHits.NONE));
                    died.change().accept(sample);
                }));

        assertThat(verdict.points()).isEqualTo(Points.ZERO);
        assertThat(verdict.message())
                .contains("ended with exit code 1 before it answered")
                .contains("train");
    }
}
