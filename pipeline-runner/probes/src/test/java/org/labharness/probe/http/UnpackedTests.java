package org.labharness.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class UnpackedTests {
    private static final byte[] ANSWER = "{\"kind\": \"seven\"}".repeat(50).getBytes(StandardCharsets.UTF_8);

    private static byte[] packed(boolean gzip, byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packing = gzip ? new GZIPOutputStream(out) : new DeflaterOutputStream(out)) {
            packing.write(bytes);
        }
        return out.toByteArray();
    }

    private static Beginning.Kept unpacked(String coding, byte[] bytes, boolean whole, int most) {
        return Unpacked.of(coding, new Beginning.Kept(bytes, whole), most);
    }

    @Test
    void whatWasPackedForTheWayIsReadAsItWas() throws IOException {
        assertThat(unpacked("gzip", packed(true, ANSWER), true, 4_096).bytes()).isEqualTo(ANSWER);
        assertThat(unpacked(" GZip", packed(true, ANSWER), true, 4_096).whole()).isTrue();
        assertThat(unpacked("deflate", packed(false, ANSWER), true, 4_096).bytes())
                .isEqualTo(ANSWER);
        assertThat(unpacked("", ANSWER, true, 4_096).bytes()).isEqualTo(ANSWER);
        assertThat(unpacked("br", ANSWER, true, 4_096).bytes()).isEqualTo(ANSWER);
    }

    @Test
    void aBombIsCutOff() throws IOException {
        Beginning.Kept kept = unpacked("gzip", packed(true, new byte[50 << 20]), true, 1_000);

        assertThat(kept.bytes()).hasSize(1_000);
        assertThat(kept.whole()).isFalse();
    }

    @Test
    void whatIsNotPackedThoughItSaysSoStaysAsItCame() throws IOException {
        assertThat(unpacked("gzip", ANSWER, true, 4_096).bytes()).isEqualTo(ANSWER);
        byte[] half = Arrays.copyOf(packed(true, ANSWER), 30);
        assertThat(unpacked("gzip", half, false, 4_096).whole()).isFalse();
        assertThat(unpacked("gzip", new byte[0], true, 4_096).bytes()).isEmpty();
    }
}
