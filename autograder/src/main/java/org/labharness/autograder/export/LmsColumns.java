package org.labharness.autograder.export;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.table.CsvTable;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;

/**
 * What another system calls the labs of a course: what somebody said, else what an export of that system holds under the lab's title or
 * id, else the title.
 */
public final class LmsColumns {
    /** How Canvas numbers an assignment, how Moodle says what is graded and how. */
    private static final Pattern AROUND_A_TITLE = Pattern.compile(
            "^(?:assignment|quiz|external tool|manual item):\\s*|\\s*\\((?:\\d+|real)\\)$", Pattern.CASE_INSENSITIVE);

    private final Map<LabId, String> said;
    private final Set<String> twice;
    private final Map<String, String> exported = new HashMap<>();

    /**
     * @param said columns of labs, such as {@code A1 (4711)}
     * @param export what was exported from the other system; null where nothing was
     */
    public LmsColumns(Course course, Map<LabId, String> said, @Nullable CsvTable export) {
        this.said = Map.copyOf(said);
        Set<String> titles = new HashSet<>();
        this.twice = labs(course).stream()
                .map(lab -> key(CourseTable.words(lab.title())))
                .filter(title -> !titles.add(title))
                .collect(Collectors.toSet());
        if (export != null) {
            export.columns().forEach(column -> exported.putIfAbsent(key(column), column));
        }
    }

    /** Those labs of a course that can have a grade elsewhere. */
    static List<CourseLab> labs(Course course) {
        return course.labs().stream().filter(lab -> lab.cancelled() == null).toList();
    }

    /** The column of a lab. */
    String of(CourseLab lab) {
        return known(lab).orElse(title(lab));
    }

    private Optional<String> known(CourseLab lab) {
        return Stream.of(
                        said.get(lab.id()),
                        exported.get(key(title(lab))),
                        exported.get(key(lab.id().value())))
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** Ids of labs whose column nobody said and no export has: the other system would make a new one. */
    public List<String> unknown(Course course) {
        return labs(course).stream()
                .filter(lab -> known(lab).isEmpty())
                .map(lab -> lab.id().value())
                .toList();
    }

    /** With the id where another lab has the same title. */
    private String title(CourseLab lab) {
        String title = CourseTable.words(lab.title());
        return twice.contains(key(title)) ? title + " [" + lab.id() + "]" : title;
    }

    private static String key(String column) {
        return AROUND_A_TITLE.matcher(column.strip()).replaceAll("").strip().toLowerCase(Locale.ROOT);
    }
}
