package org.labharness.pipeline.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueSpanTests {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            params.yaml | train.trees   | train:\\n  trees: 5   # how many\\n  depth: 5 | 5
            params.yaml | train.depth   | train:\\n  trees: 5   # how many\\n  depth: 7 | 7
            params.yaml | train.trees   | {train: {depth: 1, trees: 12}, trees: 3}   | 12
            params.yaml | trees         | {train: {depth: 1, trees: 12}, trees: 3}   | 3
            params.yaml | layers.1      | layers: [16, 32, 64]                       | 32
            params.yaml | layers.1.size | layers:\\n- size: 1\\n- size: 2             | 2
            params.yaml | name          | "naïve 😀": 1\\nname: "forest" # 😀          | "forest"
            params.yaml | rate          | rate: 1e-3                                 | 1e-3
            params.json | a.b           | {"a": {"b": 0.5}, "c": 1}                  | 0.5
            params.toml | train.trees   | trees = 1\\n[train]\\ntrees = 5 # five       | 5
            params.toml | trees         | trees = 1\\n[train]\\ntrees = 5             | 1
            params.toml | train.kind    | [train]\\nkind = "a # b"                    | "a # b"
            params.ini  | train.trees   | [train]\\ntrees = 5                         | 5
            params.py   | TREES         | TREES = 5  # five\\nOTHER = 6               | 5
            params.py   | Train.trees   | trees = 1\\nclass Train:\\n    trees: int = 5 | 5
            params.py   | trees         | class Train:\\n    trees = 5\\ntrees = 1    | 1
            """)
    void finds_the_value_and_nothing_around_it(String path, String name, String text, String value) {
        String content = text.replace("\\n", "\n");

        ValueSpan span = ValueSpan.find(path, content, name).orElseThrow();

        assertThat(span.in(content)).isEqualTo(value);
        assertThat(span.replaced(content, "X").replace("X", value)).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "train: 5",
                "- trees",
                "a: &x {trees: 5}\ntrain: *x",
                "train: {trees: [5]}",
                "train: {trees: {a: 5}}",
                "{{{{",
                "train:\n\ttrees: 5",
                "%YAML 9.9\n---\n\u0000"
            })
    void finds_none_where_there_is_no_plain_value(String text) {
        assertThat(ValueSpan.find("params.yaml", text, "train.trees")).isEmpty();
    }

    @Test
    void ends_in_bounded_depth_and_time() {
        assertThat(ValueSpan.find("p.yaml", "[".repeat(200_000), "a")).isEmpty();
        assertThat(ValueSpan.find("p.yaml", "a: {".repeat(5_000), "a")).isEmpty();
        assertThat(ValueSpan.find("p.py", "a".repeat(1_000_000) + " = 5", "a")).isEmpty();
        assertThat(ValueSpan.find("p.toml", ("x = \"" + "y".repeat(9_000) + "\n").repeat(100), "z"))
                .isEmpty();
    }
}
