package org.labharness.autograder.serve;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
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
        return PlainReports.answer(
                request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri ? uri : null, known);
    }
}
