package org.labharness.autograder.api;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.labharness.autograder.check.PlainText;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every failure of the API as a problem document: what it is, and nothing of how this program is made. */
@RestController
@ControllerAdvice(basePackageClasses = Problems.class)
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final int SHOWN = 100;

    private final ObjectProvider<RequestMappingHandlerMapping> mappings;

    /** @param mappings which are complete only when all controllers are there */
    Problems(ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.mappings = mappings;
    }

    /** What is asked for at an address of the API at which there is nothing, or not by that method. */
    @RequestMapping({"/api", "/api/**"})
    ResponseEntity<byte[]> unknown(HttpServletRequest request) {
        Set<String> others = methods(request);
        if (!others.isEmpty()) {
            String allowed = String.join(", ", others);
            return answer(new Problem(
                    Reason.METHOD_NOT_ALLOWED,
                    PlainText.line(request.getRequestURI(), SHOWN) + " takes " + allowed + ", and not "
                            + PlainText.line(request.getMethod(), SHOWN) + ".",
                    Map.of("Allow", allowed)));
        }
        return answer(new Problem(
                Reason.NOT_FOUND,
                "There is no " + PlainText.line(request.getMethod(), SHOWN) + " "
                        + PlainText.line(request.getRequestURI(), SHOWN) + "."));
    }

    /** By which methods something is asked for at an address. */
    private Set<String> methods(HttpServletRequest request) {
        return mappings.stream()
                .flatMap(all -> all.getHandlerMethods().keySet().stream())
                .filter(one -> one.getPathPatternsCondition() != null
                        && one.getPathPatternsCondition().getMatchingCondition(request) != null)
                .flatMap(one -> one.getMethodsCondition().getMethods().stream())
                .map(RequestMethod::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ExceptionHandler(Problem.class)
    ResponseEntity<byte[]> problem(Problem problem) {
        return answer(problem);
    }

    @ExceptionHandler(SubmissionRefused.class)
    ResponseEntity<byte[]> refused(SubmissionRefused refused) {
        return answer(Problem.of(refused));
    }

    /** The sentence is for whoever runs the server: it may name folders and hosts. */
    @ExceptionHandler(SystemBroke.class)
    ResponseEntity<byte[]> broke(SystemBroke broke) {
        LOG.error(
                "a request of a program came to nothing ({}): {}", broke.code().code(), broke.getMessage());
        return answer(new Problem(
                Reason.SYSTEM_BROKE, "The system broke (" + broke.code().code() + ").", Map.of("Retry-After", "30")));
    }

    /** The edge of one request: a fault of ours ends no other. */
    @ExceptionHandler(RuntimeException.class)
    ResponseEntity<byte[]> mistake(RuntimeException problem, HttpServletRequest request) {
        if (!isReadable(request)) {
            return answer(new Problem(
                    Reason.INVALID_REQUEST, "What stands behind the '?' of the address is not encoded as it must be."));
        }
        LOG.error("a request of a program met a mistake of the harness", problem);
        return answer(new Problem(Reason.MISTAKE, "The harness made a mistake."));
    }

    /** Servers do not agree on what they throw for parameters that cannot be decoded. */
    private static boolean isReadable(HttpServletRequest request) {
        String query = Objects.requireNonNullElse(request.getQueryString(), "");
        try {
            byte[] bytes = URLDecoder.decode(query, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (IllegalArgumentException | CharacterCodingException undecodable) {
            return false;
        }
    }

    static ResponseEntity<byte[]> answer(Problem problem) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(problem.status());
        problem.headers().forEach(answer::header);
        return answer.contentType(MediaType.parseMediaType(Problem.TYPE)).body(Json.write(problem.document()));
    }

    /** What the server refuses before the API sees it, in the same form. */
    public static ResponseEntity<byte[]> ofStatus(int status, String words) {
        Problem.Document document = new Problem.Document(
                URI.create("about:blank").toString(),
                words,
                status,
                words + ".",
                "http-" + status,
                status == 413 ? Reason.BODY_TOO_LARGE.remedy() : Reason.INVALID_REQUEST.remedy());
        return ResponseEntity.status(status)
                .contentType(MediaType.parseMediaType(Problem.TYPE))
                .body(Json.write(document));
    }
}
