package org.labharness.autograder.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.labharness.autograder.sample.Golden;
import org.labharness.autograder.sample.SampleLab;
import org.labharness.autograder.sample.WayOfGoingWrong;
import org.labharness.lab.Lab;
import org.labharness.lab.Verdict;

class WordsTests {
    private static final Lab LAB = SampleLab.of(SampleLab.everyCheck(), false);

    @ParameterizedTest
    @EnumSource
    void everyWayOfGoingWrongIsToldInItsOwnWords(WayOfGoingWrong way) {
        String told = Checks.evaluate(LAB, way.evidence()).stream()
                .map(WordsTests::tell)
                .collect(Collectors.joining("\n"));

        Golden.check("words/" + way.id() + ".txt", told + "\n");
    }

    @ParameterizedTest
    @EnumSource
    void everyLostPointComesWithAReasonAndAHint(WayOfGoingWrong way) {
        assertThat(Checks.evaluate(LAB, way.evidence())).allSatisfy(verdict -> {
            assertThat(verdict.message()).isNotBlank().matches(".*[.!?…]");
            assertThat(verdict.hint().isBlank()).isEqualTo(verdict.full());
        });
    }

    @Test
    void goodWorkGetsFullPoints() {
        assertThat(Checks.evaluate(LAB, WayOfGoingWrong.NONE.evidence())).allMatch(Verdict::full);
    }

    @Test
    void aStarterGetsPointsOnlyForWhatNeedsNoWork() {
        List<String> earned = Checks.evaluate(LAB, WayOfGoingWrong.STARTER.evidence()).stream()
                .filter(verdict -> !verdict.points().isZero())
                .map(verdict -> verdict.id().value())
                .toList();

        assertThat(earned).containsExactly("files", "environment", "secrets");
    }

    private static String tell(Verdict verdict) {
        String kind = verdict.untestable() == null ? "" : " " + verdict.untestable();
        String where = verdict.where() == null ? "" : " @" + verdict.where();
        String hint = verdict.hint().isEmpty() ? "" : "\n  -> " + verdict.hint();
        return verdict.id() + " " + verdict.points() + "/" + verdict.of() + " " + verdict.support() + kind + where
                + "\n  " + verdict.message() + hint;
    }
}
