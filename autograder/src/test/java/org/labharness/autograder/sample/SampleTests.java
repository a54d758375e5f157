package org.labharness.autograder.sample;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.labharness.pipeline.evidence.CustomFacts;
import org.labharness.pipeline.evidence.CustomFacts.Fault;
import org.labharness.pipeline.evidence.CustomFacts.Outcome;
import org.labharness.pipeline.evidence.CustomFacts.Result;
import org.labharness.pipeline.evidence.CustomFacts.Test;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.evidence.LogExcerpt;

/** What the sample lab's own three tests found. */
public final class SampleTests {
    /** The ways of going wrong, the good one among them. */
    public static final Map<String, CustomFacts> WAYS = Map.ofEntries(
            Map.entry("all hold", good()),
            Map.entry(
                    "one lost",
                    facts(
                            passed("test_title", "The report has a title."),
                            passed("test_numbers", ""),
                            conclusion(result(Outcome.FAILED, "report.md has no section 'Conclusion'")))),
            Map.entry(
                    "all lost",
                    facts(
                            test(
                                    "test_title",
                                    "The report has a title.",
                                    result(Outcome.FAILED, "there is no report.md")),
                            test("test_numbers", "", result(Outcome.FAILED, "there is no report.md")),
                            conclusion(result(Outcome.FAILED, "there is no report.md")))),
            Map.entry(
                    "met what it cannot read",
                    facts(
                            passed("test_title", "The report has a title."),
                            test(
                                    "test_numbers",
                                    "",
                                    result(
                                            Outcome.FAILED,
                                            "the test stopped at JSONDecodeError: Expecting value: line 1 column 1 (char 0) (its line 9: json.loads((tree / \"metrics.json\").read_text()))")),
                            conclusion(passed()))),
            Map.entry(
                    "one case of several lost",
                    facts(
                            passed("test_title", "The report has a title."),
                            test(
                                    "test_numbers",
                                    "Each number of the metrics is named.",
                                    passed(),
                                    new Result("macro_f1", Outcome.FAILED, "0.912 is nowhere in report.md", 9)),
                            conclusion(passed()))),
            Map.entry(
                    "one broken, one lost",
                    facts(
                            test("test_title", "", result(Outcome.BROKEN, "NameError: name 'titel' is not defined")),
                            passed("test_numbers", ""),
                            conclusion(result(Outcome.FAILED, "report.md has no section 'Conclusion'")))),
            Map.entry(
                    "one skipped",
                    facts(
                            test("test_title", "", result(Outcome.SKIPPED, "no title asked")),
                            passed("test_numbers", ""),
                            conclusion(passed()))),
            Map.entry("one not there", facts(passed("test_title", ""), passed("test_numbers", ""))),
            Map.entry(
                    "file does not load",
                    broken(new Fault("test_report.py", 0, "ModuleNotFoundError: No module named 'pandas'"))),
            Map.entry("no tests", facts()),
            Map.entry(
                    "stopped at a limit",
                    stopped(
                            137,
                            List.of(new LimitHit(LimitHit.Name.TIME, "60 s", "60 s")),
                            passed("test_title", "The report has a title."),
                            new Test("test_report.py", "test_numbers", "", 1, List.of()),
                            new Test("test_report.py", "test_conclusion", "", 1, List.of()))),
            Map.entry(
                    "process died",
                    stopped(
                            139,
                            List.of(),
                            passed("test_title", ""),
                            new Test("test_report.py", "test_numbers", "", 1, List.of()))),
            Map.entry(
                    "ended by the submission",
                    stopped(
                            137,
                            List.of(),
                            passed("test_title", "The report has a title."),
                            new Test("test_report.py", "test_numbers", "", 2, List.of(passed(), ended(""))),
                            new Test(
                                    "test_report.py",
                                    "test_conclusion",
                                    "",
                                    1,
                                    List.of(ended("it was not reached: "))))),
            Map.entry(
                    "a pipe in the way",
                    new CustomFacts(
                            "tests/test_report.py",
                            List.of(
                                    passed("test_title", ""),
                                    passed("test_numbers", ""),
                                    conclusion(result(Outcome.FAILED, "there is no report.md"))),
                            List.of(),
                            true,
                            1,
                            List.of(),
                            List.of("report.md"),
                            LogExcerpt.EMPTY)),
            Map.entry(
                    "hostile words",
                    facts(
                            passed("test_title", ""),
                            passed("test_numbers", ""),
                            conclusion(result(
                                    Outcome.FAILED,
                                    "<script>alert(1)</script> \u001B[31mred\u001B[0m \u202Egnp =1+1 "
                                            + "x".repeat(2_000))))));

    private SampleTests() {}

    private static Result ended(String before) {
        return new Result(
                "",
                Outcome.FAILED,
                before
                        + "signal 9 ended the tests, as only a program that the tests start can do: of this submission they had started 'python report.py'",
                0);
    }

    public static CustomFacts way(String name) {
        return Objects.requireNonNull(WAYS.get(name), name);
    }

    static CustomFacts good() {
        return facts(passed("test_title", "The report has a title."), passed("test_numbers", ""), conclusion(passed()));
    }

    static CustomFacts facts(Test... tests) {
        return new CustomFacts(
                "tests/test_report.py", List.of(tests), List.of(), true, 0, List.of(), List.of(), LogExcerpt.EMPTY);
    }

    static CustomFacts broken(Fault fault) {
        return new CustomFacts(
                "tests/test_report.py", List.of(), List.of(fault), true, 0, List.of(), List.of(), LogExcerpt.EMPTY);
    }

    /** Stopped before it came to its end. */
    static CustomFacts stopped(int exit, List<LimitHit> limits, Test... tests) {
        return new CustomFacts(
                "tests/test_report.py", List.of(tests), List.of(), false, exit, limits, List.of(), LogExcerpt.EMPTY);
    }

    static Test passed(String name, String title) {
        return test(name, title, passed());
    }

    static Test conclusion(Result... results) {
        return test("test_conclusion", "The report draws a conclusion.", results);
    }

    static Test test(String name, String title, Result... results) {
        return new Test("test_report.py", name, title, Math.max(1, results.length), List.of(results));
    }

    static Result passed() {
        return new Result("", Outcome.PASSED, "", 0);
    }

    static Result result(Outcome outcome, String message) {
        return new Result("", outcome, message, 12);
    }
}
