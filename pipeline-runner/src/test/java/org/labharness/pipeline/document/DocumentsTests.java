package org.labharness.pipeline.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.labharness.pipeline.document.Doc.Scalar;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.document.Parsed.Note;
import org.labharness.pipeline.document.Parsed.Oddity;
import org.labharness.pipeline.document.Parsed.Read;
import org.labharness.pipeline.document.Text.Encoding;

class DocumentsTests {
    private static Doc yaml(String text) {
        return Documents.yaml(text).document().orElseThrow();
    }

    private static List<Note> notes(Parsed parsed) {
        return parsed instanceof Read read ? read.notes() : List.of();
    }

    private static String failure(Parsed parsed) {
        return parsed.failure().orElse("it was read");
    }

    @Test
    void values_keep_the_line_they_stand_on() {
        Doc root = yaml("a: 1\nstages:\n  train:\n    cmd: python train.py\n");
        assertThat(root.mapping("stages").lineOf("train")).isEqualTo(3);
        assertThat(root.at("stages.train.cmd").orElseThrow().line()).isEqualTo(4);
        assertThat(root.at("stages.train.cmd").flatMap(Doc::string)).contains("python train.py");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    1,        INTEGER
                    0x1f,     INTEGER
                    -1.5e3,   FLOAT
                    .inf,     FLOAT
                    true,     BOOLEAN
                    'yes',    STRING
                    ~,        NULL
                    '"1"',    STRING
                    1.2.3,    STRING
                    """)
    void scalars_follow_YAML_1_2_as_DVC_reads_it(String text, Doc.ScalarKind kind) {
        assertThat(yaml("v: " + text).get("v"))
                .get()
                .extracting(v -> ((Scalar) v).kind())
                .isEqualTo(kind);
    }

    @Test
    void numbers_are_compared_as_Python_does() {
        assertThat(yaml("1").sameValue(yaml("1.0"))).isTrue();
        assertThat(yaml("1e-5").sameValue(yaml("0.00001"))).isTrue();
        assertThat(yaml("{a: [1, x], b: ~}").sameValue(yaml("{b: null, a: [1, 'x']}")))
                .isTrue();
        assertThat(yaml("[1, 2]").sameValue(yaml("[2, 1]"))).isFalse();
        assertThat(yaml("'1'").sameValue(yaml("1"))).isFalse();
    }

    @Test
    void aliases_and_merges_are_resolved() {
        Doc root = yaml("base: &b {x: 1, y: 2}\nown: {<<: *b, y: 3}\nlist: [*b]\n");
        assertThat(root.at("own.x").flatMap(Doc::string)).contains("1");
        assertThat(root.at("own.y").flatMap(Doc::string)).contains("3");
        assertThat(root.at("list.0.y").flatMap(Doc::string)).contains("2");
    }

    @Test
    void a_second_key_is_noted_and_wins() {
        Parsed parsed = Documents.yaml("a: 1\nb: 2\na: 3\n");
        assertThat(parsed.document().flatMap(root -> root.at("a")).flatMap(Doc::string))
                .contains("3");
        assertThat(notes(parsed)).containsExactly(new Note(Oddity.DUPLICATE_KEY, "a", 3));
        assertThat(notes(Documents.json("{\"a\": 1,\n \"a\": NaN}")))
                .containsExactly(new Note(Oddity.DUPLICATE_KEY, "a", 2), new Note(Oddity.NOT_A_NUMBER, "NaN", 2));
    }

    @Test
    void what_is_wrong_is_said_with_its_line() {
        assertThat(failure(Documents.yaml("a: 1\nb: [1, 2\nc: 3\n")))
                .startsWith("line 3: ")
                .contains("expected ',' or ']'");
        assertThat(failure(Documents.yaml("a:\n\t- 1\n")))
                .startsWith("line 2: ")
                .contains("TAB");
        assertThat(failure(Documents.json("{\"a\": 1,\n\"b\" 2}"))).startsWith("line 2: not valid JSON: ");
        assertThat(failure(Documents.json("  "))).isEqualTo("the file is empty");
        assertThat(failure(Documents.toml("a = 1\nb = \n"))).startsWith("line 2: not valid TOML: ");
        assertThat(failure(Documents.ini("[core]\n[remote\n")))
                .isEqualTo("line 2: the section's name does not end with ]");
    }

    @Test
    void INI_takes_the_section_names_of_DVC_and_of_Git() {
        Doc root = Documents.ini(
                        "[core]\n    remote = store\n['remote \"store\"']\n    url = ../data\n[remote \"other\"]\nurl=x\n")
                .document()
                .orElseThrow();
        assertThat(root.mapping("remote \"store\"").get("url").flatMap(Doc::string))
                .contains("../data");
        assertThat(root.mapping("remote \"other\"").get("url").flatMap(Doc::string))
                .contains("x");
    }

    @Test
    void TOML_has_tables_and_numbers() {
        Doc root = Documents.toml("[train]\nlr = 0.1\nlayers = [1, 2]\n")
                .document()
                .orElseThrow();
        assertThat(root.at("train.lr").orElseThrow().line()).isEqualTo(2);
        assertThat(root.at("train.layers.1").flatMap(Doc::string)).contains("2");
    }

    @Nested
    class Hostile {
        @Test
        void a_billion_laughs_are_refused() {
            StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
            for (int i = 1; i < 20; i++) {
                bomb.append("a" + i + ": &a" + i + " [" + "*a" + (i - 1) + (", *a" + (i - 1)).repeat(9) + "]\n");
            }
            assertThat(failure(Documents.yaml(bomb.toString())))
                    .contains("more than 200000 values, those that aliases repeat included");
        }

        @Test
        void an_alias_inside_its_own_anchor_is_refused() {
            assertThat(failure(Documents.yaml("a: &a [*a]")))
                    .contains("the alias *a stands for nothing that ends before it");
        }

        @ParameterizedTest
        @EnumSource(value = Form.class, names = "INI", mode = EnumSource.Mode.EXCLUDE)
        void depth_ends_in_words_and_not_in_a_stack_overflow(Form form) {
            String deep = (form == Form.TOML ? "a = " : "") + "[".repeat(300_000);
            Parsed parsed = assertTimeoutPreemptively(
                    Duration.ofSeconds(10), () -> Documents.parse(deep, form, DocumentLimits.DEFAULT));
            assertThat(failure(parsed)).containsAnyOf("nested deeper than 64 levels", "nesting depth");
        }

        @Test
        void deep_block_mappings_and_long_dotted_keys_are_refused() {
            StringBuilder block = new StringBuilder();
            for (int i = 0; i < 2_000; i++) {
                block.append(" ".repeat(i)).append("a:\n");
            }
            assertThat(failure(Documents.yaml(block.toString()))).contains("nested deeper than 64 levels");
            assertThat(Documents.toml("a" + ".a".repeat(100_000) + " = 1").failure())
                    .isPresent();
        }

        @Test
        void a_huge_value_or_file_is_refused() {
            assertThat(failure(Documents.yaml("a: " + "x".repeat(1_100_000))))
                    .contains("longer than 1048576 characters");
            assertThat(failure(Documents.yaml("#".repeat(9 << 20)))).isEqualTo("larger than 8388608 bytes");
            assertThat(Documents.json("1" + "0".repeat(5_000)).failure()).isPresent();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                {? [a]: b}
                !!python/object:os.system x
                %YAML 9.9
                "\\ud800"
                - &a
                *x
                a: b: c
                """)
        void odd_documents_never_throw(String text) {
            for (Form form : Form.values()) {
                Parsed parsed = Documents.parse(text, form, DocumentLimits.DEFAULT);
                assertThat(parsed.document().isPresent())
                        .isNotEqualTo(parsed.failure().isPresent());
            }
        }
    }

    @Nested
    class Decoding {
        @ParameterizedTest
        @CsvSource(textBlock = """
                UTF-16LE, UTF_16_LE
                UTF-16BE, UTF_16_BE
                UTF-8,    UTF_8
                """)
        void encodings_are_recognised_without_a_mark(String charset, Encoding expected) {
            Text text = Text.decode("mlflow==2.1\r\npandas\r\n".getBytes(java.nio.charset.Charset.forName(charset)));
            assertThat(text).isEqualTo(new Text("mlflow==2.1\r\npandas\r\n", expected, false, true));
        }

        @Test
        void marks_are_taken_off_and_other_bytes_never_fail() {
            assertThat(Text.decode("\uFEFFé".getBytes(StandardCharsets.UTF_16LE)))
                    .isEqualTo(new Text("é", Encoding.UTF_16_LE, true, false));
            assertThat(Text.decode("\uFEFFé".getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(new Text("é", Encoding.UTF_8, true, false));
            assertThat(Text.decode(new byte[] {'c', 'a', 'f', (byte) 0xE9}))
                    .isEqualTo(new Text("café", Encoding.LEGACY, false, false));
            assertThat(Text.decode(new byte[] {1, 0, 0, 0, 2, 2, 2}).binary()).isTrue();
            assertThat(Text.decode(new byte[0]).content()).isEmpty();
        }
    }
}
