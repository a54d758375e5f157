package org.labharness.autograder.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.demo.DemoClass.HandIn;
import org.labharness.lab.load.BundledLabs;

class DemoClassTests {
    @TempDir
    Path home;

    private List<HandIn> build(String name) {
        return DemoClass.build(new BundledLabs(home.resolve("labs")), home.resolve(name));
    }

    private static String commit(HandIn handIn) throws IOException {
        return Files.readString(handIn.repository().resolve(".git/refs/heads/main"))
                .strip();
    }

    @Test
    void has_at_least_twelve_repositories_in_four_labs_with_a_story_each() {
        List<HandIn> handIns = build("class");

        assertThat(handIns).hasSizeGreaterThanOrEqualTo(12);
        assertThat(handIns.stream().map(handIn -> handIn.lab().id().toString()).distinct())
                .containsExactlyElementsOf(DemoClass.labs());
        assertThat(handIns).allSatisfy(handIn -> {
            assertThat(handIn.student()).matches("student-[0-9]{2}");
            assertThat(handIn.story()).endsWith(".");
            assertThat(handIn.repository().resolve(".git/HEAD")).exists();
        });
        assertThat(handIns.stream().map(HandIn::story)).contains("Good work.");
    }

    /** What reading alone would not find: it shows when a model, a changed parameter and a service are really tried. */
    @Test
    void has_students_whom_only_trying_finds_out() {
        assertThat(build("class").stream().map(HandIn::story))
                .anyMatch(story -> story.contains("knows the test rows by heart"))
                .anyMatch(story -> story.contains("a change of them runs nothing"))
                .anyMatch(story -> story.contains("ends the service"));
    }

    @Test
    void is_the_same_class_every_time() throws IOException {
        List<HandIn> one = build("one");
        List<HandIn> other = build("other");

        assertThat(one).hasSameSizeAs(other);
        for (int i = 0; i < one.size(); i++) {
            assertThat(commit(one.get(i))).hasSize(40).isEqualTo(commit(other.get(i)));
        }
        assertThat(build("one").stream().map(HandIn::repository))
                .containsExactlyElementsOf(one.stream().map(HandIn::repository).toList());
    }
}
