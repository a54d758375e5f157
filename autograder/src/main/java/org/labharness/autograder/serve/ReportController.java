package org.labharness.autograder.serve;

import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The pages that signed links lead to. */
@RestController
final class ReportController {
    private final ReportLinks links;
    private final ReportPages pages;

    ReportController(ReportLinks links, ReportPages pages) {
        this.links = links;
        this.pages = pages;
    }

    @GetMapping("/reports/{link}")
    ResponseEntity<byte[]> report(@PathVariable("link") String link) {
        return links.linked(link)
                .flatMap(pages::page)
                .map(page -> ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType("text/html; charset=utf-8"))
                        .body(page.getBytes(StandardCharsets.UTF_8)))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }
}
