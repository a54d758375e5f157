package org.labharness.lab.load;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Form;
import org.labharness.lab.FormItem;
import org.labharness.lab.Lab;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;
import org.labharness.lab.course.AttemptPolicy;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.course.CourseLab.Schedule;
import org.labharness.lab.course.LatePolicy;

/** Reads the labs that a course offers. */
final class CourseLabArguments {
    static final List<String> KEYS = List.of(
            "id", "lab", "title", "points", "form", "opens", "due", "release", "late", "attempts", "team", "cancelled");
    private static final LabId NOBODY = new LabId("unknown");

    private final Path folder;
    private final Function<String, Optional<Path>> bundled;
    private final CourseTime time;
    private final LatePolicy late;
    private final AttemptPolicy attempts;
    private final Map<LabId, Integer> lines = new HashMap<>();

    /**
     * @param folder of {@code course.yaml}
     * @param bundled the folder of a lab that comes with the program
     * @param late what a lab without a policy of its own takes
     */
    CourseLabArguments(
            Path folder,
            Function<String, Optional<Path>> bundled,
            CourseTime time,
            LatePolicy late,
            AttemptPolicy attempts) {
        this.folder = folder;
        this.bundled = bundled;
        this.time = time;
        this.late = late;
        this.attempts = attempts;
    }

    CourseLab read(Value value) {
        YamlMap map = YamlMap.of(new Value(value.node(), "a lab", value.problems()), KEYS);
        Optional<Lab> lab = map.get("lab").flatMap(this::described);
        LabId id = map.get("id")
                .or(() -> map.get("lab").isPresent() ? Optional.empty() : map.need("id", "an id such as 'viva'"))
                .map(text -> text.parsed(LabId::parse, NOBODY))
                .or(() -> lab.map(Lab::id))
                .orElse(NOBODY);
        once(map, id);
        Form form = lab.map(Lab::form).orElseGet(() -> map.has("lab") ? Form.NONE : ownForm(map));
        if (map.has("lab")) {
            saidTwice(map, "points");
            saidTwice(map, "form");
        }
        return new CourseLab(
                id,
                map.get("title")
                        .or(() -> map.has("lab") ? Optional.empty() : map.need("title", "what students read"))
                        .map(title -> title.line(CourseLoader.LONGEST_TITLE))
                        .or(() -> lab.map(Lab::title))
                        .orElse(""),
                lab.map(Lab::machinePoints).orElse(Points.ZERO),
                form,
                lab.map(Lab::folder).orElse(null),
                schedule(map),
                map.get("late").map(PolicyArguments::late).orElse(late),
                map.get("attempts").map(PolicyArguments::attempts).orElse(attempts),
                map.get("team").map(Value::yesOrNo).orElse(false),
                map.get("cancelled")
                        .map(why -> why.line(CourseLoader.LONGEST_TITLE))
                        .orElse(null));
    }

    private void once(YamlMap map, LabId id) {
        Integer other = id.equals(NOBODY) ? null : lines.putIfAbsent(id, map.line());
        if (other != null) {
            map.problems()
                    .add(
                            "duplicate-id",
                            map.line(),
                            "The lab '" + id + "' is there in line " + other + " already.",
                            "Give each lab of the course an 'id' of its own.");
        }
    }

    private static void saidTwice(YamlMap map, String key) {
        if (map.has(key)) {
            map.problems()
                    .add(
                            "said-twice",
                            map.line(key),
                            "'" + key + "' is said by the lab's own lab.yaml.",
                            "Remove it here; how much a lab counts beside others is the component's 'scale'.");
        }
    }

    /** Of what has no {@code lab.yaml}: the form given here, or a single item with all points. */
    private static Form ownForm(YamlMap map) {
        if (map.has("form")) {
            map.get("points")
                    .ifPresent(points -> points.problems()
                            .add(
                                    "said-twice",
                                    points.line(),
                                    "'points' follow from the form.",
                                    "Remove 'points', or the form."));
            return map.get("form").map(CourseLabArguments::worthSomething).orElse(Form.NONE);
        }
        Points points = map.need("points", "what it is worth, or 'lab' or 'form'")
                .map(number -> number.points("0.01"))
                .orElse(Points.of(1));
        FormItem all = new FormItem("points", "", "Points", points, Points.parse("0.01"), true, false);
        return new Form(1, Form.Combine.AVERAGE, List.of(all));
    }

    private static Form worthSomething(Value value) {
        int before = value.problems().count();
        Form form = FormArguments.read(value);
        if (form.points().isZero() && value.problems().count() == before) {
            value.problems()
                    .add(
                            "points",
                            value.line(),
                            "All items of the form are bonus, which is a share of nothing.",
                            "Expected an item without 'bonus: true', or the bonus as an item of another lab.");
        }
        return form;
    }

    private Schedule schedule(YamlMap map) {
        @Nullable Instant opens = map.get("opens").map(time::start).orElse(null);
        @Nullable Instant due = map.get("due").map(time::end).orElse(null);
        if (opens != null && due != null && !due.isAfter(opens)) {
            map.problems()
                    .add("order", map.line("due"), "The lab is due before it opens.", "Expected 'due' after 'opens'.");
        }
        @Nullable Instant release = map.get("release").map(time::start).orElse(null);
        if (opens != null && release != null && release.isBefore(opens)) {
            map.problems()
                    .add(
                            "order",
                            map.line("release"),
                            "The lab's scores are shown before it opens.",
                            "Expected 'release' after 'opens'.");
        }
        return new Schedule(opens, due, release);
    }

    private Optional<Lab> described(Value value) {
        String name = value.text();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Optional<Path> found = own(name).or(() -> bundled.apply(name));
        if (found.isEmpty()) {
            value.problems()
                    .add(
                            "missing-lab",
                            value.line(),
                            "'" + name + "' is neither a folder with a lab.yaml beside course.yaml nor a bundled lab.",
                            meant(name) + "Bundled labs: " + String.join(", ", BundledLabs.ids()) + ".");
            return Optional.empty();
        }
        try {
            return found.map(LabLoader::load);
        } catch (InvalidLab invalid) {
            int count = invalid.findings().size();
            String first = invalid.findings().getFirst().message();
            value.problems()
                    .add(
                            "invalid-lab",
                            value.line(),
                            "The lab '" + name + "' has "
                                    + (count == 1 ? "a problem: " : count + " problems, the first: ") + first,
                            "./lab verify " + found.get() + (count == 1 ? " says where." : " lists them all."));
            return Optional.empty();
        }
    }

    private String meant(String name) {
        String file = "/" + LabLoader.FILE;
        Optional<String> near = name.endsWith(file)
                ? Optional.of(name.substring(0, name.length() - file.length()))
                        .filter(folder -> own(folder).isPresent())
                : NearestWord.to(name, BundledLabs.ids());
        return near.map(word -> "Did you mean '" + word + "'? ").orElse("");
    }

    /** A folder with a {@code lab.yaml}, seen from the course's. */
    private Optional<Path> own(String name) {
        try {
            return Optional.of(folder.resolve(name).normalize())
                    .filter(own -> Files.isRegularFile(own.resolve(LabLoader.FILE)));
        } catch (InvalidPathException none) {
            return Optional.empty();
        }
    }
}
