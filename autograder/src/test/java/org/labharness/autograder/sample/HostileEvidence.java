package org.labharness.autograder.sample;

import java.util.List;
import java.util.Map;
import org.labharness.autograder.report.Outcome;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.Severity;
import org.labharness.pipeline.evidence.DataFacts;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.evidence.MetricsFile;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.TrackingStore;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;

/** Evidence in which every name and text that a student chooses is an attack on whoever reads the report. */
public final class HostileEvidence {
    public static final String SCRIPT = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>";
    public static final String FORMULA = "=HYPERLINK(\"http://evil.example\",\"click\")";
    public static final String ANSI = "\u001B[2J\u001B]0;owned\u0007\u001B[31mred\u202Etxt.exe";
    public static final String MARKDOWN = "](http://evil.example) ![x](http://evil.example/y.png) | @everyone `x` #1";
    public static final String LONG = "x".repeat(10_000);
    public static final String ALL = SCRIPT + FORMULA + ANSI + MARKDOWN;

    private HostileEvidence() {}

    public static Evidence evidence() {
        return SampleEvidence.with(s -> {
                    s.failing(SampleEvidence.failed("train", 1, StageRun.Kind.EXIT_CODE, ALL, ALL, LimitHits.NONE));
                    s.stages.add(new StageRun(
                            LONG,
                            ALL,
                            StageRun.Status.FAILED,
                            -1,
                            Double.NaN,
                            Long.MAX_VALUE,
                            List.of(),
                            new LogExcerpt(List.of(ALL, "a\u0000b\r\n]]>"), List.of(LONG), ALL, Long.MAX_VALUE),
                            new StageRun.Problem(StageRun.Kind.OUTPUT_MISSING, ALL + LONG)));
                    s.undeclared = List.of(ALL, LONG, FORMULA);
                    s.files.add(SampleEvidence.file("venv " + ALL + "/pyvenv.cfg", -1));
                    s.findings.add(new Finding("repo.secret", Severity.BLOCKS, new Place(ALL, 3), ALL + LONG, ALL));
                    s.findings.add(new Finding("mlflow.hard-coded-uri", Severity.ADVICE, null, SCRIPT, MARKDOWN));
                    s.data.add(new DataFacts(ALL, "", -1, DataFacts.Presence.UNTRACKED, ALL));
                    s.metrics.add(new MetricsFile(
                            ALL, true, Map.of(ALL, Double.NaN, FORMULA, Double.POSITIVE_INFINITY), Map.of(ALL, 1e300)));
                    s.tracking.add(new TrackingStore(
                            ALL,
                            TrackingStore.Kind.SQLITE,
                            List.of(SCRIPT, LONG),
                            List.of(new MlflowRun(
                                    ALL,
                                    ALL,
                                    ALL,
                                    "FINISHED",
                                    Map.of(ALL, LONG),
                                    Map.of(ALL, Double.NaN, "big", Double.MAX_VALUE, "f1", Double.NEGATIVE_INFINITY),
                                    Map.of(
                                            ALL,
                                            List.of(
                                                    new TrackingStore.Step(Long.MIN_VALUE, Double.NaN),
                                                    new TrackingStore.Step(0, Double.MAX_VALUE),
                                                    new TrackingStore.Step(Long.MAX_VALUE, -Double.MAX_VALUE),
                                                    new TrackingStore.Step(Long.MAX_VALUE, Double.NEGATIVE_INFINITY))),
                                    Map.of(ALL, ALL),
                                    List.of(ALL),
                                    List.of(ALL),
                                    Map.of(ALL, ALL))),
                            3,
                            List.of(new TrackingStore.RegisteredModel(
                                    ALL,
                                    List.of(new TrackingStore.ModelVersion(ALL, ALL, ALL, List.of(ALL), ALL, true))))));
                    return s;
                })
                .build();
    }

    public static Outcome.Graded outcome() {
        return SampleOutcomes.graded(ALL, evidence(), SampleLab.of(SampleLab.everyCheck(), false));
    }
}
