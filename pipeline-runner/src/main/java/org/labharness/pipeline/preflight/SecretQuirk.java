package org.labharness.pipeline.preflight;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.Severity;
import org.labharness.pipeline.document.Text;

/** Passwords and keys that are committed. What is shown of them is masked. */
final class SecretQuirk implements Quirk {
    private static final int LONGEST_LINE = 20_000;
    private static final int MOST = 20;
    private static final int SHOWN = 4;

    private record Form(String what, Pattern pattern) {}

    /** Each begins with fixed letters and ends after a bounded number of them. */
    private static final List<Form> FORMS = List.of(
            new Form("an AWS access key", Pattern.compile("\\b((?:AKIA|ASIA)[0-9A-Z]{16})\\b")),
            new Form("a GitHub token", Pattern.compile("\\b(gh[pousr]_[A-Za-z0-9]{36,255})\\b")),
            new Form("a GitHub token", Pattern.compile("\\b(github_pat_[A-Za-z0-9_]{40,255})\\b")),
            new Form("a GitLab token", Pattern.compile("\\b(glpat-[A-Za-z0-9_-]{20,100})\\b")),
            new Form("a Google API key", Pattern.compile("\\b(AIza[0-9A-Za-z_-]{35})")),
            new Form("a Google client secret", Pattern.compile("\\b(GOCSPX-[0-9A-Za-z_-]{20,60})")),
            new Form("a Slack token", Pattern.compile("\\b(xox[abprs]-[0-9A-Za-z-]{10,200})")),
            new Form("an API key", Pattern.compile("\\b(sk-[A-Za-z0-9_-]{32,250})")),
            new Form("a Hugging Face token", Pattern.compile("\\b(hf_[A-Za-z0-9]{30,60})\\b")),
            new Form("an Azure account key", Pattern.compile("AccountKey=([A-Za-z0-9+/]{40,200}={0,2})")),
            new Form("a private key", Pattern.compile("(-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY-----)")),
            new Form(
                    "a password in a URL",
                    Pattern.compile(
                            "[a-z][a-z0-9+]{1,20}://[^\\s:/@'\"<>{}$]{1,80}:([^\\s:/@'\"<>{}$]{3,100})@[A-Za-z0-9]")),
            new Form(
                    "a password for the DVC remote",
                    Pattern.compile(
                            "^\\s{0,20}(?:password|secret_access_key|gdrive_client_secret|account_key|sas_token)\\s{0,5}=\\s{0,5}(\\S{6,200})")));

    private static final List<String> PLACEHOLDERS = List.of(
            "example", "xxxx", "****", "your", "changeme", "password", "placeholder", "dummy", "<", "secret", "pass");

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        int found = 0;
        for (var entry : view.texts().entrySet()) {
            if (found >= MOST) {
                return;
            }
            found += scan(entry.getKey(), entry.getValue(), findings);
        }
    }

    private static int scan(String path, Text text, Consumer<Finding> findings) {
        int found = 0;
        int number = 0;
        for (String line : (Iterable<String>) text.content().lines()::iterator) {
            number++;
            if (line.length() < 10 || line.length() > LONGEST_LINE) {
                continue;
            }
            for (Form form : FORMS) {
                Matcher matcher = form.pattern().matcher(line);
                if (matcher.find() && !isPlaceholder(form, matcher.group(1)) && isExpected(form, path)) {
                    findings.accept(finding(form, matcher.group(1), new Place(path, number)));
                    found++;
                    break;
                }
            }
            if (found >= 3) {
                break;
            }
        }
        return found;
    }

    private static boolean isExpected(Form form, String path) {
        return !form.what().contains("DVC remote") || path.startsWith(".dvc/config");
    }

    private static boolean isPlaceholder(Form form, String secret) {
        String lower = secret.toLowerCase(Locale.ROOT);
        boolean fixed = form.what().equals("a private key");
        return !fixed
                && (PLACEHOLDERS.stream().anyMatch(lower::contains)
                        || lower.chars().distinct().count() < 3);
    }

    private static Finding finding(Form form, String secret, Place place) {
        boolean key = form.what().equals("a private key");
        String masked = key ? "" : " (" + secret.substring(0, Math.min(SHOWN, secret.length() / 8)) + "…)";
        return new Finding(
                "repo.secret",
                Severity.COSTS_POINTS,
                place,
                place + " holds " + form.what() + masked
                        + ". Everyone who can read the repository has it, in its history too.",
                "Revoke it now where it was issued; then read it from an environment variable and keep it out of Git.");
    }
}
