package org.labharness.autograder.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.labharness.autograder.api.Described.Answer;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The description of the API (OpenAPI 3.1). */
@RestController
final class DocumentController {
    private static final String FILE = "openapi.json";

    private final byte[] document;

    DocumentController() {
        try (InputStream file = DocumentController.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("the program was built without " + FILE);
            }
            this.document = file.readAllBytes();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Described(
            value = "This description.",
            id = "openapi",
            open = true,
            answers = @Answer(status = 200, says = "OpenAPI 3.1.", body = Object.class))
    @GetMapping("/api/v1/openapi.json")
    ResponseEntity<byte[]> document() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document);
    }
}
