package org.labharness.autograder.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.lab.course.Course;
import org.labharness.lab.load.CourseLoader;
import org.labharness.lab.load.LabLoader;
import org.labharness.pipeline.evidence.Evidence;

/** Times what is asked of a large course: everybody's grades, and a changed rubric over the kept evidence of a lab. */
final class CourseBench {
    static final int STUDENTS = 2_000;
    private static final int LABS = 12;
    private static final double TABLE_LIMIT = 2;
    private static final double REGRADE_LIMIT = 10;

    private final Path lab;
    private final Path folder;
    private final Path home;
    private final int runs;
    private final Consumer<String> progress;

    /**
     * @param lab the launcher
     * @param home the state folder whose program is used; nothing else of it is
     * @param folder an empty folder for the course and its state
     */
    CourseBench(Path lab, Path home, Path folder, int runs, Consumer<String> progress) throws IOException {
        this.lab = lab;
        this.folder = Files.createDirectories(folder.resolve("course"));
        this.home = Files.createDirectories(this.folder.resolve("home"));
        this.runs = runs;
        this.progress = progress;
        Files.createSymbolicLink(this.home.resolve("app"), home.resolve("app").toRealPath());
    }

    /**
     * Measures everything.
     *
     * @param pipeline folder of the lab that the course consists of
     * @param evidence of good work for it
     */
    List<Row> measure(Path pipeline, Evidence evidence) throws IOException {
        progress.accept(String.format(Locale.ROOT, "making a course of %,d students and %d labs", STUDENTS, LABS));
        Course course = describe(pipeline);
        try (Database database = Database.open(DatabaseAddress.file(home))) {
            new LargeClass(course, database, new Archive(home, InstantSource.system()), STUDENTS).handIn(evidence);
        }
        List<Row> rows = new ArrayList<>();
        String size = String.format(Locale.ROOT, "%,d students x %d labs", STUDENTS, LABS);
        Command table =
                command("gradebook", "--csv", folder.resolve("grades.csv").toString());
        rows.add(row(
                "./lab gradebook --csv of " + size,
                Sample.taken(runs, progress, "the table", table::time),
                TABLE_LIMIT));
        Command pages = command("gradebook", "--html", folder.resolve("pages").toString());
        rows.add(Row.of(
                "  the page of the course and one for each student",
                Sample.taken(1, progress, "pages", pages::time) + " s"));
        Command regrade = command("regrade", "--lab", id(1), "--apply", "--why", "measured");
        int[] edits = {0};
        rows.add(row(
                String.format(Locale.ROOT, "./lab regrade --apply of %,d submissions", STUDENTS),
                Sample.taken(runs, progress, "another rubric", () -> {
                    edit(edits[0]++);
                    return regrade.time();
                }),
                REGRADE_LIMIT));
        return rows;
    }

    private static Row row(String what, Sample sample, double limit) {
        return new Row(what, sample + " s", "<= " + limit + " s", sample.median() <= limit);
    }

    private static String id(int number) {
        return String.format(Locale.ROOT, "lab-%02d", number);
    }

    private Course describe(Path pipeline) throws IOException {
        StringBuilder labs = new StringBuilder();
        for (int number = 1; number <= LABS; number++) {
            Path made = Files.createDirectories(folder.resolve(id(number)));
            String text = Files.readString(pipeline.resolve(LabLoader.FILE));
            Files.writeString(made.resolve(LabLoader.FILE), text.replaceFirst("(?m)^id: .*$", "id: " + id(number)));
            copy(pipeline.resolve("inputs"), Files.createDirectories(made.resolve("inputs")));
            labs.append("      - {lab: " + id(number) + ", due: 2026-09-" + (10 + number) + "}\n");
        }
        Path file = folder.resolve(CourseLoader.FILE);
        Files.writeString(file, """
                id: large
                title: A large course
                time-zone: Asia/Kolkata
                pass-mark: 40
                letters: {A: 85, B: 70, C: 55, D: 40}
                ranks: true
                late: {grace: 10m, per-day: 10, bank: true, closes: 5d}
                late-days: 5
                components:
                  labs:
                    title: Labs
                    weight: 100
                    best: 8
                    offered: 10
                    labs:
                """ + labs);
        return CourseLoader.load(file, none -> Optional.empty());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
            for (Path file : files) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** No two edits leave the same rubric; each changes the points of most. */
    private void edit(int number) throws IOException {
        Path file = folder.resolve(id(1)).resolve(LabLoader.FILE);
        String text = Files.readString(file);
        String tier = number % 2 == 0 ? "tiers: {0.99" : "tiers: {0.81";
        String edited = text.replaceFirst("tiers: \\{0\\.\\d+: 2,", tier + (100 + number) + ": 2,");
        if (edited.equals(text)) {
            throw new BenchFailed("the rubric of " + file + " has no tiers any more to change");
        }
        Files.writeString(file, edited);
    }

    private Command command(String... arguments) {
        List<String> line = new ArrayList<>(List.of("env", "LAB_HOME=" + home, lab.toString()));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--course", folder.resolve(CourseLoader.FILE).toString()));
        return new Command(line, folder, folder.resolve(arguments[0] + ".log"));
    }
}
