package org.labharness.autograder.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.sample.Golden;
import org.labharness.autograder.sample.SampleEvidence;
import org.labharness.autograder.sample.SampleLab;
import org.labharness.autograder.sample.SampleTests;
import org.labharness.lab.Check;
import org.labharness.lab.CheckId;
import org.labharness.lab.CustomCheck.Custom;
import org.labharness.lab.CustomCheck.Item;
import org.labharness.lab.Points;
import org.labharness.lab.Untestable;
import org.labharness.lab.Verdict;
import org.labharness.pipeline.evidence.CustomFacts;

/** What a student reads of the lab's own tests. */
class CustomWordsTests {
    private static final String FILE = "tests/test_report.py";
    private static final Custom WEIGHED = new Custom(
            FILE,
            List.of(
                    new Item("test_title", Points.of(2)),
                    new Item("test_report.py::test_numbers", Points.of(5)),
                    new Item("test_conclusion", Points.of(3))));
    private static final Custom EQUAL = new Custom(FILE, List.of());

    private static Verdict verdict(Custom spec, CustomFacts... facts) {
        SampleEvidence evidence = new SampleEvidence();
        evidence.custom.clear();
        evidence.custom.addAll(List.of(facts));
        Check check = new Check(CheckId.parse("report"), "The report says what was done", Points.of(10), spec, null);
        return Checks.evaluate(check, SampleLab.of(List.of(check), false), evidence.build());
    }

    private static String tell(Verdict verdict) {
        return verdict.points() + "/" + verdict.of() + " " + verdict.support()
                + (verdict.untestable() == null ? "" : " " + verdict.untestable()) + "\n    " + verdict.message()
                + (verdict.hint().isEmpty() ? "" : "\n    -> " + verdict.hint());
    }

    @Test
    void every_way_of_going_wrong_is_told_in_its_own_words() {
        StringBuilder told = new StringBuilder();
        new TreeMap<>(SampleTests.WAYS)
                .forEach((way, facts) -> told.append(way)
                        .append("\n  weighed ")
                        .append(tell(verdict(WEIGHED, facts)))
                        .append("\n  equal ")
                        .append(tell(verdict(EQUAL, facts)))
                        .append("\n\n"));
        told.append("not run\n  weighed ").append(tell(verdict(WEIGHED))).append('\n');

        Golden.check("custom-words.txt", told.toString());
    }

    @Test
    void every_lost_point_comes_with_a_reason_and_a_hint() {
        for (Map.Entry<String, CustomFacts> way : SampleTests.WAYS.entrySet()) {
            for (Custom spec : List.of(WEIGHED, EQUAL)) {
                Verdict verdict = verdict(spec, way.getValue());
                assertThat(verdict.message()).as(way.getKey()).matches(".*[.!?…]");
                if (verdict.untestable() != Untestable.OURS) {
                    assertThat(verdict.hint().isBlank()).as(way.getKey()).isEqualTo(verdict.full());
                }
            }
        }
    }

    @Test
    void a_mistake_of_the_lab_costs_no_point_and_the_students_own_do() {
        Verdict both = verdict(WEIGHED, SampleTests.way("one broken, one lost"));

        assertThat(both.untestable()).isEqualTo(Untestable.OURS);
        assertThat(both.points()).isEqualTo(Points.of(7));
    }

    @Test
    void who_ends_the_tests_loses_what_was_not_decided_and_no_more() {
        Verdict ended = verdict(WEIGHED, SampleTests.way("ended by the submission"));

        assertThat(ended.untestable()).isNull();
        assertThat(ended.points()).isEqualTo(Points.of(2));
        assertThat(verdict(WEIGHED, SampleTests.way("process died")).untestable())
                .isEqualTo(Untestable.OURS);
    }

    @Test
    void what_tests_say_of_hostile_files_is_plain_and_short() {
        Verdict verdict = verdict(WEIGHED, SampleTests.way("hostile words"));

        assertThat(verdict.message()).hasSizeLessThan(1_600).matches("[\\P{Cntrl}&&[^\\u202E]]*");
    }
}
