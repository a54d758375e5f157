package org.labharness.autograder.coursepage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.gradebook.CourseGrade;
import org.labharness.autograder.sample.Golden;
import org.labharness.autograder.sample.PublishedSchema;
import org.labharness.autograder.sample.SampleGradebook;
import org.labharness.autograder.sample.SampleGradebook.Sample;
import org.labharness.autograder.sheet.SheetJson;
import org.labharness.autograder.sheet.SheetMarkdown;
import org.labharness.autograder.sheet.SheetPage;
import org.labharness.autograder.sheet.StudentSheet;

/** What one student may see. */
class StudentSheetTests {
    private final Sample sample = SampleGradebook.everything();

    private List<StudentSheet> sheets() {
        return sample.book().grades().stream()
                .map(grade -> SamplePages.sheet(sample, grade))
                .toList();
    }

    @Test
    void thePagesOfStudentsLookLikeThis() {
        for (StudentSheet sheet : sheets()) {
            Golden.check(
                    "gradebook/" + sheet.student().id() + ".html",
                    SheetPage.of(sheet).replaceAll("(?s)<style>.*?</style>", "<style></style>"));
        }
    }

    @Test
    void whatIsPostedBackLooksLikeThis() {
        for (StudentSheet sheet : sheets()) {
            Golden.check("gradebook/" + sheet.student().id() + ".md", SheetMarkdown.of(sheet));
        }
    }

    @Test
    void aKeptSheetComesBackAsItWasAndGivesTheSamePage() {
        for (StudentSheet sheet : sheets()) {
            StudentSheet kept = SheetJson.read(SheetJson.write(sheet));

            assertThat(kept).isEqualTo(sheet);
            assertThat(SheetPage.of(kept)).isEqualTo(SheetPage.of(sheet));
            assertThat(SheetMarkdown.of(kept)).isEqualTo(SheetMarkdown.of(sheet));
        }
    }

    @Test
    void aKeptSheetIsValidByThePublishedSchemaWhichDescribesEveryField() throws IOException {
        PublishedSchema schema = PublishedSchema.of(SheetJson.class, "student-sheet.schema.json");
        for (StudentSheet sheet : sheets()) {
            String json = SheetJson.write(sheet);

            assertThat(schema.problems(json)).isEmpty();
            assertThat(schema.undescribed(json)).isEmpty();
        }
    }

    @Test
    void whatIsForStaffAloneIsInNoSheet() {
        assertThat(sheets())
                .allSatisfy(sheet -> assertThat(SheetJson.write(sheet))
                        .doesNotContain("staff:", "copied from", "seen by the board", "host lab-7"));
        StudentSheet dee = sheets().get(3);
        assertThat(SheetJson.write(dee)).contains("Well documented", "oral exam instead");
    }

    @Test
    void aSheetOfWhichPartsWereLeftOutShowsTheRest() {
        CourseGrade ada = sample.book().grades().getFirst();
        StudentSheet whole = SamplePages.sheet(sample, ada);
        StudentSheet less = new StudentSheet(
                whole.schema(),
                whole.course(),
                whole.asOf(),
                whole.student(),
                null,
                null,
                whole.components().subList(0, 1));

        assertThat(SheetPage.of(less)).contains("A1: versions").doesNotContain("92.72", "Viva", "late days spent");
        assertThat(SheetMarkdown.of(less)).contains("A1: versions").doesNotContain("92.72", "Viva");
        assertThat(SheetJson.read(SheetJson.write(less))).isEqualTo(less);
    }

    @Test
    void whatIsNoSheetIsRefusedInWords() {
        assertThatThrownBy(() -> SheetJson.read("[]"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no sheet of a student");
        String other = SheetJson.write(sheets().getFirst()).replace("student-sheet/1", "student-sheet/9");
        assertThatThrownBy(() -> SheetJson.read(other))
                .hasMessage("its schema is 'labharness/student-sheet/9', expected 'labharness/student-sheet/1'");
    }

    @Test
    void markdownHoldsNoMarkupOfOthers() {
        assertThat(sheets())
                .extracting(SheetMarkdown::of)
                .allSatisfy(text -> assertThat(text)
                        .doesNotContain("<script", "http://", "https://", "@all", " `dvc")
                        .doesNotContain("\u202E"));
    }
}
