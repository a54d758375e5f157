package org.labharness.autograder.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.TeamId;
import org.labharness.autograder.serve.ReportLinks.Linked;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseId;
import org.labharness.pipeline.SystemBroke;

class ReportLinksTests {
    private static final Instant NOON = Instant.parse("2026-09-10T12:00:00Z");
    private static final URI BASE = URI.create("https://lab.example.org");

    @TempDir
    Path home;

    private ReportLinks links(Instant now) {
        return new ReportLinks(() -> BASE, ReportLinks.key(home), () -> now);
    }

    private String link(long submission) {
        String url = links(NOON).report(submission);
        assertThat(url).startsWith(BASE + "/reports/" + submission + "-");
        return url.substring(url.lastIndexOf('/') + 1);
    }

    @Test
    void a_link_leads_to_its_submission_for_half_a_year() {
        String link = link(17);

        assertThat(links(NOON).linked(link)).hasValue(new Linked(17, false));
        assertThat(links(NOON.plus(Duration.ofDays(180)).minusSeconds(1)).linked(link))
                .hasValue(new Linked(17, false));
        assertThat(links(NOON.plus(Duration.ofDays(180))).linked(link)).isEmpty();
    }

    @Test
    void that_of_staff_is_another_one() {
        String url = links(NOON).staffReport(17);

        assertThat(links(NOON).linked(url.substring(url.lastIndexOf('/') + 1))).hasValue(new Linked(17, true));
        assertThat(links(NOON).linked(url.substring(url.lastIndexOf("/s") + 2))).isEmpty();
    }

    @Test
    void nobody_makes_one_of_another() {
        String link = link(17);

        assertThat(links(NOON).linked(link.replaceFirst("^17-", "18-"))).isEmpty();
        assertThat(links(NOON).linked("s" + link)).isEmpty();
        assertThat(links(NOON).linked(link.replaceFirst("-([0-9])", "-9$1"))).isEmpty();
        assertThat(links(NOON).linked("")).isEmpty();
        assertThat(links(NOON).linked("17-9999999999-" + "A".repeat(43))).isEmpty();
        assertThat(new ReportLinks(() -> BASE, new byte[32], () -> NOON).linked(link))
                .isEmpty();
    }

    @Test
    void the_key_stays_and_is_nobody_elses() throws IOException {
        byte[] key = ReportLinks.key(home);

        assertThat(ReportLinks.key(home)).isEqualTo(key).hasSize(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("link-key"))))
                .isEqualTo("rw-------");
        Files.write(home.resolve("link-key"), new byte[3]);
        assertThatThrownBy(() -> ReportLinks.key(home))
                .isInstanceOf(SystemBroke.class)
                .hasMessageContaining("has 3 bytes, not 32");
    }

    @Test
    void the_key_is_made_once_by_all_who_need_it_at_the_same_time() throws Exception {
        Files.createFile(home.resolve("link-key")); // as a kill between making and writing it leaves it
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<String>> keys = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> HexFormat.of().formatHex(ReportLinks.key(home))))
                    .toList();

            Set<String> seen = new HashSet<>();
            for (Future<String> key : keys) {
                seen.add(key.get());
            }
            assertThat(seen).hasSize(1).allMatch(key -> key.length() == 64);
        }
    }

    @Test
    void names_of_all_kinds_stand_in_an_address() {
        assertThat(links(NOON)
                        .repository(
                                CourseId.parse("mlops"),
                                new Owner.OfTeam(TeamId.parse("Die Ärzte + 1")),
                                LabId.parse("dvc-pipeline")))
                .isEqualTo(BASE + "/git/mlops/Die%20%C3%84rzte%20%2B%201/dvc-pipeline.git");
    }
}
