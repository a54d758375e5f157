package org.labharness.autograder.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.cli.RealHome;
import org.labharness.autograder.cli.Tiny;
import org.labharness.autograder.hostile.WeakEngine.Weakness;

/** Services that answer rightly and have learnt nothing: they ask somebody else, or look into a table of rows that they know. */
@Tag("full")
class ServiceIT {
    private static final String LAB = """
            id: sums
            title: Sums
            points: 4
            environment: {python: "3.11"}
            limits: {time: 30s, memory: 256MiB, disk: 64MiB}
            hidden:
              sums: {ROWS, label: y, predicts: numbers, min-rows: 200}
            services:
              sums:
                command: python3 serve.py
                port: 8000
                within: 15s
                question: {data: sums, rows: 8, body: {features: "{values}"}, answer: sum}
            run: {commands: ["true"]}
            checks:
              - {id: ready, title: It is there, points: 1, service-ready: sums}
              - {id: answers, title: It is right, points: 3, service-answers: {service: sums, metric: rmse, tiers: {0.01: 3}}}
            """;
    private static final String SECRET_ROWS = "program: make.py, rows: 300";
    private static final String KNOWN_ROWS = "file: known.csv";
    private static final String MAKE = """
            import random, sys
            chance = random.Random(int(sys.argv[1]))
            with open(sys.argv[3], "w") as out:
                print("a,b,y", file=out)
                for row in range(int(sys.argv[2])):
                    a, b = round(chance.uniform(-3, 3), 3), round(chance.uniform(-3, 3), 3)
                    print(a, b, round(a + 2 * b, 6), sep=",", file=out)
            """;
    private static final String KNOWN = "a,b,y\n"
            + IntStream.range(0, 300)
                    .mapToObj(row ->
                            row / 100.0 + "," + -row / 50.0 + "," + Math.round(1e6 * (row / 100.0 - row / 25.0)) / 1e6)
                    .collect(Collectors.joining("\n"))
            + "\n";
    private static final String SERVER = """
            import http.server, json, socket

            class Handler(http.server.BaseHTTPRequestHandler):
                def log_message(self, *words): pass

                def do_GET(self): self.say({})

                def do_POST(self):
                    a, b = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["features"]
                    self.say({"sum": answer(a, b)})

                def say(self, words):
                    body = json.dumps(words).encode()
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)

            http.server.ThreadingHTTPServer(("127.0.0.1", 8000), Handler).serve_forever()
            """;
    private static final String HONEST = "def answer(a, b): return a + 2 * b\n" + SERVER;
    private static final String TABLE = """
            rows = (line.split(",") for line in open("known.csv").read().split()[1:])
            table = {(float(a), float(b)): float(y) for a, b, y in rows}
            def answer(a, b): return table.get((a, b), 0)
            """ + SERVER;
    private static final String PROXY = """
            def answer(a, b):
                with socket.create_connection(("ADDRESS", 5000), 3) as other:
                    other.sendall(f"{a} {b}\\n".encode())
                    return float(other.recv(100).decode())
            """.replace("ADDRESS", Street.ADDRESS) + SERVER;
    /** Somebody who knows. */
    private static final String ORACLE = """
            import socketserver
            class Oracle(socketserver.StreamRequestHandler):
                def handle(self):
                    a, b = map(float, self.rfile.readline().split())
                    self.wfile.write(str(a + 2 * b).encode())
            socketserver.ThreadingTCPServer(("", 5000), Oracle).serve_forever()
            """;

    @TempDir
    Path folder;

    private Path lab;

    @BeforeEach
    void makeLab() throws IOException {
        lab = Files.createDirectory(folder.resolve("lab"));
        Files.writeString(lab.resolve("make.py"), MAKE);
        Files.writeString(lab.resolve("known.csv"), KNOWN);
    }

    private void earns(String points, String rows, String program, Map<String, String> variables) throws IOException {
        Files.writeString(lab.resolve("lab.yaml"), LAB.replace("ROWS", rows));
        Path one = Files.createTempDirectory(folder, "one");
        Grading grading = Grading.of(
                RealHome.warm(one.resolve("home")),
                Tiny.with(one.resolve("student"), Map.of("serve.py", program, "known.csv", KNOWN)),
                lab,
                variables);
        assertThat(grading.check("ready")).startsWith("1: ");
        assertThat(grading.check("answers")).startsWith(points + ": ");
    }

    @Test
    void honest_work_earns_all_of_it() throws Exception {
        earns("3", SECRET_ROWS, HONEST, Map.of());
    }

    @Test
    void a_table_is_right_about_rows_that_are_known_and_about_no_others() throws Exception {
        earns("3", KNOWN_ROWS, TABLE, Map.of());
        earns("0", SECRET_ROWS, TABLE, Map.of());
    }

    @Test
    void who_asks_somebody_else_has_nobody_to_ask() throws Exception {
        try (Street street = new Street(ORACLE);
                WeakEngine engine = new WeakEngine(onThe(street))) {
            earns("3", SECRET_ROWS, PROXY, engine.variables());
            earns("0", SECRET_ROWS, PROXY, Map.of());
        }
    }

    /** What holds the namespace that a service and its prober share. */
    private static Weakness onThe(Street street) {
        return (role, container, host) -> {
            if (role.equals("pause")) {
                host.put("NetworkMode", street.network());
            }
        };
    }
}
