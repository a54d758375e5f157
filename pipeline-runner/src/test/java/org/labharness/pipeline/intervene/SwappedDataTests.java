package org.labharness.pipeline.intervene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.lab.Intervention;
import org.labharness.pipeline.evidence.InterventionFacts.Matter;

class SwappedDataTests extends ChangedTree {
    private Change swap(String mine, String labs, String place) throws IOException {
        write(place, plain(mine));
        write("inputs/other.csv", plain(labs));
        return make(List.of(), new Intervention.DataSwapped(new TreeMap<>(Map.of(place, "inputs/other.csv"))));
    }

    private static String plain(String text) {
        return text.replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\t", "\t")
                .replace("BOM", "\ufeff");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            a,y\\n1,x\\n          | a,y\\n"2",z\\n              | a,y\\n"2",z\\n
            a;y\\n1;x\\n          | a,y\\n2,z\\n                | a;y\\n2;z\\n
            a\\ty\\n1\\tx\\n      | a,y\\n2,"z,w"\\n            | a\\ty\\n2\\tz,w\\n
            y,a\\nx,1\\n          | a,y\\n2,z\\n                | y,a\\nz,2\\n
            a,y\\n1,x\\n          | id,a,y\\n7,2,z\\n           | a,y\\n2,z\\n
            BOMa,y\\n1,x\\n       | a,y\\n2,z\\n                | BOMa,y\\n2,z\\n
            a,y\\n1,x\\n          | BOMa,y\\n2,z\\n             | a,y\\n2,z\\n
            a,y\\r\\n1,x\\r\\n    | a,y\\n2,z\\n                | a,y\\r\\n2,z\\r\\n
            a,y\\n1,x\\n          | "a","y"\\n"2","z"\\n        | a,y\\n2,z\\n
            a;y\\n1,5;x\\n        | a,y\\n2.5,z\\n              | a;y\\n2,5;z\\n
            a,y\\n1.5,x\\n        | a;y\\n2,5;z\\n              | a,y\\n2.5,z\\n
            a,b,y\\n1.5,1,x\\n    | a;b;y\\n2,5;1,250;z\\n      | a,b,y\\n2.5,1.250,z\\n
            1,x\\n3,w\\n          | 2,z\\n4,z\\n                | 2,z\\n4,z\\n
            1;x\\n3;w\\n          | 2,z\\n4,z\\n                | 2;z\\n4;z\\n
            0,1\\n1,x\\n          | 0,1\\n2,z\\n                | 0,1\\n2,z\\n
            a,b\\n1,2,x\\n        | a,b\\n1,3,z\\n              | a,b\\n1,3,z\\n
            """)
    void rows_of_the_lab_are_written_in_the_form_of_the_submissions_table(String mine, String labs, String written)
            throws IOException {
        assertThat(words(swap(mine, labs, "data.csv")))
                .isEqualTo("other data of the same form was put in the place of data.csv");

        assertThat(Files.readString(folder.resolve("data.csv"))).isEqualTo(plain(written));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            a,b,y\\n1,2,x\\n    | a,y\\n2,z\\n            | it has no column b
            ,a,y\\n0,1,x\\n     | a,y\\n2,z\\n            | it has no column without a name
            b,y\\n1,x\\n        | a,y\\n2,z\\n            | it has no column b
            1,x\\n3,w\\n        | a,y\\n2,z\\n            | only one of them names its columns in the first line
            a,y\\n1,x\\n        | 2,z\\n4,z\\n            | only one of them names its columns in the first line
            1,x\\n              | 2,3,z\\n                | it has 3 columns, not 2
            y,a,a\\nx,1,2\\n    | a,a,y\\n1,2,z\\n        | several columns have the same name
            y,a\\nx,1\\n        | a,y\\n2,z,w\\n          | not every row has a cell for each name
            a,y\\n1.5,x\\n      | a;y\\n2,500;z\\n        | its commas may stand for decimals or part thousands
            {"a": [1]}          | a,y\\n2,z\\n            | that one is JSON, it is text
            PAR1x               | a,y\\n2,z\\n            | that one is Parquet, it is text
            a,y\\n1,x\\n        | [{"a": 1}]              | that one is text, it is a JSON list
            b;y\\n1;x\\n        | a,y\\n"2"z",z\\n        | their first lines differ, and not both can be read as tables
            """)
    void data_that_cannot_have_that_form_is_no_loss_of_the_students(String mine, String labs, String why)
            throws IOException {
        assertThat(swap(mine, labs, "data.csv")).isInstanceOfSatisfying(Change.NotMade.class, not -> {
            assertThat(not.reason().matter()).isEqualTo(Matter.OURS);
            assertThat(not.reason().message())
                    .startsWith("inputs/other.csv of the lab cannot take the place of data.csv: " + why);
        });
        assertThat(Files.readString(folder.resolve("data.csv"))).isEqualTo(plain(mine));
    }

    @Test
    void what_is_no_table_is_put_there_as_it_is() throws IOException {
        swap("Once upon a time, x\\n", "There was, once, y\\n", "story.txt");

        assertThat(folder.resolve("story.txt")).hasContent("There was, once, y");
    }

    @Test
    void a_file_that_is_not_there_is_the_submissions_matter() throws IOException {
        assertThat(make(List.of(), new Intervention.DataSwapped(new TreeMap<>(Map.of("data.csv", "x.csv")))))
                .isEqualTo(Change.theirs("There is no file data.csv, so other data could not be put in its place."));
    }
}
