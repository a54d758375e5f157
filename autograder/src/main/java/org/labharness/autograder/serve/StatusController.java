package org.labharness.autograder.serve;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.labharness.autograder.check.PlainText;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** For those who watch the server: whether it is alive, whether it can do its work, and numbers for Prometheus. */
@RestController
final class StatusController {
    private static final int LONGEST = 500;

    private final Readiness readiness;
    private final PrometheusMeterRegistry meters;

    StatusController(Readiness readiness, PrometheusMeterRegistry meters) {
        this.readiness = readiness;
        this.meters = meters;
    }

    /** It answers, so it is alive. */
    @GetMapping("/health")
    ResponseEntity<byte[]> health() {
        return answer(HttpStatus.OK, "alive\n");
    }

    @GetMapping("/ready")
    ResponseEntity<byte[]> ready() {
        List<String> troubles = new ArrayList<>(readiness.troubles());
        return troubles.isEmpty()
                ? answer(HttpStatus.OK, "ready\n")
                : answer(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "not ready\n"
                                + String.join(
                                        "",
                                        troubles.stream()
                                                .map(one -> PlainText.line(one, LONGEST) + "\n")
                                                .toList()));
    }

    @GetMapping("/metrics")
    ResponseEntity<byte[]> metrics() {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/plain; version=0.0.4; charset=utf-8"))
                .body(meters.scrape().getBytes(StandardCharsets.UTF_8));
    }

    private static ResponseEntity<byte[]> answer(HttpStatus status, String text) {
        return ResponseEntity.status(status)
                .contentType(MediaType.TEXT_PLAIN)
                .body(text.getBytes(StandardCharsets.UTF_8));
    }
}
