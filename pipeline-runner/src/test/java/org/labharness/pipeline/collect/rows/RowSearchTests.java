package org.labharness.pipeline.collect.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.HiddenCopyFacts;
import org.labharness.pipeline.evidence.HiddenCopyFacts.Copies;
import org.labharness.pipeline.evidence.HiddenCopyFacts.Where;

/** Hidden rows in files of many forms, and files that only look as if they held some. */
class RowSearchTests {
    private static final List<double[]> HIDDEN = table(1, 1000);

    @TempDir
    Path folder;

    /** Rows of density, hardness, grain and shine with as many digits as people write. */
    private static List<double[]> table(int seed, int rows) {
        Random chance = new Random(seed);
        List<double[]> table = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            table.add(new double[] {
                rounded(2.7 + 0.1 * chance.nextGaussian(), 3),
                rounded(6 + 0.5 * chance.nextGaussian(), 2),
                rounded(1.5 + 0.4 * chance.nextGaussian(), 2),
                rounded(0.35 + 0.1 * chance.nextGaussian(), 3)
            });
        }
        return table;
    }

    private static double rounded(double value, int places) {
        double scale = Math.pow(10, places);
        return Math.round(value * scale) / scale;
    }

    private static List<double[]> shuffled(List<double[]> rows) {
        List<double[]> other = new ArrayList<>(rows);
        Collections.shuffle(other, new Random(9));
        return other;
    }

    private static String text(List<double[]> rows, Function<double[], String> row) {
        return rows.stream().map(row).collect(Collectors.joining("\n"));
    }

    private static String csv(List<double[]> rows) {
        return "density,hardness,grain,shine\n"
                + text(
                        rows,
                        row -> Arrays.stream(row).mapToObj(Double::toString).collect(Collectors.joining(",")));
    }

    private List<Copies> found(String path, byte[] content) throws IOException {
        return search(HIDDEN, table(2, 1000), path, content).files();
    }

    private static String german(List<double[]> rows) {
        return csv(rows).replace(',', ';').replace('.', ',');
    }

    @Test
    void a_table_with_decimal_commas_is_found() throws IOException {
        assertThat(found("rocks.csv", german(HIDDEN)))
                .singleElement()
                .satisfies(copies -> assertThat(copies.rows()).isGreaterThan(990));
        assertThat(found("rocks.csv", german(table(3, 1000))))
                .allMatch(copies -> copies.rows() <= copies.lookalikes() + 20);
    }

    @Test
    void text_of_two_bytes_a_letter_is_found() throws IOException {
        for (java.nio.charset.Charset charset :
                List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            assertThat(found("rocks.txt", csv(HIDDEN).getBytes(charset)))
                    .singleElement()
                    .satisfies(copies -> assertThat(copies.rows()).isGreaterThan(990));
        }
        assertThat(found("rocks.txt", ("\uFEFF" + german(HIDDEN)).getBytes(StandardCharsets.UTF_16LE)))
                .singleElement()
                .satisfies(copies -> assertThat(copies.rows()).isGreaterThan(990));
    }

    private List<Copies> found(String path, String content) throws IOException {
        return found(path, content.getBytes(StandardCharsets.UTF_8));
    }

    private HiddenCopyFacts search(List<double[]> hidden, List<double[]> lookalikes, String path, byte[] content)
            throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        RowSearch search = new RowSearch(hidden, lookalikes, () -> true);
        search.in(new TreeReader(folder), Where.HANDED_IN);
        return search.facts("rocks");
    }

    private static byte[] packed(byte[] content, Packing packing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = packing.over(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private interface Packing {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static byte[] binary(int before, List<Double> values, boolean wide) {
        ByteBuffer bytes =
                ByteBuffer.allocate(before + values.size() * (wide ? 8 : 4)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(before);
        for (double value : values) {
            if (wide) {
                bytes.putDouble(value);
            } else {
                bytes.putFloat((float) value);
            }
        }
        return bytes.array();
    }

    private static List<Double> byRows(List<double[]> rows) {
        return rows.stream().flatMap(row -> Arrays.stream(row).boxed()).toList();
    }

    private static List<Double> byColumns(List<double[]> rows) {
        List<Double> values = new ArrayList<>();
        for (int column = 0; column < 4; column++) {
            for (double[] row : rows) {
                values.add(row[column]);
            }
        }
        return values;
    }

    @Nested
    class Are_found {
        private void all(List<Copies> found) {
            assertThat(found).singleElement().satisfies(copies -> {
                assertThat(copies.rows()).isGreaterThan(950);
                assertThat(copies.lookalikes()).isLessThan(5);
            });
        }

        @Test
        void in_a_table_in_another_order() throws IOException {
            all(found("data/more.csv", csv(shuffled(HIDDEN))));
        }

        @Test
        void with_other_digits_other_columns_and_others_between() throws IOException {
            all(found(
                    "data/more.tsv",
                    text(
                            HIDDEN,
                            row -> String.format(
                                    Locale.ROOT,
                                    "%d\tbasalt\t%.7f\t17\t%.4e\t%.3f\t%.5f",
                                    Arrays.hashCode(row) % 1000,
                                    row[3],
                                    row[0],
                                    row[2],
                                    row[1]))));
        }

        @Test
        void in_json_over_many_lines_and_in_code() throws IOException {
            all(found(
                    "known.json",
                    text(
                            HIDDEN,
                            row -> "{\n  \"x1\": " + row[0] + ",\n  \"x2\": " + row[1] + ",\n  \"x3\": " + row[2]
                                    + ",\n  \"x4\": " + row[3] + "},")));
            Files.delete(folder.resolve("known.json"));
            all(found(
                    "src/known.py",
                    "KNOWN = {"
                            + text(
                                    HIDDEN,
                                    row -> "(" + row[0] + ", " + row[1] + ", " + row[2] + ", " + row[3]
                                            + "): 'basalt',")
                            + "}"));
        }

        @Test
        void in_arrays_of_a_pickled_model() throws IOException {
            all(found("model.pkl", binary(1237, byRows(HIDDEN), true)));
        }

        @Test
        void as_floats_of_four_bytes() throws IOException {
            all(found("model.onnx", binary(331, byRows(HIDDEN), false)));
        }

        @Test
        void by_columns() throws IOException {
            all(found("frame.pkl", binary(12, byColumns(HIDDEN), true)));
            Files.delete(folder.resolve("frame.pkl"));
            all(found("columns.json", byColumns(HIDDEN).toString()));
        }

        @Test
        void in_what_is_packed() throws IOException {
            byte[] table = csv(HIDDEN).getBytes(StandardCharsets.UTF_8);
            all(found("a.csv.gz", packed(table, GZIPOutputStream::new)));
            Files.delete(folder.resolve("a.csv.gz"));
            all(found("a.joblib", packed(binary(77, byRows(HIDDEN), true), DeflaterOutputStream::new)));
            Files.delete(folder.resolve("a.joblib"));
            all(found("a.npz", packed(table, out -> {
                ZipOutputStream zip = new ZipOutputStream(out);
                zip.putNextEntry(new ZipEntry("x.npy"));
                return zip;
            })));
        }

        @Test
        void as_a_few_among_many_others() throws IOException {
            List<double[]> mixed = new ArrayList<>(table(3, 5000));
            mixed.addAll(HIDDEN.subList(0, 25));

            assertThat(found("data/train.csv", csv(shuffled(mixed))))
                    .singleElement()
                    .satisfies(copies -> assertThat(copies.rows()).isBetween(25, 30));
        }
    }

    @Nested
    class Are_not_found {
        @Test
        void in_other_rows_of_the_same_kind() throws IOException {
            assertThat(found("data/train.csv", csv(table(4, 20_000))))
                    .allSatisfy(copies -> assertThat(copies.rows()).isLessThan(10));
        }

        @Test
        void in_random_bytes() throws IOException {
            byte[] noise = new byte[4 << 20];
            new Random(5).nextBytes(noise);

            assertThat(found("noise.bin", noise)).isEmpty();
        }

        /** Ratings from 1 to 5: everybody has such rows, and of the look-alikes as many are found. */
        @Test
        void more_often_than_look_alikes_where_few_numbers_are_possible() throws IOException {
            Function<Integer, List<double[]>> ratings = seed -> {
                Random chance = new Random(seed);
                List<double[]> table = new ArrayList<>();
                for (int row = 0; row < 500; row++) {
                    table.add(chance.ints(4, 1, 6).asDoubleStream().toArray());
                }
                return table;
            };
            HiddenCopyFacts facts = search(
                    ratings.apply(1),
                    ratings.apply(2),
                    "ratings.csv",
                    csv(ratings.apply(3)).getBytes(StandardCharsets.UTF_8));

            assertThat(facts.files())
                    .singleElement()
                    .satisfies(copies -> assertThat(copies.rows()).isLessThan(10 * (copies.lookalikes() + 1)));
        }

        @Test
        void behind_a_link() throws IOException {
            Path outside = Files.writeString(folder.resolveSibling("outside.csv"), csv(HIDDEN));
            Files.createSymbolicLink(folder.resolve("linked.csv"), outside);

            assertThat(found("plain.txt", "1 2 3")).isEmpty();
            Files.delete(outside);
        }
    }

    @Test
    void bombs_and_broken_archives_are_looked_at_as_far_as_the_bounds_go() throws IOException {
        byte[] bomb = packed(new byte[100 << 20], GZIPOutputStream::new);
        byte[] broken = Arrays.copyOf(packed(csv(HIDDEN).getBytes(StandardCharsets.UTF_8), GZIPOutputStream::new), 900);

        assertThat(found("bomb.gz", bomb)).isEmpty();
        assertThat(found("broken.gz", broken)).isEmpty();
    }

    @Test
    void a_file_that_was_handed_in_and_is_gone_afterwards_stays_found() throws IOException {
        Path file = Files.writeString(folder.resolve("more.csv"), csv(HIDDEN));
        RowSearch search = new RowSearch(HIDDEN, table(2, 1000), () -> true);
        search.in(new TreeReader(folder), Where.HANDED_IN);
        Files.delete(file);
        search.in(new TreeReader(folder), Where.MADE);

        assertThat(search.facts("rocks").files())
                .singleElement()
                .returns(Where.HANDED_IN, Copies::where)
                .returns("more.csv", Copies::path);
    }

    @Test
    void what_there_was_no_time_for_is_said() throws IOException {
        Files.writeString(folder.resolve("more.csv"), csv(HIDDEN));
        RowSearch search = new RowSearch(HIDDEN, table(2, 1000), () -> false);
        search.in(new TreeReader(folder), Where.HANDED_IN);

        assertThat(search.facts("rocks").whole()).isFalse();
    }
}
