package org.labharness.autograder.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.cli.RealHome;
import org.labharness.autograder.cli.Tiny;

/** Numbers that nobody trained for: worth everything where a lab only looks at them, and nothing where it asks what follows from a change. */
@Tag("full")
class UntrainedIT {
    private static final String LAB = """
            id: untrained
            title: A model of one rule
            points: %d
            environment: {python: "3.11"}
            limits: {time: 60s, memory: 256MiB, disk: 64MiB}
            run: dvc
            checks:
              - {id: runs, title: It runs, points: 2, reproduces: all}
              - {id: quality, title: It is good, points: 6, metric-at-least: {file: scores.json, metric: share, tiers: {0.9: 6}}}
            """;
    private static final String CHANGES = """
              - id: labels
                title: What is learnt from nothing is worth nothing
                points: 4
                labels-shuffled: {data: data.csv, label: y, file: scores.json, metric: share, chance: 0.5, at-most: 0.4}
              - {id: rebuilt, title: The model is made anew, points: 4, outputs-rebuilt: [model.json]}
            """;
    private static final String DATA =
            "x,y\n" + IntStream.range(0, 200).mapToObj(x -> x + "," + x % 2).collect(Collectors.joining("\n")) + "\n";
    /** Learns which label each remainder has. */
    private static final String HONEST = """
            import collections, json
            rows = [tuple(map(int, row.split(","))) for row in open("data.csv").read().split()[1:]]
            seen = {rest: collections.Counter(y for x, y in rows[:100] if x % 2 == rest) for rest in (0, 1)}
            model = {str(rest): counts.most_common(1)[0][0] for rest, counts in seen.items()}
            share = sum(model[str(x % 2)] == y for x, y in rows[100:]) / 100
            json.dump(model, open("model.json", "w"), indent=1)
            json.dump({"share": share}, open("scores.json", "w"))
            """;

    private static final String INVENTED = """
            import json
            json.dump({"0": 0, "1": 1}, open("model.json", "w"), indent=1)
            json.dump({"share": 0.97}, open("scores.json", "w"))
            """;
    private static final String KEPT = """
            import json, shutil
            shutil.copy("old/model.json", "model.json")
            model = json.load(open("model.json"))
            rows = [tuple(map(int, row.split(","))) for row in open("data.csv").read().split()[1:]]
            json.dump({"share": sum(model[str(x % 2)] == y for x, y in rows) / 200}, open("scores.json", "w"))
            """;

    @TempDir
    Path folder;

    private String points(String name, String program, Map<String, String> more, String yaml) throws IOException {
        Path lab = Files.createDirectories(folder.resolve("lab"));
        Files.writeString(lab.resolve("lab.yaml"), yaml);
        Map<String, String> files = new TreeMap<>(more);
        files.put("data.csv", DATA);
        files.put("train.py", program);
        files.put("scores.json", "{\"share\": 0.5}");
        files.put("dvc.yaml", """
                stages:
                  train:
                    cmd: python3 train.py
                    deps: [train.py, data.csv]
                    outs: [model.json]
                    metrics:
                      - scores.json: {cache: false}
                """);
        Grading grading = Grading.of(
                RealHome.warm(Files.createTempDirectory(folder, "home").resolve("home")),
                Tiny.with(Files.createTempDirectory(folder, "r").resolve(name), files),
                lab);
        return grading.points();
    }

    @Test
    void honest_work_earns_all_of_it() throws Exception {
        assertThat(points("honest", HONEST, Map.of(), LAB.formatted(16) + CHANGES))
                .isEqualTo("16");
    }

    @Test
    void an_invented_number_is_good_until_labels_are_shuffled() throws Exception {
        assertThat(points("invented", INVENTED, Map.of(), LAB.formatted(8))).isEqualTo("8");
        assertThat(points("invented", INVENTED, Map.of(), LAB.formatted(16) + CHANGES))
                .as("its model is made anew, but learns nothing")
                .isEqualTo("12");
    }

    @Test
    void a_model_from_elsewhere_is_good_until_copies_are_taken_away() throws Exception {
        Map<String, String> kept = Map.of("old/model.json", "{\n \"0\": 0,\n \"1\": 1\n}");
        assertThat(points("kept", KEPT, kept, LAB.formatted(8))).isEqualTo("8");
        assertThat(points("kept", KEPT, kept, LAB.formatted(16) + CHANGES)).isEqualTo("12");
    }
}
