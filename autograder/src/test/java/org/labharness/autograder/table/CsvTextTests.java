package org.labharness.autograder.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.labharness.autograder.table.CsvText.figure;
import static org.labharness.autograder.table.CsvText.words;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTextTests {
    private static String one(CsvText.Cell cell) {
        return new CsvText().line(List.of(cell)).write(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+49", "-x", "@all", "\tx", "\rx", "\nx", "\uFF1D1", "\uFF20x"})
    void wordsThatASpreadsheetWouldRunGetAnApostrophe(String words) {
        assertThat(one(words(words)).replace("\"", "")).startsWith("'" + words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"x;=1+1 | x;'=1+1", "x; @a;-b | x;' @a;'-b", "x;\"=1 | x;'\"=1", "a; b | a; b", "a=1;b=2 | a=1;b=2"
            })
    void soDoWordsAfterWhatDividesCellsElsewhere(String words, String safe) {
        assertThat(one(words(words)).strip()).isIn(safe, "\"" + safe.replace("\"", "\"\"") + "\"");
    }

    @Test
    void numbersStayNumbersAndOtherWordsStayAsTheyAre() {
        String line = new CsvText()
                .line(List.of(figure("-2.5"), figure("12"), words("a=b"), words(""), words("O'Neill, \"Bo\"")))
                .write(false);

        assertThat(line).isEqualTo("-2.5,12,a=b,,\"O'Neill, \"\"Bo\"\"\"\r\n");
    }

    @Property
    void whateverPeopleWriteComesBackAndIsNoFormula(@ForAll @NotBlank String text) {
        String written = new CsvText()
                .line(List.of(words("a"), words("b")))
                .line(List.of(words(text), figure("1")))
                .write(false);

        // The reader takes blanks from around a cell, those that do not break lines too.
        String read =
                CsvTable.parse("x.csv", written).rows().getFirst().get("a").orElse("");
        assertThat(CsvDialect.bare(read.replace("'", ""))).isEqualTo(CsvDialect.bare(text.replace("'", "")));
        assertThat(written.substring("a,b\r\n".length())).doesNotContainPattern("^\"?[=+@\\t\\r\\n-]");
    }
}
