package org.labharness.autograder.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.labharness.autograder.bench.Bench;
import org.labharness.autograder.bench.Row;
import org.labharness.pipeline.ThrowawayFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./lab bench}. */
@Command(
        name = "bench",
        description =
                "Measures what the harness costs beside the bare pipeline: medians (smallest to largest) of whole processes,"
                        + " taken in turn in one run on this machine.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab bench",
            "  ./lab bench --runs 9",
            "",
            "Exit codes: 0 measured, 1 a promise was not kept, 4 the system broke."
        })
final class BenchCommand implements Callable<Integer> {
    private final Console console;
    private final Settings settings;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "5",
            description = "Counted runs of everything. Default: ${DEFAULT-VALUE}.")
    private int runs = 5;

    BenchCommand(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() throws IOException {
        if (runs < 1 || runs > 100) {
            throw new WrongUse("--runs takes 1 to 100, not " + runs + ".");
        }
        Path lab = Path.of(settings.required("LAB_ROOT")).resolve("lab");
        List<Row> rows;
        try (ThrowawayFolder scratch = ThrowawayFolder.in(settings.home().resolve("bench"), "run-")) {
            Bench bench = new Bench(
                    lab,
                    settings.home(),
                    scratch.path(),
                    runs,
                    line -> console.err().println("  " + line));
            rows = bench.measure(
                    LabOption.folder(settings, "mlflow-tracking").resolve("solution"),
                    LabOption.folder(settings, "dvc-pipeline"));
        }
        rows.forEach(row -> console.out()
                .println(String.format(
                        Locale.ROOT, "%-62s %-24s %-10s %s", row.what(), row.measured(), row.limit(), verdict(row))));
        return (rows.stream().allMatch(Row::kept) ? ExitCode.DONE : ExitCode.BELOW_MIN_SCORE).code();
    }

    private static String verdict(Row row) {
        return row.limit().isEmpty() ? "" : row.kept() ? "kept" : "NOT KEPT";
    }
}
