package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.transport.Transport;

/**
 * Finds out why a server ends the connection as soon as it is asked for branches: so does Git where a repository names its commits by
 * SHA-256 and whoever asks, as JGit does, knows SHA-1 alone. By Git's older protocol it lists them, and JGit complains of the first one.
 */
final class ObjectNames {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Pattern BY_SHA_256 = Pattern.compile("\\b[0-9a-f]{64} (?:HEAD|refs/)");

    private ObjectNames() {}

    /** Whether a repository that could not be read lists names by SHA-256; false also where it cannot be asked. */
    static boolean areSha256(Origin origin, String host) {
        try (InMemoryRepository none = new InMemoryRepository(new DfsRepositoryDescription("none"))) {
            none.getConfig().setString("protocol", null, "version", "0");
            return Deadline.within(PATIENCE, host, () -> {
                try (Transport transport = origin.open(none)) {
                    transport.openFetch().close();
                    return false;
                }
            });
        } catch (IOException e) {
            return BY_SHA_256.matcher(String.valueOf(e.getMessage())).find();
        } catch (TimeoutException e) {
            return false;
        }
    }
}
