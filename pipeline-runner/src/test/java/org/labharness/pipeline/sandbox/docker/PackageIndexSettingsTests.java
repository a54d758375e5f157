package org.labharness.pipeline.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageIndexSettingsTests {
    @TempDir
    Path home;

    private Path bundle;

    @BeforeEach
    void writeBundle() throws IOException {
        bundle = Files.writeString(home.resolve("company.pem"), "certificates");
    }

    private PackageIndexSettings of(Map<String, String> more) {
        Map<String, String> host = new java.util.HashMap<>(more);
        host.put("HOME", home.toString());
        host.putIfAbsent("SSL_CERT_FILE", bundle.toString());
        return PackageIndexSettings.of(host);
    }

    @Test
    void an_index_that_is_set_for_one_installer_is_set_for_both() {
        assertThat(of(Map.of("PIP_INDEX_URL", "https://a.example/simple")).environment())
                .containsEntry("UV_DEFAULT_INDEX", "https://a.example/simple")
                .containsEntry("PIP_INDEX_URL", "https://a.example/simple");
        assertThat(of(Map.of("UV_INDEX_URL", "https://b.example/simple")).environment())
                .containsEntry("PIP_INDEX_URL", "https://b.example/simple");
    }

    @Test
    void the_settings_file_of_pip_counts_where_no_variable_is_set() throws IOException {
        Path file = Files.writeString(home.resolve("pip.conf"), """
                # of the company
                [list]
                format = columns
                [global]
                index_url = https://c.example/simple
                trusted-host: c.example
                """);
        Map<String, String> environment =
                of(Map.of("PIP_CONFIG_FILE", file.toString())).environment();
        assertThat(environment)
                .containsEntry("UV_DEFAULT_INDEX", "https://c.example/simple")
                .containsEntry("UV_INSECURE_HOST", "c.example")
                .doesNotContainKey("format");
    }

    @Test
    void the_bundle_is_mounted_and_every_program_is_told_where_it_is() {
        PackageIndexSettings settings = of(Map.of());
        assertThat(settings.mounts()).singleElement().satisfies(mount -> {
            assertThat(mount.source()).isEqualTo(bundle);
            assertThat(mount.readOnly()).isTrue();
            assertThat(settings.environment())
                    .containsEntry("SSL_CERT_FILE", mount.target())
                    .containsEntry("PIP_CERT", mount.target());
        });
    }

    @Test
    void proxies_and_credentials_of_indexes_pass_and_nothing_else() {
        assertThat(of(Map.of(
                                "https_proxy", "http://proxy.example:3128",
                                "NO_PROXY", "localhost",
                                "UV_INDEX_MINE_PASSWORD", "p",
                                "AWS_SECRET_ACCESS_KEY", "s",
                                "JAVA_HOME", "/java"))
                        .environment())
                .containsKeys("https_proxy", "NO_PROXY", "UV_INDEX_MINE_PASSWORD")
                .doesNotContainKeys("AWS_SECRET_ACCESS_KEY", "JAVA_HOME", "HOME");
    }
}
