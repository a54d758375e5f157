package org.labharness.autograder.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;
import org.labharness.pipeline.Step;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.ServiceFacts;

/** Times all questions to a service that answers at once: what remains is the space, the containers, the prober. */
final class ServingBench {
    static final String LAB = "serving";

    private static final Instant COMMITTED = Instant.parse("2026-09-01T10:00:00Z");
    private static final String DESCRIPTION = """
            id: serving
            title: A service
            points: 5
            environment: {python: "3.11"}
            run: {commands: ["true"]}
            hidden:
              rows: {program: make.py, rows: 1000, label: y, predicts: numbers, min-rows: 1000}
            services:
              sums: {command: python3 serve.py, port: 8000, ready: /health, question: {data: rows, answer: sum}}
            checks:
              - {id: ready, title: Ready, points: 1, service-ready: sums}
              - {id: answers, title: Answers, points: 1, service-answers: {service: sums, metric: rmse, tiers: {0.1: 1}}}
              - {id: refuses, title: Refuses, points: 1, service-refuses: sums}
              - {id: load, title: Load, points: 1, service-load: {service: sums, requests: 100, concurrent: 10}}
              - {id: counts, title: Counts, points: 1, service-metrics: {service: sums}}
            """;
    private static final String PROGRAM = """
            import random, sys
            chance = random.Random(int(sys.argv[1]))
            with open(sys.argv[3], "w") as out:
                print("a,b,y", file=out)
                for row in range(int(sys.argv[2])):
                    a, b = (round(chance.gauss(0, 1), 3) for column in range(2))
                    print(a, b, round(a + b, 6), sep=",", file=out)
            """;
    private static final String SERVICE = """
            import http.server, json
            count = 0

            class Handler(http.server.BaseHTTPRequestHandler):
                protocol_version = "HTTP/1.1"

                def log_message(self, *words): pass

                def answer(self, status, text):
                    self.send_response(status)
                    self.send_header("Content-Length", str(len(text)))
                    self.end_headers()
                    self.wfile.write(text.encode())

                def do_GET(self):
                    self.answer(200, f"# TYPE sums_total counter\\nsums_total {count}\\n")

                def do_POST(self):
                    global count
                    body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                    try:
                        row = json.loads(body)
                        total = float(row["a"]) + float(row["b"])
                    except (ValueError, TypeError, KeyError):
                        return self.answer(422, "{}")
                    count += 1
                    self.answer(200, json.dumps({"sum": total}))

            class Server(http.server.ThreadingHTTPServer):
                request_queue_size = 64

            Server(("127.0.0.1", 8000), Handler).serve_forever()
            """;

    private final Path folder;
    private final int runs;
    private final Consumer<String> progress;

    ServingBench(Path folder, int runs, Consumer<String> progress) {
        this.folder = folder;
        this.runs = runs;
        this.progress = progress;
    }

    /** The lab's folder, made. */
    Path lab() throws IOException {
        Path lab = Files.createDirectories(folder.resolve("serving-lab"));
        Files.writeString(lab.resolve("lab.yaml"), DESCRIPTION);
        Files.writeString(lab.resolve("make.py"), PROGRAM);
        return lab;
    }

    /** The repository, made. */
    Path repository() throws IOException {
        Path repository = folder.resolve("serving");
        try (RepositoryBuilder builder = RepositoryBuilder.create(repository)) {
            builder.write("serve.py", SERVICE).write("dvc.yaml", "stages: {}\n").commit("A service", COMMITTED);
        }
        return repository;
    }

    Row measure(Command grade, ScoringBench.Newest newest) throws IOException {
        Sample sample = Sample.taken(runs, progress, "asking a service", () -> {
            grade.time();
            Evidence evidence = newest.of(LAB);
            ServiceFacts facts = evidence.services().getFirst();
            if (facts.outcome() != ServiceFacts.Outcome.READY
                    || facts.measured().isEmpty()) {
                throw new BenchFailed("the service was not asked: " + facts.outcome() + " " + facts.error());
            }
            return evidence.timings().getOrDefault(Step.SERVE.title(), 0.0);
        });
        return Row.of(
                "a service: its space and start, 40 rows, 5 wrong requests, 100 requests 10 at once, its metrics",
                sample + " s");
    }
}
