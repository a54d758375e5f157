package org.labharness.pipeline.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.SystemBroke;

/** A server that takes the connection and then says nothing. */
class SilentServerTests {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"git", "http", "ssh"})
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void is_given_up_when_the_time_of_a_checkout_is_over(String scheme) throws IOException {
        CheckoutLimits short_ = CheckoutLimits.DEFAULT.within(Duration.ofSeconds(2));
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Source source = new Source(scheme + "://127.0.0.1:" + silent.getLocalPort() + "/work.git", null);

            SystemBroke broke = catchThrowableOfType(
                    SystemBroke.class,
                    () -> new Checkout(Map.of(), InstantSource.system()).into(folder.resolve("clone"), source, short_));

            assertThat(broke.code()).isEqualTo(Breakdown.NETWORK);
            assertThat(broke.getMessage()).contains("127.0.0.1");
        }
    }
}
