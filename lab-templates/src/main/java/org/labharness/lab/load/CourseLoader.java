package org.labharness.lab.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.course.AttemptPolicy;
import org.labharness.lab.course.Component;
import org.labharness.lab.course.Component.Bonus;
import org.labharness.lab.course.Component.Scale;
import org.labharness.lab.course.ComponentId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseId;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.course.LatePolicy;
import org.labharness.lab.course.LetterBand;
import org.labharness.lab.course.Rounding;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code course.yaml}. */
public final class CourseLoader {
    /** The usual name of the file. */
    public static final String FILE = "course.yaml";

    static final List<String> KEYS = List.of(
            "id",
            "title",
            "time-zone",
            "pass-mark",
            "rounding",
            "letters",
            "ranks",
            "late",
            "late-days",
            "attempts",
            "components");
    static final List<String> COMPONENT_KEYS = List.of("title", "weight", "best", "offered", "scale", "bonus", "labs");
    /** Of what stands in tables and headings. */
    static final int LONGEST_TITLE = 200;

    private static final int LONGEST_LETTER = 20;
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    private final Path file;
    private final Function<String, Optional<Path>> bundled;
    private final Problems problems;
    /** Whether every weight could be read. */
    private boolean weighed = true;

    private CourseLoader(Path file, Function<String, Optional<Path>> bundled) {
        this.file = file;
        this.bundled = bundled;
        this.problems = new Problems(String.valueOf(file.getFileName()), "course");
    }

    /**
     * The course that a file describes, with the labs that it names.
     *
     * @param bundled the folder of a lab that comes with the program
     * @throws InvalidCourse with all problems at once
     * @throws UncheckedIOException where the disk fails
     */
    public static Course load(Path file, Function<String, Optional<Path>> bundled) {
        try {
            return new CourseLoader(file.toAbsolutePath().normalize(), bundled).read();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private Course read() throws IOException {
        Node root = new YamlText(problems).root(file).orElseThrow(() -> new InvalidCourse(file, problems.sorted()));
        YamlMap map = YamlMap.of(new Value(root, "the course", problems), KEYS);
        ZoneId zone = map.need("time-zone", "a time zone such as 'Asia/Kolkata', in which days and hours are meant")
                .map(value -> value.parsed(CourseLoader::zone, ZoneId.of("UTC")))
                .orElse(ZoneId.of("UTC"));
        Course course = new Course(
                map.need("id", "an id such as 'mlops-2026'")
                        .map(value -> value.parsed(CourseId::parse, new CourseId("unknown")))
                        .orElse(new CourseId("unknown")),
                map.need("title", "a short title")
                        .map(title -> title.line(LONGEST_TITLE))
                        .orElse(""),
                zone,
                map.get("pass-mark").map(value -> value.decimal("0", "100")).orElse(null),
                map.get("rounding").map(PolicyArguments::rounding).orElse(Rounding.DEFAULT),
                map.get("letters").map(CourseLoader::letters).orElse(List.of()),
                map.get("ranks").map(Value::yesOrNo).orElse(false),
                map.get("late-days").map(value -> value.whole(0, 366)).orElse(0),
                components(map, zone),
                Objects.requireNonNull(file.getParent()));
        lateDays(map, course);
        if (!problems.none()) {
            throw new InvalidCourse(file, problems.sorted());
        }
        return course;
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no time zone: expected one such as Asia/Kolkata or Europe/Berlin", e);
        }
    }

    private static List<LetterBand> letters(Value value) {
        YamlMap map = YamlMap.open(value, "letters with the least total that earns them, such as {A: 85, B: 70}");
        List<LetterBand> bands = new ArrayList<>();
        for (String letter : map.keys()) {
            if (letter.isBlank()
                    || letter.length() > LONGEST_LETTER
                    || Value.UNSEEN.matcher(letter).find()) {
                map.problems()
                        .add(
                                "value",
                                map.line(letter),
                                "'" + letter + "' is no letter grade.",
                                "Expected 1 to " + LONGEST_LETTER + " characters, such as 'A' or 'A minus'.");
            }
            map.get(letter).ifPresent(from -> bands.add(new LetterBand(letter, from.decimal("0", "200"))));
        }
        bands.sort(Comparator.comparing(LetterBand::from).reversed());
        for (int i = 1; i < bands.size(); i++) {
            if (bands.get(i).from().compareTo(bands.get(i - 1).from()) == 0) {
                String seen = "'" + bands.get(i - 1).letter() + "' and '"
                        + bands.get(i).letter() + "' begin at the same total.";
                map.problems().add("order", map.line(bands.get(i).letter()), seen, "Expected one letter at a total.");
            }
        }
        return bands;
    }

    private List<Component> components(YamlMap map, ZoneId zone) {
        LatePolicy late = map.get("late").map(PolicyArguments::late).orElse(LatePolicy.REFUSED);
        AttemptPolicy attempts =
                map.get("attempts").map(PolicyArguments::attempts).orElse(AttemptPolicy.DEFAULT);
        CourseLabArguments labs = new CourseLabArguments(
                Objects.requireNonNull(file.getParent()), bundled, new CourseTime(zone), late, attempts);
        Optional<Value> given = map.need("components", "a mapping of components, each with a weight and labs");
        List<Component> components = given.map(value -> components(value, labs)).orElse(List.of());
        BigDecimal sum = components.stream().map(Component::weight).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (weighed && !components.isEmpty() && sum.compareTo(WHOLE) != 0) {
            problems.add(
                    "weights",
                    map.line("components"),
                    "The weights add up to " + sum.toPlainString() + ".",
                    "Expected weights that add up to 100.");
        }
        return components;
    }

    private List<Component> components(Value value, CourseLabArguments labs) {
        YamlMap map = YamlMap.open(value, "a mapping of components");
        if (map.isMapping() && map.keys().isEmpty()) {
            value.wrong("a mapping of at least one component");
        }
        return map.byId("assignments", (id, one) -> component(id, one, labs));
    }

    private Component component(String id, Value value, CourseLabArguments labs) {
        YamlMap map = YamlMap.of(value, COMPONENT_KEYS);
        @Nullable
        Integer best = map.get("best").map(number -> number.whole(1, 1000)).orElse(null);
        int offered = map.get("offered").map(number -> number.whole(1, 1000)).orElse(1);
        if (best != null && map.has("offered") && best > offered) {
            problems.add(
                    "best",
                    map.line("best"),
                    "The best " + best + " count, of at least " + offered + " that are offered.",
                    "Expected 'best' to be at most 'offered'.");
        }
        return new Component(
                id.matches("[a-z][a-z0-9-]{0,39}") ? new ComponentId(id) : new ComponentId("unknown"),
                map.need("title", "what students read")
                        .map(title -> title.line(LONGEST_TITLE))
                        .orElse(""),
                weight(map),
                best,
                offered,
                map.get("scale").flatMap(word -> word.constant(Scale.class)).orElse(Scale.EQUAL),
                map.get("bonus").flatMap(word -> word.constant(Bonus.class)).orElse(Bonus.LAB),
                map.need("labs", "a list of labs, or of whatever else is worth points")
                        .map(list -> list.list().stream().map(labs::read).toList())
                        .orElse(List.<CourseLab>of()));
    }

    private BigDecimal weight(YamlMap map) {
        int before = problems.count();
        BigDecimal weight = map.need("weight", "percent of the course total")
                .map(number -> number.decimal("0.01", "100"))
                .orElse(BigDecimal.ONE);
        weighed &= map.isMapping() && problems.count() == before;
        return weight;
    }

    private void lateDays(YamlMap map, Course course) {
        boolean drawn = course.labs().stream().anyMatch(lab -> lab.late().bank());
        if (drawn && (map.has("late-days") ? problems.none() && course.lateDays() == 0 : map.isMapping())) {
            problems.add(
                    "late-days",
                    map.line("late-days"),
                    "A policy draws on late days ('bank: true'), but nobody has any.",
                    "Expected 'late-days: 5', the days that each student may spend.");
        }
        if (!drawn && course.lateDays() > 0 && problems.none()) {
            problems.add(
                    "late-days",
                    map.line("late-days"),
                    "Students have " + course.lateDays() + " late days, but no policy draws on them.",
                    "Expected 'late: {bank: true}', for the course or for a lab.");
        }
    }
}
