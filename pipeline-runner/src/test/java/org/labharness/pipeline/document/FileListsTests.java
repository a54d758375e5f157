package org.labharness.pipeline.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.labharness.pipeline.document.Parsed.Read;
import org.labharness.pipeline.document.Parsed.Unreadable;

class FileListsTests {
    private static String lock(int packages) {
        StringBuilder text = new StringBuilder("version = 1\n\n");
        for (int i = 0; i < packages; i++) {
            String sum = "0f".repeat(32);
            text.append("""
                    [[package]]
                    name = "six"
                    version = "1.%d.0"
                    sdist = { url = "https://example.org/six.tar.gz", hash = "sha256:%s" }
                    wheels = [
                        { url = "https://example.org/six.whl", hash = "sha256:%s" },
                    ]
                    files = [{file = "six.whl", hash = "%s"}]
                    tail = [1, 2]

                    """.formatted(i, sum, sum, sum));
        }
        return text.toString();
    }

    @Test
    void go_and_every_line_keeps_its_number() {
        String text = lock(1_000);

        Read read = (Read) Documents.toml(text);

        Doc last = read.root().get("package").orElseThrow().items().getLast();
        assertThat(last.get("version").flatMap(Doc::string)).hasValue("1.999.0");
        assertThat(last.get("tail").orElseThrow().items()).hasSize(2);
        assertThat(last.get("wheels")).isEmpty();
        assertThat(last.get("version").orElseThrow().line()).isEqualTo((int)
                text.substring(0, text.indexOf("1.999.0")).lines().count());
    }

    @Test
    void of_short_documents_stay() {
        Read read = (Read) Documents.toml(lock(2));

        assertThat(read.root().get("package").orElseThrow().items().getLast().get("wheels"))
                .isPresent();
    }

    /** A list that never ends swallows the rest, and nothing else happens. */
    @Test
    void that_do_not_end_are_no_harm() {
        assertThat(Documents.toml("a = 1\nwheels = [\n" + "x\n".repeat(100_000)))
                .isInstanceOf(Read.class);
    }

    @Test
    void what_is_long_without_them_is_not_parsed() {
        assertThat(Documents.toml("a = \"" + "x".repeat(500_000) + "\"\n")).isInstanceOf(Unreadable.class);
    }
}
