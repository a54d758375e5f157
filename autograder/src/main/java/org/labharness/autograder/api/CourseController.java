package org.labharness.autograder.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.api.Described.Answer;
import org.labharness.autograder.gitserver.Window;
import org.labharness.autograder.gitserver.Window.Shut;
import org.labharness.autograder.intake.Filing;
import org.labharness.autograder.roster.Student;
import org.labharness.lab.course.CourseClock;
import org.labharness.lab.course.CourseLab;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What can be handed in for. */
@RestController
final class CourseController {
    private final ApiGround ground;
    private final Door door;
    private final Sight sight;

    CourseController(ApiGround ground, Door door, Sight sight) {
        this.ground = ground;
        this.door = door;
        this.sight = sight;
    }

    @Described(
            value = "The labs of a course that something is handed in for, and whether they are open.",
            id = "labs",
            answers = @Answer(status = 200, says = "In the order of the course.", body = LabView.Several.class))
    @GetMapping("/api/v1/courses/{course}/labs")
    ResponseEntity<byte[]> labs(
            HttpServletRequest request, HttpServletResponse response, @PathVariable("course") String course) {
        Visitor visitor = door.enter(request, response);
        sight.course(visitor, course);
        Optional<Student> student = sight.student(visitor);
        List<LabView> labs = visitor.served().labIds().stream()
                .map(id -> view(visitor, sight.lab(visitor, id), student))
                .toList();
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(Json.write(new LabView.Several(course, labs)));
    }

    private LabView view(Visitor visitor, CourseLab lab, Optional<Student> student) {
        Optional<Shut> shut = student.map(one -> Window.shut(
                        ground.database(),
                        visitor.served().course(),
                        lab,
                        Filing.owner(lab, one),
                        List.of(one),
                        visitor.arrived()))
                .orElseGet(() -> shut(visitor, lab));
        return new LabView(
                lab.id().value(),
                lab.title(),
                shut.map(Shut::code).orElse("open"),
                shut.map(Shut::sentence).orElse(""),
                lab.team(),
                text(lab.schedule().opens()),
                text(student.map(one -> one.due(lab))
                        .orElseGet(() ->
                                student.isPresent() ? null : lab.schedule().due())));
    }

    /** By the schedule alone, without anybody's extensions and attempts. */
    private static Optional<Shut> shut(Visitor visitor, CourseLab lab) {
        CourseClock clock = new CourseClock(visitor.served().course().zone());
        Instant opens = lab.schedule().opens();
        Instant due = lab.schedule().due();
        if (lab.cancelled() != null) {
            return Optional.of(new Shut("cancelled", lab.id() + " is cancelled: " + lab.cancelled() + "."));
        }
        if (opens != null && visitor.arrived().isBefore(opens)) {
            return Optional.of(new Shut("not-open", lab.id() + " opens " + clock.moment(opens) + "."));
        }
        if (due != null
                && lab.late().closes() != null
                && visitor.arrived()
                        .isAfter(due.plus(lab.late().closes()).plus(lab.late().grace()))) {
            return Optional.of(new Shut("closed", lab.id() + " was due " + clock.end(due) + "."));
        }
        return Optional.empty();
    }

    private static @Nullable String text(@Nullable Instant moment) {
        return moment == null ? null : moment.toString();
    }
}
