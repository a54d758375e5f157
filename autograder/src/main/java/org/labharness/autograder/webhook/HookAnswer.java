package org.labharness.autograder.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a forge is answered: people see it beside the delivery. */
record HookAnswer(int status, Map<String, Object> body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    HookAnswer {
        body = new LinkedHashMap<>(body);
    }

    /** It is in order, and there is nothing to do. */
    static HookAnswer ignored(String why) {
        return new HookAnswer(200, ordered("status", "ignored", "detail", why));
    }

    static HookAnswer problem(int status, String title, String detail) {
        Map<String, Object> body = ordered("type", "about:blank", "title", title);
        body.put("status", status);
        body.put("detail", detail);
        return new HookAnswer(status, body);
    }

    static Map<String, Object> ordered(String first, String one, String second, String other) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(first, one);
        body.put(second, other);
        return body;
    }

    /** As RFC 9457 has it for what went wrong. */
    String contentType() {
        return status < 400 ? "application/json" : "application/problem+json";
    }

    byte[] json() {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts and numbers are JSON", e);
        }
    }
}
