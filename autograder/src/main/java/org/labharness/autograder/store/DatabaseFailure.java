package org.labharness.autograder.store;

import java.io.EOFException;
import java.io.File;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What went wrong with a database, in a sentence that says what to do. */
final class DatabaseFailure {
    private static final int LONGEST_REASON = 300;
    /** What H2 says of its file: already open, not reachable, damaged, of another version, read only; all else is said of statements. */
    private static final Set<Integer> OF_THE_FILE =
            Set.of(90013, 90020, 90028, 90029, 90030, 90031, 90048, 90096, 90097, 90124, 90126, 90135, 90138, 90146);

    private static final int HELD = 90020;

    private static final int CUT_OFF = 90028;
    /** Bytes that no page of the database fits into together with what H2 writes beside it. */
    private static final long FULL = 1 << 20;

    private static final int READ_ONLY = 90097;
    private static final int UNSUPPORTED = 50100;
    /** How H2 says that it could not get at the file because others were doing the same. */
    private static final List<String> OF_OTHERS = List.of(
            "lock file recently modified",
            "another process was faster",
            "concurrent update",
            "could not load properties");

    private DatabaseFailure() {}

    /** Whether opening the embedded database may go well a moment later: another process is about to end. */
    static boolean passes(DatabaseAddress address, RuntimeException problem) {
        int code = sql(problem).map(SQLException::getErrorCode).orElse(0);
        return address.embedded()
                && (code == HELD
                        || LostConnections.isLost(code)
                        || OF_OTHERS.stream().anyMatch(words -> says(problem, words)));
    }

    /** Whether a failure came of asking the database, or was told by it already. */
    static boolean concerns(RuntimeException problem) {
        boolean asked = is(problem, DataAccessException.class) || is(problem, TransactionException.class);
        return is(problem, SystemBroke.class) || (asked && is(problem, SQLException.class));
    }

    /** The failure as the system's; what only a fault of this program explains is given back as it is. */
    static RuntimeException of(DatabaseAddress address, RuntimeException problem) {
        Optional<SystemBroke> told = chain(problem)
                .filter(SystemBroke.class::isInstance)
                .map(SystemBroke.class::cast)
                .findFirst();
        if (told.isPresent()) {
            return told.get();
        }
        String state = state(problem);
        return isOurs(address, problem, state)
                ? problem
                : new SystemBroke(Breakdown.DATABASE, sentence(address, problem, state), problem);
    }

    private static boolean isOurs(DatabaseAddress address, RuntimeException problem, String state) {
        boolean wrongStatement =
                state.startsWith("22") || state.startsWith("23") || (state.startsWith("42") && !state.equals("42501"));
        int code = address.embedded()
                ? sql(problem).map(SQLException::getErrorCode).orElse(0)
                : 0;
        return wrongStatement || (code >= 90_000 && !OF_THE_FILE.contains(code) && !LostConnections.isLost(code));
    }

    private static String sentence(DatabaseAddress address, RuntimeException problem, String state) {
        String name = "The database " + address.shown();
        if (says(problem, "no space left") || state.equals("53100") || isCutOffByAFullDisk(address, problem)) {
            return name + " cannot be written: its disk is full. Free some space, then run the command again.";
        }
        return name + " " + (address.embedded() ? ofFile(address, problem) : ofServer(problem, state));
    }

    /** H2 closes the database when it cannot write, and tells who asks a moment later of the lost connection alone. */
    private static boolean isCutOffByAFullDisk(DatabaseAddress address, RuntimeException problem) {
        return address.embedded()
                && LostConnections.isLost(
                        sql(problem).map(SQLException::getErrorCode).orElse(0))
                && new File(address.shown()).getUsableSpace() < FULL;
    }

    /** H2 tells most of this by codes of its own. */
    private static String ofFile(DatabaseAddress address, RuntimeException problem) {
        int code = sql(problem).map(SQLException::getErrorCode).orElse(0);
        if (code == CUT_OFF && is(problem, EOFException.class)) {
            return "is damaged: it was cut off. Nothing was changed. Move the file away and restore the last backup:"
                    + " ./lab restore FILE.";
        }
        if (code == 90030 || code == 90048 || says(problem, "corrupt")) {
            return "is damaged: " + reason(problem)
                    + ". Nothing was changed. Move the file away and restore the last backup: ./lab restore FILE.";
        }
        if (code == 28000) {
            return "was not made by this program: it knows no user '" + DatabaseAddress.OWNER
                    + "' without a password. Name another state folder by LAB_HOME.";
        }
        if (code == HELD || says(problem, "locked") || OF_OTHERS.stream().anyMatch(words -> says(problem, words))) {
            return "is held by a process that lets nobody else in. End that process, then run the command again; "
                    + address.lockFile() + " says which it is.";
        }
        if (code == READ_ONLY || code == UNSUPPORTED) { // other processes cannot be let into a file that is only read
            return "may be read by this user, and not written. May this user write it and its folder?";
        }
        if (code == 50200 || code == 40001) {
            return "was written by others at the same moment: " + reason(problem) + ". Run the command again.";
        }
        if (LostConnections.isLost(code)) {
            return "does not answer any more: the process that held it has ended. What this command was writing at that"
                    + " moment is not in it; all that was written before is. Run the command again.";
        }
        return "cannot be used: " + reason(problem) + ". May this user read and write its folder?";
    }

    private static String ofServer(RuntimeException problem, String state) {
        if (state.equals("28P01") || state.startsWith("28") || says(problem, "no password was provided")) {
            return "refuses the login: " + reason(problem)
                    + ". Check user and password in the address (LAB_DATABASE or --database).";
        }
        if (state.equals("3D000")) {
            return "does not exist on that server: " + reason(problem) + ". Make it with createdb, or check the name.";
        }
        if (state.equals("42501")) {
            return "does not let this user make tables: " + reason(problem)
                    + ". Make the user its owner: alter database NAME owner to USER.";
        }
        if (state.startsWith("40") || state.equals("55P03")) {
            return "was written by others at the same moment: " + reason(problem) + ". Run the command again.";
        }
        if (is(problem, UnknownHostException.class)) {
            return "cannot be reached: there is no such host. Check the address.";
        }
        if (is(problem, ConnectException.class)) {
            return "cannot be reached: nothing answers at that host and port. Is the server running?";
        }
        if (state.equals("08001")) {
            return "cannot be reached: " + reason(problem) + ". Check the address, and whether the server is running.";
        }
        if (state.startsWith("08") || state.startsWith("57")) {
            return "does not answer any more: " + reason(problem)
                    + ". What this command was writing at that moment is not in it. Is the server running?";
        }
        return "cannot be used: " + reason(problem) + ".";
    }

    private static Stream<Throwable> chain(Throwable problem) {
        return Stream.iterate(problem, link -> link != null, Throwable::getCause)
                .limit(20);
    }

    private static boolean is(Throwable problem, Class<? extends Throwable> type) {
        return chain(problem).anyMatch(type::isInstance);
    }

    private static boolean says(Throwable problem, String words) {
        return chain(problem)
                .anyMatch(link -> String.valueOf(link.getMessage())
                        .toLowerCase(Locale.ROOT)
                        .contains(words));
    }

    /** The innermost one that tells a state. */
    private static Optional<SQLException> sql(Throwable problem) {
        return chain(problem)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .filter(link -> link.getSQLState() != null)
                .reduce((first, last) -> last);
    }

    private static String state(Throwable problem) {
        return sql(problem).map(SQLException::getSQLState).orElse("");
    }

    private static String reason(Throwable problem) {
        String text = sql(problem)
                .map(Throwable::getMessage)
                .orElseGet(() -> chain(problem)
                        .map(Throwable::getMessage)
                        .filter(message -> message != null && !message.isBlank())
                        .reduce((first, last) -> last)
                        .orElse(problem.getClass().getSimpleName()));
        String line = text.replaceAll("\\s+", " ").strip().replaceAll("\\.$", "");
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
    }
}
