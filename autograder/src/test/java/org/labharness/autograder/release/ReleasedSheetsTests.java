package org.labharness.autograder.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.sample.SampleGradebook;
import org.labharness.autograder.sample.SampleGradebook.Sample;
import org.labharness.autograder.sheet.SheetMarkdown;
import org.labharness.autograder.sheet.SheetPage;
import org.labharness.autograder.sheet.StudentSheet;
import org.labharness.autograder.sheet.StudentSheet.ComponentPart;
import org.labharness.autograder.sheet.StudentSheet.LabPart;
import org.labharness.lab.LabId;

/** What is released by itself tells nothing of what is not. */
class ReleasedSheetsTests {
    private final Sample sample = SampleGradebook.everything();
    private final List<StudentSheet> sheets =
            List.copyOf(Releases.sheets(sample.book(), sample::verdictsOf).values());

    private static StudentSheet only(StudentSheet sheet, LabPart lab) {
        return ReleasedSheets.only(sheet, new Shown.OneLab(LabId.parse(lab.id())))
                .orElseThrow();
    }

    private static List<LabPart> labs(StudentSheet sheet) {
        return sheet.components().stream()
                .flatMap(component -> component.labs().stream())
                .toList();
    }

    @Test
    void aLabByItselfTellsNothingOfOthers() {
        for (StudentSheet sheet : sheets) {
            for (LabPart lab : labs(sheet)) {
                StudentSheet shown = only(sheet, lab);

                assertThat(shown.total()).isNull();
                assertThat(Objects.requireNonNull(shown.lateDays()).spent()).isEqualTo(lab.lateDays());
                assertThat(labs(shown)).containsExactly(lab.byItself());
                ComponentPart component = shown.components().getFirst();
                assertThat(component.points()).isNull();
                assertThat(component.reasons()).isEmpty();
                assertThat(SheetPage.of(shown))
                        .contains(component.weight() + " % of the course", "late days spent on what is shown")
                        .doesNotContain("dropped", "not decided yet");
                assertThat(SheetMarkdown.of(shown)).doesNotContain("dropped", "not decided yet");
            }
        }
    }

    @Test
    void lateDaysAreThoseOfWhatIsShown() {
        for (StudentSheet sheet : sheets) {
            List<StudentSheet> some = new ArrayList<>();
            long spent = 0;
            for (LabPart lab : labs(sheet)) {
                some.add(only(sheet, lab));
                spent += lab.lateDays();
                StudentSheet together = ReleasedSheets.together(null, some).orElseThrow();

                assertThat(Objects.requireNonNull(together.lateDays()).spent()).isEqualTo(spent);
            }
            assertThat(spent).isEqualTo(Objects.requireNonNull(sheet.lateDays()).spent());
        }
    }
}
