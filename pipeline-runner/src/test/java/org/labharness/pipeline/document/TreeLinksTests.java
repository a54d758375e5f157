package org.labharness.pipeline.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.pipeline.document.TreeLinks.Flaw;
import org.labharness.pipeline.document.TreeLinks.Left;

class TreeLinksTests {
    private static final List<String> FILES =
            List.of("config.yaml", "src/prep.py", "src/lib/a.txt", "data/2026.csv.dvc", "a.txt");

    /** @param pairs each {@code path -> target} */
    private static TreeLinks links(String... pairs) {
        Map<String, Optional<String>> targets = new HashMap<>();
        for (String pair : pairs) {
            String[] ends = pair.split(" -> ", -1);
            targets.put(ends[0], Optional.of(ends[1]));
        }
        return links(targets);
    }

    private static TreeLinks links(Map<String, Optional<String>> targets) {
        TreeSet<String> committed = new TreeSet<>(FILES);
        committed.addAll(targets.keySet());
        return TreeLinks.of(targets, committed);
    }

    private static String resolved(TreeLinks links, String path) {
        return links.resolve(path, (place, target) -> true);
    }

    @ParameterizedTest
    @CsvSource({
        "src/config.yaml, ../config.yaml, config.yaml",
        "code, src, src",
        "code, ./src/, src",
        "deep/er/code, ../../src/lib, src/lib",
        "script.py, src/../src/prep.py, src/prep.py",
        "été, src/lib/a.txt, src/lib/a.txt"
    })
    void a_link_to_what_is_committed_is_followed(String path, String target, String place) {
        TreeLinks links = links(path + " -> " + target);
        assertThat(links.left()).isEmpty();
        assertThat(links.followed().get(path)).isEqualTo(new TreeLinks.Followed(target, place, true));
        assertThat(resolved(links, path)).isEqualTo(place);
        assertThat(resolved(links, path + "/x")).isEqualTo(place + "/x");
        assertThat(resolved(links, "config.yaml")).isEqualTo("config.yaml");
    }

    @Test
    void what_comes_after_a_link_to_a_folder_is_looked_for_where_it_leads() {
        TreeLinks links = links("x/code -> ../src/lib", "top -> x/code/../prep.py");
        assertThat(resolved(links, "top")).isEqualTo("src/prep.py");
    }

    @Test
    void links_may_lead_to_links_but_not_through_more_than_eight() {
        String[] chain = new String[10];
        chain[0] = "l0 -> a.txt";
        for (int i = 1; i < chain.length; i++) {
            chain[i] = "l" + i + " -> l" + (i - 1);
        }
        TreeLinks links = links(chain);
        assertThat(links.followed()).containsOnlyKeys("l0", "l1", "l2", "l3", "l4", "l5", "l6", "l7");
        assertThat(links.left().values()).extracting(Left::flaw).containsOnly(Flaw.CIRCULAR);
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/passwd, ABSOLUTE",
        "/work/config.yaml, ABSOLUTE",
        "../x, OUTSIDE",
        "src/../../../elsewhere/id_rsa, OUTSIDE",
        ".git/config, GIT",
        "src/../.GIT/hooks, GIT",
        "lib/.git, GIT",
        "here, CIRCULAR",
        "., CIRCULAR",
        "src/.., CIRCULAR"
    })
    void a_link_that_leads_elsewhere_is_left(String target, Flaw flaw) {
        TreeLinks links = links("here -> " + target);
        assertThat(links.followed()).isEmpty();
        assertThat(links.left()).containsExactly(Assertions.entry("here", new Left(target, flaw)));
        assertThat(resolved(links, "here/x")).isEqualTo("here/x");
        assertThat(links.flawOf("here/x")).contains(new Left(target, flaw));
        assertThat(links.flawOf("hereafter")).isEmpty();
    }

    @Test
    void a_circle_of_links_and_what_leads_into_it_is_left() {
        TreeLinks links = links("a -> b", "b -> c", "c -> a", "d -> c/x", "src/up -> ../src", "e -> src/up/prep.py");
        assertThat(links.followed()).isEmpty();
        assertThat(links.left().values()).extracting(Left::flaw).containsOnly(Flaw.CIRCULAR);
    }

    @Test
    void a_link_by_way_of_another_that_is_left_is_left_for_the_same_reason() {
        TreeLinks links = links("root -> /", "passwords -> root/etc/passwd");
        assertThat(links.left()).containsEntry("passwords", new Left("root/etc/passwd", Flaw.ABSOLUTE));
    }

    @Test
    void what_leads_to_nothing_yet_is_followed_only_where_something_comes_to_be_there() {
        TreeLinks links = links("now.csv -> data/2026.csv", "gone.csv -> data/2025.csv", "x -> a.txt");
        TreeLinks known = links.leadingTo("data/2026.csv"::equals);
        assertThat(known.followed()).containsOnlyKeys("now.csv", "x");
        assertThat(known.left())
                .containsExactly(Assertions.entry("gone.csv", new Left("data/2025.csv", Flaw.DANGLING)));
    }

    @Test
    void of_too_many_links_none_is_followed() {
        Map<String, Optional<String>> targets = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            targets.put("l" + i, Optional.of("a.txt"));
        }
        TreeLinks links = links(targets);
        assertThat(links.followed()).isEmpty();
        assertThat(links.left()).hasSize(10_000).containsEntry("l7", new Left("a.txt", Flaw.TOO_MANY));
    }

    @Test
    void a_target_that_is_no_name_or_too_long_is_not_shown() {
        Map<String, Optional<String>> targets = new HashMap<>();
        targets.put("none", Optional.empty());
        targets.put("long", Optional.of("a/../".repeat(1_000) + "a.txt"));
        targets.put("to-none", Optional.of("none"));
        assertThat(links(targets).left().values()).extracting(Left::flaw).containsOnly(Flaw.UNREADABLE);
    }

    @Test
    void folders_that_lead_to_each_other_cost_no_more_than_their_number() {
        Map<String, Optional<String>> targets = new HashMap<>();
        for (int level = 0; level < 100; level++) {
            for (int i = 0; i < 10; i++) {
                targets.put("f" + level + "/l" + i, Optional.of("../f" + (level + 1)));
            }
        }
        targets.put("f100", Optional.of("src"));
        targets.remove("f0/l0");
        TreeLinks links = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> links(targets));
        assertThat(links.followed()).hasSize(1_000);
        assertThat(resolved(links, "f97/l1/l2/l3/prep.py")).isEqualTo("src/prep.py");
        String longest = "f0/" + "l1/".repeat(100) + "prep.py";
        assertThat(resolved(links, longest)).isEqualTo(longest);
    }
}
