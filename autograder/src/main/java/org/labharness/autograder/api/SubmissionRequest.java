package org.labharness.autograder.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.enrolment.RepositoryText;
import org.labharness.autograder.forge.WebPlace;

/** What somebody hands in. */
@Words(
        "What is handed in: the repository that the roster names, else the one that was pushed to this server, as it is now.")
record SubmissionRequest(
        @Words("id of the course; that of the token where it is left out") @Nullable
        String course,

        @Words("whose work it is; a student's token says it already") @Nullable
        String student,

        @Words("instead of a student, where the lab is for teams") @Nullable
        String team,

        @Words("id of the lab in the course") String lab,

        @Words("what is graded, 40 hex digits; HEAD's where it is left out") @Nullable
        String commit,

        @Words("a branch or tag to grade instead of a commit") @Nullable
        String ref,

        @Words("URL of another repository; for staff alone") @Nullable
        String repository) {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern REF =
            Pattern.compile("[^\\p{Cc}\\p{Cf}\\s~^:?*\\[\\\\-][^\\p{Cc}\\p{Cf}\\s~^:?*\\[\\\\]{0,249}");
    private static final int LONGEST_NAME = 80;
    private static final int SHOWN = 80;

    @JsonCreator
    SubmissionRequest(
            @JsonProperty("course") @Nullable String course,
            @JsonProperty("student") @Nullable String student,
            @JsonProperty("team") @Nullable String team,
            @JsonProperty("lab") @Nullable String lab,
            @JsonProperty("commit") @Nullable String commit,
            @JsonProperty("ref") @Nullable String ref,
            @JsonProperty("repository") @Nullable String repository) {
        if (lab == null || lab.isEmpty()) {
            throw new IllegalArgumentException("The field 'lab' is missing: which lab is it for?");
        }
        name("lab", lab);
        name("course", course);
        name("student", student);
        name("team", team);
        if (student != null && team != null) {
            throw new IllegalArgumentException("Both 'student' and 'team' are there; expected one of them.");
        }
        if (commit != null && ref != null) {
            throw new IllegalArgumentException("Both 'commit' and 'ref' are there; expected one of them at most.");
        }
        expect("commit", commit, COMMIT, "40 hex digits in lower case");
        expect("ref", ref, REF, "the name of a branch or tag");
        String complaint =
                repository == null ? "" : RepositoryText.complaint(repository).orElse("");
        if (!complaint.isEmpty()) {
            throw new IllegalArgumentException("The field 'repository' is no address of a repository: " + complaint);
        }
        if (repository != null && WebPlace.of(repository).isEmpty()) {
            throw new IllegalArgumentException(
                    "The field 'repository' names no repository of a host: folders of the server are not read for anybody."
                            + " Expected a URL that begins with https://, ssh:// or git://, or user@host:path.");
        }
        this.course = course;
        this.student = student;
        this.team = team;
        this.lab = lab;
        this.commit = commit;
        this.ref = ref;
        this.repository = repository;
    }

    private static void name(String field, @Nullable String value) {
        if (value != null && (value.isEmpty() || value.length() > LONGEST_NAME)) {
            throw new IllegalArgumentException("The field '" + field + "' has " + value.length()
                    + " characters; expected 1 to " + LONGEST_NAME + ".");
        }
    }

    private static void expect(String field, @Nullable String value, Pattern form, String expected) {
        if (value != null && !form.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "The field '" + field + "' is '" + PlainText.line(value, SHOWN) + "'; expected " + expected + ".");
        }
    }

    /** A commit or branch; null: what HEAD names. */
    @Nullable
    String what() {
        return commit == null ? ref : commit;
    }
}
