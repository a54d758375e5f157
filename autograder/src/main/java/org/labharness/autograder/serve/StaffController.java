package org.labharness.autograder.serve;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.serve.StaffDoor.Entry;
import org.labharness.autograder.token.BasicLogin;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The page of staff, and the button on it. All addresses are relative: a proxy may have put the server below a path. */
@RestController
final class StaffController {
    static final String PATH = "/staff";

    private final StaffDoor door;
    private final StaffDesk desk;

    StaffController(StaffDoor door, StaffDesk desk) {
        this.door = door;
        this.desk = desk;
    }

    @GetMapping(PATH)
    ResponseEntity<byte[]> course(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String login) {
        return within(
                door.enter(login, null), open -> to("staff/" + open.course().id()));
    }

    /** @param still whether the page is not to load itself anew; whatever it says */
    @GetMapping(PATH + "/{course}")
    ResponseEntity<byte[]> page(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String login,
            @PathVariable("course") String course,
            @RequestParam(name = "still", required = false) @Nullable String still) {
        return within(
                door.enter(login, course),
                open -> ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType("text/html; charset=utf-8"))
                        .body(desk.page(open.course(), open.token(), still != null)
                                .getBytes(StandardCharsets.UTF_8)));
    }

    @PostMapping(PATH + "/{course}/again")
    ResponseEntity<byte[]> again(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String login,
            @PathVariable("course") String course,
            @RequestParam(name = "submission", required = false) @Nullable String submission,
            @RequestParam(name = "seal", required = false) @Nullable String seal,
            @RequestParam(name = "still", required = false) @Nullable String still) {
        return within(door.enter(login, course), open -> switch (desk.again(
                open.course(), open.token(), submission, seal)) {
            case ASKED -> to("../" + course + (still == null ? "" : "?still"));
            case NOT_OF_OUR_PAGE ->
                say(
                        HttpStatus.FORBIDDEN,
                        "Nothing was done: the form was not made by this server for this token, or is older than"
                                + " an hour. Load the page anew and press the button there.");
            case NOT_THERE -> say(HttpStatus.NOT_FOUND, "The course has no such submission.");
            case NOT_KEPT ->
                say(
                        HttpStatus.CONFLICT,
                        "Nothing was done: what was handed in is not kept, so it cannot be run again. Collect or"
                                + " push it once more.");
        });
    }

    private static ResponseEntity<byte[]> within(Entry entry, Function<Entry.Open, ResponseEntity<byte[]>> inside) {
        return switch (entry) {
            case Entry.Open open -> inside.apply(open);
            case Entry.Shut shut -> say(shut.status(), shut.sentence());
        };
    }

    private static ResponseEntity<byte[]> to(String place) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(place))
                .build();
    }

    private static ResponseEntity<byte[]> say(HttpStatus status, String sentence) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status).contentType(MediaType.TEXT_PLAIN);
        if (status == HttpStatus.UNAUTHORIZED) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, BasicLogin.CHALLENGE);
        }
        return answer.body((sentence + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
