package org.labharness.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.evidence.ClientFacts;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.evidence.ServiceFacts;
import org.labharness.pipeline.evidence.ServiceFacts.Failure;
import org.labharness.pipeline.evidence.ServiceFacts.Outcome;
import org.labharness.pipeline.evidence.ServiceFacts.Refusal;

/** Services and clients of submissions, honest and hostile, started after a run and asked for real. */
class ServicesIT {
    private static final String LAB = """
            id: beans
            title: Beans
            points: 10
            environment: {python: "3.11"}
            limits: {time: 20s, memory: 256MiB, disk: 64MiB}
            hidden:
              beans: {program: make.py, rows: 300, label: y, predicts: numbers, min-rows: 200}
            services:
              sums:
                command: python serve.py
                port: 8000
                ready: /health
                within: WITHIN
                question: {data: beans, rows: 8, body: {features: "{values}"}, answer: sum}
            run: {commands: ["python train.py"]}
            checks:
              - {id: ready, title: Ready, points: 1, service-ready: sums}
              - {id: answers, title: Answers, points: 2, service-answers: {service: sums, metric: rmse, tiers: {0.01: 2}}}
              - {id: form, title: Form, points: 1, service-contract: {service: sums, openapi: /openapi.json}}
              - {id: refuses, title: Refuses, points: 2, service-refuses: sums}
              - {id: load, title: Load, points: 2, service-load: {service: sums, requests: 30, concurrent: 5}}
              - {id: counts, title: Counts, points: 2, service-metrics: {service: sums}}
            """;
    private static final String HURRIED = LAB.replace("WITHIN", "15s")
            .replace("requests: 30, concurrent: 5", "requests: 10, concurrent: 5, seconds: 0.3");
    private static final String CLIENT_LAB = """
            id: beans
            title: Beans
            points: 10
            environment: {python: "3.11"}
            limits: {time: 20s, memory: 256MiB, disk: 64MiB}
            run: {commands: ["python train.py"]}
            checks:
              - id: client
                title: Client
                points: 10
                client-follows:
            """;
    /** y is a + 2 b - c. */
    private static final String MAKE = """
            import random, sys
            chance = random.Random(int(sys.argv[1]))
            with open(sys.argv[3], "w") as out:
                print("a,b,c,y", file=out)
                for row in range(int(sys.argv[2])):
                    a, b, c = (round(chance.uniform(-3, 3), 3) for _ in range(3))
                    print(a, b, c, round(a + 2 * b - c, 6), sep=",", file=out)
            """;

    private static final String SERVE = """
            import http.server, json
            count = 0

            class Handler(http.server.BaseHTTPRequestHandler):
                protocol_version = "HTTP/1.1"

                def log_message(self, *words): pass

                def answer(self, status, text, kind="application/json"):
                    body = text.encode()
                    self.send_response(status)
                    self.send_header("Content-Type", kind)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)

                def do_GET(self):
                    if self.path == "/health":
                        self.answer(200, "{}")
                    elif self.path == "/metrics":
                        self.answer(200, f"# TYPE sums_total counter\\nsums_total{{kind=\\"all\\"}} {count}\\n", "text/plain")
                    elif self.path == "/openapi.json":
                        answer = {"type": "object", "required": ["sum"], "properties": {"sum": {"$ref": "#/components/schemas/Sum"}}}
                        self.answer(200, json.dumps({"openapi": "3.1.0", "paths": {"/predict": {"post": {"responses": {
                            "200": {"content": {"application/json": {"schema": answer}}}}}}},
                            "components": {"schemas": {"Sum": {"type": "number"}}}}))
                    else:
                        self.answer(404, "{}")

                def do_POST(self):
                    global count
                    body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                    try:
                        a, b, c = (float(value) for value in json.loads(body)["features"])
                    except (ValueError, TypeError, KeyError):
                        WRONG
                        return
                    count += 1
                    self.answer(200, json.dumps({"sum": SUM}))

            http.server.ThreadingHTTPServer((HOST, PORT), Handler).serve_forever()
            """;

    @RegisterExtension
    static final WholeRun RUN = new WholeRun();

    @TempDir
    Path folder;

    private Path repository;

    @BeforeEach
    void lab() throws IOException {
        repository = Files.createDirectory(folder.resolve("repository"));
        Files.writeString(Files.createDirectories(folder.resolve("lab")).resolve("make.py"), MAKE);
        write("train.py", "print('nothing to train')\n");
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(repository.resolve(file), text);
    }

    private void serves(String... replaced) throws IOException {
        String text = SERVE;
        for (int at = 0; at < replaced.length; at += 2) {
            text = text.replace(replaced[at], replaced[at + 1]);
        }
        write(
                "serve.py",
                text.replace("WRONG", "self.answer(422, '{}')")
                        .replace("SUM", "a + 2 * b - c")
                        .replace("HOST", "'127.0.0.1'")
                        .replace("PORT", "8000"));
    }

    private Evidence evidence(String lab) throws IOException, InterruptedException {
        git("init", "-q");
        git("add", "-A");
        git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "Hand in");
        return RUN.of(repository, lab, Progress.SILENT);
    }

    private ServiceFacts served() throws IOException, InterruptedException {
        return served(LAB.replace("WITHIN", "15s"));
    }

    private ServiceFacts served(String lab) throws IOException, InterruptedException {
        Evidence evidence = evidence(lab);
        assertThat(evidence.services()).hasSize(1);
        return evidence.services().getFirst();
    }

    private ClientFacts client(String arguments) throws IOException, InterruptedException {
        Evidence evidence = evidence(CLIENT_LAB + arguments.indent(8));
        assertThat(evidence.clients()).hasSize(1);
        return evidence.clients().getFirst();
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @Test
    void anHonestServiceIsAskedAllQuestions() throws Exception {
        serves();

        ServiceFacts facts = served();

        assertThat(facts.outcome()).as(facts.toString()).isEqualTo(Outcome.READY);
        assertThat(facts.port()).isEqualTo(8000);
        assertThat(facts.measured().get("rmse")).isLessThan(1e-5);
        assertThat(facts.answers())
                .hasSize(8)
                .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
        assertThat(facts.rows()).hasSize(8).doesNotHaveDuplicates();
        assertThat(facts.contracts())
                .singleElement()
                .satisfies(
                        contract -> assertThat(contract.problems()).hasSize(8).containsOnly(""));
        assertThat(facts.refusals())
                .hasSize(5)
                .allSatisfy(refusal ->
                        assertThat(refusal).isEqualTo(new Refusal(refusal.wrong(), 422, Failure.NONE, true)));
        assertThat(facts.loads()).singleElement().satisfies(load -> {
            assertThat(load.errors()).isZero();
            assertThat(load.millis()).containsKeys("p50", "p95", "p99", "max");
        });
        assertThat(facts.counters()).singleElement().satisfies(counter -> {
            assertThat(counter.unreadable()).isEmpty();
            assertThat(counter.requests()).isEqualTo(38);
            assertThat(counter.grown()).containsEntry("sums_total", 38.0);
        });
    }

    @Test
    void theLabsOwnTestsSeeWhatAServiceDidAndNothingOfTheRows() throws Exception {
        serves();
        Files.writeString(folder.resolve("lab/test_service.py"), """
                def test_it_is_quick(evidence):
                    service = evidence["services"][0]
                    assert (service["outcome"], len(service["answers"]), service["measured"]["rmse"] < 0.01) == ("READY", 8, True)
                    assert service["rows"] == [] and {answer["prediction"] for answer in service["answers"]} == {""}
                    assert service["loads"][0]["millis"]["p95"] < 0, "too slow"
                """);
        Evidence evidence = evidence(LAB.replace("WITHIN", "15s").replace("points: 10", "points: 11")
                + "  - {id: own, title: Own, points: 1, custom: test_service.py}\n");

        assertThat(evidence.services().getFirst().rows()).hasSize(8);
        assertThat(evidence.custom().getFirst().tests().getFirst().results())
                .singleElement()
                .satisfies(result -> assertThat(result.message()).isEqualTo("too slow"));
        assertThat(evidence.timings()).containsKey("custom");
    }

    /** As one is beside the training of others; another is slow whatever the machine does. */
    @Test
    void aServiceThatIsSlowForAWhileIsAskedOnceMore() throws Exception {
        serves(
                "count += 1",
                "count += 1\n        if 8 < count <= 18: threading.Event().wait(0.5)",
                "import http",
                "import threading, http");

        ServiceFacts facts = served(HURRIED);

        assertThat(facts.loads()).singleElement().satisfies(load -> {
            assertThat(load.rounds()).isEqualTo(2);
            assertThat(load.errors()).isZero();
            assertThat(load.millis().get("p95")).isLessThan(300);
        });
        assertThat(facts.counters().getFirst().requests()).as("of both rounds").isEqualTo(28);
        assertThat(facts.counters().getFirst().grown()).containsEntry("sums_total", 28.0);
    }

    @Test
    void aServiceThatIsAlwaysSlowIsAskedThreeTimes() throws Exception {
        serves(
                "count += 1",
                "count += 1\n        threading.Event().wait(0.5)",
                "import http",
                "import threading, http");

        ServiceFacts facts = served(HURRIED);

        assertThat(facts.loads().getFirst().rounds()).isEqualTo(3);
        assertThat(facts.loads().getFirst().millis().get("p95")).isGreaterThan(500);
        assertThat(facts.refusals())
                .allSatisfy(refusal -> assertThat(refusal.status()).isEqualTo(422));
    }

    @Test
    void aServiceAtAnotherPortIsAskedThere() throws Exception {
        serves("PORT", "8123", "HOST", "'0.0.0.0'");

        ServiceFacts facts = served();

        assertThat(facts.outcome()).isEqualTo(Outcome.READY);
        assertThat(facts.port()).isEqualTo(8123);
        assertThat(facts.measured().get("rmse")).isLessThan(1e-5);
    }

    /** As frameworks do where a path lacks its slash; this service listens at [::1] alone, and sends to a name. */
    @Test
    void aServiceThatSendsElsewhereIsFollowed() throws Exception {
        serves(
                "    def do_POST(self):\n        global count\n",
                """
                    def do_POST(self):
                        global count
                        if self.path == "/predict":
                            self.rfile.read(int(self.headers["Content-Length"]))
                            self.send_response(307)
                            self.send_header("Location", "http://localhost:8000/predict/")
                            self.send_header("Content-Length", "0")
                            self.end_headers()
                            return
                """,
                "http.server.ThreadingHTTPServer((HOST, PORT), Handler)",
                "Six((HOST, PORT), Handler)",
                "count = 0",
                "import socket\nclass Six(http.server.ThreadingHTTPServer): address_family = socket.AF_INET6\ncount = 0",
                "HOST",
                "'::1'");

        ServiceFacts facts = served();

        assertThat(facts.outcome()).as(facts.error()).isEqualTo(Outcome.READY);
        assertThat(facts.measured().get("rmse")).isLessThan(1e-5);
        assertThat(facts.loads().getFirst().errors()).isZero();
    }

    @Test
    void aServiceThatDiesOfWrongInputLosesNothingElse() throws Exception {
        serves("WRONG", "import os; os._exit(9)");

        ServiceFacts facts = served();

        assertThat(facts.outcome()).isEqualTo(Outcome.READY);
        assertThat(facts.measured().get("rmse")).isLessThan(1e-5);
        assertThat(facts.loads().getFirst().errors()).isZero();
        assertThat(facts.refusals().getFirst()).isEqualTo(new Refusal("wrong-type", 0, Failure.CLOSED, false));
        assertThat(facts.refusals().getLast().failure()).isEqualTo(Failure.REFUSED);
    }

    @Test
    void aServiceThatFallsOverWrongInputIsTold() throws Exception {
        serves("except (ValueError, TypeError, KeyError)", "except ZeroDivisionError");

        ServiceFacts facts = served();

        assertThat(facts.refusals())
                .allSatisfy(refusal ->
                        assertThat(refusal).isEqualTo(new Refusal(refusal.wrong(), 0, Failure.CLOSED, true)));
    }

    @Test
    void aServiceThatCannotStartIsToldItsLastError() throws Exception {
        write(
                "serve.py",
                "import sys\nprint('reading the model')\nraise FileNotFoundError('models/sums.pkl is not there')\n");

        ServiceFacts facts = served();

        assertThat(facts.outcome()).isEqualTo(Outcome.DIED);
        assertThat(facts.exit()).isEqualTo(1);
        assertThat(facts.error()).isEqualTo("FileNotFoundError: models/sums.pkl is not there");
        assertThat(facts.seconds()).isLessThan(10);
    }

    @Test
    void aServiceThatNeverListensIsGivenUp() throws Exception {
        write("serve.py", "import threading\nthreading.Event().wait()\n");

        ServiceFacts facts = served(LAB.replace("WITHIN", "2s"));

        assertThat(facts.outcome()).isEqualTo(Outcome.SILENT);
        assertThat(facts.listening()).isEmpty();
    }

    /** What it says until it is ready is shown, so nobody may have asked it about a row by then. */
    @Test
    void aServiceAtAnotherPortHearsOfNoRowBeforeItsLogIsForStaff() throws Exception {
        serves(
                "PORT",
                "9000",
                "body = self.rfile",
                "print('asked', end=' ', flush=True); body = self.rfile",
                "try:",
                "print(body, flush=True); import os; os._exit(1)\n        try:");

        ServiceFacts facts = served(LAB.replace("WITHIN", "8s"));

        assertThat(facts.outcome()).isEqualTo(Outcome.DIED);
        assertThat(facts.error()).isEqualTo("asked b'{}'");
    }

    /** Many a model answers with it, and json.dumps writes it. */
    @Test
    void anAnswerThatIsNotANumberBreaksNothing() throws Exception {
        serves("SUM", "float('nan')");

        ServiceFacts facts = served();

        assertThat(facts.outcome()).isEqualTo(Outcome.READY);
        assertThat(facts.unclear()).contains("missing (NaN)");
        assertThat(facts.contracts().getFirst().problems())
                .containsOnly("the answer holds NaN or Infinity, of which JSON has no number");
    }

    @Test
    void aServiceThatIsNeverHealthyIsGivenUp() throws Exception {
        serves("\"/health\"", "\"/elsewhere\"");

        ServiceFacts facts = served(LAB.replace("WITHIN", "2s"));

        assertThat(facts.outcome()).isEqualTo(Outcome.UNREADY);
        assertThat(facts.listening()).containsExactly(8000);
        assertThat(facts.status()).isEqualTo(404);
    }

    /** It answers at once, then lets every request hang: the others' time is not its own. */
    @Test
    void floodsAndHangsAreBounded() throws Exception {
        write("serve.py", """
                import socket, threading
                listener = socket.create_server(("127.0.0.1", 8000))

                def serve(client):
                    head = client.recv(65536)
                    if b"GET /health" in head:
                        client.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n")
                        client.close()
                        return
                    try:
                        client.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n")
                        while True:
                            client.sendall(b"10000\\r\\n" + b"x" * 65536 + b"\\r\\n")
                    except OSError:
                        pass

                while True:
                    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
                """);

        ServiceFacts facts = served();

        assertThat(facts.outcome()).isEqualTo(Outcome.READY);
        assertThat(facts.answers())
                .allSatisfy(answer -> assertThat(answer.problem()).contains("longer than 65536 bytes"));
        assertThat(facts.measured()).isEmpty();
    }

    @Test
    void aServiceThatTakesAllMemoryHitsTheLimit() throws Exception {
        write("serve.py", "held = [bytearray(50_000_000) for _ in range(100)]\n");

        ServiceFacts facts = served();

        assertThat(facts.outcome()).isEqualTo(Outcome.LIMIT);
        assertThat(facts.limits()).extracting(LimitHit::name).containsExactly(LimitHit.Name.MEMORY);
    }

    /** Where the lab asks about rows that students have, a table is as good as a model; where it makes its own, it is not. */
    @Test
    @Tag("full")
    void aTableOfKnownRowsAnswersNoOthers() throws Exception {
        StringBuilder known = new StringBuilder("a,b,c,y\n");
        for (int row = 0; row < 300; row++) {
            known.append(row).append(",2,1,").append(row + 3).append('\n');
        }
        write("known.csv", known.toString());
        Files.writeString(folder.resolve("lab/known.csv"), known.toString());
        serves("count = 0", """
                import csv
                known = {tuple(float(row[name]) for name in "abc"): float(row["y"]) for row in csv.DictReader(open("known.csv"))}
                count = 0
                """, "SUM", "known.get((a, b, c), 0.0)");
        String lab = LAB.replace("WITHIN", "15s");

        ServiceFacts asked = served(lab.replace("program: make.py, rows: 300", "file: known.csv"));
        assertThat(asked.measured().get("rmse")).isZero();

        Evidence hidden = RUN.of(repository, lab, Progress.SILENT);
        assertThat(hidden.services().getFirst().measured().get("rmse")).isGreaterThan(1);
    }

    /** No other process, no network, nothing of the lab, nothing of the prober. */
    @Test
    void aHostileServiceReachesNothing() throws Exception {
        serves("import http.server, json", """
                import http.server, json, os, socket
                seen = []
                for root, folders, files in os.walk("/"):
                    folders[:] = [one for one in folders if one not in ("proc", "sys", "usr", "opt", "env")]
                    seen += [os.path.join(root, one) for one in files if one in ("rows.csv", "make.py", "course-seed", "script")]
                for place in (("10.0.0.1", 80), ("169.254.169.254", 80), ("172.17.0.1", 22)):
                    try:
                        socket.create_connection(place, 1)
                        seen.append(place)
                    except OSError:
                        pass
                seen += [one for one in os.listdir("/proc") if one.isdigit() and b"java" in open(f"/proc/{one}/cmdline", "rb").read()]
                """, "json.dumps({\"sum\": SUM})", "json.dumps({\"sum\": str(seen)})");

        Evidence evidence = evidence(LAB.replace("WITHIN", "15s"));

        ServiceFacts facts = evidence.services().getFirst();
        assertThat(facts.outcome()).as(facts.error()).isEqualTo(Outcome.READY);
        assertThat(facts.answers())
                .allSatisfy(answer -> assertThat(answer.prediction()).isEqualTo("[]"));
    }

    @Test
    void aClientAsksWhereItIsTold() throws Exception {
        write("client.py", """
                import json, sys, urllib.request
                body = json.dumps({"pixels": [0, 1]}).encode()
                request = urllib.request.Request(sys.argv[1] + "/predict", body, {"Content-Type": "application/json"})
                print("it is a", json.load(urllib.request.urlopen(request))["digit"])
                """);

        ClientFacts facts = client("""
                command: python client.py {endpoint}
                calls: /predict
                answer: {digit: seven}
                shows: seven
                """);

        assertThat(facts.asked()).as(facts.toString()).containsExactly("POST /predict");
        assertThat(facts.shown()).isTrue();
        assertThat(facts.exit()).isZero();
    }

    @Test
    void aClientThatKnowsItsServiceByHeartIsFound() throws Exception {
        write("client.py", """
                import urllib.request
                print(urllib.request.urlopen("http://127.0.0.1:5000/predict", timeout=3).read())
                """);

        ClientFacts facts = client("""
                command: python client.py
                variables: {API_URL: "{endpoint}"}
                answer: {digit: seven}
                """);

        assertThat(facts.asked()).isEmpty();
        assertThat(facts.exit()).isEqualTo(1);
        assertThat(facts.error()).contains("Connection refused");
    }

    @Test
    void aPageAsksWhereItsVariableSays() throws Exception {
        write("page.py", """
                import http.server, json, os, urllib.request

                class Page(http.server.BaseHTTPRequestHandler):
                    def do_GET(self):
                        self.send_response(200)
                        self.end_headers()
                        self.wfile.write(b"<form>draw</form>")

                    def do_POST(self):
                        body = self.rfile.read(int(self.headers["Content-Length"]))
                        answer = json.load(urllib.request.urlopen(os.environ["API_URL"] + "/predict", body))
                        self.send_response(200)
                        self.end_headers()
                        self.wfile.write(("<p>" + answer["digit"] + "</p>").encode())

                http.server.HTTPServer(("", 8501), Page).serve_forever()
                """);

        ClientFacts facts = client("""
                command: python page.py
                variables: {API_URL: "{endpoint}"}
                port: 8501
                trigger: {path: /draw, body: {pixels: [0, 1]}}
                answer: {digit: seven}
                shows: <p>seven</p>
                """);

        assertThat(facts.ready()).as(facts.toString()).isTrue();
        assertThat(facts.asked()).containsExactly("POST /predict");
        assertThat(facts.shown()).isTrue();
    }
}
