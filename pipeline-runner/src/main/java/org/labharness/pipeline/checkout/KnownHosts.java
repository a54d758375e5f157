package org.labharness.pipeline.checkout;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import org.eclipse.jgit.internal.transport.sshd.OpenSshServerKeyDatabase;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.jspecify.annotations.Nullable;

/** {@code ~/.ssh/known_hosts}, which also remembers why a host was not believed. */
final class KnownHosts implements ServerKeyDatabase {
    private final ServerKeyDatabase file;
    private volatile boolean changed;

    KnownHosts(Path sshFolder) {
        file = new OpenSshServerKeyDatabase(
                true, List.of(sshFolder.resolve("known_hosts"), sshFolder.resolve("known_hosts2")));
    }

    /** Whether a host showed another key than the one that is known of it. */
    boolean sawChangedKey() {
        return changed;
    }

    @Override
    public List<PublicKey> lookup(String address, InetSocketAddress remote, Configuration configuration) {
        return file.lookup(address, remote, configuration);
    }

    @Override
    public boolean accept(
            String address,
            InetSocketAddress remote,
            PublicKey key,
            Configuration configuration,
            @Nullable CredentialsProvider provider) {
        boolean accepted = file.accept(address, remote, key, configuration, provider);
        changed |= !accepted && !lookup(address, remote, configuration).isEmpty();
        return accepted;
    }
}
