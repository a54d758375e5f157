package org.labharness.autograder.forge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.labharness.autograder.forge.ForgeHosts.Host;
import org.labharness.autograder.http.WholeAnswer;
import org.labharness.autograder.store.ForgeReportStore.Report;
import org.labharness.autograder.store.ForgeReportStore.Status;

/** Statuses of commits by the REST APIs of GitHub, GitLab and Gitea. Follows no redirect: a token goes to the host that it is for. */
final class StatusApi implements AutoCloseable {
    /** For an answer. */
    static final Duration TIME = Duration.ofSeconds(20);
    /** What GitHub asks for where it limits somebody without saying for how long. */
    private static final Duration UNSAID = Duration.ofMinutes(1);

    private static final int LARGEST = 4 << 20;
    /** Bytes that are read of what a forge says to a status. */
    private static final int REFUSAL = 2_000;

    private static final int DESCRIPTION = 140;
    private static final int LONGEST_LINK = 255;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(30)
                    .maxDocumentLength(LARGEST)
                    .build())
            .build());

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** What became of a request. */
    sealed interface Result {
        record Done() implements Result {}

        /** The forge will never do it. */
        record Refused(String why) implements Result {}

        /**
         * It did not do it, and may later.
         *
         * @param after as the forge says; zero where it does not
         */
        record Busy(Duration after, String why) implements Result {}

        /** Nobody knows whether it did. */
        record Unknown(String why) implements Result {}
    }

    /** What one status of several is told apart by. */
    static String context(Report report) {
        return "labharness/" + report.course() + "/" + report.lab();
    }

    Result tell(Host host, WebPlace place, Report report, Instant now) throws InterruptedException {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("state", state(host.forge(), report.status()));
        body.put("context", context(report));
        body.put("description", cut(report.message()));
        if (!report.target().isEmpty() && report.target().length() <= LONGEST_LINK) {
            body.put("target_url", report.target());
        }
        try {
            HttpRequest request = request(host, place(host, place) + "/statuses/" + report.commit())
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                    .build();
            WholeAnswer answer = WholeAnswer.of(client, request, status -> isDone(status) ? 0 : REFUSAL, TIME);
            return result(host, answer, now);
        } catch (ConnectException e) {
            return new Result.Busy(Duration.ZERO, host + " does not answer");
        } catch (IOException e) {
            return new Result.Unknown(
                    host + " did not answer to its end (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static boolean isDone(int status) {
        return status == 200 || status == 201;
    }

    private Result result(Host host, WholeAnswer answer, Instant now) {
        int status = answer.status();
        if (isDone(status)) {
            return new Result.Done();
        }
        Duration after = wait(answer.headers(), now);
        if (status == 429 || status == 503 || (status == 403 && !after.isZero())) {
            return new Result.Busy(after, host + " is busy (status " + status + ")");
        }
        if (status >= 500) {
            return new Result.Unknown(host + " failed (status " + status + ")");
        }
        String text = answer.text();
        if (status == 403 && text.toLowerCase(Locale.ROOT).contains("rate limit")) {
            return new Result.Busy(UNSAID, host + " is busy (status 403, a rate limit)");
        }
        if (host.forge() == Forge.GITLAB && status == 400 && text.contains("Cannot transition status")) {
            return new Result.Done(); // it has that state already
        }
        return new Result.Refused(
                switch (status) {
                    case 401, 403 ->
                        host + " does not accept the token (status " + status + "): it needs the right to"
                                + " set statuses of commits";
                    case 404 -> host + " knows no such repository or commit, or its token may not see it";
                    case 301, 302, 307, 308 -> "the repository has moved: give its new address in the roster";
                    default -> host + " refuses it (status " + status + ")";
                });
    }

    /** Retry-After in seconds or as a date; GitHub says in x-ratelimit-reset when its limit ends. */
    private static Duration wait(HttpHeaders headers, Instant now) {
        Optional<String> after = headers.firstValue("Retry-After").map(String::strip);
        if (after.isPresent()) {
            return SECONDS.matcher(after.get()).matches()
                    ? Duration.ofSeconds(Long.parseLong(after.get()))
                    : until(after.get(), now);
        }
        boolean spent =
                headers.firstValue("x-ratelimit-remaining").filter("0"::equals).isPresent();
        return headers.firstValue("x-ratelimit-reset")
                .filter(reset -> spent && reset.matches("[0-9]{1,12}"))
                .map(reset -> positive(Duration.between(now, Instant.ofEpochSecond(Long.parseLong(reset)))))
                .orElse(Duration.ZERO);
    }

    private static Duration until(String date, Instant now) {
        try {
            return positive(Duration.between(
                    now,
                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()));
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    private static Duration positive(Duration time) {
        return time.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : time;
    }

    /**
     * Whether a commit has a status already, as its newest of that context.
     *
     * @return empty where the forge does not say
     */
    Optional<Boolean> has(Host host, WebPlace place, Report report) throws InterruptedException {
        String list = switch (host.forge()) {
            case GITHUB -> "/commits/" + report.commit() + "/statuses?per_page=100";
            case GITLAB -> "/repository/commits/" + report.commit() + "/statuses?per_page=100&all=true";
            case GITEA -> "/commits/" + report.commit() + "/statuses?limit=50&sort=recentupdate";
        };
        try {
            HttpRequest request = request(host, place(host, place) + list).GET().build();
            WholeAnswer answer = WholeAnswer.of(client, request, status -> LARGEST, TIME);
            if (answer.status() != 200) {
                return Optional.empty();
            }
            for (JsonNode one : JSON.readTree(answer.text())) {
                if (isSame(host.forge(), one, report)) {
                    return Optional.of(true);
                }
            }
            return Optional.of(false);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** GitHub calls it state, the others status; GitLab calls the context name. */
    private static boolean isSame(Forge forge, JsonNode one, Report report) {
        return one.path(forge == Forge.GITLAB ? "name" : "context").asText().equalsIgnoreCase(context(report))
                && one.path(forge == Forge.GITHUB ? "state" : "status").asText().equals(state(forge, report.status()))
                && one.path("description").asText().equals(cut(report.message()))
                && (report.target().isEmpty()
                        || report.target().length() > LONGEST_LINK
                        || one.path("target_url").asText().equals(report.target()));
    }

    private static String state(Forge forge, Status status) {
        return switch (status) {
            case PENDING -> "pending";
            case SUCCESS -> "success";
            case FAILURE -> forge == Forge.GITLAB ? "failed" : "failure";
            case ERROR -> forge == Forge.GITLAB ? "failed" : "error";
        };
    }

    private static String place(Host host, WebPlace place) {
        return host.forge() == Forge.GITLAB
                ? "/projects/" + encoded(place.path())
                : "/repos/" + encoded(place.path()).replace("%2F", "/");
    }

    private static String encoded(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static HttpRequest.Builder request(Host host, String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(host.api() + path)).header("User-Agent", "labharness");
        return switch (host.forge()) {
            case GITHUB ->
                request.header("Accept", "application/vnd.github+json")
                        .header("X-GitHub-Api-Version", "2022-11-28")
                        .header("Authorization", "Bearer " + host.token());
            case GITLAB -> request.header("PRIVATE-TOKEN", host.token());
            case GITEA -> request.header("Authorization", "token " + host.token());
        };
    }

    /** GitHub takes no more. */
    private static String cut(String text) {
        if (text.length() <= DESCRIPTION) {
            return text;
        }
        int end = DESCRIPTION - (Character.isHighSurrogate(text.charAt(DESCRIPTION - 2)) ? 2 : 1);
        return text.substring(0, end).stripTrailing() + "…";
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
