package org.labharness.autograder.check;

import java.util.List;
import org.labharness.lab.Finding;

/** {@code no-secrets}: one secret loses all points. What preflight found is told without the secret itself. */
final class SecretsRule {
    private static final String CODE = "repo.secret";

    private SecretsRule() {}

    static Ruling judge(Case subject) {
        List<Finding> secrets = subject.evidence().findings().stream()
                .filter(finding -> finding.code().equals(CODE))
                .toList();
        if (secrets.isEmpty()) {
            return Ruling.full("No password, token or key was found in the committed files.");
        }
        Finding first = secrets.get(0);
        String others = secrets.size() == 1
                ? ""
                : " " + PlainText.count(secrets.size() - 1, "more place") + ": "
                        + PlainText.list(secrets.stream()
                                .skip(1)
                                .map(finding -> finding.where() == null
                                        ? finding.code()
                                        : finding.where().toString())
                                .toList())
                        + ".";
        return Ruling.absent(Sentence.at(
                first.where(),
                RunStory.ended(first.message()) + others,
                "Whoever can read the repository has it now: revoke it where it was issued, read the new one from an"
                        + " environment variable, and take the old one out of the file."));
    }
}
