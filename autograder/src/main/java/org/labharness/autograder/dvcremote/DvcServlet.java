package org.labharness.autograder.dvcremote;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.dvcremote.Access.Decision;
import org.labharness.autograder.dvcremote.Upload.Refusal;
import org.labharness.autograder.token.BasicLogin;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseId;

/**
 * {@code /dvc/<course>/<student or team>/<lab>/files/md5/<2>/<30>}, and {@code <2>/<30>} as DVC 2 has it; to be mounted at {@code /dvc/*}. DVC
 * asks by GET and HEAD and sends by POST, or by PUT where it is told so; it never asks for a list, and gets none.
 */
public final class DvcServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient DvcStore store;
    private final transient Access access;

    public DvcServlet(DvcStore store, Access access) {
        this.store = store;
        this.access = access;
    }

    /** @param remote its folder */
    private record Asked(Path remote, ContentName name) {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "private, no-transform");
        switch (request.getMethod()) {
            case "GET", "HEAD" -> {
                Asked asked = asked(request, response, false);
                if (asked != null) {
                    give(request, response, asked);
                }
            }
            case "PUT", "POST" -> {
                Asked asked = asked(request, response, true);
                if (asked != null) {
                    take(request, response, asked);
                }
            }
            default -> {
                response.setHeader("Allow", "GET, HEAD, POST, PUT");
                say(response, 405, "DVC reads and adds; nothing is ever changed or removed here.");
            }
        }
    }

    /** Null where it was answered already. */
    private @Nullable Asked asked(HttpServletRequest request, HttpServletResponse response, boolean writing)
            throws IOException {
        List<String> parts =
                List.of(Objects.requireNonNullElse(request.getPathInfo(), "").split("/", -1));
        BasicLogin.Login login = BasicLogin.login(request.getHeader("Authorization"));
        CourseId course;
        LabId lab;
        try {
            course = CourseId.parse(parts.size() > 3 ? parts.get(1) : "");
            lab = LabId.parse(parts.get(3));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            say(response, 404, "Expected /dvc/COURSE/STUDENT/LAB as the address of a remote.");
            return null;
        }
        return switch (access.decide(login.user(), login.secret(), course, parts.get(2), lab, writing)) {
            case Decision.Unknown unknown -> {
                response.setHeader("WWW-Authenticate", BasicLogin.CHALLENGE);
                say(
                        response,
                        401,
                        "There is no token that is good: it may be mistyped, revoked or expired, or its student has left the course. Set it: dvc"
                                + " remote modify --local REMOTE password TOKEN; staff give out another.");
                yield null;
            }
            case Decision.Denied(var why) -> {
                say(response, 403, why);
                yield null;
            }
            case Decision.Granted(var owner) -> {
                Optional<ContentName> name = ContentName.of(parts.subList(4, parts.size()));
                if (name.isEmpty()) {
                    say(response, 404, "There is nothing but contents by their MD5 sums here, and no list of them.");
                    yield null;
                }
                yield new Asked(store.folders().folder(course, owner, lab), name.get());
            }
        };
    }

    private static void give(HttpServletRequest request, HttpServletResponse response, Asked asked) throws IOException {
        Optional<Path> found = DvcStore.find(asked.remote(), asked.name());
        if (found.isEmpty()) {
            say(response, 404, "It was not pushed.");
            return;
        }
        long size = Files.size(found.get());
        Optional<ByteRange> range = ByteRange.of(request.getHeader("Range"), size);
        if (range.filter(one -> !one.isIn(size)).isPresent()) {
            response.setHeader("Content-Range", "bytes */" + size);
            say(response, 416, "It has " + size + " bytes.");
            return;
        }
        ByteRange part = range.orElse(new ByteRange(0, size - 1));
        if (range.isPresent()) {
            response.setStatus(206);
            response.setHeader("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + size);
        }
        response.setHeader("Accept-Ranges", "bytes");
        response.setHeader("ETag", "\"" + asked.name().md5() + "\"");
        response.setHeader("Content-Disposition", "attachment");
        response.setContentType("application/octet-stream");
        response.setContentLengthLong(part.length());
        if (request.getMethod().equals("GET")) {
            try (InputStream in = Files.newInputStream(found.get())) {
                in.skipNBytes(part.first());
                part.copy(in, response.getOutputStream());
            }
        }
    }

    private void take(HttpServletRequest request, HttpServletResponse response, Asked asked) throws IOException {
        Optional<Refusal> refusal =
                store.keep(asked.remote(), asked.name(), request.getInputStream(), request.getContentLengthLong());
        if (refusal.isPresent()) {
            say(response, refusal.get().status(), refusal.get().sentence());
        } else {
            response.setStatus(201);
            response.setContentLength(0);
        }
    }

    private static void say(HttpServletResponse response, int status, String sentence) throws IOException {
        byte[] body = (sentence + "\n").getBytes(UTF_8);
        response.setStatus(status);
        response.setContentType("text/plain;charset=UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
