package org.labharness.autograder.webhook;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.labharness.autograder.forge.Forge;

/** {@code POST /hooks/github}, {@code /hooks/gitlab} and {@code /hooks/gitea}; to be mounted at {@code /hooks/*}. */
public final class HookServlet extends HttpServlet {
    /** What a delivery may have, in bytes. */
    public static final long LARGEST = HookBody.LARGEST;

    private static final long serialVersionUID = 1;

    private final transient Hooks hooks;

    public HookServlet(Hooks hooks) {
        this.hooks = hooks;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HookAnswer answer = answer(request);
        if (answer.status() == 405) {
            response.setHeader("Allow", "POST");
        }
        if (answer.status() == 503) {
            response.setHeader("Retry-After", "30");
        }
        byte[] body = answer.json();
        response.setStatus(answer.status());
        response.setContentType(answer.contentType());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private HookAnswer answer(HttpServletRequest request) throws IOException {
        String path = Objects.requireNonNullElse(request.getPathInfo(), "");
        Optional<Forge> forge = path.startsWith("/") ? Forge.of(path.substring(1)) : Optional.empty();
        if (forge.isEmpty()) {
            return HookAnswer.problem(
                    404, "There is no such webhook", "Expected /hooks/github, /hooks/gitlab or /hooks/gitea.");
        }
        if (!request.getMethod().equals("POST")) {
            return HookAnswer.problem(405, "Webhooks are posted", "Expected POST, not what a browser asks.");
        }
        String type = Objects.requireNonNullElse(request.getContentType(), "")
                .split(";", 2)[0]
                .strip()
                .toLowerCase(Locale.ROOT);
        boolean form = type.equals("application/x-www-form-urlencoded");
        if (!form && !type.equals("application/json")) {
            return HookAnswer.problem(
                    415,
                    "The content type is not one of a webhook",
                    "Expected application/json (or application/x-www-form-urlencoded, as GitHub sends it).");
        }
        if (request.getContentLengthLong() > HookBody.LARGEST) {
            return HookAnswer.problem(
                    413,
                    "The delivery is too large",
                    "It has " + request.getContentLengthLong() + " bytes, and at most " + HookBody.LARGEST
                            + " are read.");
        }
        return hooks.take(
                new Headers(forge.get(), request::getHeader),
                request.getInputStream(),
                request.getContentLengthLong(),
                form);
    }
}
