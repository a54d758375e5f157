package org.labharness.pipeline.preflight;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.ShellWord;
import org.labharness.pipeline.document.Text;
import org.labharness.pipeline.evidence.TreeFacts.TreeFile;

/** Whether the packages are named in a form that installs elsewhere. */
final class RequirementsQuirk implements Quirk {
    private static final Set<String> OTHERS = Set.of(
            "pyproject.toml",
            "uv.lock",
            "Pipfile",
            "environment.yml",
            "environment.yaml",
            "conda.yaml",
            "conda.yml",
            "setup.py",
            "setup.cfg",
            "python_env.yaml");
    private static final Pattern NEARLY = Pattern.compile(
            "requ?ir?e?ments?[^.]{0,3}(?:\\.te?xt)?|requirement\\.txt|requirements?\\.text", Pattern.CASE_INSENSITIVE);
    private static final Pattern BELOW =
            Pattern.compile("[^/]{1,100}/requirements\\.txt|requirements/[\\w.-]{1,100}\\.txt");
    private static final Pattern CONDA = Pattern.compile("[A-Za-z0-9_.-]{1,80}=[0-9][^=\\s]{0,40}=[A-Za-z0-9_]{1,40}");
    private static final Set<String> WINDOWS_ONLY = Set.of("pywin32", "pywinpty", "pypiwin32", "wmi", "winsdk");
    private static final Set<String> NO_PACKAGES = Set.of(
            "os",
            "sys",
            "json",
            "re",
            "math",
            "random",
            "logging",
            "pickle",
            "datetime",
            "time",
            "csv",
            "pathlib",
            "argparse",
            "subprocess",
            "collections",
            "itertools",
            "functools",
            "shutil",
            "glob",
            "copy",
            "string",
            "hashlib",
            "io",
            "sqlite3",
            "urllib",
            "unittest",
            "warnings",
            "tempfile",
            "threading",
            "multiprocessing",
            "traceback",
            "zipfile",
            "base64");
    private static final int SHOWN = 5;

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        String path = "requirements.txt";
        if (!view.has(path)) {
            absent(view, findings);
            return;
        }
        Optional<Text> text = view.text(path);
        if (text.isEmpty()) {
            findings.accept(FindingCode.ENV_UNREADABLE.at(
                    Place.of(path),
                    "requirements.txt is no text that can be read.",
                    "Write it again, one package a line: pip freeze > requirements.txt."));
            return;
        }
        encoding(text.get(), path, findings);
        lines(text.get(), path, findings);
    }

    private static void absent(TreeView view, Consumer<Finding> findings) {
        Optional<String> misspelt = view.files().stream()
                .map(TreeFile::path)
                .filter(file -> !file.contains("/") && NEARLY.matcher(file).matches())
                .findFirst();
        if (misspelt.isPresent()) {
            findings.accept(FindingCode.ENV_MISSPELT_REQUIREMENTS.at(
                    Place.of(misspelt.get()),
                    "The file '" + misspelt.get()
                            + "' is probably meant to be requirements.txt; no tool finds it under this name.",
                    "Rename it: git mv " + ShellWord.of(misspelt.get()) + " requirements.txt && git commit."));
            return;
        }
        Optional<String> other = OTHERS.stream()
                .filter(view::has)
                .sorted()
                .findFirst()
                .or(() -> view.files().stream()
                        .map(TreeFile::path)
                        .filter(file -> BELOW.matcher(file).matches() && !TreeView.isForeign(file))
                        .findFirst());
        boolean python = !view.python().isEmpty();
        other.ifPresent(
                file -> findings.accept(
                        FindingCode.ENV_OTHER_DECLARATION.at(
                                Place.of(file),
                                "The packages are declared in " + file
                                        + ", not in a requirements.txt at the top. They are read from there"
                                        + (file.contains("conda") || file.startsWith("environment.")
                                                ? ", as far as they exist outside conda."
                                                : "."),
                                "Nothing has to be done; a requirements.txt with versions is what most tools and people look for first.")));
        if (other.isEmpty() && python) {
            findings.accept(FindingCode.ENV_NO_REQUIREMENTS.at(
                    null,
                    "There is no requirements.txt (nor pyproject.toml), so nobody knows which packages the code needs.",
                    "Write one package a line with its version (pip freeze > requirements.txt) and commit it."));
        }
    }

    private static void encoding(Text text, String path, Consumer<Finding> findings) {
        String encoding = switch (text.encoding()) {
            case UTF_16_LE, UTF_16_BE -> "UTF-16, as PowerShell's '>' writes it";
            case LEGACY -> "an old Windows encoding";
            case UTF_8 -> text.bom() ? "UTF-8 with a byte order mark" : "";
            case BINARY -> "";
        };
        if (!encoding.isEmpty()) {
            findings.accept(FindingCode.ENV_REQUIREMENTS_ENCODING.at(
                    Place.of(path),
                    "requirements.txt is written in " + encoding
                            + ". It is read all the same, but other tools may fail.",
                    "Save it as UTF-8 (PowerShell: pip freeze | Out-File -Encoding ascii requirements.txt)."));
        }
    }

    private static void lines(Text text, String path, Consumer<Finding> findings) {
        List<String> lines = text.content().lines().limit(5_000).toList();
        int found = 0;
        for (int i = 0; i < lines.size() && found < SHOWN; i++) {
            String line = lines.get(i).strip();
            Optional<String[]> wrong = wrong(line);
            if (wrong.isPresent()) {
                found++;
                findings.accept(FindingCode.ENV_IMPOSSIBLE_REQUIREMENT.at(
                        new Place(path, i + 1),
                        "requirements.txt line " + (i + 1) + " '"
                                + (line.length() > 80 ? line.substring(0, 79) + "…" : line) + "' " + wrong.get()[0]
                                + ".",
                        wrong.get()[1]));
            }
        }
    }

    private static Optional<String[]> wrong(String line) {
        String name = line.toLowerCase(Locale.ROOT).split("[\\s=<>!~;\\[@]", 2)[0];
        if (line.startsWith("<<<<<<<") || line.startsWith(">>>>>>>") || line.equals("=======")) {
            return words("is left over from a merge conflict", "Settle the conflict and commit the file.");
        }
        if (line.contains("@ file:") || line.startsWith("file:")) {
            return words(
                    "is a path on your machine, as conda writes it",
                    "Write the package with its version instead (pip list --format=freeze > requirements.txt).");
        }
        if (CONDA.matcher(line).matches()) {
            return words(
                    "is in conda's form, which pip does not read",
                    "Write name==version (pip list --format=freeze > requirements.txt).");
        }
        if (NO_PACKAGES.contains(name) && line.matches("[A-Za-z0-9_.-]{1,60}\\s*(?:[=<>!~].*)?")) {
            return words(
                    "names a module of Python itself, which needs no package",
                    "Take the line out: 'import " + name + "' works everywhere.");
        }
        if (line.matches("[A-Za-z0-9_.-]{1,60}=[0-9][^=]{0,40}|[A-Za-z0-9_.-]{1,60} [0-9][0-9.]{0,20}")) {
            return words(
                    "is in a form that pip does not read",
                    "Write name==version, such as " + name + "==" + line.replaceFirst("^[^= ]*[= ]", "") + ".");
        }
        if (WINDOWS_ONLY.contains(name) && !line.contains("sys_platform") && !line.contains("platform_system")) {
            return words(
                    "exists on Windows only; it is left out here",
                    "Take the line out, or write: " + name + "; sys_platform == 'win32'.");
        }
        return Optional.empty();
    }

    private static Optional<String[]> words(String what, String hint) {
        return Optional.of(new String[] {what, hint});
    }
}
