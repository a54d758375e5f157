package org.labharness.autograder.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.gradebook.CourseGrade;
import org.labharness.autograder.sample.Golden;
import org.labharness.autograder.sample.SampleGradebook;
import org.labharness.autograder.sample.SampleGradebook.Sample;
import org.labharness.autograder.table.CsvTable;

class CourseTableTests {
    private final Sample sample = SampleGradebook.everything();

    @Test
    void aTableOfEverythingLooksLikeThis() {
        Golden.check(
                "gradebook/harness.csv",
                CourseTable.of(sample.book()).csv(false).replace("\r\n", "\n"));
    }

    @Test
    void noCellIsAFormula() {
        String csv = CourseTable.of(sample.book()).csv(false);

        assertThat(csv).contains("'=HYPERLINK", "'+49 Fay", "'-S2");
        assertThat(CsvTable.parse("grades.csv", csv).rows())
                .allSatisfy(row ->
                        assertThat(row.cells().values()).noneMatch(cell -> cell.matches("(?s)^[=+@\\t\\r\\n-].*")));
    }

    @Test
    void ourReaderReadsWhatWeWroteAndFindsTheNumbersOfTheGradebook() {
        CsvTable read = CsvTable.parse(
                "grades.csv", CourseTable.of(sample.book()).csv(true).substring(1));

        List<CourseGrade> grades = sample.book().grades();
        assertThat(read.rows()).hasSameSizeAs(grades);
        for (int i = 0; i < grades.size(); i++) {
            CsvTable.Row row = read.rows().get(i);
            assertThat(row.get("student")).hasValue(grades.get(i).student().id().value());
            assertThat(row.get("total")).hasValue(grades.get(i).total().toPlainString());
            assertThat(row.get("percent")).hasValue(grades.get(i).percent().toPlainString());
        }
    }

    @Test
    void excelKnowsTheEncodingWhereItIsAskedFor() {
        assertThat(CourseTable.of(sample.book()).csv(true)).startsWith("\uFEFFstudent,name,");
        assertThat(CourseTable.of(sample.book()).csv(false)).startsWith("student,name,");
    }

    @Test
    void aLineIsOneLineWhateverANameHolds() {
        assertThat(CourseTable.of(sample.book()).csv(false).split("\r\n")).hasSize(7);
    }

    @Test
    void aRankIsOneMoreThanTheNumberOfThoseWhoStandHigher() {
        CourseTable table = CourseTable.of(sample.book());

        assertThat(table.rows())
                .filteredOn(row -> row.standing().rank() != null)
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.standing().rank())
                        .isEqualTo(1
                                + sample.book().grades().stream()
                                        .filter(other -> other.percent()
                                                        .compareTo(row.grade().percent())
                                                > 0)
                                        .count()));
    }
}
