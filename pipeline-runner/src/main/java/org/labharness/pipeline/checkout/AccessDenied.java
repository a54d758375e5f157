package org.labharness.pipeline.checkout;

import java.util.Optional;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.checkout.HostLogin.Given;

/**
 * Whose matter it is that a server does not let the harness read: a login that staff gave and that is not accepted is theirs; a
 * repository that the accepted user may not read is the submitter's.
 */
final class AccessDenied {
    private AccessDenied() {}

    /** The server wants a login, or another one. */
    static RuntimeException unauthorized(Location.Remote remote, HostLogin login, Exception cause) {
        Optional<Given> given = login.answer();
        if (given.isEmpty()) {
            return refused(
                    remote,
                    "it is private, or does not exist. Give the harness access: a line https://user:token@"
                            + login.host() + " in the file that LAB_CREDENTIALS names.",
                    cause);
        }
        if (given.get().inAddress()) {
            return refused(
                    remote,
                    "'" + login.host() + "' does not accept the login in the address (user '"
                            + given.get().user() + "'). Check user and token, or leave them out.",
                    cause);
        }
        return new SystemBroke(
                Breakdown.LOGIN,
                "'" + login.host() + "' does not accept the harness's login (user '"
                        + given.get().user() + "'), so '" + remote.shown() + "' cannot be read. Renew the token for "
                        + login.host() + ": its line in the file that LAB_CREDENTIALS names, or its LAB_TOKEN_"
                        + " variable.",
                cause);
    }

    /** The server knows the login, if any, and does not let it read. */
    static RuntimeException forbidden(Location.Remote remote, HostLogin login, Exception cause) {
        return login.answer()
                .<RuntimeException>map(given -> refused(
                        remote,
                        "user '" + given.user() + "' of '" + login.host()
                                + "' has no access. Give this user the right to read the repository.",
                        cause))
                .orElseGet(() -> unauthorized(remote, login, cause));
    }

    private static SubmissionRefused refused(Location.Remote remote, String why, Exception cause) {
        return new SubmissionRefused(Refusal.ACCESS_DENIED, "'" + remote.shown() + "' may not be read: " + why, cause);
    }
}
