package org.labharness.autograder.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryTextTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com/org/repo",
                "https://github.com/org/repo.git",
                "https://gitlab.example.org:8443/group/sub/{team}/{lab}.git",
                "http://127.0.0.1:3000/ada/work.git",
                "https://git.example.org/~ada/{lab}_{student}.git",
                "ssh://git@git.example.org:2222/org/{lab}.git",
                "git@github.com:org/{lab}-{student}.git",
                "git://git.example.org/ada.git",
                "file:///srv/git/{student}.git",
                "/srv/git/{student}.git",
                "repositories/{student}",
                "../work of students/{student}"
            })
    void addresses_that_can_be_fetched_are_fine(String address) {
        assertThat(RepositoryText.complaint(address)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ext::sh -c touch% /tmp/x                    | expected a URL
            ext://sh                                    | nothing can be fetched by 'ext'
            javascript://x/y                            | nothing can be fetched by 'javascript'
            --upload-pack=touch                         | it begins with a hyphen
            git@-oProxyCommand=x:y                      | its host begins with a hyphen
            https://user:token@github.com/org/repo      | it holds a login
            https://token@github.com/org/repo           | it holds a login
            ssh://git:secret@host/repo                  | it holds a login
            https://{student}.example.org/repo          | must come after the host
            {team}@host:repo                            | must come after the host
            https://github.com/org/{user}               | {user} stands for nothing
            https://github.com/org/{lab                 | a brace is not closed
            https://github.com                          | it names a host, but no repository on it
            https:///org/repo                           | it names no host
            https://github.com:99999/org/repo           | its port is none: expected 1 to 65535
            ssh://git@host:0/repo                       | its port is none
            https://github.com/org/my repo              | it is no URL (illegal character in path at character 26)
            https://github.com/org/repo?tab=readme      | is of a web page
            https://github.com/org/repo#readme          | is of a web page
            https://github.com/org/repo/tree/main/src   | Expected the repository, such as https://github.com/org/repo.
            https://gitlab.com/g/s/repo/-/tree/main     | Expected the repository, such as https://gitlab.com/g/s/repo.
            https://github.com/org/../../etc            | its path holds '..'
            https://classroom.github.com/a/AbCd         | it is an invitation of GitHub Classroom
            github.com/org/repo                         | Did you mean https://github.com/org/repo?
            C:\\Users\\ada\\repo                        | expected a URL
            file://srv/git                              | file:/// and three slashes
            """)
    void anything_else_is_refused_with_the_reason(String address, String reason) {
        assertThat(RepositoryText.complaint(address).orElseThrow()).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://github.com/o/a\u202Eb", "/srv/a\nb", "a\u0000b"})
    void characters_that_cannot_be_seen_are_refused(String address) {
        assertThat(RepositoryText.complaint(address).orElseThrow()).contains("a character that cannot be seen");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://user:token@github.com/a | https://…@github.com/a
            https://h.org/a?token=secret    | https://h.org/a?…
            oauth2:token@h.org:a/b          | …@h.org:a/b
            git@h.org:a/b                   | git@h.org:a/b
            /srv/git/a                      | /srv/git/a
            """)
    void what_may_be_a_secret_is_not_repeated(String address, String shown) {
        assertThat(RepositoryText.shown(address)).isEqualTo(shown);
    }
}
