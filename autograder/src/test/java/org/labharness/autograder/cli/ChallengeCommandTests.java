package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.labharness.autograder.sample.SampleStudent.student;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.archive.Kind;
import org.labharness.autograder.challenge.SampleChallenge;
import org.labharness.autograder.cli.Cli.Result;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.RosterChange;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.RosterStore;
import org.labharness.lab.Sha256;
import org.labharness.lab.course.Course;
import org.labharness.lab.load.CourseLoader;

/** A challenge from its description to marks, by commands. */
class ChallengeCommandTests {
    @TempDir
    Path folder;

    private Path home = Path.of("");
    private Path wine = Path.of("");

    @BeforeEach
    void course() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        wine = Files.createDirectories(folder.resolve("challenges/wine"));
        Files.writeString(folder.resolve("course.yaml"), """
                id: mlops
                title: MLOps
                time-zone: Etc/UTC
                components:
                  exam:
                    title: Exam
                    weight: 100
                    labs: [{id: challenge, title: Data challenge, points: 20}]
                """);
        Files.writeString(wine.resolve("labels.csv"), SampleChallenge.labels());
        Course course = CourseLoader.load(folder.resolve("course.yaml"), name -> Optional.empty());
        Roster roster = new Roster(List.of(student("ada", "alpha"), student("bo", "alpha"), student("cy", "beta")));
        try (Database database = Database.open(DatabaseAddress.file(home))) {
            RosterStore store = new RosterStore(database);
            store.note(course, Instant.EPOCH);
            store.apply(course.id(), RosterChange.between(Roster.EMPTY, roster), "test", "test", Instant.EPOCH);
        }
        describe(Instant.now().plus(1, ChronoUnit.DAYS));
    }

    private void describe(Instant closes) throws IOException {
        Files.writeString(wine.resolve("challenge.yaml"), """
                id: wine
                title: Wine kinds
                team: true
                closes: %s
                labels: labels.csv
                label: kind
                metrics: [accuracy, f1_macro]
                split: {column: part}
                limits: {per-day: 3, in-all: 4}
                places: 2
                final: {chosen: 1}
                baselines: {guess: {title: Most frequent, rule: majority}}
                award: {lab: challenge, points: 20, linear: {from: guess, to: best}}
                """.formatted(
                        LocalDateTime.ofInstant(closes, ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS)));
    }

    private Result run(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "challenge";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--course";
        all[arguments.length + 2] = folder.resolve("course.yaml").toString();
        return new Cli(home).run(all);
    }

    private Result submit(String student, int wrongInPublic, int wrongInPrivate) throws IOException {
        Path file = folder.resolve("predictions.csv");
        Files.write(file, SampleChallenge.predictions(wrongInPublic, wrongInPrivate));
        return run("submit", file.toString(), "--student", student);
    }

    @Test
    void aChallengeFromItsDescriptionToMarks() throws IOException {
        assertThat(run("check").out())
                .contains(
                        "Wine kinds (wine), in teams",
                        ": open.",
                        "100 rows, 30 public and 70 private.",
                        "Ranked by accuracy, also shown: macro F1",
                        "3 a day are taken, 4 in all.",
                        "Baseline Most frequent: public accuracy 0.33.",
                        "Up to 20 points for Data challenge (challenge), item points.");

        assertThat(submit("ada", 6, 7).out())
                .contains(
                        "Entry 1 of alpha was taken: public accuracy 0.80, macro F1 0.80.",
                        "1 of 3 today, 1 of 4 in all.");
        assertThat(submit("bo", 3, 28).exit()).isZero();
        assertThat(submit("cy", 9, 21).exit()).isZero();
        Result same = submit("ada", 3, 28);
        assertThat(same.exit()).isEqualTo(3);
        assertThat(same.err()).contains("Refused (same-predictions): These are the predictions of entry 2");

        Result board = run(
                "board",
                "--csv",
                folder.resolve("b.csv").toString(),
                "--html",
                folder.resolve("b.html").toString());
        assertThat(board.out()).contains("Open until", "Most frequent").doesNotContain("rivate");
        String csv = Files.readString(folder.resolve("b.csv"));
        assertThat(csv)
                .startsWith(
                        "rank,team,public_accuracy,public_f1_macro,entries,best_at,last_at\r\n1,alpha,0.90,0.90,2,");
        assertThat(Files.readString(folder.resolve("b.html")))
                .contains("<svg", "alpha")
                .doesNotContain("rivate");

        assertThat(run("choose", "3", "--student", "ada").err()).contains("alpha has no entry 3; there are 1, 2.");
        assertThat(run("choose", "1", "--student", "ada").out()).contains("alpha is measured by entry 1.");
        assertThat(run("award").err()).contains("Refused (challenge-open): Wine kinds closes");
        assertThat(run("award").exit()).isEqualTo(3);

        describe(Instant.now().minus(2, ChronoUnit.SECONDS));
        assertThat(submit("ada", 0, 0).err()).contains("Refused (challenge-closed): Wine kinds closed");
        assertThat(run("choose", "2", "--student", "ada").exit()).isEqualTo(3);
        assertThat(run("board").out()).contains("Private accuracy", "0.9 ", "0.7 ");
        Result preview = run("award");
        assertThat(preview.out())
                .contains(
                        "ada  20  Wine kinds, team alpha: rank 1 of 2, private accuracy 0.9 (entry 1, handed in",
                        "cy  ",
                        "3 marks are not entered yet; add --apply.");
        assertThat(run("award", "--apply").out()).contains("3 marks of challenge entered.");
        assertThat(run("award", "--apply").out()).contains("All of this is entered already.");
        assertThat(new Cli(home)
                        .run(
                                "gradebook",
                                "--course",
                                folder.resolve("course.yaml").toString(),
                                "--explain",
                                "ada")
                        .out())
                .contains("rank 1 of 2", "20");
    }

    @Test
    void anEntryWhoseFileIsLostHoldsUpNobodyAfterACorrection() throws IOException {
        submit("ada", 6, 7);
        submit("cy", 9, 21);
        Path lost = new Archive(home, InstantSource.system())
                .verified(
                        Kind.PREDICTIONS,
                        HexFormat.of().formatHex(Sha256.begin().digest(SampleChallenge.predictions(9, 21))));
        Files.delete(lost);
        Files.writeString(wine.resolve("labels.csv"), SampleChallenge.labels().replaceFirst(",white,", ",red,"));
        describe(Instant.now().minus(2, ChronoUnit.SECONDS));

        assertThat(run("board").err())
                .contains("Of 2 entries 1 is not on the board", "Not measured: 2, and so left out.");
        assertThat(run("award").err()).contains("Run ./lab challenge rescore first");
        assertThat(run("rescore").out()).contains("1 entry was measured anew.", "Not measured: 2, and so left out.");
        Result award = run("award", "--apply");
        assertThat(award.err()).contains("Not measured: 2, and so left out.");
        assertThat(award.out()).contains("rank 1 of 1", "3 marks of challenge entered.");
    }

    @Test
    void thePointsThatItCannotGiveAreSeenBefore() throws IOException {
        Path course = folder.resolve("course.yaml");
        Files.writeString(course, Files.readString(course).replace("points: 20", "points: 60"));
        assertThat(run("check").out()).contains("Up to 20 of 60 points for Data challenge (challenge), item points.");
    }

    @Test
    void beforeTheCloseNoCommandTellsAnythingPrivate() throws IOException {
        String words = submit("ada", 6, 7).words()
                + run("check").words()
                + run("board").words()
                + run("entries").words()
                + run("rescore").words()
                + run("award").words()
                + run("import", "x.csv").words()
                + run("choose", "1", "--student", "ada").words()
                + submit("ada", 6, 7).words();

        assertThat(words).doesNotContain("0.90").doesNotContain("0.9 ").contains("0.80");
    }

    @Test
    void whatIsMalformedIsToldLineByLine() throws IOException {
        Path file = Files.writeString(folder.resolve("p.csv"), "id,prediction\nw1000,blue\nw1000,red\n");

        Result refused = run("submit", file.toString(), "--student", "ada");

        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.err())
                .startsWith("Refused (malformed-predictions): p.csv cannot be used, it has 3 problems:")
                .contains("line 2: 'blue' is no label.", "line 3: the id 'w1000' is in line 2 already.");
        assertThat(run("entries").out()).contains("refused", "malformed-predictions: p.csv cannot be used");
    }

    @Test
    void wrongUseIsToldWithWhatIsMeant() throws IOException {
        assertThat(run("board", "--challenge", "wines").err()).contains("Did you mean 'wine'?");
        assertThat(submit("adda", 1, 1).err()).contains("Did you mean 'ada'?");
        assertThat(run("submit", "--student", "ada").err()).contains("Name a file of predictions, or --evidence DIR.");
        assertThat(run("submit", "none.csv", "--student", "ada").err()).contains("There is no file none.csv.");
        Result ungraded = run("submit", "--evidence", folder.toString(), "--student", "ada");
        assertThat(ungraded.exit()).isEqualTo(2);
        assertThat(ungraded.err())
                .contains("There is no evidence.json in " + folder + ". A grading leaves it in " + home + "/evidence/");
        assertThat(run("import", "x.csv").err()).contains("wine is measured here");
        assertThat(run("choose", "1", "2", "--student", "ada").err())
                .contains("Choose up to 1 different entries, not 2.");
        assertThat(new Cli(home).run("challenge").exit()).isEqualTo(2);
    }

    @Test
    void twoTeamsWithTheSamePredictionsAreShownToStaff() throws IOException {
        assertThat(run("entries", "--of", "alpha").out()).isEqualTo("Nothing was handed in by 'alpha'.\n");
        submit("ada", 6, 7);
        submit("cy", 6, 7);

        assertThat(run("entries").out())
                .contains("the same predictions as 1 of alpha", "the same predictions as 2 of beta");
    }

    @Test
    void resultsOfACompetitionHeldElsewhereBecomeMarks() throws IOException {
        Path kaggle = Files.createDirectories(folder.resolve("challenges/kaggle"));
        Files.writeString(kaggle.resolve("challenge.yaml"), """
                id: kaggle
                title: Kaggle
                team: true
                closes: 2020-01-01
                elsewhere: {measure: macro F1, better: higher}
                award: {lab: challenge, points: 20, ranks: {1: 20, 10: 12.5}}
                """);
        Path file = Files.writeString(folder.resolve("results.csv"), "TeamName,Rank,Score\nAlpha,1,0.9\nbeta,7,0.8\n");

        assertThat(run("import", file.toString()).err())
                .contains("Which challenge? Add --challenge ID; there are kaggle, wine.");
        assertThat(run("import", file.toString(), "--challenge", "kaggle").out())
                .contains("added    team:alpha: rank 1, score 0.9", "Nothing was noted yet; add --apply.");
        assertThat(run("import", file.toString(), "--challenge", "kaggle", "--apply")
                        .out())
                .contains("2 results noted.");
        assertThat(run("import", file.toString(), "--challenge", "kaggle", "--apply")
                        .out())
                .contains("Nothing changes.");
        assertThat(run("board", "--challenge", "kaggle").out()).contains("Held elsewhere; 2 of this course took part.");
        assertThat(run("award", "--challenge", "kaggle").out())
                .contains(
                        "cy  12.5  Kaggle, team beta: rank 7, private macro F1 0.8 (held elsewhere). Ranks 2 to 10 earn 12.5.");
    }
}
