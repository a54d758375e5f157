package org.labharness.autograder.coursepage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.labharness.autograder.export.CourseTable;
import org.labharness.autograder.gradebook.CourseGrade;
import org.labharness.autograder.gradebook.LabGrade;
import org.labharness.autograder.sample.SampleGradebook.Sample;
import org.labharness.autograder.sheet.SheetMarkdown;
import org.labharness.autograder.sheet.SheetPage;
import org.labharness.autograder.sheet.Sheets;
import org.labharness.autograder.sheet.StudentSheet;
import org.labharness.autograder.statistics.CourseStatistics;
import org.labharness.autograder.statistics.ItemAnalysis;
import org.labharness.lab.LabId;
import org.labharness.lab.Verdict;

/** The pages of a sample, without any database. */
final class SamplePages {
    private SamplePages() {}

    static String course(Sample sample) {
        Map<LabId, ItemAnalysis> items = new HashMap<>();
        CheckTitles titles = new CheckTitles();
        for (CourseGrade grade : sample.book().grades()) {
            for (LabGrade lab : grade.labs()) {
                if (lab.counting() != null) {
                    List<Verdict> verdicts =
                            sample.verdictsOf(lab.counting().attempt().submission());
                    titles.add(lab.lab().id(), verdicts);
                    items.computeIfAbsent(lab.lab().id(), any -> new ItemAnalysis())
                            .add(verdicts.stream()
                                    .filter(verdict -> !verdict.of().isZero())
                                    .map(verdict -> new ItemAnalysis.Given(
                                            verdict.id().value(),
                                            verdict.points().value().doubleValue(),
                                            verdict.of().value().doubleValue()))
                                    .toList());
                }
            }
        }
        return CoursePage.of(
                sample.book(),
                CourseTable.of(sample.book()),
                () -> CourseStatistics.of(sample.book(), () -> items),
                titles,
                grade -> grade.student().id() + ".html");
    }

    static StudentSheet sheet(Sample sample, CourseGrade grade) {
        return new Sheets(sample.book()).of(grade, sample::verdictsOf);
    }

    /** Writes the pages into a folder, to be looked at. */
    public static void main(String[] arguments) throws IOException {
        Sample sample = org.labharness.autograder.sample.SampleGradebook.everything();
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        Files.writeString(folder.resolve("index.html"), course(sample));
        for (CourseGrade grade : sample.book().grades()) {
            String id = grade.student().id().value();
            Files.writeString(folder.resolve(id + ".html"), SheetPage.of(sheet(sample, grade)));
            Files.writeString(folder.resolve(id + ".md"), SheetMarkdown.of(sheet(sample, grade)));
        }
        Files.writeString(folder.resolve("g.csv"), CourseTable.of(sample.book()).csv(false));
    }
}
