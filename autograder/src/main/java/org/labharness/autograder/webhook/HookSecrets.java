package org.labharness.autograder.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.labharness.autograder.forge.Forge;
import org.labharness.lab.course.CourseId;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/**
 * What forges prove themselves with. They come from variables: {@code LAB_WEBHOOK_GITHUB} for every course, or
 * {@code LAB_WEBHOOK_MLOPS__2026_GITHUB} for one (hyphens of its id as {@code __}). A variable may hold several, apart by blanks, while one
 * takes the place of another.
 */
public final class HookSecrets {
    private static final String VARIABLE = "LAB_WEBHOOK_";
    private static final int SHORTEST = 16;

    private final List<Secret> all;

    private HookSecrets(List<Secret> all) {
        this.all = List.copyOf(all);
    }

    /** Not to be printed anywhere. */
    record Secret(CourseId course, Forge forge, String text) {
        @Override
        public String toString() {
            return course + " " + forge + " ***";
        }
    }

    /**
     * @param environment as {@code System.getenv()} gives it
     * @throws SystemBroke where one could be guessed
     */
    public static HookSecrets from(Map<String, String> environment, List<CourseId> courses) {
        List<Secret> all = new ArrayList<>();
        for (CourseId course : courses) {
            for (Forge forge : Forge.values()) {
                String own = VARIABLE + course.value().replace("-", "__").toUpperCase(Locale.ROOT) + "_" + forge;
                for (String variable : List.of(own, VARIABLE + forge)) {
                    read(variable, environment).forEach(text -> all.add(new Secret(course, forge, text)));
                }
            }
        }
        return new HookSecrets(all);
    }

    private static List<String> read(String variable, Map<String, String> environment) {
        String value = environment.getOrDefault(variable, "").strip();
        List<String> texts = value.isEmpty() ? List.of() : List.of(value.split("\\s+"));
        for (String text : texts) {
            if (text.length() < SHORTEST) {
                throw new SystemBroke(
                        Breakdown.INTERNAL,
                        "A secret in " + variable + " has " + text.length() + " characters, which could be guessed."
                                + " Expected at least " + SHORTEST + ", such as openssl rand -hex 32 gives.");
            }
        }
        return texts;
    }

    /** Of every course. */
    List<Secret> of(Forge forge) {
        return all.stream().filter(secret -> secret.forge() == forge).toList();
    }
}
