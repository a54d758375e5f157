package org.labharness.pipeline.intervene;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.lab.Place;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.InterventionFacts.Copy;

class RemovedCopiesTests {
    @TempDir
    Path folder;

    private static final String MODEL = "W: [2.0, -2.2, 0.3]\nkinds: [a, 'yes']\nepochs: 40\nlast: true\nrest: null\n";

    private List<Copy> copies() throws Exception {
        return copies("model.json");
    }

    private List<Copy> copies(String output) throws Exception {
        TreeReader tree = new TreeReader(folder);
        OutputContents outputs = OutputContents.of(tree, List.of(output));
        RemovedCopies removal =
                new RemovedCopies(new TreeEdit(tree, (int) Files.getAttribute(folder, "unix:uid")), outputs);
        removal.make(List.of(output), List.of());
        return removal.found();
    }

    @Test
    void a_document_that_says_the_same_in_another_form_is_a_copy() throws Exception {
        Files.writeString(
                folder.resolve("model.json"),
                "{\n  \"W\": [2.0, -2.2, 0.3],\n  \"kinds\": [\"a\", \"b\"], \"epochs\": 40\n}\n");
        Files.writeString(
                folder.resolve("weights.bak"), "{\"kinds\":[\"a\",\"b\"],\"epochs\":40,\"W\":[2,-2.20,3e-1]}");
        Files.writeString(folder.resolve("other.json"), "{\"kinds\":[\"a\",\"b\"],\"epochs\":41,\"W\":[2,-2.20,3e-1]}");

        assertThat(copies())
                .singleElement()
                .satisfies(copy -> assertThat(copy.toString()).contains("weights.bak"));
        assertThat(folder.resolve("weights.bak")).doesNotExist();
        assertThat(folder.resolve("other.json")).exists();
    }

    @Test
    void a_short_document_is_the_same_by_chance() throws Exception {
        Files.writeString(folder.resolve("model.json"), "{\"accuracy\": 1.0}");
        Files.writeString(folder.resolve("target.json"), "{ \"accuracy\": 1 }");

        assertThat(copies()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# kept\n---\nepochs: 40\nkinds:\n- a\n- \"yes\"\nlast: True\nrest:\nW:\n  - 2\n  - -2.20\n  - 0.3\n",
                "{epochs: 40, W: [2, -2.2, .3], last: true, kinds: [a, 'yes'], rest: ~}",
                "{\"epochs\": 40, \"W\": [2, -2.2, 0.3], \"last\": true, \"kinds\": [\"a\", \"yes\"], \"rest\": null}"
            })
    void a_document_in_yaml_is_the_same_in_any_form(String kept) throws Exception {
        Files.writeString(folder.resolve("model.yaml"), MODEL);
        Files.writeString(folder.resolve("kept.txt"), kept);
        Files.writeString(folder.resolve("other.yaml"), kept.replace("40", "41"));

        assertThat(copies("model.yaml")).containsExactly(new Copy("model.yaml", Place.of("kept.txt"), false));
        assertThat(folder.resolve("kept.txt")).doesNotExist();
        assertThat(folder.resolve("other.yaml")).exists();
    }

    @Test
    void json_and_toml_can_say_the_same() throws Exception {
        Files.writeString(
                folder.resolve("model.json"), "{\"kinds\": [\"a\", \"b\"], \"epochs\": 40, \"W\": [2, -2.20, 0.3]}");
        Files.writeString(folder.resolve("kept.toml"), "epochs = 40\nW = [2.0, -2.2, 0.3]\nkinds = ['a', 'b']\n");

        assertThat(copies()).containsExactly(new Copy("model.json", Place.of("kept.toml"), false));
    }

    @Test
    void params_that_a_stage_hands_on_are_no_copy() throws Exception {
        Files.writeString(folder.resolve("model.yaml"), MODEL);
        Files.writeString(folder.resolve("params.yaml"), "# all\n" + MODEL);

        assertThat(copies("model.yaml")).isEmpty();
    }

    @Test
    void bytes_that_stand_in_code_in_base64_or_hexadecimal_digits_are_found() throws Exception {
        byte[] model = new byte[300];
        new Random(1).nextBytes(model);
        Files.write(folder.resolve("model.bin"), model);
        Files.writeString(
                folder.resolve("a.py"),
                "M = (\n"
                        + Base64.getEncoder().encodeToString(model).replaceAll(".{1,60}", "    b'$0\\\\n' +\n")
                        + "    b'')\n");
        Files.writeString(
                folder.resolve("b.py"),
                "M = '" + Base64.getUrlEncoder().encodeToString(model).substring(0, 150) + "' '"
                        + Base64.getUrlEncoder().encodeToString(model).substring(150) + "'");
        Files.writeString(
                folder.resolve("c.sh"), "echo " + HexFormat.of().withUpperCase().formatHex(model));
        Files.writeString(folder.resolve("d.txt"), Base64.getMimeEncoder().encodeToString(model));
        Files.writeString(folder.resolve("e.ipynb"), Base64.getEncoder().encodeToString(model));
        model[100]++;
        Files.writeString(folder.resolve("f.py"), Base64.getEncoder().encodeToString(model));

        assertThat(copies("model.bin"))
                .containsExactly(
                        new Copy("model.bin", Place.of("a.py"), true),
                        new Copy("model.bin", Place.of("b.py"), true),
                        new Copy("model.bin", Place.of("c.sh"), true),
                        new Copy("model.bin", Place.of("d.txt"), false));
        assertThat(folder.resolve("d.txt")).doesNotExist();
        assertThat(folder.resolve("a.py")).exists();
    }

    @Test
    void what_git_holds_of_an_output_is_taken_away() throws Exception {
        try (RepositoryBuilder repository = RepositoryBuilder.create(folder)) {
            repository.write("old.json", MODEL).commit("Keep", Instant.EPOCH);
            repository.delete("old.json").write("a.txt", "a").commit("Hide", Instant.EPOCH);
        }
        Files.writeString(folder.resolve("model.yaml"), MODEL);

        assertThat(copies("model.yaml")).containsExactly(new Copy("model.yaml", Place.of(".git"), false));
        assertThat(copies("a.txt")).as("as many bytes are the same by chance").isEmpty();
    }
}
