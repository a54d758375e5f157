package org.labharness.pipeline.checkout;

import java.util.Optional;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/** The other end of a fetch: connections to it with the harness's logins, and what a failed one means. */
final class Origin implements AutoCloseable {
    private static final int IDLE_SECONDS = 60;

    private final Location location;
    private final Caps caps;
    private final Credentials credentials;
    private final HostLogin login;
    private @Nullable KnownHosts hosts;
    private volatile @Nullable CappedHttp connections;

    Origin(Location location, Caps caps, Credentials credentials) {
        this.location = location;
        this.caps = caps;
        this.credentials = credentials;
        this.login =
                new HostLogin(credentials, location instanceof Location.Remote remote ? remote.uri() : new URIish());
    }

    /** @param clone where what is fetched will lie; null: nothing will be fetched */
    Transport open(@Nullable Repository clone) throws TransportException, NotSupportedException {
        Transport transport = clone == null ? Transport.open(uri()) : Transport.open(clone, uri());
        if (transport instanceof TransportHttp http) {
            http.setHttpConnectionFactory(connections());
        } else {
            transport.setTimeout(Math.min(IDLE_SECONDS, caps.secondsLeft()));
        }
        if (location instanceof Location.Remote) {
            transport.setCredentialsProvider(login);
            if (transport instanceof SshTransport ssh) {
                KnownHosts known =
                        new KnownHosts(Ssh.home(credentials.environment()).resolve(".ssh"));
                hosts = known;
                ssh.setSshSessionFactory(Ssh.factory(credentials.environment(), known));
            }
        }
        return transport;
    }

    private CappedHttp connections() {
        close();
        CappedHttp fresh = new CappedHttp(caps);
        connections = fresh;
        return fresh;
    }

    /** Ends what is left of connections by HTTP; others end with their transport. */
    @Override
    public void close() {
        CappedHttp known = connections;
        if (known != null) {
            known.close();
        }
    }

    /** The host of a connection that JGit's own timeout does not end in an ordinary thread: {@code git://} and SSH before it has begun. */
    Optional<String> deaf() {
        return location instanceof Location.Remote remote && !remote.isHttp()
                ? Optional.of(remote.host())
                : Optional.empty();
    }

    private URIish uri() {
        return switch (location) {
            case Location.Local local ->
                new URIish().setPath(LocalRepository.gitDirectory(local).toString());
            case Location.Remote remote ->
                remote.isHttp() ? remote.uri().setUser(null).setPass(null) : remote.uri();
        };
    }

    /** What a failure of a connection means, in one sentence. */
    RuntimeException failure(Exception failure) {
        return FetchFailure.of(failure, location, caps, login, hosts, host -> ObjectNames.areSha256(this, host));
    }
}
