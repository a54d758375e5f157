package org.labharness.pipeline.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.collect.dvc.DvcRemote;
import org.labharness.pipeline.fetch.FetchSettings.Place;

class SettingsFileTests {
    @TempDir
    Path folder;

    private FetchSettings load(String text) throws IOException {
        Path file = folder.resolve("sources.yaml");
        Files.writeString(file, text);
        return SettingsFile.load(Map.of("LAB_DATA_SOURCES", file.toString(), "COURSE_SECRET", "s3cret"));
    }

    @Test
    void without_a_file_only_public_https_may_be_asked() {
        assertThat(SettingsFile.load(Map.of("HOME", folder.toString()))).isEqualTo(FetchSettings.DEFAULT);
        assertThat(FetchSettings.DEFAULT.publicHttps()).isTrue();
        assertThat(FetchSettings.DEFAULT.allow()).isEmpty();
    }

    @Test
    void places_get_their_secrets_from_the_environment_and_do_not_show_them() throws IOException {
        FetchSettings settings = load("""
                public-https: false
                allow: ["http://10.1.2.3:9000"]
                places:
                  - {url: "s3://course", endpoint: "http://10.1.2.3:9000", user: KEY, secret: "${COURSE_SECRET}", course: true}
                """);
        assertThat(settings.publicHttps()).isFalse();
        assertThat(settings.allow()).containsExactly("http://10.1.2.3:9000");
        assertThat(settings.places())
                .containsExactly(new Place("s3://course", "http://10.1.2.3:9000", "", "KEY", "s3cret", "", true));
        assertThat(settings.toString()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            alow: [https://x.org]                                  | sources.yaml:1: 'alow' is not known; expected one of allow, control, places, public-https.
            allow: [ftp://x.org]                                   | sources.yaml:1: expected an address such as https://data.example.org/course.
            places: [{user: me}]                                   | sources.yaml:1: each of places has a url such as https://host/folder or s3://bucket/folder.
            places: [{url: "https://x.org", secret: "${NOT_SET}"}] | sources.yaml:1: the variable NOT_SET is not set.
            """)
    void what_is_wrong_is_named_with_its_line(String text, String message) {
        assertThatThrownBy(() -> load(text)).isInstanceOf(SystemBroke.class).hasMessageEndingWith(message);
    }

    @Test
    void the_most_specific_place_counts_and_none_for_a_path_that_leads_out() {
        Place all = new Place("https://x.org", "", "", "a", "1", "", false);
        Place inner = new Place("https://x.org/inner", "", "", "b", "2", "", false);
        FetchSettings settings = new FetchSettings(true, List.of(), List.of(all, inner), List.of());
        assertThat(settings.of("https://x.org/inner/y")).contains(inner);
        assertThat(settings.of("https://x.org/innermost")).contains(all);
        assertThat(settings.of("https://x.org.evil.org/inner")).isEmpty();
        assertThat(settings.of("https://x.org/inner/../secret")).isEmpty();
    }

    private static Store store(String url, Map<String, String> options, Place... places) {
        Optional<Store> store = Store.of(
                new DvcRemote("r", url, "", options), new FetchSettings(true, List.of(), List.of(places), List.of()));
        assertThat(store).isPresent();
        return store.get();
    }

    @Test
    void a_login_in_the_repositorys_own_address_is_used_and_not_shown() {
        Store store = store("https://me:p%2Fw@x.org/store", Map.of());
        assertThat(store.about())
                .containsEntry("url", "https://x.org/store")
                .containsEntry("user", "me")
                .containsEntry("password", "p/w");
        assertThat(store.shown()).isEqualTo("the DVC remote 'r' (https://x.org/store)");
        assertThat(store.toString()).doesNotContain("p/w");
        assertThat(store.secrets()).containsExactly("p/w");
    }

    @Test
    void the_courses_login_stands_above_the_repositorys() {
        Place place = new Place("https://x.org/store", "", "", "", "token", "", false);
        assertThat(store("https://x.org/store", Map.of("user", "me", "password", "pw"), place)
                        .about())
                .containsEntry("token", "token")
                .doesNotContainValue("pw");
    }

    @Test
    void the_courses_key_is_for_the_courses_endpoint_only() {
        Place place = new Place("s3://b", "https://minio.x.org", "eu", "KEY", "SECRET", "", false);
        assertThat(store("s3://b/p", Map.of(), place).about())
                .containsEntry("endpoint", "https://minio.x.org")
                .containsEntry("key", "KEY");
        assertThat(store("s3://b/p", Map.of("endpointurl", "https://evil.org"), place)
                        .about())
                .containsEntry("endpoint", "https://evil.org")
                .containsEntry("key", "")
                .doesNotContainValue("SECRET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://b@evil.org/x", "s3://", "s3://a b/x", "https:///x", "https://"})
    void an_address_that_makes_no_sense_is_no_store(String url) {
        assertThat(Store.of(new DvcRemote("r", url, "", Map.of()), FetchSettings.DEFAULT))
                .isEmpty();
    }

    @Test
    void a_Google_bucket_is_asked_as_the_web_shows_it() {
        assertThat(store("gs://bucket/dvc", Map.of()).about())
                .containsEntry("url", "https://storage.googleapis.com/bucket/dvc");
    }
}
