package org.labharness.pipeline.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b\n1,x\n2,y\n",
                "a;b\n1,5;x\n2,5;y\n",
                "a\tb\r\n1\tx\r\n",
                "\uFEFFb,a\nx,1\n",
                "a,b\n\"1, or so\",\"say \"\"x\"\"\"\n",
                "größe,b\n1,ä\n"
            })
    void comes_out_as_it_went_in(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        Table table = Table.read(bytes);

        assertThat(table.column("b")).isNotNegative();
        assertThat(table.column("c")).isNegative();
        assertThat(new String(table.bytes(), StandardCharsets.UTF_8)).isEqualTo(text);
    }

    @Test
    void shuffles_one_column_and_nothing_else() throws IOException {
        String text = "x,y\n"
                + String.join(
                        "\n",
                        IntStream.range(0, 100).mapToObj(i -> i + "," + (i % 3)).toList())
                + "\n";
        Table table = Table.read(text.getBytes(StandardCharsets.UTF_8));
        Table same = Table.read(text.getBytes(StandardCharsets.UTF_8));

        table.shuffle(table.column("y"), 7);
        same.shuffle(1, 7);

        String shuffled = new String(table.bytes(), StandardCharsets.UTF_8);
        assertThat(shuffled)
                .isEqualTo(new String(same.bytes(), StandardCharsets.UTF_8))
                .isNotEqualTo(text);
        assertThat(column(shuffled, 0)).isEqualTo(column(text, 0));
        assertThat(column(shuffled, 1)).containsExactlyInAnyOrderElementsOf(column(text, 1));
    }

    @Test
    void that_is_none_is_said_to_be_none() {
        assertThatThrownBy(() -> Table.read("a,b\n\"1".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void without_rows_has_no_columns() throws IOException {
        assertThat(Table.read(new byte[0]).column("a")).isNegative();
    }

    private static List<String> column(String text, int number) {
        return text.lines().map(line -> line.split(",", -1)[number]).toList();
    }
}
