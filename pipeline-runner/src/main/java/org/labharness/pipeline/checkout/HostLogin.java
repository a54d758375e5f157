package org.labharness.pipeline.checkout;

import java.util.Optional;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;
import org.labharness.pipeline.checkout.Credentials.Login;

/** Answers JGit's questions for a login by the host that asks, so that a redirect elsewhere gets nothing. */
final class HostLogin extends CredentialsProvider {
    private final Credentials credentials;
    private final URIish given;
    private boolean asked;

    /** @param given the URL as given, perhaps with a login in it, which stands above all others */
    HostLogin(Credentials credentials, URIish given) {
        this.credentials = credentials;
        this.given = given;
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
        if (login.isEmpty() || asked || !supports(items)) {
            return false;
        }
        asked = true;
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
        boolean sameHost = uri.getHost() != null && uri.getHost().equalsIgnoreCase(given.getHost());
        if (sameHost && given.getUser() != null) {
            return Optional.of(new Login(given.getUser(), given.getPass() == null ? "" : given.getPass()));
        }
        boolean secret = "https".equalsIgnoreCase(uri.getScheme())
                || "localhost".equalsIgnoreCase(uri.getHost())
                || "127.0.0.1".equals(uri.getHost());
        return secret ? credentials.of(uri) : Optional.empty();
    }
}
