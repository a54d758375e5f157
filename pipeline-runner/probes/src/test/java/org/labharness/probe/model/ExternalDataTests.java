package org.labharness.probe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExternalDataTests {
    private static final byte[] ENTRY = join(field(1, bytes("location")), field(2, bytes("../secret")));
    private static final byte[] TENSOR = field(13, ENTRY);

    /** Fields by their numbers, from the model to the tensor. */
    @ParameterizedTest
    @CsvSource({
        "7 5, a weight",
        "7 1 5 5, the value of a node's attribute",
        "7 1 5 6 5, a weight within a branch",
        "7 1 5 11 1 5 10, one of several values within one of several graphs",
        "7 15 1, a sparse weight",
        "25 7 5 5, a value in a function",
        "25 11 5, the default of a function's attribute",
        "20 1 5, a weight of the training's graph"
    })
    void aLocationIsFoundWhereverTensorsAre(String fields, String what) throws IOException {
        String[] numbers = fields.split(" ", -1);
        byte[] message = TENSOR;
        for (int index = numbers.length - 1; index >= 0; index--) {
            message = field(Integer.parseInt(numbers[index]), message);
        }

        assertThat(ExternalData.locations(ByteBuffer.wrap(message))).as(what).containsExactly("../secret");
    }

    @Test
    void graphsNestedWithoutEndAreRefused() {
        byte[] message = TENSOR;
        for (int depth = 0; depth < 500; depth++) {
            message = field(1, field(5, field(6, message)));
        }
        byte[] model = field(7, message);

        assertThatThrownBy(() -> ExternalData.locations(ByteBuffer.wrap(model)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nested too deeply");
    }

    @Test
    void anythingElseIsReadToItsEnd() throws IOException {
        Random random = new Random(3);
        for (int round = 0; round < 2_000; round++) {
            byte[] junk = new byte[random.nextInt(200)];
            random.nextBytes(junk);
            assertThat(ExternalData.locations(ByteBuffer.wrap(junk))).isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "weights.bin, false",
        "data/weights.bin, false",
        "..weights, false",
        "../weights, true",
        "a/../../b, true",
        "/etc/passwd, true",
        "C:\\weights, true"
    })
    void aLocationLeavesTheFolderOrNot(String location, boolean leaves) {
        assertThat(OnnxFiles.leaves(location)).isEqualTo(leaves);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] field(int number, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        varint(out, ((long) number << 3) | 2);
        varint(out, content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (rest > 0x7f) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static byte[] join(byte[] first, byte[] second) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(first);
        out.writeBytes(second);
        return out.toByteArray();
    }
}
