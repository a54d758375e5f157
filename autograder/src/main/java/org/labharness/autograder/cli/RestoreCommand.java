package org.labharness.autograder.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.labharness.autograder.backup.Restore;
import org.labharness.autograder.store.Database;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lab restore}. */
@Command(
        name = "restore",
        description =
                "Brings back what ./lab backup has written, into an empty database of any kind: all of it, or nothing. The file is"
                        + " read through before anything is changed.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab restore /backups/mlops-2026-10-01.zip",
            "  ./lab restore mlops.zip --database \"jdbc:postgresql://host/grades?user=lab\"",
            "",
            "Exit codes: 0 done, 2 wrong use, 4 the system broke, or the file is damaged."
        })
final class RestoreCommand implements Callable<Integer> {
    private final Console console;
    private final Settings settings;

    @Parameters(paramLabel = "FILE", description = "What ./lab backup has written.")
    private Path file = Path.of("");

    @Option(
            names = "--replace",
            description = "Deletes all facts that the database holds now. Make a backup of them first.")
    private boolean replace;

    @Mixin
    private DatabaseOption where = new DatabaseOption();

    RestoreCommand(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        if (!Files.isRegularFile(file)) {
            throw new WrongUse("There is no file " + file + ". Name one that ./lab backup has written.");
        }
        try (Database database = where.openWithStore(settings, console)) {
            Restore restore = new Restore(database, settings.archive());
            if (!replace && !restore.ontoNothing()) {
                throw new WrongUse("The database " + where.address(settings).shown()
                        + " holds facts already. With --replace they are deleted; make a backup of them first.");
            }
            Restore.Restored restored = restore.from(file);
            console.out()
                    .println("Restored what was backed up at " + restored.made() + ": "
                            + BackupCommand.counted(
                                    restored.rows(), restored.tables(), restored.files(), restored.bytes())
                            + ".");
            BackupCommand.missing(console, restored.missing(), "was not in the backup");
        }
        console.out().flush();
        return ExitCode.DONE.code();
    }
}
