package org.labharness.autograder.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.page.HiddenLetters;
import org.labharness.lab.Finding;
import org.labharness.lab.Form;
import org.labharness.lab.Verdict;
import org.labharness.pipeline.evidence.HarnessFacts;
import org.labharness.pipeline.evidence.InterventionFacts;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.evidence.ServiceFacts;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.TrackingStore;

/** The machine-readable verdict; {@code verdict.schema.json} describes it. Fields may be added, never renamed. */
public final class VerdictJson {
    /** The version of its shape. */
    public static final String SCHEMA = "labharness/verdict/1";

    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator json;

    private VerdictJson(JsonGenerator json) {
        this.json = json;
    }

    /** The verdict as indented JSON with a line feed at its end. */
    public static String write(Outcome outcome) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            generator.setPrettyPrinter(
                    new DefaultPrettyPrinter().withObjectIndenter(Indent.LINES).withArrayIndenter(Indent.LINES));
            new VerdictJson(generator).outcome(outcome);
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot be written to", e);
        }
        return HiddenLetters.escaped(text.append('\n').toString());
    }

    private void outcome(Outcome outcome) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", SCHEMA);
        submission(outcome.submission());
        switch (outcome) {
            case Outcome.Graded graded -> {
                json.writeStringField("outcome", "graded");
                graded(graded);
            }
            case Outcome.Refused refused -> {
                json.writeStringField("outcome", "refused");
                reason(refused.reason().code(), refused.message());
            }
            case Outcome.Broken broken -> {
                json.writeStringField("outcome", "broken");
                reason(broken.reason().code(), broken.message());
            }
        }
        timings(outcome.timings());
        harness(outcome.harness());
        json.writeEndObject();
    }

    private void submission(Outcome.Submission submission) throws IOException {
        json.writeObjectFieldStart("submission");
        json.writeStringField("student", submission.student());
        json.writeStringField("lab", submission.lab());
        json.writeStringField("repository", submission.repository());
        nullable("commit", submission.commit());
        json.writeStringField(
                "received",
                submission.received() == null ? null : submission.received().toString());
        json.writeEndObject();
    }

    private void reason(String code, String message) throws IOException {
        json.writeObjectFieldStart("reason");
        json.writeStringField("code", code);
        json.writeStringField("message", message);
        json.writeEndObject();
    }

    private void graded(Outcome.Graded graded) throws IOException {
        json.writeStringField("points", graded.scorecard().points().toString());
        json.writeStringField("of", graded.scorecard().of().toString());
        json.writeStringField("bonus", graded.scorecard().bonus().toString());
        json.writeStringField("setAside", graded.scorecard().setAside().toString());
        json.writeBooleanField("held", graded.scorecard().held());
        each("checks", graded.scorecard().verdicts(), this::check);
        people(graded.form());
        each("findings", graded.evidence().findings(), this::finding);
        each("stages", graded.evidence().run().stages(), this::stage);
        each("services", graded.evidence().services(), this::service);
        each("interventions", graded.evidence().interventions(), this::intervention);
        each("tracking", graded.evidence().tracking(), this::store);
        each("limits", limits(graded), this::limit);
        json.writeStringField("evidence", graded.digest());
    }

    private void check(Verdict verdict) throws IOException {
        json.writeStringField("id", verdict.id().value());
        json.writeStringField("title", verdict.title());
        json.writeStringField("points", verdict.points().toString());
        json.writeStringField("of", verdict.of().toString());
        json.writeBooleanField("bonus", verdict.bonus());
        json.writeStringField("verdict", word(verdict.support()));
        nullable("untestable", verdict.untestable() == null ? null : word(verdict.untestable()));
        json.writeStringField("message", verdict.message());
        json.writeStringField("hint", verdict.hint());
        nullable("where", verdict.where() == null ? null : verdict.where().toString());
    }

    private void people(Form form) throws IOException {
        json.writeObjectFieldStart("people");
        json.writeStringField("points", form.points().toString());
        each("items", form.items(), item -> {
            json.writeStringField("id", item.id());
            json.writeStringField("block", item.block());
            json.writeStringField("title", item.title());
            json.writeStringField("of", item.points().toString());
            json.writeBooleanField("personal", item.personal());
            json.writeBooleanField("bonus", item.bonus());
        });
        json.writeEndObject();
    }

    private void finding(Finding finding) throws IOException {
        json.writeStringField("code", finding.code());
        json.writeStringField("severity", word(finding.severity()));
        nullable("where", finding.where() == null ? null : finding.where().toString());
        json.writeStringField("message", finding.message());
        json.writeStringField("hint", finding.hint());
    }

    private void stage(StageRun stage) throws IOException {
        json.writeStringField("name", stage.fullName());
        json.writeStringField("status", status(stage.status()));
        json.writeFieldName("exit");
        if (stage.exit() == null) {
            json.writeNull();
        } else {
            json.writeNumber(stage.exit());
        }
        seconds("seconds", stage.seconds());
        json.writeNumberField("peakMemoryBytes", stage.peakMemoryBytes());
        nullable("problem", stage.problem() == null ? null : stage.problem().message());
    }

    private void intervention(InterventionFacts facts) throws IOException {
        json.writeStringField("key", facts.key());
        json.writeStringField("change", facts.change());
        nullable("untried", facts.untried() == null ? null : facts.untried().message());
        names("ran", facts.ran());
        names("failed", facts.named(StageRun.Status.FAILED));
        seconds("seconds", facts.seconds());
    }

    private void service(ServiceFacts facts) throws IOException {
        json.writeStringField("service", facts.service());
        json.writeStringField("outcome", word(facts.outcome()));
        json.writeNumberField("port", facts.port());
        json.writeNumberField("answered", ServiceWords.answered(facts));
        json.writeNumberField("asked", facts.answers().size());
        each("loads", facts.loads(), load -> {
            json.writeNumberField("requests", load.requests());
            json.writeNumberField("concurrent", load.concurrent());
            json.writeNumberField("errors", load.errors());
            json.writeObjectFieldStart("millis");
            for (Map.Entry<String, Double> percentile : new TreeMap<>(load.millis()).entrySet()) {
                seconds(percentile.getKey(), percentile.getValue());
            }
            json.writeEndObject();
        });
        seconds("seconds", facts.seconds());
    }

    private void names(String field, List<String> names) throws IOException {
        json.writeArrayFieldStart(field);
        for (String name : names) {
            json.writeString(name);
        }
        json.writeEndArray();
    }

    private void store(TrackingStore store) throws IOException {
        json.writeStringField("store", store.store());
        json.writeStringField("kind", word(store.kind()));
        json.writeNumberField("newRuns", store.newRuns().size());
        json.writeNumberField("oldRuns", store.oldRuns());
        names("experiments", store.experiments());
        each("registeredModels", store.registeredModels(), model -> {
            json.writeStringField("name", model.name());
            json.writeNumberField("versions", model.versions().size());
            json.writeNumberField(
                    "newVersions",
                    model.versions().stream()
                            .filter(TrackingStore.ModelVersion::fresh)
                            .count());
        });
    }

    private void limit(NamedLimit limit) throws IOException {
        json.writeStringField("name", word(limit.hit().name()));
        nullable("stage", limit.stage());
        json.writeStringField("limit", limit.hit().limit());
        json.writeStringField("seen", limit.hit().seen());
    }

    private static List<NamedLimit> limits(Outcome.Graded graded) {
        return Stream.concat(
                        graded.evidence().run().stages().stream()
                                .flatMap(stage ->
                                        stage.limits().stream().map(hit -> new NamedLimit(stage.fullName(), hit))),
                        graded.evidence().run().limits().stream().map(hit -> new NamedLimit(null, hit)))
                .toList();
    }

    private void timings(Map<String, Double> timings) throws IOException {
        json.writeObjectFieldStart("timings");
        for (Map.Entry<String, Double> step : new TreeMap<>(timings).entrySet()) {
            seconds(step.getKey(), step.getValue());
        }
        json.writeEndObject();
    }

    private void harness(HarnessFacts harness) throws IOException {
        json.writeObjectFieldStart("harness");
        json.writeStringField("version", harness.version());
        json.writeStringField("labDigest", harness.labDigest());
        json.writeObjectFieldStart("images");
        for (Map.Entry<String, String> image : new TreeMap<>(harness.images()).entrySet()) {
            json.writeStringField(image.getKey(), image.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void seconds(String name, double value) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(BigDecimal.valueOf(Double.isFinite(value) ? value : 0).setScale(3, RoundingMode.HALF_UP));
    }

    private void nullable(String name, @Nullable String value) throws IOException {
        json.writeFieldName(name);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value);
        }
    }

    private <T> void each(String name, List<T> things, Writer<T> writer) throws IOException {
        json.writeArrayFieldStart(name);
        for (T thing : things) {
            json.writeStartObject();
            writer.write(thing);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** {@code not-reached} of NOT_REACHED. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String status(StageRun.Status status) {
        return word(status);
    }

    private record NamedLimit(@Nullable String stage, LimitHit hit) {}

    private interface Writer<T> {
        void write(T thing) throws IOException;
    }
}
