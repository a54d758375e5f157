package org.labharness.pipeline.preflight;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What passwords, keys and tokens look like, and what only looks so. */
final class SecretForms {
    /** @param what {@code an AWS access key} */
    record Secret(String what, String text) {}

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
            new Form("an OpenAI key", Pattern.compile("\\b(sk-(?:proj-)?[A-Za-z0-9_-]{32,250})")),
            new Form("a Hugging Face token", Pattern.compile("\\b(hf_[A-Za-z0-9]{30,60})\\b")),
            new Form("a Databricks token", Pattern.compile("\\b(dapi[0-9a-f]{32})\\b")),
            new Form("a package index token", Pattern.compile("\\b(pypi-[A-Za-z0-9_-]{50,250})")),
            new Form("a Docker Hub token", Pattern.compile("\\b(dckr_pat_[A-Za-z0-9_-]{20,60})")),
            new Form("an Azure account key", Pattern.compile("AccountKey=([A-Za-z0-9+/]{40,200}={0,2})")),
            new Form("a private key", Pattern.compile("(-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY-----)")),
            new Form(
                    "a password in a URL",
                    Pattern.compile(
                            "[a-z][a-z0-9+]{1,20}://[^\\s:/@'\"<>{}$]{1,80}:([^\\s:/@'\"<>{}$]{3,100})@[A-Za-z0-9][A-Za-z0-9.-]{0,200}")));

    /** Names whose value is a secret; what merely contains such a word ({@code pad_token}) is none. */
    private static final Pattern NAME = Pattern.compile(
            "(?:.*[_.-])?(?:password|passwd|pwd|secret|secret_?key|secret_?access_?key|access_?key|account_?key|api_?key|auth_?token"
                    + "|access_?token|refresh_?token|client_?secret|sas_?token|private_?key|user_?token|dagshub_?token|hf_?token|github_?token)",
            Pattern.CASE_INSENSITIVE);

    private static final Set<String> PLACEHOLDERS = Set.of(
            "example",
            "xxxx",
            "****",
            "....",
            "your",
            "changeme",
            "change_me",
            "change-me",
            "placeholder",
            "dummy",
            "sample",
            "todo",
            "insert",
            "replace",
            "redacted",
            "secret",
            "password",
            "passwd",
            "<",
            "${",
            "{{",
            "env(",
            "getenv",
            "environ",
            "none",
            "null",
            "minioadmin",
            "postgres",
            "airflow",
            "mlflow",
            "admin",
            "root",
            "test",
            "guest",
            "user",
            "localhost");

    private static final Set<String> WEAK =
            Set.of("pass", "pwd", "pw", "key", "token", "abc", "123", "1234", "123456", "foo", "bar");

    private SecretForms() {}

    /** A secret that its form betrays, wherever it stands. */
    static Optional<Secret> in(String line) {
        for (Form form : FORMS) {
            Matcher matcher = form.pattern().matcher(line);
            while (matcher.find()) {
                if (isReal(form, matcher.group(1), matcher.group())) {
                    return Optional.of(new Secret(form.what(), matcher.group(1)));
                }
            }
        }
        return Optional.empty();
    }

    /** @param whole what else belongs to the form around the secret */
    private static boolean isReal(Form form, String text, String whole) {
        return switch (form.what()) {
            case "a private key" -> true;
            case "a password in a URL" -> !isPlaceholder(text) && isOfSomebody(text, whole);
            case "an OpenAI key" -> isMixed(text) && text.chars().anyMatch(Character::isUpperCase) && isVaried(text);
            default -> isVaried(text) && !isMarked(text);
        };
    }

    /** What guides write ({@code user:pass@host}) is nobody's; for a host without a dot, one's own machine say, it must look random. */
    private static boolean isOfSomebody(String password, String url) {
        String user = url.substring(url.indexOf("://") + 3, url.lastIndexOf(":" + password + "@"));
        String host = url.substring(url.lastIndexOf('@') + 1);
        boolean near = !host.contains(".") || host.startsWith("127.") || host.startsWith("0.");
        return !WEAK.contains(password.toLowerCase(Locale.ROOT))
                && !password.equalsIgnoreCase(user)
                && (!near || (password.length() >= 8 && isMixed(password) && isVaried(password)));
    }

    /** A secret that the name it is given betrays; the value must look random, for a wrong alarm is worse than a missed one. */
    static Optional<Secret> named(String name, String value) {
        String text = value.strip();
        boolean named = NAME.matcher(name).matches();
        boolean plain = text.length() >= 8 && text.length() <= 200 && text.matches("[A-Za-z0-9_+/=.!@#%^&*~-]+");
        if (!named || !plain || isPlaceholder(text) || !isMixed(text) || !isVaried(text)) {
            return Optional.empty();
        }
        boolean password = name.toLowerCase(Locale.ROOT).matches(".*(?:password|passwd|pwd)");
        return Optional.of(new Secret(password ? "a password" : "a key or token", text));
    }

    /** A password in a place that is only for real ones, such as DVC's configuration. */
    static Optional<Secret> configured(String name, String value) {
        String text = value.strip();
        return NAME.matcher(name).matches() && text.length() >= 6 && !isPlaceholder(text)
                ? Optional.of(new Secret("a password for the DVC remote", text))
                : Optional.empty();
    }

    private static boolean isPlaceholder(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return isMarked(text) || PLACEHOLDERS.stream().anyMatch(lower::contains);
    }

    private static boolean isMarked(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.contains("example") || lower.contains("xxxx") || lower.contains("your") || lower.contains("****");
    }

    private static boolean isMixed(String text) {
        return text.chars().anyMatch(Character::isDigit) && text.chars().anyMatch(Character::isLetter);
    }

    /** Not one letter over and over, nor the alphabet or the digits in their order. */
    private static boolean isVaried(String text) {
        long steps = 0;
        for (int i = 1; i < text.length(); i++) {
            int step = text.charAt(i) - text.charAt(i - 1);
            steps += step == 0 || step == 1 || step == -1 ? 1 : 0;
        }
        return text.chars().distinct().count() >= 5 && steps * 2 < text.length();
    }
}
