package org.labharness.pipeline.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkErrorsTests {
    private static LogExcerpt log(String text) {
        LogCollector collector = new LogCollector();
        collector.add(text.getBytes(StandardCharsets.UTF_8));
        return collector.excerpt();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "urllib.error.URLError: <urlopen error [Errno -3] Temporary failure in name resolution>",
                "NameResolutionError(\"HTTPSConnection(host='data.example.org', port=443): Failed to resolve 'data.example.org' ([Errno -3])\")",
                "curl: (6) Could not resolve host: data.example.org",
                "OSError: [Errno 101] Network is unreachable"
            })
    void theWantOfANetworkIsSeen(String line) {
        assertThat(NetworkErrors.in(log(line + "\n"))).isTrue();
    }

    /** MLflow says the first of these whenever it logs a model in an environment without pip. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026/11/02 10:00:00 WARNING mlflow.utils.environment: Failed to resolve installed pip version. ``pip`` will be added to conda.yaml environment spec without a version specifier.",
                "ConnectionRefusedError: [Errno 111] Connection refused",
                "RuntimeError: failed to resolve the name of the column"
            })
    void otherTroubleIsNone(String line) {
        assertThat(NetworkErrors.in(log(line + "\n"))).isFalse();
        assertThat(NetworkErrors.anywhere(log(line + "\n"))).isFalse();
    }
}
