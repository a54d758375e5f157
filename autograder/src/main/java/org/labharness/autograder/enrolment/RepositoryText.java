package org.labharness.autograder.enrolment;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What may stand in a roster as the address of a repository: a URL, an address for SSH, or a folder. */
public final class RepositoryText {
    private static final int LONGEST = 2_000;
    private static final int LAST_PORT = 65_535;
    private static final Pattern LOGIN_OF_URL = Pattern.compile("//[^/]*@");
    private static final Pattern LOGIN_OF_SSH = Pattern.compile("^[^/@:]+:[^/@]+@");
    private static final Pattern QUERY = Pattern.compile("\\?.*", Pattern.DOTALL);
    private static final Set<String> SCHEMES = Set.of("https", "http", "ssh", "git+ssh", "git");
    private static final Set<String> PLACEHOLDERS = Set.of("lab", "student", "team");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}\\p{Zl}\\p{Zp}]");
    private static final Pattern SSH = Pattern.compile("[^/\\\\:@\\s]+@([^/\\\\:@\\s]+):(.+)");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z][A-Za-z0-9.+-]*:.*");
    private static final Pattern HOST_WITHOUT_SCHEME =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]*(\\.[A-Za-z0-9-]+)*\\.[A-Za-z]{2,}/.+");
    private static final Pattern PAGE = Pattern.compile("(.*?)/(?:-/.*|(?:tree|blob|commits?|pulls?|issues)/.+)");

    private RepositoryText() {}

    /** An address as it stands in a sentence: what may be a secret is not repeated. */
    public static String shown(String text) {
        String login = LOGIN_OF_URL.matcher(text).replaceFirst("//…@");
        return QUERY.matcher(LOGIN_OF_SSH.matcher(login).replaceFirst("…@")).replaceFirst("?…");
    }

    /** Why something is no address of a repository, as the end of a sentence; empty: it is one. */
    public static Optional<String> complaint(String text) {
        if (text.length() > LONGEST) {
            return Optional.of("it has " + text.length() + " characters, at most " + LONGEST + " are kept.");
        }
        if (UNSEEN.matcher(text).find()) {
            return Optional.of("it holds a character that cannot be seen. Type it anew.");
        }
        Matcher names = PLACEHOLDER.matcher(text);
        while (names.find()) {
            if (!PLACEHOLDERS.contains(names.group(1))) {
                return Optional.of(names.group() + " stands for nothing. Expected {lab}, {student} or {team}.");
            }
        }
        String example = PLACEHOLDER.matcher(text).replaceAll("x");
        if (example.contains("{") || example.contains("}")) {
            return Optional.of("a brace is not closed. Expected {lab}, {student} or {team}.");
        }
        if (text.startsWith("-")) {
            return Optional.of("it begins with a hyphen.");
        }
        return example.contains("://") ? url(text, example) : other(text, example);
    }

    private static Optional<String> url(String text, String example) {
        String scheme = example.substring(0, example.indexOf("://")).toLowerCase(Locale.ROOT);
        if (scheme.equals("file")) {
            return example.startsWith("file:///")
                    ? Optional.empty()
                    : Optional.of("a folder's address begins with file:/// and three slashes.");
        }
        if (!SCHEMES.contains(scheme)) {
            return Optional.of("nothing can be fetched by '" + scheme + "'. Expected https://, ssh:// or git://.");
        }
        int afterHost = text.indexOf('/', text.indexOf("://") + 3);
        if (text.indexOf('{') >= 0 && (afterHost < 0 || text.indexOf('{') < afterHost)) {
            return Optional.of("what stands for something must come after the host.");
        }
        try {
            return url(new URI(example), scheme);
        } catch (URISyntaxException wrong) {
            return Optional.of("it is no URL (" + wrong.getReason().toLowerCase(Locale.ROOT) + " at character "
                    + (wrong.getIndex() + 1) + ").");
        }
    }

    private static Optional<String> url(URI uri, String scheme) {
        String login = uri.getRawUserInfo();
        if (uri.getHost() == null) {
            return Optional.of("it names no host.");
        }
        if (login != null && (scheme.startsWith("http") || login.contains(":"))) {
            return Optional.of("it holds a login, which everybody who sees the roster could use. Leave it out, and give"
                    + " the harness the login in the file that LAB_CREDENTIALS names.");
        }
        if (uri.getHost().equalsIgnoreCase("classroom.github.com")) {
            return Optional.of("it is an invitation of GitHub Classroom. Expected the student's repository.");
        }
        if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
            return Optional.of("its port is none: expected 1 to " + LAST_PORT + ".");
        }
        String path = uri.getPath();
        if (path == null || path.matches("/*")) {
            return Optional.of("it names a host, but no repository on it.");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            return Optional.of("what follows ? or # is of a web page. Leave it out.");
        }
        if (List.of(path.split("/", -1)).contains("..")) {
            return Optional.of("its path holds '..'.");
        }
        Matcher page = PAGE.matcher(path);
        return scheme.startsWith("http")
                        && page.matches()
                        && page.group(1).chars().filter(c -> c == '/').count() >= 2
                ? Optional.of("it is a page about a repository. Expected the repository, such as " + uri.getScheme()
                        + "://" + uri.getRawAuthority() + page.group(1) + ".")
                : Optional.empty();
    }

    private static Optional<String> other(String text, String example) {
        Matcher ssh = SSH.matcher(example);
        if (ssh.matches()) {
            if (ssh.group(1).startsWith("-")) {
                return Optional.of("its host begins with a hyphen.");
            }
            return text.indexOf('{') >= 0 && text.indexOf('{') < text.indexOf(':')
                    ? Optional.of("what stands for something must come after the host.")
                    : Optional.empty();
        }
        if (HOST_WITHOUT_SCHEME.matcher(example).matches()) {
            return Optional.of("it has no https:// in front. Did you mean https://" + text + "?");
        }
        if (PREFIX.matcher(example).matches() || example.contains("\\")) {
            return Optional.of("expected a URL such as https://github.com/course/ada.git, an address such as"
                    + " git@github.com:course/ada.git, or a folder of this machine.");
        }
        return Optional.empty();
    }

    /** The same, a folder's path made absolute. */
    static String from(Path folder, String text) {
        boolean isFolder = !text.contains("://") && !SSH.matcher(text).matches();
        return isFolder ? folder.resolve(text).normalize().toString() : text;
    }
}
