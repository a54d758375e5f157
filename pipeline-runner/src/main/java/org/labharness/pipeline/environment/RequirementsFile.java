package org.labharness.pipeline.environment;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.Text;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.EnvironmentFacts.SetAside;

/**
 * Reads a requirements file as pip does (comments, continued lines, {@code -r}), but passes nothing on that could redirect the installer
 * or run code: options, indexes, addresses and local paths are set aside.
 */
final class RequirementsFile {
    private static final int LARGEST = 1 << 20;
    private static final int MOST_LINES = 5_000;
    private static final int MOST_FILES = 20;
    private static final Pattern OPTION = Pattern.compile("(--?[A-Za-z-]+)(?:[ =]\\s*|(?<=^-[a-zA-Z]))?(.*)");
    private static final Pattern AFTER =
            Pattern.compile("\\s+(--(?:hash|config-settings|global-option|install-option)\\b.*)");

    private final TreeReader tree;
    private final Declarations into;
    private int files;

    RequirementsFile(TreeReader tree, Declarations into) {
        this.tree = tree;
        this.into = into;
    }

    /** Reads a file of the tree; false where there is none that can be read. */
    boolean read(String path) {
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
                into.setAside(new SetAside(
                        "", new Place(path, number), "the file has more than " + MOST_LINES + " lines", true));
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
            line(logical.toString().strip(), new Place(path, first));
            logical.setLength(0);
        }
        if (!logical.isEmpty()) {
            line(logical.toString().strip(), new Place(path, first));
        }
        return true;
    }

    private static String withoutComment(String line) {
        int hash = line.indexOf('#');
        while (hash > 0 && !Character.isWhitespace(line.charAt(hash - 1))) {
            hash = line.indexOf('#', hash + 1);
        }
        return hash < 0 ? line.stripTrailing() : line.substring(0, hash).stripTrailing();
    }

    private void line(String line, Place where) {
        if (line.isEmpty()) {
            return;
        }
        if (line.startsWith("-")) {
            option(line, where);
            return;
        }
        if (line.startsWith(".") || line.startsWith("/") || line.startsWith("file:")) {
            setAside(
                    line,
                    where,
                    "is a folder or file, not a package of the index; its code is found where commands run",
                    false);
            return;
        }
        into.add(AFTER.matcher(line).replaceFirst(""), where);
    }

    private void option(String line, Place where) {
        Matcher option = OPTION.matcher(line);
        String name = option.matches() ? option.group(1) : line;
        String value = option.matches() ? option.group(2).strip() : "";
        switch (name) {
            case "-r", "--requirement" -> include(line, value, where);
            case "-e", "--editable" ->
                setAside(
                        line,
                        where,
                        "the project itself is not installed; its code is found where commands run",
                        false);
            case "-i", "--index-url", "--extra-index-url", "-f", "--find-links", "--trusted-host", "--no-index" ->
                setAside(line, where, "package indexes of a submission are not used; the harness has its own", false);
            case "-c", "--constraint" -> setAside(line, where, "constraint files are not used", false);
            default -> setAside(line, where, "options of pip are not used", false);
        }
    }

    private void include(String line, String value, Place where) {
        int slash = where.path().lastIndexOf('/');
        Optional<String> path =
                RelativePath.resolve(slash < 0 ? "" : where.path().substring(0, slash), value.replace('\\', '/'));
        if (path.isEmpty()) {
            setAside(line, where, "names a file outside of the repository", true);
        } else if (!into.hasRead(path.get()) && !read(path.get())) {
            setAside(line, where, "names " + path.get() + ", which is not there or cannot be read", true);
        }
    }

    private void setAside(String line, Place where, String reason, boolean fault) {
        String shown = line.replaceAll("//[^/@\\s]*@", "//***@");
        into.setAside(new SetAside(shown.length() > 200 ? shown.substring(0, 200) + "…" : shown, where, reason, fault));
    }
}
