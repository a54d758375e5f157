package org.labharness.autograder.course;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.course.CourseChange.Refused;
import org.labharness.autograder.course.CourseChange.TakenUp;
import org.labharness.autograder.course.CourseChange.Undone;
import org.labharness.autograder.course.CourseFile.Read;
import org.labharness.lab.Lab;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseId;
import org.labharness.lab.load.InvalidCourse;
import org.labharness.lab.load.InvalidLab;

/**
 * Courses as their files describe them now: an edit counts as soon as it is written, and one that cannot be used counts for nothing, so that
 * a course goes on by what was read of it before. Which courses there are stays as it was at the start.
 */
public final class LiveCourses implements AutoCloseable {
    /** Where nothing tells of an edit, as on disks of other machines. */
    private static final Duration LOOK = Duration.ofSeconds(15);

    private final List<Followed> followed;
    private final InstantSource clock;
    private final List<Consumer<CourseChange>> listeners = new CopyOnWriteArrayList<>();
    private final FileEvents events = new FileEvents();

    /** A course, as far as its edits have been seen. */
    private static final class Followed {
        private final CourseFile file;
        private volatile Read read;
        private volatile @Nullable Refused refused;
        /** What the files said at the last look: what they say twice in a row nobody is writing any more. */
        private String seen;

        Followed(CourseFile file) {
            this.file = file;
            this.read = file.read();
            this.seen = read.print();
        }

        CourseId id() {
            return read.served().course().id();
        }
    }

    private LiveCourses(List<Followed> followed, InstantSource clock) {
        this.followed = List.copyOf(followed);
        this.clock = clock;
    }

    /**
     * Reads them.
     *
     * @param files a {@code course.yaml} each, of different courses
     * @param bundled the folder of a lab that comes with the program
     * @throws InvalidCourse where one cannot be used
     * @throws InvalidLab where a lab of one cannot be used
     * @throws UncheckedIOException where one cannot be read
     */
    public static LiveCourses read(
            Collection<Path> files, Function<String, Optional<Path>> bundled, InstantSource clock) {
        return new LiveCourses(
                files.stream()
                        .map(file -> new Followed(
                                new CourseFile(file.toAbsolutePath().normalize(), bundled)))
                        .toList(),
                clock);
    }

    /** All of them, in the order of the files. */
    public List<ServedCourse> now() {
        return followed.stream().map(one -> one.read.served()).toList();
    }

    /** The same without their labs' own descriptions. */
    public List<Course> courses() {
        return now().stream().map(ServedCourse::course).toList();
    }

    public List<CourseId> ids() {
        return followed.stream().map(Followed::id).toList();
    }

    /** Those of all courses that something is pushed for. */
    public List<Lab> labs() {
        return now().stream().flatMap(one -> one.labs().values().stream()).toList();
    }

    /** Empty where it is none of them. */
    public Optional<ServedCourse> now(CourseId id) {
        return now().stream().filter(one -> one.course().id().equals(id)).findFirst();
    }

    /** What is wrong with the files of courses that were edited; none of a course that goes by them. */
    public List<Refused> refused() {
        return followed.stream()
                .map(one -> one.refused)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Tells of each edit from now on, from a thread of its own. */
    public void listen(Consumer<CourseChange> listener) {
        listeners.add(listener);
    }

    /** Begins to follow the files. */
    public void follow() {
        Thread.ofPlatform().daemon().name("course-edits").start(() -> {
            boolean written = false;
            do {
                events.expect(files());
                try {
                    written = look();
                } catch (RuntimeException problem) {
                    // The edge of the thread: whoever listens may be able to the next time.
                    written = false;
                }
            } while (events.await(written ? Duration.ZERO : LOOK));
        });
    }

    private Set<Path> files() {
        return followed.stream().flatMap(one -> one.read.files().stream()).collect(Collectors.toSet());
    }

    /**
     * Takes up what was edited since the last look, and has not changed since.
     *
     * @return whether something has, so that it is to be looked at again soon
     */
    boolean look() {
        List<CourseChange> changes = new ArrayList<>();
        boolean written = false;
        for (Followed one : followed) {
            String print = one.read.printNow();
            written |= !print.equals(one.seen);
            if (print.equals(one.seen)) {
                look(one, print).ifPresent(changes::add);
            }
            one.seen = print;
        }
        changes.forEach(change -> listeners.forEach(listener -> listener.accept(change)));
        return written;
    }

    private Optional<CourseChange> look(Followed one, String print) {
        Refused before = one.refused;
        if (print.equals(one.read.print())) {
            one.refused = null;
            return before == null ? Optional.empty() : Optional.of(new Undone(one.id()));
        }
        try {
            Read read = one.file.read();
            CourseId id = read.served().course().id();
            if (!id.equals(one.id())) {
                return refuse(
                        one,
                        one.file.path() + " says 'id: " + id + "' now. A course keeps its id while the server runs:"
                                + " start it anew to serve another one.");
            }
            boolean same = read.served().equals(one.read.served());
            List<String> differences = Differences.between(one.read.served(), read.served());
            one.read = read;
            one.refused = null;
            return same && before == null ? Optional.empty() : Optional.of(new TakenUp(id, differences));
        } catch (InvalidCourse | InvalidLab invalid) {
            return refuse(one, String.valueOf(invalid.getMessage()));
        } catch (RuntimeException problem) {
            // The edge of the thread that follows them: they may be readable the next time.
            return refuse(one, "Its files cannot be read: " + problem.getMessage());
        }
    }

    /** The same is told once. */
    private Optional<CourseChange> refuse(Followed one, String why) {
        Refused before = one.refused;
        if (before != null && before.why().equals(why)) {
            return Optional.empty();
        }
        Refused refused = new Refused(one.id(), before == null ? clock.instant() : before.since(), why);
        one.refused = refused;
        return Optional.of(refused);
    }

    @Override
    public void close() {
        events.close();
    }
}
