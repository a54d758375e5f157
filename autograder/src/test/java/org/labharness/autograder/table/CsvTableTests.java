package org.labharness.autograder.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTests {
    private static List<Map<String, String>> cells(String text) {
        return CsvTable.parse("t.csv", text).rows().stream()
                .map(CsvTable.Row::cells)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id,name\ns1,\"Ada\ns2,Bo\ns3,Cy\n",
                "id,name\ns1,\"Ada, \"\"the great\"\"\n",
                "id,name\r\ns1,\"Ada\r\ns2,Bo\r\n",
                "id;name\ns1;\"Ada",
                "id,name\rs1,\"Ada\rs2,Bo\r",
            })
    void a_quote_that_nothing_closes_swallows_no_lines(String text) {
        assertThatThrownBy(() -> CsvTable.parse("t.csv", text))
                .isInstanceOf(InvalidTable.class)
                .hasMessageContaining("line 2: a double quote opens a cell, and nothing closes it.");
    }

    @Test
    void quotes_that_are_closed_or_inside_of_a_word_are_none_of_these() {
        assertThat(cells("id,name\ns1,\"Ada \"\"A\"\"\"\ns2,5\" disk\ns3,\"a\nb\"\ns4,\"\"\n"))
                .extracting(row -> row.get("name"))
                .containsExactly("Ada \"A\"", "5\" disk", "a\nb", "");
    }

    @Test
    void a_cell_that_goes_on_after_its_quotes_is_named_with_its_line() {
        assertThatThrownBy(() -> CsvTable.parse("t.csv", "id,name\ns1,Ada\ns2,\"Bo\" Li\n"))
                .hasMessageContaining("line 3: a cell goes on after the double quote that closes it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sep=;\n", "SEP=;\r\n", "\"sep=;\"\n"})
    void a_line_that_names_the_separator_is_obeyed_and_counted(String said) {
        CsvTable table = CsvTable.parse("t.csv", said + "a,b;c\n1;2\n");

        assertThat(table.columns()).containsExactly("a,b", "c");
        assertThat(table.rows().getFirst().line()).isEqualTo(3);
    }

    @Test
    void blanks_around_cells_are_left_out_also_those_that_do_not_break() {
        assertThat(cells("\u00A0id ,name\n s1\u00A0,\u200BAda\u00A0Lo \n"))
                .containsExactly(Map.of("id", "s1", "name", "Ada\u00A0Lo"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "  \n \n", ",,,\n"})
    void what_holds_no_names_of_columns_holds_nothing(String text) {
        assertThatThrownBy(() -> CsvTable.parse("t.csv", text)).hasMessageContaining("it holds nothing;");
    }

    @Test
    void sixteen_bits_without_a_mark_are_told_from_text() {
        byte[] bytes = "id,name\n".getBytes(StandardCharsets.UTF_16LE);

        assertThatThrownBy(() -> CsvTable.text("t.csv", bytes))
                .hasMessageContaining("UTF-16 without a byte order mark");
    }
}
