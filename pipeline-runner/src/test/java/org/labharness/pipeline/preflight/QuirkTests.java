package org.labharness.pipeline.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of slip in a repository of its own, every sentence held. */
class QuirkTests {
    /** What only fetching shows, and what needs a branch of another name; their words are held elsewhere. */
    private static final List<FindingCode> ELSEWHERE =
            List.of(FindingCode.DATA_UNANSWERED, FindingCode.REPO_DEFAULT_BRANCH);

    @TempDir
    Path scratch;

    static List<String> quirks() {
        return List.copyOf(Quirks.all().keySet());
    }

    static List<String> nearMisses() {
        return List.copyOf(NearMisses.all().keySet());
    }

    @ParameterizedTest
    @MethodSource("quirks")
    void a_slip_gets_its_words(String name) throws IOException {
        PreflightReport report =
                Work.read(scratch, Objects.requireNonNull(Quirks.all().get(name)));
        Golden.check("quirks/" + name + ".txt", Work.shown(report));
        assertThat(report.findings()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("nearMisses")
    void what_only_looks_like_a_slip_gives_no_finding(String name) {
        Consumer<Work> work = Objects.requireNonNull(NearMisses.all().get(name));
        assertThat(Work.shown(Work.read(scratch, work))).isEmpty();
    }

    @Test
    void every_code_has_a_repository_that_shows_it() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : quirks()) {
            all.append(Golden.read("quirks/" + name + ".txt"));
        }
        String words = all.toString();
        assertThat(Arrays.stream(FindingCode.values())
                        .filter(code -> !ELSEWHERE.contains(code))
                        .filter(code -> !words.contains(" " + code.code() + " "))
                        .map(FindingCode::code)
                        .sorted()
                        .toList())
                .as("codes that no fixture shows")
                .isEmpty();
    }

    @Test
    void a_repository_with_data_under_dvc_only_is_refused_for_its_lack_of_a_pipeline() {
        PreflightReport report =
                Work.read(scratch, Objects.requireNonNull(Quirks.all().get("no-pipeline")));
        assertThat(Preflight.whyNothing(report.findings()).orElse(""))
                .startsWith("The repository uses DVC, but no dvc.yaml is in Git");
    }

    @Test
    void the_default_branch_is_named() throws IOException {
        Golden.check("quirks/default-branch.txt", Work.shown(Work.read(scratch, "master", work -> {})));
    }

    @Test
    void codes_are_stable_and_different() {
        Map<String, Long> byCode = Arrays.stream(FindingCode.values())
                .collect(Collectors.groupingBy(FindingCode::code, Collectors.counting()));
        assertThat(byCode.values()).containsOnly(1L);
        assertThat(byCode.keySet()).allMatch(code -> code.matches("[a-z]+\\.[a-z-]+"));
    }
}
