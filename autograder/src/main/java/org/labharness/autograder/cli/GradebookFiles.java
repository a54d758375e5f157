package org.labharness.autograder.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.labharness.autograder.coursepage.CheckTitles;
import org.labharness.autograder.coursepage.CoursePage;
import org.labharness.autograder.export.CourseTable;
import org.labharness.autograder.gradebook.CourseGrade;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.gradebook.JudgedAttempt;
import org.labharness.autograder.gradebook.LabGrade;
import org.labharness.autograder.gradebook.LabGrade.Status;
import org.labharness.autograder.page.FileNames;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.sheet.SheetMarkdown;
import org.labharness.autograder.sheet.SheetPage;
import org.labharness.autograder.sheet.Sheets;
import org.labharness.autograder.sheet.StudentSheet;
import org.labharness.autograder.statistics.CourseStatistics;
import org.labharness.autograder.statistics.ItemAnalysis;
import org.labharness.autograder.statistics.ItemAnalysis.Given;
import org.labharness.autograder.store.CurrentEvaluations;
import org.labharness.autograder.store.VerdictStore;
import org.labharness.lab.LabId;
import org.labharness.lab.Verdict;

/** Writes what leaves a gradebook as files: the page of the course, a page or Markdown for each student. */
final class GradebookFiles {
    private static final String INDEX = "index.html";
    /** Verdicts are long, and the heap is small. */
    private static final int STUDENTS_AT_ONCE = 50;

    private final Gradebook book;
    private final CurrentEvaluations current;
    private final VerdictStore verdicts;

    GradebookFiles(Gradebook book, CurrentEvaluations current, VerdictStore verdicts) {
        this.book = book;
        this.current = current;
        this.verdicts = verdicts;
    }

    /** Writes {@code index.html} and a page for each student, and gives the path of the index. */
    Path html(Path folder) {
        Path made = OutputFiles.folder(folder);
        Map<StudentId, String> names = names(".html");
        OutputFiles.save(
                made.resolve(INDEX),
                coursePage(grade -> names.getOrDefault(grade.student().id(), INDEX)));
        students((grade, sheet) ->
                OutputFiles.save(made.resolve(names.getOrDefault(grade.student().id(), INDEX)), SheetPage.of(sheet)));
        return made.resolve(INDEX);
    }

    /** Writes a file for each student, and gives how many. */
    int markdown(Path folder) {
        Path made = OutputFiles.folder(folder);
        Map<StudentId, String> names = names(".md");
        students((grade, sheet) -> OutputFiles.save(
                made.resolve(names.getOrDefault(grade.student().id(), INDEX)), SheetMarkdown.of(sheet)));
        return names.size();
    }

    private Map<StudentId, String> names(String ending) {
        FileNames files = new FileNames(ending, Set.of(INDEX));
        Map<StudentId, String> names = new HashMap<>();
        book.grades()
                .forEach(grade -> names.put(
                        grade.student().id(),
                        files.next(FileNames.plain(grade.student().id().value()))));
        return names;
    }

    /** @param link the page of a student */
    String coursePage(Function<CourseGrade, String> link) {
        Map<Long, LabId> labs = new HashMap<>();
        Map<LabId, Long> newest = new HashMap<>();
        for (CourseGrade grade : book.grades()) {
            for (LabGrade lab : grade.labs()) {
                boolean counts = lab.status() != Status.EXCUSED && lab.status() != Status.CANCELLED;
                (counts ? evaluation(lab) : LongStream.empty()).forEach(number -> {
                    labs.put(number, lab.lab().id());
                    newest.merge(lab.lab().id(), number, Math::max);
                });
            }
        }
        long[] numbers =
                labs.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
        // What is read never changes: while most of it is read, the table is written, and then the rest is read here.
        int here = numbers.length / 3;
        CompletableFuture<Map<LabId, ItemAnalysis>> there =
                CompletableFuture.supplyAsync(() -> items(labs, Arrays.copyOfRange(numbers, here, numbers.length)));
        return CoursePage.of(
                book,
                CourseTable.of(book),
                () -> CourseStatistics.of(book, () -> both(items(labs, Arrays.copyOf(numbers, here)), there.join())),
                titles(newest),
                link);
    }

    private LongStream evaluation(LabGrade lab) {
        JudgedAttempt counting = lab.counting();
        return counting == null
                ? LongStream.empty()
                : current.of(counting.attempt().submission()).stream();
    }

    private static Map<LabId, ItemAnalysis> both(Map<LabId, ItemAnalysis> items, Map<LabId, ItemAnalysis> more) {
        more.forEach((lab, analysis) ->
                items.computeIfAbsent(lab, any -> new ItemAnalysis()).addAll(analysis));
        return items;
    }

    /** A team's attempt counts once. */
    private Map<LabId, ItemAnalysis> items(Map<Long, LabId> labs, long[] numbers) {
        Map<LabId, ItemAnalysis> items = new HashMap<>();
        verdicts.points(numbers, (evaluation, points) -> {
            List<Given> given = new ArrayList<>(points.size());
            for (VerdictStore.CheckPoints check : points) {
                if (check.of().signum() > 0) {
                    given.add(new Given(
                            check.check(),
                            check.points().doubleValue(),
                            check.of().doubleValue()));
                }
            }
            items.computeIfAbsent(labs.get(evaluation), any -> new ItemAnalysis())
                    .add(given);
        });
        return items;
    }

    private CheckTitles titles(Map<LabId, Long> newest) {
        CheckTitles titles = new CheckTitles();
        Map<Long, List<Verdict>> read = verdicts.verdicts(
                newest.values().stream().mapToLong(Long::longValue).toArray());
        newest.forEach((lab, evaluation) -> titles.add(lab, read.getOrDefault(evaluation, List.of())));
        return titles;
    }

    /** Several at once. */
    private interface EachStudent {
        void write(CourseGrade grade, StudentSheet sheet);
    }

    private void students(EachStudent each) {
        Sheets sheets = new Sheets(book);
        for (int from = 0; from < book.grades().size(); from += STUDENTS_AT_ONCE) {
            List<CourseGrade> some =
                    book.grades().subList(from, Math.min(book.grades().size(), from + STUDENTS_AT_ONCE));
            Map<Long, List<Verdict>> read = verdicts.verdicts(some.stream()
                    .flatMap(grade -> grade.labs().stream())
                    .flatMapToLong(this::evaluation)
                    .toArray());
            some.parallelStream()
                    .forEach(grade -> each.write(
                            grade,
                            sheets.of(
                                    grade,
                                    submission -> current.of(submission).stream()
                                            .mapToObj(number -> read.getOrDefault(number, List.of()))
                                            .findFirst()
                                            .orElse(List.of()))));
        }
    }
}
