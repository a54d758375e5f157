package org.labharness.autograder.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.sample.Golden;
import org.labharness.autograder.sample.SampleGradebook;
import org.labharness.autograder.table.CsvTable;
import org.labharness.lab.LabId;

/** Grades for Moodle and Canvas. */
class LmsCsvTests {
    private final Gradebook book = SampleGradebook.everything().book();

    private LmsColumns columns(Map<LabId, String> said, @Nullable CsvTable export) {
        return new LmsColumns(book.course(), said, export);
    }

    @Test
    void whatMoodleImportsLooksLikeThis() {
        Golden.check(
                "gradebook/moodle.csv",
                MoodleCsv.of(book, columns(Map.of(), null), false).replace("\r\n", "\n"));
    }

    @Test
    void whatCanvasImportsLooksLikeThis() {
        Golden.check(
                "gradebook/canvas.csv",
                new CanvasCsv(columns(Map.of(), null), null).of(book, false).replace("\r\n", "\n"));
    }

    @Test
    void anExportOfCanvasGivesColumnsAndStudentsTheirNumbers() {
        CsvTable export = CsvTable.parse("export.csv", """
                Student,ID,SIS User ID,SIS Login ID,Section,A1: Versions & Data (4711),uat (4712),Other (9),Final Score
                    Points Possible,,,,,50,25,10,(read only)
                "Ünlü, Ada",71,cs26b001,ada@example.org,Tuesday,,,,
                Somebody,72,x2,eli@example.org,Friday,,,,
                +49 Fay,73,,,Friday,,,,
                """);

        String csv = new CanvasCsv(columns(Map.of(LabId.parse("viva"), "Viva (4713)"), export), export).of(book, false);

        Golden.check("gradebook/canvas-exported.csv", csv.replace("\r\n", "\n"));
        assertThat(csv)
                .startsWith("Student,ID,SIS User ID,SIS Login ID,Section,A1: Versions & Data (4711),A2: =tracking(),"
                        + "A3: serving,uat (4712),Viva (4713)\r\n")
                .contains("\"Ünlü, Ada\",71,cs26b001,ada@example.org,Tuesday,46.5,");
    }

    @Test
    void nobodyGetsTheNumberOfSomebodyElseOfTheSameName() {
        CsvTable export = CsvTable.parse("export.csv", """
                Student,ID,SIS User ID,SIS Login ID,Section
                +49 Fay,73,,,Friday
                +49 Fay,74,,,Friday
                cs26b001,75,,,Friday
                """);

        String csv = new CanvasCsv(columns(Map.of(), export), export).of(book, false);

        assertThat(csv).doesNotContain(",73,", ",74,", ",75,").contains("'+49 Fay,,cs26b006,fay@example.org,,");
    }

    @Test
    void anExportOfMoodleGivesItsNames() {
        CsvTable export = CsvTable.parse(
                "export.csv", "First name,Email address,Assignment: A3: serving (Real),Quiz: viva (Real)\nx,y,1,2\n");

        assertThat(MoodleCsv.of(book, columns(Map.of(), export), false))
                .contains("Assignment: A3: serving (Real)", "Quiz: viva (Real)", ",A1: versions & data,");
    }
}
