package org.labharness.autograder.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.ledger.Attempt;

/** The embedded database where several programs come and go in the same moment. */
class CrowdedFileIT {
    private static final int ROUNDS = 3;
    private static final int PROGRAMS = 4;

    @TempDir
    Path home;

    /** Opens, notes one submission, closes; gives everything it said. */
    private String come(int number) throws Exception {
        try (OtherProgram program = OtherProgram.open(home)) {
            program.tell("one " + number);
            return program.line() + program.end();
        }
    }

    @Test
    void whatIsDeletedThroughAnotherIsNotLeftInTheFileAtItsEnd() throws Exception {
        DatabaseAddress address = DatabaseAddress.file(home);
        try (OtherProgram holder = OtherProgram.open(home)) {
            try (Database second = Database.open(address)) {
                second.client()
                        .sql("insert into course (id, title, noted) values ('gone', 'Zanzibar', now())")
                        .update();
                second.client().sql("delete from course").update();
                second.compactAtTheEnd();
            }
            assertThat(address.compactFile()).exists();
            assertThat(holder.end()).isEmpty();
        }
        assertThat(address.compactFile()).doesNotExist();
        assertThat(Files.readString(home.resolve("database/courses.mv.db"), StandardCharsets.ISO_8859_1))
                .doesNotContain("Zanzibar");
    }

    @Test
    void allOfThemGetInAndNobodyIsCutOffByTheEndOfAnother() throws Exception {
        try (Database database = Database.open(DatabaseAddress.file(home))) {
            new RosterStore(database).note(SampleCourse.named("mlops"), OnDatabase.NOON);
        }
        List<String> said = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < ROUNDS; round++) {
                int first = round * PROGRAMS;
                List<Callable<String>> all = IntStream.range(first, first + PROGRAMS)
                        .<Callable<String>>mapToObj(number -> () -> come(number))
                        .toList();
                for (Future<String> one : threads.invokeAll(all)) {
                    said.add(one.get());
                }
            }
        }
        List<String> numbers =
                IntStream.range(0, ROUNDS * PROGRAMS).mapToObj(String::valueOf).toList();
        assertThat(said).containsExactlyElementsOf(numbers);
        try (Database database = Database.open(DatabaseAddress.file(home))) {
            assertThat(database.throughAnother()).isFalse();
            assertThat(new LedgerStore(database).read(OnDatabase.COURSE).attempts())
                    .extracting(Attempt::commit)
                    .containsExactlyInAnyOrderElementsOf(
                            numbers.stream().map(number -> "c" + number).toList());
        }
    }
}
