package org.labharness.autograder.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.cli.RealHome;
import org.labharness.autograder.cli.Tiny;

/** Code that is given rows which its author must not see, and tells of them in every way it can. */
class HiddenIT {
    private static final String CANARY = "canary-of-sample";
    /** Stands in the hidden rows, as no text can. */
    private static final String NUMBER = "31337.25";

    private static final String LAB = """
            id: hidden
            title: Rows that nobody sees
            points: 10
            environment: {python: "3.11"}
            limits: {time: 30s, memory: 512MiB, disk: 64MiB}
            """;
    private static final String SWAPPED = LAB + """
            run: dvc
            checks:
              - {id: runs, title: It runs, points: 4, reproduces: all}
              - {id: swapped, title: Other data moves it, points: 6, data-swapped: {files: {numbers.txt: other.txt}}}
            """;
    private static final String SCORED = LAB + """
            hidden:
              beans: {program: make.py, rows: 60, label: y, predicts: numbers, min-rows: 50}
            run: {commands: [python train.py]}
            checks:
              - {id: quality, title: It predicts, points: 10, hidden-score: {model: model.pkl, data: beans, metric: rmse, tiers: {0.01: 10}}}
            """;
    private static final String MAKE = """
            import sys
            with open(sys.argv[3], "w") as out:
                print("a,b,y", file=out)
                for row in range(int(sys.argv[2])): print(%s, row, row * 3.5, sep=",", file=out)
            """.formatted(NUMBER);
    /** Runs when it is unpickled, and when it predicts: as an error, a printed line, a file, a run. */
    private static final String TELLTALE = """
            import os, pickle
            class Telltale:
                def __reduce__(self): return eval, ("print('score: 1.0', flush=True) or __import__('train').Telltale.made()",)
                @staticmethod
                def made(): return object.__new__(Telltale)
                def predict(self, frame):
                    row = f"saw {frame.iloc[0].tolist()}"
                    print(row, flush=True)
                    for place in ("/work/row.txt", "/model/row.txt", "/out/row.txt", "/tmp/row.txt", "/dev/shm/row.txt"):
                        try: open(place, "w").write(row)
                        except OSError: pass
                    raise ValueError(row)
            if __name__ == "__main__":
                import train
                pickle.dump(train.Telltale(), open("model.pkl", "wb"))
            """;

    @TempDir
    Path folder;

    private Path home;
    private Path lab;

    @BeforeEach
    void prepare() throws IOException {
        home = RealHome.warm(folder.resolve("home"));
        lab = Files.createDirectory(folder.resolve("lab"));
    }

    private Grading grade(String yaml, String name, Map<String, String> files) throws IOException {
        Files.writeString(lab.resolve("lab.yaml"), yaml);
        return Grading.of(home, Tiny.with(folder.resolve(name), files), lab);
    }

    /** What staff may read holds it, so that reports which quoted errors of this run would tell it. */
    private String forStaff() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(home.resolve("evidence"))) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    @Test
    void an_error_does_not_tell_of_the_lab_s_other_sample() throws Exception {
        Files.writeString(lab.resolve("other.txt"), "5\n" + CANARY + "\n");
        Grading grading = grade(SWAPPED, "teller", Map.of("double.sh", """
                if grep -q canary numbers.txt; then echo "ValueError: $(tr '\\n' ' ' < numbers.txt)" >&2; exit 1; fi
                """ + Tiny.DOUBLE));

        assertThat(grading.check("runs")).startsWith("4: ");
        assertThat(grading.check("swapped"))
                .startsWith("0: ")
                .endsWith(
                        "Stage double (dvc.yaml:2) failed (ValueError). What it printed is not shown, for it had read rows"
                                + " that are not yours.");
        assertThat(grading.visible()).doesNotContain(CANARY);
        assertThat(forStaff()).contains("ValueError: 5 " + CANARY);
    }

    @Test
    void a_metric_does_not_tell_of_it_either() throws Exception {
        Files.writeString(lab.resolve("other.txt"), "3133700\n");
        Grading grading = grade(SWAPPED, "counter", Map.of());

        assertThat(grading.check("swapped")).startsWith("6: ").endsWith("a metric came out different.");
        assertThat(grading.visible()).doesNotContain("6267400");
        assertThat(forStaff()).contains("6267400");
    }

    /** Unpickled by whoever grades, it says what it likes; here it has nobody to tell. */
    @Test
    @Tag("full")
    void a_model_that_executes_tells_nobody_of_hidden_rows() throws Exception {
        Files.writeString(lab.resolve("make.py"), MAKE);
        Map<String, String> files = Map.of("train.py", TELLTALE, "requirements.txt", "numpy==1.26.4\npandas==2.2.3\n");
        Grading grading = grade(SCORED, "telltale", files);

        assertThat(
                        new UsualGrader(folder)
                                .lastLine(
                                        folder.resolve("telltale"),
                                        "python3 train.py; python3 -c 'import pickle; pickle.load(open(\"model.pkl\", \"rb\"))'"))
                .isEqualTo("score: 1.0");
        assertThat(grading.check("quality")).startsWith("0: ");
        assertThat(grading.visible()).doesNotContain(NUMBER, "saw [");
        assertThat(forStaff()).contains("saw [" + NUMBER);
    }
}
