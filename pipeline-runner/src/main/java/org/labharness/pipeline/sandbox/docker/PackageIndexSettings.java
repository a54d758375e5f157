package org.labharness.pipeline.sandbox.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.labharness.pipeline.sandbox.Mount;

/**
 * What the host's owner has configured for downloads (proxy, CA bundle, package index), as variables and mounts of a container that
 * talks to the package index. It may hold credentials, so it is given to no other container.
 */
record PackageIndexSettings(Map<String, String> environment, List<Mount> mounts) {
    private static final String BUNDLE = "/run/lab/ca.pem";
    private static final String NETRC = "/run/lab/netrc";
    private static final String UV_CONFIG = "/run/lab/uv.toml";
    private static final List<String> BUNDLE_NAMES =
            List.of("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "PIP_CERT", "CURL_CA_BUNDLE");
    private static final List<String> SYSTEM_BUNDLES =
            List.of("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem");
    private static final Pattern PASSED = Pattern.compile(
            "(?i:(https?|all|no)_proxy)|UV_INDEX_.*_(USERNAME|PASSWORD)|UV_HTTP_(TIMEOUT|CONNECT_TIMEOUT|RETRIES)|UV_KEYRING_PROVIDER|PIP_DEFAULT_TIMEOUT");
    private static final Pattern SECTION = Pattern.compile("\\s*\\[\\s*(\\S+)\\s*]\\s*");
    private static final Pattern SETTING = Pattern.compile("([A-Za-z_-]+)\\s*[=:]\\s*(.*)");

    PackageIndexSettings {
        environment = Map.copyOf(environment);
        mounts = List.copyOf(mounts);
    }

    /** @param host variables of the harness */
    static PackageIndexSettings of(Map<String, String> host) {
        Map<String, String> pip = pipSettings(host);
        Map<String, String> all = new TreeMap<>();
        host.forEach((name, value) -> {
            if (PASSED.matcher(name).matches()) {
                all.put(name, value);
            }
        });
        // Whoever configures the index of pip or of uv means both.
        String index = first(host, pip, "index-url", "UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL");
        String extra = first(host, pip, "extra-index-url", "UV_INDEX", "UV_EXTRA_INDEX_URL", "PIP_EXTRA_INDEX_URL");
        String trusted = first(host, pip, "trusted-host", "UV_INSECURE_HOST", "PIP_TRUSTED_HOST");
        putBoth(all, index, "UV_DEFAULT_INDEX", "PIP_INDEX_URL");
        putBoth(all, extra, "UV_INDEX", "PIP_EXTRA_INDEX_URL");
        putBoth(all, trusted, "UV_INSECURE_HOST", "PIP_TRUSTED_HOST");
        List<Mount> mounts = new ArrayList<>();
        bundle(host, pip).ifPresent(file -> {
            mounts.add(Mount.readOnly(file, BUNDLE));
            BUNDLE_NAMES.forEach(name -> all.put(name, BUNDLE));
        });
        String home = home(host);
        firstFile(host.getOrDefault("NETRC", ""), home + "/.netrc").ifPresent(file -> {
            mounts.add(Mount.readOnly(file, NETRC));
            all.put("NETRC", NETRC);
        });
        firstFile(
                        host.getOrDefault("UV_CONFIG_FILE", ""),
                        configuration(host) + "/uv/uv.toml",
                        "/etc/xdg/uv/uv.toml",
                        "/etc/uv/uv.toml")
                .ifPresent(file -> {
                    mounts.add(Mount.readOnly(file, UV_CONFIG));
                    all.put("UV_CONFIG_FILE", UV_CONFIG);
                });
        return new PackageIndexSettings(all, mounts);
    }

    private static String home(Map<String, String> host) {
        return host.getOrDefault("HOME", "/nowhere");
    }

    private static String configuration(Map<String, String> host) {
        return host.getOrDefault("XDG_CONFIG_HOME", home(host) + "/.config");
    }

    private static Optional<Path> firstFile(String... places) {
        return Stream.of(places)
                .filter(place -> !place.isBlank())
                .map(Path::of)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static void putBoth(Map<String, String> all, String value, String uv, String pip) {
        if (!value.isBlank()) {
            all.put(uv, value);
            all.put(pip, value);
        }
    }

    private static String first(Map<String, String> host, Map<String, String> pip, String key, String... names) {
        for (String name : names) {
            String value = host.getOrDefault(name, "");
            if (!value.isBlank()) {
                return value;
            }
        }
        return pip.getOrDefault(key, "");
    }

    private static Optional<Path> bundle(Map<String, String> host, Map<String, String> pip) {
        List<String> places = new ArrayList<>();
        BUNDLE_NAMES.forEach(name -> places.add(host.getOrDefault(name, "")));
        places.add(pip.getOrDefault("cert", ""));
        places.addAll(SYSTEM_BUNDLES);
        return firstFile(places.toArray(String[]::new));
    }

    /** Settings of pip's configuration files, the most specific file first. */
    private static Map<String, String> pipSettings(Map<String, String> host) {
        Map<String, String> settings = new TreeMap<>();
        for (String place : List.of(
                host.getOrDefault("PIP_CONFIG_FILE", ""),
                configuration(host) + "/pip/pip.conf",
                home(host) + "/.pip/pip.conf",
                "/etc/xdg/pip/pip.conf",
                "/etc/pip.conf")) {
            if (!place.isBlank() && Files.isRegularFile(Path.of(place))) {
                parse(Path.of(place)).forEach(settings::putIfAbsent);
            }
        }
        return settings;
    }

    private static Map<String, String> parse(Path file) {
        Map<String, String> settings = new TreeMap<>();
        String section = "";
        try {
            for (String line : Files.readAllLines(file)) {
                Matcher head = SECTION.matcher(line);
                Matcher setting = SETTING.matcher(line);
                if (head.matches()) {
                    section = head.group(1);
                } else if (setting.matches() && (section.equals("global") || section.equals("install"))) {
                    settings.put(
                            setting.group(1).replace('_', '-'), setting.group(2).strip());
                }
            }
        } catch (IOException e) {
            // A file of pip's that cannot be read is none: pip itself would go on too.
            return Map.of();
        }
        return settings;
    }
}
