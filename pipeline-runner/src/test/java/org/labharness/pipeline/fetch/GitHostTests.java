package org.labharness.pipeline.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.pipeline.collect.dvc.GitSource;

class GitHostTests {
    private static final String COMMIT = "4f0c1d2e3b4f0c1d2e3b4f0c1d2e3b4f0c1d2e3b";

    @ParameterizedTest
    @CsvSource({
        "https://github.com/team/registry.git, https://raw.githubusercontent.com/team/registry/",
        "https://github.com/team/registry/, https://raw.githubusercontent.com/team/registry/",
        "https://someone:secret@github.com/team/registry, https://raw.githubusercontent.com/team/registry/",
        "git@github.com:team/registry.git, https://raw.githubusercontent.com/team/registry/",
        "ssh://git@gitlab.com:22/group/sub/registry.git, https://gitlab.com/group/sub/registry/-/raw/",
        "http://git.example.org:3000/team/registry, http://git.example.org:3000/team/registry/-/raw/"
    })
    void filesLieAtTheHostsPages(String url, String files) {
        assertThat(GitHost.files(new GitSource(url, COMMIT, "a")))
                .first()
                .satisfies(store -> assertThat(store.about()).containsEntry("url", files + COMMIT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "../registry", "/srv/git/registry", "C:\\git\\registry", "file:///srv/git", "https://host"})
    void aFolderOrAHostAloneHasNone(String url) {
        assertThat(GitHost.files(new GitSource(url, COMMIT, "a"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "main", "4f0c1d2", "../../4f0c1d2e3b4f0c1d2e3b4f0c1d2e3b4f0c"})
    void whatIsNoCommitHasNone(String revision) {
        assertThat(GitHost.files(new GitSource("https://github.com/team/registry", revision, "a")))
                .isEmpty();
    }
}
