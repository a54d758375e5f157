package org.labharness.autograder.cli;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.labharness.autograder.backup.Backup;
import org.labharness.autograder.store.Database;
import org.labharness.lab.Memory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./lab backup}. */
@Command(
        name = "backup",
        description =
                "Writes everything that is known of all courses into one file: every fact of the database as it is now, whichever"
                        + " database that is, and the evidence and Git bundles that facts name. It holds names and grades, and"
                        + " only you may read it.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab backup /backups/mlops-2026-10-01.zip",
            "",
            "Exit codes: 0 done, 2 wrong use, 4 the system broke."
        })
final class BackupCommand implements Callable<Integer> {
    private static final int NAMED = 5;

    private final Console console;
    private final Settings settings;

    @Parameters(paramLabel = "FILE", description = "The file to write; it must not be there yet.")
    private Path file = Path.of("");

    @Mixin
    private DatabaseOption where = new DatabaseOption();

    BackupCommand(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Path target = file.toAbsolutePath().normalize();
        Path folder = target.getParent();
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new WrongUse("There is a file " + target + " already. Choose another name, or remove it.");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new WrongUse("There is no folder " + folder + " for the backup. Make it first.");
        }
        try (Database database = where.openWithStore(settings, console)) {
            Backup.Made made = new Backup(database, settings.archive(), Version.NUMBER)
                    .write(target, InstantSource.system().instant());
            console.out()
                    .println("Wrote " + target + ": " + counted(made.rows(), made.tables(), made.files(), made.bytes())
                            + ".");
            missing(console, made.missing(), "is not in the store, or damaged there");
        }
        console.out().flush();
        return ExitCode.DONE.code();
    }

    static String counted(long rows, int tables, int files, long bytes) {
        return rows + " rows of " + tables + " tables, " + files + " files of " + new Memory(bytes);
    }

    /** Says which files facts name in vain. */
    static void missing(Console console, List<String> digests, String why) {
        if (!digests.isEmpty()) {
            console.err()
                    .println("What facts name as "
                            + String.join(", ", digests.subList(0, Math.min(NAMED, digests.size())))
                            + (digests.size() > NAMED ? " and " + (digests.size() - NAMED) + " more " : " ") + why
                            + "; such submissions can be graded again, but not evaluated again.");
        }
    }
}
