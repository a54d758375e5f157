package org.labharness.pipeline.environment;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.Text;
import org.labharness.pipeline.document.TreeReader;

/**
 * Reads a requirements file as pip does (comments, continued lines, {@code -r}, {@code -c}, {@code -e}), but passes nothing on that could
 * redirect the installer: options, indexes and addresses are set aside.
 */
final class RequirementsFile {
    private static final int LARGEST = 1 << 20;
    private static final int MOST_LINES = 5_000;
    private static final int MOST_FILES = 20;
    private static final Pattern OPTION = Pattern.compile("(--?[A-Za-z-]+)(?:[ =]\\s*|(?<=^-[a-zA-Z]))?(.*)");
    private static final Pattern AFTER =
            Pattern.compile("\\s+(--(?:hash|config-settings|global-option|install-option)\\b.*)");
    private static final Pattern LOCAL = Pattern.compile("(?:file:)?(\\.{0,2}[^\\[\\]]*?)\\s*(?:\\[([^\\]]*)])?");

    private final TreeReader tree;
    private final Declarations into;
    private int files;

    RequirementsFile(TreeReader tree, Declarations into) {
        this.tree = tree;
        this.into = into;
    }

    /** Reads a file of the tree; false where there is none that can be read. */
    boolean read(String path) {
        return read(path, false);
    }

    private boolean read(String path, boolean constraints) {
        Optional<Text> text = tree.text(path, LARGEST);
        if (text.isEmpty() || into.hasRead(path) || ++files > MOST_FILES) {
            return false;
        }
        into.readFrom(path);
        StringBuilder logical = new StringBuilder();
        int number = 0;
        int first = 1;
        for (String line : text.get().content().split("\r\n|\r|\n", -1)) {
            number++;
            if (number > MOST_LINES) {
                into.setAside(new Aside(
                        "",
                        new Place(path, number),
                        Why.TOO_MUCH,
                        "the file has more than " + MOST_LINES + " lines",
                        true));
                break;
            }
            if (logical.isEmpty()) {
                first = number;
            }
            String plain = withoutComment(line);
            if (plain.endsWith("\\") && logical.length() < LARGEST) {
                logical.append(plain, 0, plain.length() - 1).append(' ');
                continue;
            }
            logical.append(plain);
            line(logical.toString().strip(), new Place(path, first), constraints);
            logical.setLength(0);
        }
        if (!logical.isEmpty()) {
            line(logical.toString().strip(), new Place(path, first), constraints);
        }
        return true;
    }

    /** One requirement or option in a list of another document. */
    void line(String line, Place where) {
        line(line.strip(), where, false);
    }

    private static String withoutComment(String line) {
        int hash = line.indexOf('#');
        while (hash > 0 && !Character.isWhitespace(line.charAt(hash - 1))) {
            hash = line.indexOf('#', hash + 1);
        }
        return hash < 0 ? line.stripTrailing() : line.substring(0, hash).stripTrailing();
    }

    private void line(String line, Place where, boolean constraints) {
        if (line.isEmpty()) {
            return;
        }
        if (line.startsWith("-")) {
            option(line, where, constraints);
        } else if (constraints) {
            into.constrain(AFTER.matcher(line).replaceFirst(""), where);
        } else if (line.startsWith(".") || line.startsWith("/") || line.startsWith("file:")) {
            local(line, line, where, false);
        } else {
            into.add(AFTER.matcher(line).replaceFirst(""), where);
        }
    }

    private void option(String line, Place where, boolean constraints) {
        Matcher option = OPTION.matcher(line);
        String name = option.matches() ? option.group(1) : line;
        String value = option.matches() ? option.group(2).strip() : "";
        switch (name) {
            case "-r", "--requirement" -> include(line, value, where, constraints);
            case "-c", "--constraint" -> include(line, value, where, true);
            case "-e", "--editable" -> {
                if (value.contains("://") || value.startsWith("git+")) {
                    into.add(value, where);
                } else {
                    local(line, value, where, true);
                }
            }
            case "-i", "--index-url", "--extra-index-url", "-f", "--find-links", "--trusted-host", "--no-index" ->
                setAside(
                        line,
                        where,
                        Why.INDEX,
                        "package indexes of a submission are not used; the harness has its own",
                        false);
            default -> setAside(line, where, Why.OPTION, "options of pip are not used", false);
        }
    }

    /** A folder of the tree that holds a package; a wheel or an archive is a file of whoever made it. */
    private void local(String line, String value, Place where, boolean editable) {
        Matcher local = LOCAL.matcher(value.replace('\\', '/'));
        Optional<String> folder = local.matches() ? folder(where, local.group(1)) : Optional.empty();
        if (folder.isEmpty()) {
            setAside(line, where, Why.LOCAL, "leads outside of the repository; it was left out", true);
        } else if (Stream.of("pyproject.toml", "setup.py", "setup.cfg")
                .noneMatch(file -> tree.isFile(folder.get().isEmpty() ? file : folder.get() + "/" + file))) {
            setAside(
                    line,
                    where,
                    Why.LOCAL,
                    "names a package in " + (folder.get().isEmpty() ? "the repository's root" : folder.get())
                            + ", but there is no pyproject.toml and no setup.py; its code is found where commands run",
                    true);
        } else {
            Set<String> extras = local.group(2) == null
                    ? Set.of()
                    : Set.copyOf(List.of(local.group(2).strip().split("\\s*,\\s*", -1)));
            into.local(new LocalPackage(folder.get(), extras, editable, line, where));
        }
    }

    private static Optional<String> folder(Place where, String path) {
        String base = where.path().contains("/")
                ? where.path().substring(0, where.path().lastIndexOf('/'))
                : "";
        String plain = path.replaceFirst("/+$", "");
        if (base.isEmpty() && (plain.isEmpty() || plain.equals("."))) {
            return Optional.of("");
        }
        return plain.equals("..") && !base.contains("/") && !base.isEmpty()
                ? Optional.of("")
                : RelativePath.resolve(base, plain);
    }

    private void include(String line, String value, Place where, boolean constraints) {
        int slash = where.path().lastIndexOf('/');
        Optional<String> path =
                RelativePath.resolve(slash < 0 ? "" : where.path().substring(0, slash), value.replace('\\', '/'));
        if (path.isEmpty()) {
            setAside(line, where, Why.INCLUDED, "names a file outside of the repository", true);
        } else if (!into.hasRead(path.get()) && !read(path.get(), constraints)) {
            setAside(line, where, Why.INCLUDED, "names " + path.get() + ", which is not there or cannot be read", true);
        }
    }

    private void setAside(String line, Place where, Why why, String reason, boolean fault) {
        into.setAside(new Aside(line.replaceAll("//[^/@\\s]*@", "//***@"), where, why, reason, fault));
    }
}
