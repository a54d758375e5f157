package org.labharness.pipeline.checkout;

/**
 * Where a submission's repository answers over HTTPS, with the login that the harness has for that host.
 *
 * @param url without login and without slash at its end
 * @param user empty where there is no login
 */
public record RepositoryAddress(String url, String user, String secret) {
    @Override
    public String toString() {
        return url;
    }
}
