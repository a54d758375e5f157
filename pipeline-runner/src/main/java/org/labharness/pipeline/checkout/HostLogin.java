package org.labharness.pipeline.checkout;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.checkout.Credentials.Login;

/** Answers JGit's questions for a login by the host that asks, so that a redirect elsewhere gets nothing. */
final class HostLogin extends CredentialsProvider {
    private final Credentials credentials;
    private final URIish given;
    private @Nullable String asking;
    private final Map<String, Given> answered = new TreeMap<>();

    /** @param given the URL as given, perhaps with a login in it, which stands above all others */
    HostLogin(Credentials credentials, URIish given) {
        this.credentials = credentials;
        this.given = given;
    }

    /** @param inAddress whether it was part of the URL, so that whoever gave that can mend it */
    record Given(String user, boolean inAddress) {}

    /** The host that last asked for a login; after a redirect another one than that of the URL. */
    String host() {
        String last = asking == null ? given.getHost() : asking;
        return last == null ? "" : last.toLowerCase(Locale.ROOT);
    }

    /** What it was answered. */
    Optional<Given> answer() {
        return Optional.ofNullable(answered.get(host()));
    }

    @Override
    public boolean isInteractive() {
        return false;
    }

    @Override
    public boolean supports(CredentialItem... items) {
        for (CredentialItem item : items) {
            if (!(item instanceof CredentialItem.Username) && !(item instanceof CredentialItem.Password)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean get(URIish uri, CredentialItem... items) {
        Optional<Login> login = login(uri);
        asking = uri.getHost();
        String host = host();
        if (login.isEmpty() || answered.containsKey(host) || !supports(items)) {
            return false;
        }
        answered.put(host, new Given(login.get().user(), isGiven(uri)));
        for (CredentialItem item : items) {
            if (item instanceof CredentialItem.Username user) {
                user.setValue(login.get().user());
            } else if (item instanceof CredentialItem.Password password) {
                password.setValue(login.get().secret().toCharArray());
            }
        }
        return true;
    }

    private Optional<Login> login(URIish uri) {
        if (isGiven(uri)) {
            return Optional.of(new Login(given.getUser(), given.getPass() == null ? "" : given.getPass()));
        }
        boolean secret = "https".equalsIgnoreCase(uri.getScheme())
                || "localhost".equalsIgnoreCase(uri.getHost())
                || "127.0.0.1".equals(uri.getHost());
        return secret ? credentials.of(uri) : Optional.empty();
    }

    private boolean isGiven(URIish uri) {
        return uri.getHost() != null && uri.getHost().equalsIgnoreCase(given.getHost()) && given.getUser() != null;
    }
}
