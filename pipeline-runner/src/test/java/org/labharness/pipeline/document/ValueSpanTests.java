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
            params.yaml | seed          | seed: &seed 42\\nother: *seed              | 42
            params.yaml | rate          | rate: !!float &r 0.5                       | 0.5
            params.yaml | rate          | rate: 0.1\\nrate: 0.5                     | 0.5
            params.toml | train.rate    | train = { rate = 0.3, trees = 10 }         | 0.3
            params.toml | train.trees   | train = { rate = 0.3, trees = 10 } # ten   | 10
            params.toml | a.b c         | [a]\\n"b c" = 4                            | 4
            params.toml | m.1.k         | [[m]]\\nk = 1\\n[[m]]\\nk = 2               | 2
            params.toml | m.0.in.k      | [[m]]\\n[m.in]\\nk = 1                      | 1
            params.toml | sizes.2       | sizes = [\\n 1, # one\\n 2,\\n 3]            | 3
            params.toml | b             | a = '''x\\nb = 1\\n'''\\nb = 2             | 2
            params.ini  | train.epochs  | [train]\\nname: x\\nepochs : 5              | 5
            params.ini  | train.kind    | [train]\\nkind = a;b ; of trees            | a;b
            params.py   | TRAIN.lr      | TRAIN = {"lr": 0.3, "n": 1}                | 0.3
            params.py   | TRAIN.opt.lr  | TRAIN = {"ü😀": 1, "opt": {"lr": 0.3}}      | 0.3
            params.py   | MODEL.lr      | MODEL = dict(n=1, lr=0.3)                  | 0.3
            params.py   | Cfg.Inner.k   | class Cfg:\\n  class Inner:\\n    k: int = 1 | 1
            params.py   | Cfg.lr        | class Cfg:\\n  def __init__(self):\\n    self.lr = -0.5 | -0.5
            params.py   | lr            | lr = 1\\nlr = 2\\ndef f():\\n    lr = 3       | 2
            params.py   | lr            | o = {}\\nl = []\\nt = ()\\nc = dict(**o)\\nlr = 3 | 3
            params.py   | b             | a, b = 1, 2                                | 2
            params.py   | lr            | if x:\\n    lr = 1\\nelse:\\n    y = 1     | 1
            params.py   | sizes.1       | sizes = [1, 2]                             | 2
            .env        | LR            | export LR=0.3\\nEPOCHS="5"                 | 0.3
            .env        | EPOCHS        | export LR=0.3\\nEPOCHS="5" # five          | 5
            """)
    void finds_the_value_and_nothing_around_it(String path, String name, String text, String value) {
        String content = text.replace("\\n", "\n");

        ValueSpan span = ValueSpan.find(path, content, name).orElseThrow();

        assertThat(span.value()).isEqualTo(value);
        assertThat(span.replaced(content, "X").replace("X", value)).isEqualTo(content);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            lr          | d: &d 0.3\\nlr: *d\\nb: *d             | 0.3  | d: &d 0.3\\nlr: 7\\nb: *d
            a.1         | d: &d 0.3\\na: [*d, *d]               | 0.3  | d: &d 0.3\\na: [*d, 7]
            train.lr    | d: &d {lr: 0.3}\\ntrain:\\n  <<: *d\\n  e: 2 | 0.3 | d: &d {lr: 0.3}\\ntrain:\\n  lr: 7\\n  <<: *d\\n  e: 2
            train.lr    | d: &d\\n  lr: 0.3\\ntrain: {<<: *d, e: 2} | 0.3 | d: &d\\n  lr: 0.3\\ntrain: {lr: 7, <<: *d, e: 2}
            runs.0.lr   | d: &d {lr: 0.3}\\nruns:\\n- <<: *d     | 0.3  | d: &d {lr: 0.3}\\nruns:\\n- lr: 7\\n  <<: *d
            t.a         | x: &x {a: 1}\\ny: &y {a: 2}\\nt:\\n  <<: [*x, *y] | 1 | x: &x {a: 1}\\ny: &y {a: 2}\\nt:\\n  a: 7\\n  <<: [*x, *y]
            t.a         | x: &x {a: 1}\\ny: &y {<<: *x}\\nt: {<<: *y} | 1 | x: &x {a: 1}\\ny: &y {<<: *x}\\nt: {a: 7, <<: *y}
            t.a         | x: &x {a: 1}\\nt:\\n  <<: *x\\n  a: 2    | 2    | x: &x {a: 1}\\nt:\\n  <<: *x\\n  a: 7
            seed        | seed:\\nother: 1                      | null | seed: 7\\nother: 1
            """)
    void changes_one_value_where_yaml_takes_it_from_elsewhere(String name, String text, String value, String changed) {
        String content = text.replace("\\n", "\n");

        ValueSpan span = ValueSpan.find("params.yaml", content, name).orElseThrow();

        assertThat(span.value()).isEqualTo(value);
        assertThat(span.replaced(content, "7")).isEqualTo(changed.replace("\\n", "\n"));
    }

    @Test
    void ends_where_merges_stand_for_more_than_is_written() {
        StringBuilder text = new StringBuilder("a0: &a0 {k: 1}\n");
        for (int i = 1; i < 60; i++) {
            text.append("a%d: &a%d {<<: [*a%d, *a%d]}\n".formatted(i, i, i - 1, i - 1));
        }

        assertThat(ValueSpan.find("params.yaml", text.toString(), "a59.none")).isEmpty();
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
        assertThat(ValueSpan.find("p.toml", "a = " + "[".repeat(200_000), "z")).isEmpty();
        assertThat(ValueSpan.find("p.toml", "a = " + "{b = ".repeat(50_000), "z"))
                .isEmpty();
        assertThat(ValueSpan.find("p.py", "a = " + "{1: ".repeat(40_000), "a")).isEmpty();
        assertThat(ValueSpan.find("p.toml", ("x = \"" + "y".repeat(9_000) + "\n").repeat(100), "z"))
                .isEmpty();
    }
}
