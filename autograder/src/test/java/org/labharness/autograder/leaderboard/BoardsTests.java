package org.labharness.autograder.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.challenge.FinalStanding;
import org.labharness.autograder.challenge.Measured;
import org.labharness.autograder.challenge.Ranking;
import org.labharness.autograder.challenge.Result;
import org.labharness.autograder.challenge.Results;
import org.labharness.autograder.challenge.SampleEntries;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.sample.Golden;
import org.labharness.lab.challenge.Challenge;
import org.labharness.lab.challenge.Venue;

/** Boards as people see them, and what they do not see before the close. */
class BoardsTests {
    private static final ZoneId INDIA = ZoneId.of("Asia/Kolkata");
    private static final Instant MIDDLE = Instant.parse("2026-11-10T10:00:00Z");
    private static final Challenge CHALLENGE = SampleEntries.CHALLENGE;
    private static final Boards BOARDS = new Boards(CHALLENGE, SampleEntries.VENUE, INDIA);
    private static final Pattern CELL = Pattern.compile("<t[hd] class=\"(?:number|word)\">([^<]*)</t[hd]>");

    private static SampleEntries teams() {
        return new SampleEntries()
                .add("alpha", "2026-11-02T08:00:00Z", 9, 12)
                .add("beta", "2026-11-03T20:30:00Z", 6, 33)
                .add("alpha", "2026-11-04T05:00:00Z", 3, 17)
                .add("The 4th", "2026-11-05T05:00:00Z", 18, 19)
                .add("beta", "2026-11-06T18:45:00Z", 3, 29)
                .add("alpha", "2026-11-08T05:00:00Z", 12, 11);
    }

    private static Board open() {
        return BOARDS.open(teams().entries(), SampleEntries.baselines(), MIDDLE);
    }

    private static Board closed() {
        SampleEntries teams = teams();
        Challenge.Closed proof =
                CHALLENGE.closed(CHALLENGE.closes().plusSeconds(1)).orElseThrow();
        List<FinalStanding> standings =
                new Ranking(SampleEntries.VENUE).closed(teams.entries(), teams.hidden(), Map.of());
        return BOARDS.closed(standings, teams.entries(), SampleEntries.baselines(), proof);
    }

    private static List<String> outputs(Board board) {
        return List.of(BoardText.of(board, 100), BoardCsv.of(board), BoardPage.of(board));
    }

    @Test
    void thePublicBoard() {
        Golden.check("challenge/public.txt", BoardText.of(open(), 100));
        Golden.check("challenge/public.csv", BoardCsv.of(open()).replace("\r\n", "\n"));
        Golden.check("challenge/public.html", body(open()));
    }

    @Test
    void theBoardAfterTheClose() {
        Golden.check("challenge/final.txt", BoardText.of(closed(), 100));
        Golden.check("challenge/final.csv", BoardCsv.of(closed()).replace("\r\n", "\n"));
        Golden.check("challenge/final.html", body(closed()));
    }

    /** A page without its head, a cell a line. */
    private static String body(Board board) {
        String page = BoardPage.of(board);
        return page.substring(page.indexOf("<main")).replace("><", ">\n<");
    }

    /** Private scores in every form in which they might slip through: exact, rounded to any number of places, as percent. */
    private static Set<String> privateNumbers() {
        Set<String> numbers = new TreeSet<>();
        List<BigDecimal> hidden = new ArrayList<>();
        teams().hidden().values().forEach(scores -> hidden.addAll(scores.values()));
        SampleEntries.baselines()
                .forEach(one ->
                        one.measured().onPrivateRows().values().forEach(value -> hidden.add(Measured.exact(value))));
        Set<BigDecimal> known = new HashSet<>();
        teams().entries().forEach(entry -> known.addAll(entry.scores().values()));
        SampleEntries.baselines()
                .forEach(one ->
                        one.measured().onPublicRows().values().forEach(value -> known.add(Measured.exact(value))));
        for (BigDecimal score : hidden) {
            for (int places = 2; places <= 9; places++) {
                int digits = places;
                BigDecimal rounded = score.setScale(digits, RoundingMode.HALF_UP);
                boolean publicToo = known.stream()
                        .anyMatch(one ->
                                one.setScale(digits, RoundingMode.HALF_UP).compareTo(rounded) == 0);
                if (!publicToo) {
                    numbers.add(rounded.toPlainString());
                    numbers.add(rounded.movePointRight(2).toPlainString() + "%");
                }
            }
        }
        return numbers;
    }

    @Test
    void nothingPrivateIsOnTheBoardBeforeTheClose() {
        assertThat(privateNumbers()).hasSizeGreaterThan(50);
        assertThat(outputs(open()))
                .allSatisfy(output -> assertThat(privateNumbers()).noneMatch(output::contains))
                .allSatisfy(
                        output -> assertThat(output.toLowerCase(Locale.ROOT)).doesNotContain("private"));
        assertThat(outputs(closed()))
                .as("the same search finds them after the close")
                .allSatisfy(output -> assertThat(privateNumbers()).anyMatch(output::contains));
    }

    @Test
    void thePublicBoardIsTheSameWhateverIsPrivate() {
        SampleEntries other = new SampleEntries()
                .add("alpha", "2026-11-02T08:00:00Z", 9, 70)
                .add("beta", "2026-11-03T20:30:00Z", 6, 0)
                .add("alpha", "2026-11-04T05:00:00Z", 3, 1)
                .add("The 4th", "2026-11-05T05:00:00Z", 18, 2)
                .add("beta", "2026-11-06T18:45:00Z", 3, 3)
                .add("alpha", "2026-11-08T05:00:00Z", 12, 4);

        assertThat(outputs(BOARDS.open(other.entries(), SampleEntries.baselines(), MIDDLE)))
                .isEqualTo(outputs(open()));
    }

    @Test
    void everyCellOfThePageIsThatOfTheTable() {
        for (Board board : List.of(open(), closed())) {
            List<String> cells = CELL.matcher(BoardPage.of(board))
                    .results()
                    .map((MatchResult match) -> match.group(1))
                    .toList();
            List<String> expected = new ArrayList<>();
            board.columns().forEach(column -> expected.add(column.title()));
            board.lines().forEach(line -> expected.addAll(line.cells()));
            assertThat(cells).isEqualTo(expected);
        }
    }

    @Test
    void namesAreNeitherMarkupNorFormulas() {
        Board board = new Board(
                "<script>alert(1)</script>",
                List.of(),
                List.of(new Board.Column("team", "Team", false), new Board.Column("won", "Won", true)),
                List.of(
                        new Board.Line(false, List.of("=HYPERLINK(\"http://x\")", "-3")),
                        new Board.Line(false, List.of("@SUM(A1)\u001b[2J", "–")),
                        new Board.Line(true, List.of("-2+3", "0.5"))),
                null);

        assertThat(BoardCsv.of(board))
                .isEqualTo("team,won\r\n\"'=HYPERLINK(\"\"http://x\"\")\",-3\r\n'@SUM(A1)\u001b[2J,\r\n'-2+3,0.5\r\n");
        assertThat(BoardPage.of(board)).doesNotContain("<script>").contains("&lt;script&gt;");
        assertThat(BoardText.of(board, 100)).doesNotContain("\u001b");
    }

    @Test
    void resultsOfACompetitionHeldElsewhere() {
        Venue venue = new Venue.Elsewhere("macro F1", true);
        Challenge challenge = new Challenge(
                CHALLENGE.id(), "Kaggle", false, null, CHALLENGE.closes(), venue, null, CHALLENGE.folder());
        Owner ada = new Owner.OfStudent(StudentId.parse("ada"));

        assertThat(BoardCsv.of(Boards.results(
                        challenge, new Results(venue, List.of(new Result(ada, 4, new BigDecimal("0.91")))))))
                .isEqualTo("rank,student,score\r\n4,ada,0.91\r\n");
    }

    @Test
    void whereNothingWasHandedInThatIsSaid() {
        Board empty = new Boards(CHALLENGE, SampleEntries.VENUE, INDIA).open(List.of(), List.of(), MIDDLE);

        assertThat(BoardText.of(empty, 100)).contains("Nothing was handed in yet.");
        assertThat(BoardPage.of(empty)).contains("Nothing was handed in yet.").doesNotContain("<svg");
    }
}
