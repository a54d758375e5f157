package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.cli.Cli.Result;
import org.labharness.pipeline.checkout.RepositoryBuilder;

/** Committed links, run for real: they work as they do on the student's machine, and lead nowhere else. */
class LinkedRepositoryIT {
    private static final String NUMBERS = "1\n2\n3\n";
    private static final String DOUBLED = "2\n4\n6\n";
    private static final String DOUBLE = "awk '{print 2 * $1}' numbers/now.txt > results/doubled.txt\n";
    private static final String TOTAL = """
            import json, os
            assert os.readlink("now.txt") == "numbers/now.txt"
            assert not os.path.islink("passwords") and open("passwords").read() == "/etc/passwd"
            total = sum(int(line) for line in open("latest.txt"))
            json.dump({"total": total}, open("scores.json", "w"))
            """;
    private static final String SCORES = "{\"total\": 12}";

    @TempDir
    Path folder;

    /** The raw data is under DVC in a remote of the repository; a stage reads another's output by way of links. */
    @Test
    void a_pipeline_runs_by_way_of_its_links_and_its_lock_agrees() throws Exception {
        String sum = md5(NUMBERS);
        Path repository = folder.resolve("linked");
        try (RepositoryBuilder builder = RepositoryBuilder.create(repository)) {
            builder.write(".dvc/config", "[core]\n    remote = here\n['remote \"here\"']\n    url = ../storage\n")
                    .write(".dvc/.gitignore", "/config.local\n/tmp\n/cache\n")
                    .write("storage/files/md5/" + sum.substring(0, 2) + "/" + sum.substring(2), NUMBERS)
                    .write("numbers/.gitignore", "/2026.txt\n")
                    .write("numbers/2026.txt.dvc", "outs:\n- {md5: " + sum + ", hash: md5, size: 6, path: 2026.txt}\n")
                    .link("numbers/now.txt", "2026.txt")
                    .link("now.txt", "numbers/now.txt")
                    .write("out/.gitignore", "/doubled.txt\n")
                    .link("results", "out")
                    .link("latest.txt", "results/doubled.txt")
                    .write("src/double.sh", DOUBLE)
                    .write("src/total.py", TOTAL)
                    .link("code", "src")
                    .link("passwords", "/etc/passwd")
                    .write("dvc.yaml", """
                            stages:
                              double:
                                cmd: sh code/double.sh
                                deps: [code/double.sh, now.txt]
                                outs: [out/doubled.txt]
                              total:
                                cmd: python3 code/total.py
                                deps: [code/total.py, out/doubled.txt]
                                metrics:
                                  - scores.json: {cache: false}
                            """)
                    .write("dvc.lock", """
                            schema: '2.0'
                            stages:
                              double:
                                cmd: sh code/double.sh
                                deps:
                                - {path: code/double.sh, hash: md5, md5: %s, size: 1}
                                - {path: now.txt, hash: md5, md5: %s, size: 6}
                                outs:
                                - {path: out/doubled.txt, hash: md5, md5: %s, size: 6}
                              total:
                                cmd: python3 code/total.py
                                deps:
                                - {path: code/total.py, hash: md5, md5: %s, size: 1}
                                - {path: out/doubled.txt, hash: md5, md5: %s, size: 6}
                                outs:
                                - {path: scores.json, hash: md5, md5: %s, size: 13}
                            """.formatted(
                                    md5(DOUBLE), sum, md5(DOUBLED), md5(TOTAL), md5(DOUBLED), md5(SCORES)))
                    .write("scores.json", SCORES)
                    .commit("Hand in", Instant.parse("2026-10-01T12:00:00Z"));
        }
        JsonNode verdict = grade(repository);

        assertThat(verdict.path("points").asText()).as(verdict.toPrettyString()).isEqualTo("9");
        assertThat(verdict.path("findings").findValuesAsText("code"))
                .contains("repo.broken-link")
                .doesNotContain("dvc.lock-stale", "code.script-missing", "data.untracked");
    }

    private JsonNode grade(Path repository) throws Exception {
        String lab = Tiny.lab(folder.resolve("lab"), "40s").toString();
        Result result = new Cli(RealHome.warm(folder.resolve("home")))
                .with(System.getenv())
                .run("grade", repository.toString(), "--lab", lab, "--json", "-");
        assertThat(result.exit()).as(result.words()).isZero();
        return new ObjectMapper().readTree(result.out());
    }

    private static String md5(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
