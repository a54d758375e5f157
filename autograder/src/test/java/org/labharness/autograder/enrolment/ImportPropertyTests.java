package org.labharness.autograder.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.labharness.autograder.enrolment.Imported.fresh;
import static org.labharness.autograder.enrolment.Imported.into;
import static org.labharness.autograder.enrolment.Imported.student;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.sample.TinyCourse;

/** Whatever columns and lines a table has. */
class ImportPropertyTests {
    private static final Map<String, List<String>> CELLS = Map.of(
            "mail", List.of("", "a@b.c", "d@e.f"),
            "team", List.of("", "red", "Team 2"),
            "section", List.of("", "A", "B"),
            "repository", List.of("", "https://h.org/{student}", "/srv/{lab}"),
            "repository:dvc-pipeline", List.of("", "https://h.org/x.git"),
            "extension:dvc-pipeline", List.of("", "2d", "2026-12-01"),
            "excused", List.of("", "viva", "viva;spark"),
            "excused:spark", List.of("", "yes"));

    private static String table(Random random, Set<String> without, int students) {
        List<String> columns = new ArrayList<>(CELLS.keySet());
        columns.removeAll(without);
        columns.removeIf(column -> random.nextInt(3) == 0);
        Collections.shuffle(columns, random);
        columns.add(random.nextInt(columns.size() + 1), "id");
        columns.add("name");
        StringBuilder text = new StringBuilder(String.join(",", columns)).append('\n');
        for (int i = 0; i < students; i++) {
            List<String> cells = new ArrayList<>();
            for (String column : columns) {
                List<String> choice = CELLS.getOrDefault(column, List.of("s" + i));
                cells.add(choice.get(random.nextInt(choice.size())));
            }
            text.append(String.join(",", cells)).append('\n');
        }
        return text.toString();
    }

    @Property(tries = 200)
    void a_table_brought_in_twice_changes_nothing_the_second_time(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int students) {
        Random random = new Random(seed);
        Roster before = fresh(table(random, Set.of(), 5));
        String text = table(random, Set.of(), students);
        RosterImport first = into(before, text);
        assertThat(into(first.merged(), text).change(false).nothing()).isTrue();
    }

    @Property(tries = 200)
    void what_a_table_does_not_say_stays(@ForAll long seed) {
        Random random = new Random(seed);
        Roster before = fresh(table(random, Set.of(), 5));
        RosterImport read = into(before, table(random, Set.of("team", "repository", "extension:dvc-pipeline"), 3));
        for (Student known : before.students()) {
            Student after = student(read.merged(), known.id().value());
            assertThat(after.team()).isEqualTo(known.team());
            assertThat(after.repository()).isEqualTo(known.repository());
            assertThat(after.extensions()).isEqualTo(known.extensions());
        }
        assertThat(read.change(false).gone()).isEmpty();
        assertThat(read.change(true).gone()).isEqualTo(read.absent());
    }

    @Property(tries = 200)
    void a_roster_that_was_written_changes_nothing_where_it_is_brought_in(@ForAll long seed) {
        Random random = new Random(seed);
        Roster roster = into(fresh(table(random, Set.of(), 5)), table(random, Set.of(), 8))
                .merged();
        RosterCsv.Written written = RosterCsv.of(TinyCourse.course(), roster);
        assertThat(written.notes()).isEmpty();
        assertThat(into(roster, written.text()).change(true).nothing()).isTrue();
        assertThat(fresh(written.text())).isEqualTo(roster);
    }
}
