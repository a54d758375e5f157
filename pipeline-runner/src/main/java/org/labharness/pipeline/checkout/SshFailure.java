package org.labharness.pipeline.checkout;

import java.util.Optional;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;

/** What only SSH can fail with: hosts and keys. */
final class SshFailure {
    private SshFailure() {}

    static Optional<RuntimeException> of(Exception failure, Location.Remote remote, boolean changedHost) {
        String host = "'" + remote.host() + "'";
        if (FetchFailure.says(failure, "server key did not validate", "unknown host key")) {
            return Optional.of(new SystemBroke(
                    Breakdown.NETWORK,
                    changedHost
                            ? "The SSH key of " + host
                                    + " is not the one in ~/.ssh/known_hosts: the host was set up anew,"
                                    + " or another one answers in its place. Ask its owner before you replace the line."
                            : "The SSH key of " + host + " is not known here. Check it, then add it with: ssh-keyscan "
                                    + port(remote) + remote.host() + " >> ~/.ssh/known_hosts.",
                    failure));
        }
        if (!FetchFailure.says(failure, "cannot log in", "no more auth", "auth fail")) {
            return Optional.empty();
        }
        if (FetchFailure.says(failure, "publickey: trying", "publickey: server refused")) {
            return Optional.of(new SubmissionRefused(
                    Refusal.ACCESS_DENIED,
                    "'" + remote.shown() + "' may not be read: " + host
                            + " does not accept the harness's SSH key. Add its"
                            + " public key to the repository's readers.",
                    failure));
        }
        return Optional.of(new SystemBroke(
                Breakdown.LOGIN,
                "The harness has no SSH key for " + host + ", so '" + remote.shown()
                        + "' cannot be read. Put one into ~/.ssh or load it into the agent that SSH_AUTH_SOCK names.",
                failure));
    }

    private static String port(Location.Remote remote) {
        int port = remote.uri().getPort();
        return port < 1 || port == 22 ? "" : "-p " + port + " ";
    }
}
