package org.labharness.lab.course;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.LabId;

/**
 * A course as {@code course.yaml} describes it.
 *
 * @param zone in which the course's days and hours are meant
 * @param passMark percent of the course total that passes, 0 to 100; null where the course has none
 * @param rounding of the course total, or of each component
 * @param letters highest first; none where the course gives no letters
 * @param ranked whether students get a rank
 * @param lateDays that each student may spend in the whole course, where a lab's policy draws from them
 * @param components with weights that add up to 100
 * @param folder of {@code course.yaml}, an absolute path
 */
public record Course(
        CourseId id,
        String title,
        ZoneId zone,
        @Nullable BigDecimal passMark,
        Rounding rounding,
        List<LetterBand> letters,
        boolean ranked,
        int lateDays,
        List<Component> components,
        Path folder) {
    public Course {
        letters = List.copyOf(letters);
        components = List.copyOf(components);
    }

    /** All labs of all components, in the order of the file. */
    public List<CourseLab> labs() {
        return components.stream()
                .flatMap(component -> component.labs().stream())
                .toList();
    }

    public Optional<CourseLab> lab(LabId id) {
        return components.stream()
                .flatMap(component -> component.labs().stream())
                .filter(lab -> lab.id().equals(id))
                .findFirst();
    }

    /** The best letter whose band a total reaches, where the course gives letters. */
    public Optional<String> letter(BigDecimal total) {
        Stream<LetterBand> reached = letters.stream().filter(band -> total.compareTo(band.from()) >= 0);
        return reached.map(LetterBand::letter).findFirst();
    }
}
