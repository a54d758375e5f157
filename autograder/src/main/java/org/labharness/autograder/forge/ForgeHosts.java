package org.labharness.autograder.forge;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/**
 * The hosts that staff let the harness speak to, and with which tokens: {@code LAB_FORGES} names them, such as
 * {@code "github.com=github git.example.org=gitea"}, and {@code LAB_STATUS_TOKEN_GIT_EXAMPLE_ORG} (dots as {@code _}, hyphens as {@code __})
 * has the token. No address that a forge or a student writes is ever asked.
 */
public final class ForgeHosts {
    private static final String VARIABLE = "LAB_FORGES";
    private static final String TOKEN = "LAB_STATUS_TOKEN_";

    private final List<Host> hosts;

    private ForgeHosts(List<Host> hosts) {
        this.hosts = List.copyOf(hosts);
    }

    /**
     * A host.
     *
     * @param name as addresses of repositories name it, with a port where that is not the usual one
     * @param api where its REST API begins, without a slash at the end
     * @param token not to be printed anywhere
     */
    record Host(String name, Forge forge, String api, String token) {
        @Override
        public String toString() {
            return name;
        }

        boolean isNamed(WebPlace place) {
            return name.equals(place.host());
        }

        /** By SSH a host has another port. */
        boolean isCalled(WebPlace place) {
            return new WebPlace(name, "x").hostName().equals(place.hostName());
        }
    }

    /**
     * @param environment as {@code System.getenv()} gives it
     * @throws SystemBroke where an entry makes no sense, or its token is missing
     */
    public static ForgeHosts from(Map<String, String> environment) {
        List<Host> hosts = new ArrayList<>();
        for (String entry : environment.getOrDefault(VARIABLE, "").strip().split("\\s+", -1)) {
            if (!entry.isEmpty()) {
                hosts.add(host(entry, environment));
            }
        }
        return new ForgeHosts(hosts);
    }

    private static Host host(String entry, Map<String, String> environment) {
        int equals = entry.lastIndexOf('=');
        Optional<Forge> forge = Forge.of(entry.substring(equals + 1));
        String text = entry.substring(0, Math.max(0, equals));
        Optional<URI> url = url(text.contains("://") ? text : "https://" + text);
        if (equals < 0 || forge.isEmpty() || url.isEmpty()) {
            throw new SystemBroke(
                    Breakdown.INTERNAL,
                    VARIABLE + " holds '" + entry + "'. Expected a host and what it is, such as github.com=github,"
                            + " gitlab.example.org=gitlab or git.example.org:3000=gitea.");
        }
        URI uri = url.get();
        String name = uri.getHost().toLowerCase(Locale.ROOT) + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        String variable =
                TOKEN + uri.getHost().replace("-", "__").replace('.', '_').toUpperCase(Locale.ROOT);
        String token = environment.getOrDefault(variable, "").strip();
        if (token.isEmpty()) {
            throw new SystemBroke(
                    Breakdown.LOGIN,
                    VARIABLE + " names " + name + ", but " + variable + " holds no token for it. Set it, or leave the"
                            + " host out.");
        }
        return new Host(name, forge.get(), uri.getScheme() + "://" + api(name, forge.get()), token);
    }

    private static Optional<URI> url(String text) {
        try {
            URI uri = new URI(text);
            boolean plain = uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null;
            // In the clear a token goes nowhere but to this machine.
            boolean safe = "https".equals(uri.getScheme())
                    || ("http".equals(uri.getScheme()) && "127.0.0.1".equals(uri.getHost()));
            return plain && safe ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String api(String name, Forge forge) {
        return switch (forge) {
            case GITHUB -> name.equals("github.com") ? "api.github.com" : name + "/api/v3";
            case GITLAB -> name + "/api/v4";
            case GITEA -> name + "/api/v1";
        };
    }

    /** The host of a repository, if it is one of them. */
    Optional<Host> of(WebPlace place) {
        Optional<Host> exact =
                hosts.stream().filter(host -> host.isNamed(place)).findFirst();
        List<Host> called = hosts.stream().filter(host -> host.isCalled(place)).toList();
        return exact.isPresent() || called.size() != 1 ? exact : Optional.of(called.getFirst());
    }

    /** Whether forges are told anything at all. */
    public boolean isEmpty() {
        return hosts.isEmpty();
    }
}
