package org.labharness.autograder.serve;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.labharness.autograder.api.Problems;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Every error in one line: what it is, and nothing of how this program is made. */
@RestController
final class PlainErrors implements ErrorController {
    @RequestMapping("/error")
    ResponseEntity<byte[]> error(HttpServletRequest request) {
        HttpStatus status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? HttpStatus.resolve(code)
                : null;
        HttpStatus known = status == null ? HttpStatus.NOT_FOUND : status;
        if (request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri
                && uri.startsWith("/api/")) {
            return Problems.ofStatus(known.value(), known.getReasonPhrase());
        }
        return ResponseEntity.status(known)
                .contentType(MediaType.TEXT_PLAIN)
                .body((known.value() + " " + known.getReasonPhrase() + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
