package org.labharness.autograder.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.labharness.pipeline.preflight.FindingCode;

/** docs/findings.md beside the program. */
class FindingsDocumentTests {
    private static final Path DOCUMENT = Path.of("..", "docs", "findings.md");
    private static final String BEGIN = "<!-- table of codes -->\n";
    private static final String END = "<!-- end of table -->\n";

    @Test
    void the_table_of_codes_is_that_of_the_program() throws IOException {
        String text = Files.readString(DOCUMENT);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        int to = text.indexOf(END);
        assertThat(from).isGreaterThan(BEGIN.length());
        assertThat(to).isGreaterThan(0);
        if (Boolean.getBoolean("golden.update") && !text.substring(from, to).equals(table())) {
            Files.writeString(DOCUMENT, text.substring(0, from) + table() + text.substring(to));
            fail("wrote the table in " + DOCUMENT + " anew");
        }
        assertThat(text.substring(from, to))
                .as("the table in docs/findings.md; -Dgolden.update=true writes it")
                .isEqualTo(table());
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| code | severity | means |\n|---|---|---|\n");
        for (FindingCode code : FindingCode.values()) {
            table.append("| `")
                    .append(code.code())
                    .append("` | ")
                    .append(code.severity().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .append(" | ")
                    .append(code.meaning())
                    .append(" |\n");
        }
        return table.toString();
    }
}
