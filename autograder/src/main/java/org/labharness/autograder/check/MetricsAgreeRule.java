package org.labharness.autograder.check;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.DvcCheck;
import org.labharness.lab.Place;
import org.labharness.lab.Points;
import org.labharness.pipeline.evidence.DataFacts;
import org.labharness.pipeline.evidence.MetricsFile;
import org.labharness.pipeline.evidence.PipelineFacts;

/**
 * {@code metrics-agree}: a part of the points for each recorded value that came out again. Values that are times by their name are
 * left out: they never come out again.
 */
final class MetricsAgreeRule {
    private static final Pattern CLOCK = Pattern.compile(
            "(?iu).+[._ -]at|(.*[._ -])?(time|timestamp|date|seconds|secs?|ms|duration|latency|throughput|elapsed|runtime"
                    + "|zeit|dauer|sekunden|tiempo|temps|tempo|durée|duración|время|секунды?|сек)");

    private final BigDecimal tolerance;
    private final List<String> wrong = new ArrayList<>();
    private @Nullable Place where;
    private int agreed;
    private int unmade;

    private MetricsAgreeRule(BigDecimal tolerance) {
        this.tolerance = tolerance;
    }

    static Ruling judge(DvcCheck.MetricsAgree spec, Case subject) {
        List<MetricsFile> files = files(subject);
        if (files.isEmpty()) {
            return Ruling.absent(nothingRecorded(subject));
        }
        MetricsAgreeRule rule = new MetricsAgreeRule(spec.tolerance());
        files.forEach(rule::compare);
        return rule.ruling(files, subject);
    }

    private static String keepingInGit(String path, Case subject) {
        Optional<String> cached = subject.evidence().pipelines().stream()
                .flatMap(pipeline -> pipeline.stages().stream())
                .flatMap(stage -> stage.outs().stream())
                .filter(out -> out.cached() && CommittedEnvironmentRule.under(out.path(), path))
                .map(PipelineFacts.Output::path)
                .findFirst();
        String shown = PlainText.name(path);
        return cached.isPresent()
                ? "Write cache: false below " + PlainText.name(cached.get())
                        + " in dvc.yaml, so that Git keeps it and not DVC's cache; then dvc repro, git add "
                        + PlainText.shell(path) + " and commit."
                : "Run dvc repro, check that .gitignore does not name " + shown + ", then git add "
                        + PlainText.shell(path) + " and commit.";
    }

    private static Sentence nothingRecorded(Case subject) {
        Optional<MetricsFile> kept = subject.evidence().metrics().stream()
                .filter(file -> file.declared() && file.reported() == null)
                .findFirst();
        if (kept.isPresent()) {
            String path = PlainText.name(kept.get().path());
            return Sentence.of(
                    "No metrics are recorded: " + path
                            + " is declared as metrics, but no numbers in it are committed, so there is nothing to"
                            + " compare with.",
                    keepingInGit(kept.get().path(), subject));
        }
        return Sentence.of(
                "No metrics are recorded: no metrics file with numbers is committed.",
                "Write them to a JSON file, declare it as metrics in dvc.yaml with cache: false, run dvc repro, and"
                        + " commit the file.");
    }

    private static List<MetricsFile> files(Case subject) {
        List<MetricsFile> recorded = subject.evidence().metrics().stream()
                .filter(file -> !values(file.reported()).isEmpty())
                .toList();
        List<MetricsFile> declared =
                recorded.stream().filter(MetricsFile::declared).toList();
        return declared.isEmpty() ? recorded : declared;
    }

    private static Map<String, Double> values(@Nullable Map<String, Double> all) {
        Map<String, Double> kept = new TreeMap<>();
        if (all != null) {
            all.forEach((key, value) -> {
                if (!isTime(key)) {
                    kept.put(key, value);
                }
            });
        }
        return kept;
    }

    /** Whether a value is a time by its name, and so never comes out again. */
    static boolean isTime(String key) {
        return CLOCK.matcher(key.substring(key.lastIndexOf('.') + 1)).matches();
    }

    private void compare(MetricsFile file) {
        Map<String, Double> made = file.reproduced();
        values(file.reported()).forEach((key, recorded) -> {
            Double seen = made == null ? null : made.get(key);
            if (seen != null && within(recorded, seen)) {
                agreed++;
            } else if (made == null) {
                unmade++;
                where = where == null ? Place.of(file.path()) : where;
            } else {
                wrong(file, key, recorded, seen);
            }
        });
    }

    private boolean within(double recorded, double seen) {
        if (!Double.isFinite(recorded) || !Double.isFinite(seen)) {
            return Double.compare(recorded, seen) == 0;
        }
        return BigDecimal.valueOf(recorded)
                        .subtract(BigDecimal.valueOf(seen))
                        .abs()
                        .compareTo(tolerance)
                <= 0;
    }

    private void wrong(MetricsFile file, String key, double recorded, @Nullable Double seen) {
        where = where == null ? Place.of(file.path()) : where;
        String name = PlainText.name(key) + " in " + PlainText.name(file.path());
        wrong.add(
                seen == null
                        ? name + " is recorded as " + PlainText.number(recorded) + " but did not come out"
                        : name + " is recorded as " + PlainText.number(recorded) + " but came out as "
                                + PlainText.number(seen));
    }

    private Ruling ruling(List<MetricsFile> files, Case subject) {
        int all = agreed + unmade + wrong.size();
        if (agreed == all) {
            return Ruling.full(PlainText.count(all, "recorded value") + " came out again within "
                    + tolerance.toPlainString() + ": "
                    + PlainText.list(files.stream().map(MetricsFile::path).toList()) + ".");
        }
        if (unmade > 0) {
            return unmade(all, subject);
        }
        Optional<DataFacts> other = subject.evidence().data().stream()
                .filter(DataFacts::otherThanRecorded)
                .findFirst();
        if (other.isPresent()) {
            return Ruling.theirs(subject.share(agreed, 0, wrong.size(), all), otherData(other.get(), all));
        }
        return Ruling.part(subject.full().part(agreed, all), differences(all));
    }

    /** Numbers that come of other data cannot be expected to be the recorded ones. */
    private Sentence otherData(DataFacts data, int all) {
        return Sentence.at(
                data.tracker().isEmpty() ? where : Place.of(data.tracker()),
                wrong.size() + " of " + PlainText.count(all, "recorded value") + " could not be compared: for "
                        + PlainText.name(data.path()) + " " + PlainText.line(data.reason(), 300) + ".",
                "Push the data that your numbers come of (dvc push) to a remote that the grader may read, or record the numbers"
                        + " that the lab's data gives.");
    }

    private Sentence differences(int all) {
        String shown = String.join("; ", wrong.subList(0, Math.min(3, wrong.size())));
        String more = wrong.size() > 3 ? " and " + (wrong.size() - 3) + " more" : "";
        return Sentence.at(
                where,
                agreed + " of " + PlainText.count(all, "recorded value") + " came out again within "
                        + tolerance.toPlainString() + ": " + shown + more + ".",
                "Give every random choice a seed from params.yaml (random_state=...), run dvc repro, and commit the new"
                        + " metrics file together with dvc.lock.");
    }

    private Ruling unmade(int all, Case subject) {
        RunStory story = new RunStory(subject.evidence());
        String start = unmade + " of " + PlainText.count(all, "recorded value") + " could not be made again"
                + (wrong.isEmpty() ? "." : ", and " + String.join("; ", wrong.subList(0, 1)) + ".");
        Optional<Sentence> ours = story.ours();
        if (ours.isPresent()) {
            return Ruling.ours(
                    subject.share(agreed + unmade, 0, 0, all),
                    subject.because(start, ours.get()).message());
        }
        Optional<Sentence> failure = story.failure().or(story::frozen);
        if (failure.isEmpty() && story.unreachable().isPresent()) {
            Points points = subject.share(agreed, 0, unmade, all);
            return Ruling.theirs(
                    points, subject.because(start, story.unreachable().get()));
        }
        Points points = subject.share(agreed, unmade, 0, all);
        return Ruling.reported(
                points,
                failure.map(why -> subject.because(start, why))
                        .orElseGet(
                                () -> Sentence.at(
                                        where,
                                        start
                                                + " The pipeline ran, but no stage wrote the file anew in a form that can be read.",
                                        "Declare the file as metrics of the stage that writes it, and write it on every run, as JSON or YAML.")));
    }
}
