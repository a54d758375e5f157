package org.labharness.lab.load;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Check;
import org.labharness.lab.HiddenData;
import org.labharness.lab.QualityCheck;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.RepositoryCheck;
import org.labharness.lab.Service;
import org.labharness.lab.ServiceCheck;
import org.labharness.lab.TestRows;

/** Reads what a lab says of its hidden data. */
final class HiddenArguments {
    private static final int LEAST_ROWS = 20;
    private static final int MOST_ROWS = 20_000;
    private static final int USUAL_ROWS = 1_000;
    private static final int USUAL_LEAST = 100;
    private static final int LEAST_TO_DRAW_FROM = 200;

    private final Path folder;
    private final Problems problems;

    HiddenArguments(Path folder, Problems problems) {
        this.folder = folder;
        this.problems = problems;
    }

    List<HiddenData> read(Value value) {
        YamlMap map = YamlMap.open(value, "hidden data by their ids, such as {wine: {file: hidden/wine.csv, ...}}");
        return map.byId("wine", this::one);
    }

    private HiddenData one(String id, Value value) {
        YamlMap map =
                YamlMap.of(value, List.of("file", "program", "rows", "label", "predicts", "features", "min-rows"));
        if (map.has("file") == map.has("program")) {
            value.wrong("missing-key", "either 'file' (a CSV file of the lab) or 'program' (one that makes it)");
        }
        if (map.has("file") && map.has("rows")) {
            problems.add("unknown-key", map.line("rows"), "'rows' stands beside 'file'.", "It belongs to 'program'.");
        }
        String path =
                map.get("file").or(() -> map.get("program")).map(this::inside).orElse("");
        HiddenData.Source source = map.has("program")
                ? new HiddenData.Generated(
                        path,
                        map.get("rows")
                                .map(number -> number.whole(LEAST_ROWS, MOST_ROWS))
                                .orElse(USUAL_ROWS))
                : new HiddenData.Shipped(path);
        int least = map.get("min-rows")
                .map(number -> number.whole(LEAST_ROWS, MOST_ROWS))
                .orElse(Math.min(USUAL_LEAST, rows(source)));
        if (source instanceof HiddenData.Generated generated && generated.rows() < least) {
            problems.add(
                    "value",
                    map.line("min-rows"),
                    "'" + id + "' needs " + least + " rows, and its program is asked for " + generated.rows() + ".",
                    "Ask for more with 'rows', or need fewer with 'min-rows'.");
        }
        return new HiddenData(
                id,
                source,
                map.need("label", "the column that is to be predicted")
                        .map(Value::text)
                        .orElse(""),
                task(map),
                features(map),
                least);
    }

    /** What is predicted, of hidden rows and of a submission's own. */
    static QualityMetric.Task task(YamlMap map) {
        return map.need("predicts", "'classes' or 'numbers'")
                        .flatMap(word -> word.word(List.of("classes", "numbers")))
                        .orElse("classes")
                        .equals("classes")
                ? QualityMetric.Task.CLASSES
                : QualityMetric.Task.NUMBERS;
    }

    static List<String> features(YamlMap map) {
        return map.get("features")
                .map(list -> list.list().stream().map(Value::text).toList())
                .orElse(List.of());
    }

    private static int rows(HiddenData.Source source) {
        return source instanceof HiddenData.Generated generated ? generated.rows() : USUAL_LEAST;
    }

    private String inside(Value value) {
        String path = value.safePath();
        if (!path.isEmpty() && Value.isSafe(path) && !LabDigest.isInside(folder, path)) {
            String seen = "The file '" + path + "' is not in the lab's folder " + folder + ".";
            problems.add("missing-input", value.line(), seen, "Put the file there, or correct its path.");
        }
        return path;
    }

    /** What the checks want of it. */
    void match(List<Check> checks, List<HiddenData> hidden, int line) {
        List<String> ids = hidden.stream().map(HiddenData::id).toList();
        for (Check check : checks) {
            Optional<Wanted> wanted = wanted(check);
            if (wanted.isPresent() && !wanted.get().data().isEmpty()) {
                Wanted data = wanted.get();
                if (!ids.contains(data.data())) {
                    if (check.spec() instanceof ServiceCheck) {
                        continue; // the service itself is told so
                    }
                    problems.unknown(
                            "unknown-data",
                            line,
                            "The check '" + check.id() + "' asks for the hidden data '" + data.data() + "'.",
                            data.data(),
                            ids);
                } else if (data.metric() != null
                        && Objects.requireNonNull(HiddenData.of(data.data(), hidden))
                                        .task()
                                != data.metric().task()) {
                    problems.add(
                            "value",
                            line,
                            "The check '" + check.id() + "' asks for "
                                    + data.metric().word() + " of the hidden data '" + data.data() + "'.",
                            "Expected a metric of what they predict, or another 'predicts' there.");
                }
            }
        }
    }

    /** What the services want of it. */
    void matchServices(List<Service> services, List<HiddenData> hidden, int line) {
        List<String> ids = hidden.stream().map(HiddenData::id).toList();
        for (Service service : services) {
            Service.Question question = service.question();
            if (question == null || question.data().isEmpty()) {
                continue;
            }
            HiddenData data = HiddenData.of(question.data(), hidden);
            if (data == null) {
                problems.unknown(
                        "unknown-data",
                        line,
                        "The service '" + service.id() + "' is asked about the hidden data '" + question.data() + "'.",
                        question.data(),
                        ids);
            } else if (data.minRows() < LEAST_TO_DRAW_FROM || data.minRows() < 2 * question.rows()) {
                problems.add(
                        "value",
                        line,
                        "The service '" + service.id() + "' is asked about " + question.rows() + " of at least "
                                + data.minRows() + " hidden rows.",
                        "Expected 'min-rows' of at least " + Math.max(LEAST_TO_DRAW_FROM, 2 * question.rows())
                                + " below '" + data.id()
                                + "': whoever knows some rows must not know most of those drawn.");
            }
        }
    }

    /** @param metric null where none is measured */
    private record Wanted(String data, @Nullable QualityMetric metric) {}

    private static Optional<Wanted> wanted(Check check) {
        if (check.spec() instanceof ServiceCheck.ServiceAnswers answers) {
            Service.Question question = Objects.requireNonNull(answers.service().question());
            return Optional.of(new Wanted(question.data(), answers.metric()));
        }
        if (check.spec() instanceof RepositoryCheck.NoHiddenRows rows) {
            return Optional.of(new Wanted(rows.data(), null));
        }
        if (!(check.spec() instanceof QualityCheck spec)) {
            return Optional.empty();
        }
        return switch (spec) {
            case QualityCheck.HiddenScore score -> Optional.of(new Wanted(score.data(), score.metric()));
            case QualityCheck.ClaimHolds claim ->
                claim.rows() instanceof TestRows.Hidden hidden
                        ? Optional.of(new Wanted(hidden.id(), claim.metric()))
                        : Optional.empty();
            case QualityCheck.ModelLineage lineage -> Optional.empty();
        };
    }
}
