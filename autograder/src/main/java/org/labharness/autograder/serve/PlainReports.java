package org.labharness.autograder.serve;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.api.Problems;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * What Tomcat refuses before any of our code sees it, such as an address that cannot be decoded, in the words of {@link PlainErrors}. Tomcat
 * makes it by its name.
 */
public final class PlainReports extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, @Nullable Throwable problem) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        HttpStatus status =
                Objects.requireNonNullElse(HttpStatus.resolve(response.getStatus()), HttpStatus.BAD_REQUEST);
        ResponseEntity<byte[]> answer = answer(request.getRequestURI(), status);
        try {
            response.setContentType(String.valueOf(answer.getHeaders().getContentType()));
            response.setHeader("X-Content-Type-Options", "nosniff");
            Writer out = response.getReporter();
            if (out != null) {
                out.write(new String(Objects.requireNonNull(answer.getBody()), StandardCharsets.UTF_8));
                response.finishResponse();
            }
        } catch (IOException gone) {
            // whoever asked has hung up
        }
    }

    /** @param uri as it was sent; null: not even that could be read */
    static ResponseEntity<byte[]> answer(@Nullable String uri, HttpStatus status) {
        return uri != null && uri.startsWith("/api/")
                ? Problems.ofStatus(status.value(), status.getReasonPhrase())
                : ResponseEntity.status(status)
                        .contentType(MediaType.TEXT_PLAIN)
                        .body((status.value() + " " + status.getReasonPhrase() + "\n")
                                .getBytes(StandardCharsets.UTF_8));
    }
}
