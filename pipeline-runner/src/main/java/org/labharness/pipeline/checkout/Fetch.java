package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/** Fetches all branches, tags and experiments in one go. */
final class Fetch {
    private static final int IDLE_SECONDS = 60;
    private static final List<RefSpec> ALL = List.of(
            new RefSpec("+refs/heads/*:refs/heads/*"),
            new RefSpec("+refs/tags/*:refs/tags/*"),
            new RefSpec("+refs/exps/*:refs/exps/*"));

    private final CappedRepository clone;
    private final Location location;
    private final Caps caps;
    private @Nullable KnownHosts hosts;
    private final HostLogin login;
    private final Credentials credentials;

    Fetch(CappedRepository clone, Location location, Caps caps, Credentials credentials) {
        this.clone = clone;
        this.location = location;
        this.caps = caps;
        this.credentials = credentials;
        this.login =
                new HostLogin(credentials, location instanceof Location.Remote remote ? remote.uri() : new URIish());
    }

    References all() {
        FetchResult result = fetch(ALL);
        List<Ref> offered = new ArrayList<>(result.getAdvertisedRefs());
        References references = new References(offered);
        if (references.size() > caps.limits().refs()) {
            throw caps.refuse(
                    "the number of branches, tags and experiments",
                    String.valueOf(references.size()),
                    String.valueOf(caps.limits().refs()));
        }
        return references;
    }

    /** Fetches one commit that no ref leads to any more; many servers still have it. */
    boolean commit(ObjectId id) {
        try (Transport transport = open()) {
            transport.fetch(caps.monitor(), List.of(new RefSpec(id.name() + ":refs/lab/graded")));
            return clone.getObjectDatabase().has(id);
        } catch (IOException e) {
            caps.passed().ifPresent(refused -> {
                throw refused;
            });
            return false;
        }
    }

    private FetchResult fetch(List<RefSpec> specs) {
        try (Transport transport = open()) {
            return transport.fetch(caps.monitor(), specs);
        } catch (OutOfMemoryError e) {
            throw caps.tooMuchMemory(); // what took it is garbage by now
        } catch (TransportException | NotSupportedException e) {
            throw caps.passed()
                    .orElseGet(() -> FetchFailure.isFullDisk(e)
                            ? caps.unwritable(clone.getWorkTree(), e)
                            : FetchFailure.of(e, location, caps, login, hosts));
        }
    }

    private Transport open() throws TransportException, NotSupportedException {
        Transport transport = Transport.open(clone, uri());
        transport.setTagOpt(TagOpt.NO_TAGS);
        transport.setObjectChecker(caps.counter());
        transport.setTimeout(Math.min(IDLE_SECONDS, caps.secondsLeft()));
        if (location instanceof Location.Remote) {
            transport.setCredentialsProvider(login);
            if (transport instanceof TransportHttp http) {
                http.setHttpConnectionFactory(new CappedHttp(caps));
            }
            if (transport instanceof SshTransport ssh) {
                KnownHosts known =
                        new KnownHosts(Ssh.home(credentials.environment()).resolve(".ssh"));
                hosts = known;
                ssh.setSshSessionFactory(Ssh.factory(credentials.environment(), known));
            }
        }
        return transport;
    }

    private URIish uri() {
        return switch (location) {
            case Location.Local local ->
                new URIish().setPath(LocalRepository.gitDirectory(local).toString());
            case Location.Remote remote ->
                remote.isHttp() ? remote.uri().setUser(null).setPass(null) : remote.uri();
        };
    }
}
