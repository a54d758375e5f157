package org.labharness.autograder.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TriesTests {
    private static final Instant NOON = Instant.parse("2026-09-10T12:00:00Z");

    @Test
    void an_address_has_so_many_within_a_minute() {
        Tries tries = new Tries(2, 10);

        assertThat(tries.failed("192.0.2.1", NOON)).isFalse();
        assertThat(tries.usedUp("192.0.2.1", NOON)).isFalse();
        assertThat(tries.failed("192.0.2.1", NOON.plusSeconds(59))).isTrue();
        assertThat(tries.usedUp("192.0.2.1", NOON.plusSeconds(59))).isTrue();
        assertThat(tries.usedUp("192.0.2.2", NOON.plusSeconds(59))).isFalse();
        assertThat(Tries.wait(NOON.plusSeconds(59))).isEqualTo(1);
        assertThat(tries.usedUp("192.0.2.1", NOON.plusSeconds(60))).isFalse();
        assertThat(tries.failed("192.0.2.1", NOON.plusSeconds(60))).isFalse();
    }

    @Test
    void a_network_of_version_6_is_one() {
        Tries tries = new Tries(1, 10);
        tries.failed("2001:db8:1:2::7", NOON);

        assertThat(tries.usedUp("2001:db8:1:2:ffff::9", NOON)).isTrue();
        assertThat(tries.usedUp("2001:db8:1:3::7", NOON)).isFalse();
    }

    @Test
    void those_that_tried_last_are_remembered() {
        Tries tries = new Tries(1, 2);
        tries.failed("192.0.2.1", NOON);
        tries.failed("192.0.2.2", NOON);
        tries.failed("192.0.2.3", NOON);

        assertThat(tries.usedUp("192.0.2.1", NOON)).isFalse();
        assertThat(tries.usedUp("192.0.2.2", NOON)).isTrue();
        assertThat(tries.usedUp("192.0.2.3", NOON)).isTrue();
    }

    @Test
    void who_shows_a_good_token_is_let_in_from_where_others_are_turned_away(@TempDir Path folder) throws Exception {
        try (ServedClass served = new ServedClass(folder.resolve("served")).start();
                HttpClient client = HttpClient.newHttpClient()) {
            String wrong = "lab_00000000_" + "0".repeat(52);
            int status = 0;
            for (int i = 0; i < 121 && status != 429; i++) { // two minutes may share them
                status = ask(client, served, wrong).statusCode();
            }
            HttpResponse<String> away = ask(client, served, wrong);

            assertThat(status).isEqualTo(429);
            assertThat(away.statusCode()).isIn(429, 401); // a new minute may have begun
            assertThat(ask(client, served, served.token("s0")).statusCode()).isEqualTo(200);
            assertThat(ask(client, served, null).headers().firstValue("WWW-Authenticate"))
                    .isPresent();
        }
    }

    private static HttpResponse<String> ask(HttpClient client, ServedClass served, @Nullable String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(served.address("/git/mlops/s0/open.git/info/refs?service=git-receive-pack"));
        if (token != null) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(("x:" + token).getBytes(StandardCharsets.UTF_8)));
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
