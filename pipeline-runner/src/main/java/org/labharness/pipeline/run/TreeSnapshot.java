package org.labharness.pipeline.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The files of a work tree at one moment, without what tools keep for themselves. Follows no link.
 *
 * @param files relative paths
 */
record TreeSnapshot(Set<String> files) {
    private static final int MOST_FILES = 100_000;
    private static final int DEEPEST = 64;
    /** Characters of all paths: names may be so long that their number alone bounds no memory. */
    private static final int MOST_LETTERS = 24 << 20;

    private static final int MOST_REPORTED = 200;
    private static final Set<String> FOLDERS = Set.of(
            ".git",
            ".dvc",
            "__pycache__",
            "mlruns",
            "mlartifacts",
            ".ipynb_checkpoints",
            ".pytest_cache",
            ".ruff_cache",
            ".mypy_cache",
            "htmlcov",
            "lightning_logs",
            "catboost_info",
            "spark-warehouse",
            "metastore_db",
            ".hydra",
            ".cache",
            ".config",
            ".venv",
            "venv");
    private static final Set<String> NAMES =
            Set.of("dvc.lock", ".gitignore", ".dvcignore", ".coverage", "coverage.xml");

    private static final Pattern LOG = Pattern.compile("(?i).+\\.log(?:[.-][0-9T_.-]{1,30})?");
    private static final Pattern DATABASE = Pattern.compile("(?i).+\\.(?:db|sqlite3?)");
    /** SQLite keeps the tables' definitions on its first pages; bytes. */
    private static final int SCHEMA_BYTES = 1 << 17;

    TreeSnapshot {
        files = Set.copyOf(files);
    }

    static TreeSnapshot of(Path tree) {
        Set<String> files = new HashSet<>();
        try {
            Files.walkFileTree(
                    tree, EnumSet.noneOf(java.nio.file.FileVisitOption.class), DEEPEST, new Collector(tree, files));
        } catch (IOException e) {
            // What the submission made unreadable is not listed; the visitor passes over it already.
        }
        return new TreeSnapshot(files);
    }

    /** Files that are new since then and lie at or below none of the declared paths; sorted, capped. */
    List<String> newSince(TreeSnapshot before, Collection<String> declared) {
        Set<String> known = Set.copyOf(declared);
        return files.stream()
                .filter(file -> !before.files.contains(file))
                .filter(file -> !covered(file, known))
                .sorted()
                .limit(MOST_REPORTED)
                .toList();
    }

    private static boolean covered(String file, Set<String> declared) {
        for (int end = file.length(); end > 0; end = file.lastIndexOf('/', end - 1)) {
            if (declared.contains(file.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    /** Collects regular files until there are too many. */
    private static final class Collector extends SimpleFileVisitor<Path> {
        private final Path tree;
        private final Set<String> files;
        private int letters;

        Collector(Path tree, Set<String> files) {
            this.tree = tree;
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean left = FOLDERS.contains(String.valueOf(folder.getFileName()))
                    || (!folder.equals(tree) && (isOfHydra(folder) || isEnvironment(folder)));
            return left ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = String.valueOf(file.getFileName());
            if (attributes.isRegularFile()
                    && !NAMES.contains(name)
                    && !isStore(name)
                    && !isLog(name)
                    && !isStudy(file, name)) {
                String path = tree.relativize(file).toString();
                letters += path.length();
                files.add(path);
            }
            return files.size() < MOST_FILES && letters < MOST_LETTERS
                    ? FileVisitResult.CONTINUE
                    : FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @org.jspecify.annotations.Nullable IOException e) {
            return FileVisitResult.CONTINUE;
        }

        /** What one run of a Hydra program leaves of itself, in a folder that the clock names. */
        private static boolean isOfHydra(Path folder) {
            return Files.isDirectory(folder.resolve(".hydra"), LinkOption.NOFOLLOW_LINKS);
        }

        /** A virtual environment, whatever its name. */
        private static boolean isEnvironment(Path folder) {
            return Files.isRegularFile(folder.resolve("pyvenv.cfg"), LinkOption.NOFOLLOW_LINKS);
        }

        private static boolean isStore(String name) {
            return name.startsWith("mlflow.db") || name.startsWith("mlruns.db") || name.endsWith(".pyc");
        }

        /** The course asks for logs; they differ from run to run and are no result. */
        private static boolean isLog(String name) {
            return LOG.matcher(name).matches();
        }

        /** Whether it is a database in which Optuna keeps its trials: tracked beside the pipeline, as MLflow's runs are. */
        private static boolean isStudy(Path file, String name) {
            if (!DATABASE.matcher(name).matches()) {
                return false;
            }
            try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                String start = new String(content.readNBytes(SCHEMA_BYTES), StandardCharsets.ISO_8859_1);
                return start.startsWith("SQLite format 3")
                        && start.contains("CREATE TABLE studies")
                        && start.contains("CREATE TABLE trials");
            } catch (IOException e) {
                return false; // listed like any other file
            }
        }
    }
}
