package org.labharness.lab;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which of a submission's models is meant; {@link #parse} and {@code toString} round-trip. */
public sealed interface ModelReference {
    /** {@code models:/wine/3}, {@code models:/wine@champion}, {@code models:/wine/latest}. */
    record Registered(String name, Choice choice, String word) implements ModelReference {
        @Override
        public String toString() {
            return "models:/" + name
                    + switch (choice) {
                        case VERSION -> "/" + word;
                        case ALIAS -> "@" + word;
                        case LATEST -> "/latest";
                    };
        }
    }

    /** How a version is chosen. */
    enum Choice {
        VERSION,
        ALIAS,
        LATEST
    }

    /** {@code runs:/latest/model}, or the name of a run in the place of {@code latest}: what a new, finished run logged there. */
    record Logged(String run, String path) implements ModelReference {
        @Override
        public String toString() {
            return "runs:/" + run + "/" + path;
        }

        public boolean latest() {
            return run.equals("latest");
        }
    }

    /** A file or folder in the work tree after the run: committed, or an output of a stage. */
    record InTree(String path) implements ModelReference {
        @Override
        public String toString() {
            return path;
        }
    }

    /** Whether it stands in MLflow. */
    default boolean tracked() {
        return !(this instanceof InTree);
    }

    /** @throws IllegalArgumentException with words for people */
    static ModelReference parse(String text) {
        Matcher registered = Pattern.compile("models:/([^/@:]{1,200})(?:/([1-9][0-9]{0,5})|/(latest)|@([^/@:]{1,200}))")
                .matcher(text);
        if (registered.matches()) {
            String name = registered.group(1);
            if (registered.group(2) != null) {
                return new Registered(name, Choice.VERSION, registered.group(2));
            }
            return registered.group(3) != null
                    ? new Registered(name, Choice.LATEST, "latest")
                    : new Registered(name, Choice.ALIAS, registered.group(4));
        }
        Matcher logged = Pattern.compile("runs:/([^/]{1,200})/([^/].{0,300})").matcher(text);
        if (logged.matches()) {
            return new Logged(logged.group(1), logged.group(2));
        }
        if (text.contains(":")) {
            throw new IllegalArgumentException("'" + text
                    + "' names no model: expected models:/name@alias, models:/name/3, models:/name/latest,"
                    + " runs:/latest/model, or a path in the repository");
        }
        return new InTree(text);
    }
}
