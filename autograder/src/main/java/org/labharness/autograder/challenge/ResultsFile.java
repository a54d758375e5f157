package org.labharness.autograder.challenge;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.table.CsvTable;
import org.labharness.autograder.table.CsvTable.Row;
import org.labharness.autograder.table.InvalidTable;
import org.labharness.lab.challenge.Challenge;

/**
 * Reads results of a competition held elsewhere: {@code team} or {@code student} with {@code rank} and {@code score}, or the leaderboard
 * as Kaggle gives it out ({@code Rank, TeamId, TeamName, LastSubmissionDate, Score, SubmissionCount, TeamMemberUserNames}).
 */
public final class ResultsFile {
    private static final List<String> OWN = List.of("student", "team");
    private static final String TEAM_NAME = "TeamName";
    private static final String MEMBERS = "TeamMemberUserNames";

    private final CsvTable table;
    private final Challenge challenge;
    private final Roster roster;
    private final List<String> problems = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();

    private record Line(long number, Result result) {}

    private ResultsFile(CsvTable table, Challenge challenge, Roster roster) {
        this.table = table;
        this.challenge = challenge;
        this.roster = roster;
    }

    /**
     * The results of a table. Lines whose {@code team} and {@code student} are empty are of others, and left out.
     *
     * @throws InvalidTable with all problems at once
     */
    public static Results read(CsvTable table, Challenge challenge, Roster roster) {
        return new ResultsFile(table, challenge, roster).read();
    }

    private Results read() {
        boolean named = OWN.stream().anyMatch(table::has);
        if (!named && !table.has(TEAM_NAME)) {
            problems.add("line 1: there is no column 'team', 'student' or '" + TEAM_NAME + "'; there are "
                    + PlainText.line(String.join(", ", table.columns()), 200) + ".");
        }
        if (!table.has("rank") && !table.has("score")) {
            problems.add("line 1: there is no column 'rank' or 'score'.");
        }
        refuseProblems();
        Map<Owner, Long> seen = new HashMap<>();
        for (Row row : table.rows()) {
            boolean others =
                    named && OWN.stream().allMatch(column -> row.get(column).isEmpty());
            Optional<Owner> owner = others ? Optional.empty() : named ? named(row) : byTeamName(row);
            if (owner.isPresent()) {
                Long earlier = seen.putIfAbsent(owner.get(), row.line());
                if (earlier != null) {
                    wrong(row, owner.get() + " is in line " + earlier + " already.");
                }
                result(row, owner.get());
            }
        }
        order();
        refuseProblems();
        if (lines.isEmpty()) {
            throw new InvalidTable(table.file(), List.of("none of its lines is of anybody in the roster."));
        }
        return new Results(challenge.venue(), lines.stream().map(Line::result).toList());
    }

    private void result(Row row, Owner owner) {
        Optional<String> rank = row.get("rank");
        Optional<String> score = row.get("score");
        if (table.has("rank") && (rank.isEmpty() || !rank.get().matches("[1-9][0-9]{0,5}"))) {
            wrong(
                    row,
                    rank.isEmpty()
                            ? "there is no rank."
                            : "'" + shown(rank.get()) + "' is no rank: expected 1 or more.");
            return;
        }
        OptionalDouble value = score.map(PredictedNumber::of).orElse(OptionalDouble.empty());
        if (table.has("score") && value.isEmpty()) {
            wrong(
                    row,
                    score.map(text -> "the score '" + shown(text) + "' " + PredictedNumber.complaint(shown(text)) + ".")
                            .orElse("there is no score."));
            return;
        }
        @Nullable BigDecimal exact = value.isPresent() ? Measured.exact(value.getAsDouble()) : null;
        lines.add(new Line(
                row.line(), new Result(owner, rank.map(Integer::valueOf).orElse(null), exact)));
    }

    /** Ranks and scores must say the same; otherwise lower is taken for better, or the other way round. */
    private void order() {
        List<Line> both = lines.stream()
                .filter(line -> line.result().place() != null && line.result().score() != null)
                .sorted(Comparator.comparingInt(
                        line -> Objects.requireNonNull(line.result().place())))
                .toList();
        for (int i = 1; i < both.size(); i++) {
            Result before = both.get(i - 1).result();
            Result after = both.get(i).result();
            int compared = Ranking.better(challenge.venue())
                    .compare(Objects.requireNonNull(before.score()), Objects.requireNonNull(after.score()));
            if (compared > 0) {
                problems.add("line " + both.get(i).number() + ": rank " + after.place() + " has the score "
                        + after.score().toPlainString() + ", better than "
                        + before.score().toPlainString()
                        + " of rank " + before.place() + " in line "
                        + both.get(i - 1).number() + ". Of '"
                        + challenge.venue().measure() + "' "
                        + (challenge.venue().higherIsBetter() ? "higher" : "lower")
                        + " is better, says challenge.yaml.");
                return;
            }
        }
    }

    private Optional<Owner> named(Row row) {
        Optional<String> team = row.get("team");
        Optional<Owner> owner =
                team.isPresent() ? team(team.get()) : row.get("student").flatMap(this::student);
        if (owner.isEmpty()) {
            String name = team.or(() -> row.get("student")).orElse("");
            wrong(row, "the roster has no " + (team.isPresent() ? "team" : "student") + " '" + shown(name) + "'.");
        }
        return owner;
    }

    private Optional<Owner> byTeamName(Row row) {
        Optional<String> name = row.get(TEAM_NAME);
        if (name.isEmpty()) {
            wrong(row, "there is no team name.");
            return Optional.empty();
        }
        Optional<Owner> owner = team(name.get())
                .or(() -> student(name.get()))
                .or(() -> row.get(MEMBERS).flatMap(this::members));
        if (owner.isEmpty()) {
            wrong(
                    row,
                    "'" + shown(name.get())
                            + "' is no team or student of the roster. Add a column 'team' or 'student' that"
                            + " says who it is, and leave its cell empty for those of other courses.");
        }
        return owner;
    }

    private Optional<Owner> team(String name) {
        return roster.students().stream()
                .map(Student::team)
                .filter(team -> team != null && team.value().equalsIgnoreCase(name))
                .findFirst()
                .map(Owner.OfTeam::new);
    }

    /** By id, mail address or name, where just one student is meant. */
    private Optional<Owner> student(String name) {
        List<Student> meant = roster.students().stream()
                .filter(one -> names(one).anyMatch(name::equalsIgnoreCase))
                .toList();
        return meant.size() == 1 ? Optional.of(Entrants.of(challenge, meant.getFirst())) : Optional.empty();
    }

    private static Stream<String> names(Student student) {
        return Stream.of(student.id().value(), student.name(), student.mail() == null ? "" : student.mail())
                .filter(name -> !name.isEmpty());
    }

    private Optional<Owner> members(String names) {
        List<Owner> owners = Arrays.stream(names.split("[,;]"))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .flatMap(name -> student(name).stream())
                .distinct()
                .toList();
        return owners.size() == 1 ? Optional.of(owners.getFirst()) : Optional.empty();
    }

    private static String shown(String text) {
        return PlainText.line(text, 60);
    }

    private void wrong(Row row, String sentence) {
        problems.add("line " + row.line() + ": " + sentence);
    }

    private void refuseProblems() {
        if (!problems.isEmpty()) {
            throw new InvalidTable(table.file(), problems);
        }
    }
}
