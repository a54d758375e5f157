package org.labharness.pipeline.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.lab.EnvironmentSpec;
import org.labharness.lab.Finding;
import org.labharness.lab.PythonVersion;

/** Packages that a newer version of another one breaks, and which nobody who named only what they use can be blamed for. */
@Timeout(300)
class KnownBreakagesIT {
    private static final Instant PUBLISHED = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    private Shelf shelf;

    @BeforeEach
    void open() {
        shelf = new Shelf(folder);
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    /** A package whose module cannot be imported where another one is of that version or newer. */
    private void offerBroken(String name, String version, String module, String breaker, String from) {
        String code =
                "import %1$s\nif %1$s.VERSION >= '%2$s':\n    raise ImportError('broken by %1$s ' + %1$s.VERSION)\n"
                        .formatted(breaker, from);
        Map<String, String> files = new HashMap<>(Map.of(module, code));
        files.putIfAbsent(name + "/__init__.py", "");
        offer(name, version, List.of(breaker), files, PUBLISHED);
    }

    private void offerVersions(String name, String old, String newest) {
        for (String version : List.of(old, newest)) {
            Map<String, String> files = Map.of(
                    name + "/__init__.py",
                    "VERSION = '" + version + "'\n",
                    name + "/store/__init__.py",
                    "",
                    name + "/store/tracking/__init__.py",
                    "",
                    name + "/store/tracking/sqlalchemy_store.py",
                    "");
            offer(
                    name,
                    version,
                    List.of(),
                    files,
                    version.equals(old) ? PUBLISHED : PUBLISHED.plus(Duration.ofDays(90)));
        }
    }

    private void offer(String name, String version, List<String> needs, Map<String, String> files, Instant day) {
        shelf.index.offer(
                name, TinyPackage.wheelName(name, version), TinyPackage.wheel(name, version, needs, files), day);
    }

    /** What DVC until 3.63 takes from pathspec is gone since 1.0; pandas 3 and MLflow 3.14 took other things away. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dvc      | 3.50.0 | dvc/cli/parser.py    | pathspec   | 0.12.1 | 1.0.4  | 1
            lightgbm | 4.6.0  | lightgbm/__init__.py | pandas     | 2.3.3  | 3.0.1  | 3
            xgboost  | 2.1.0  | xgboost/__init__.py  | mlflow     | 3.13.0 | 3.14.1 | 3.14
            torch    | 2.1.0  | torch/__init__.py    | sqlalchemy | 2.0.44 | 2.1.9  | 2.1
            """)
    void getTheVersionBeforeIt(
            String name, String version, String module, String breaker, String old, String newest, String from) {
        offerVersions(breaker, old, newest);
        offerBroken(name, version, module, breaker, from);

        PreparedEnvironment built = shelf.prepare(name + "==" + version + "\n" + breaker + "\n");

        assertThat(built.facts().installed()).contains(name + "==" + version, breaker + "==" + old);
        assertThat(built.facts().broken()).isEmpty();
        assertThat(built.facts().setAside()).isEmpty();
        assertThat(built.facts().help()).startsWith("the constraints ").containsIgnoringCase(breaker + "<");
        assertThat(built.findings()).extracting(Finding::code).containsExactly("env.needed-help");
    }

    @Test
    void areLeftAsTheyAreWhereTheNewerOneIsAskedForByItsVersion() {
        offerVersions("pathspec", "0.12.1", "1.0.4");
        offerBroken("dvc", "3.50.0", "dvc/cli/parser.py", "pathspec", "1");

        PreparedEnvironment built = shelf.prepare("dvc==3.50.0\npathspec==1.0.4\n");

        assertThat(built.facts().installed()).contains("dvc==3.50.0", "pathspec==1.0.4");
        assertThat(built.findings()).extracting(Finding::code).contains("env.import-fails");
    }

    @Test
    void areOfNoConcernWhereNothingBreaks() {
        offerVersions("pandas", "2.3.3", "3.0.1");

        PreparedEnvironment built = shelf.prepare("pandas\n");

        assertThat(built.facts().installed()).contains("pandas==3.0.1");
        assertThat(built.facts().help()).isNull();
    }

    private void offerForOne(String tag, String version) {
        shelf.index.offer(
                "alpha",
                "alpha-" + version + "-" + tag + "-" + tag + "-manylinux2014_x86_64.whl",
                TinyPackage.wheel("alpha", version, List.of(), Map.of("alpha.py", "VERSION = '" + version + "'")),
                PUBLISHED);
    }

    @ParameterizedTest
    @CsvSource({"3.13, cp311, PY311", "3.11, cp313, PY313"})
    void thatComeForTheOtherPythonAloneAreTakenWithThat(String asked, String tag, PythonVersion python) {
        offerForOne(tag, "1.2");
        shelf.write(".python-version", asked + "\n");

        PreparedEnvironment built = shelf.prepare("alpha==1.2\n");

        assertThat(built.python()).isEqualTo(python);
        assertThat(built.facts().installed()).contains("alpha==1.2");
        assertThat(built.facts().setAside()).isEmpty();
        assertThat(built.facts().help()).isEqualTo("Python " + python.number());
        assertThat(shelf.python(built, "import alpha, sys; print(alpha.VERSION, sys.version_info[1])"))
                .isEqualTo("1.2 " + tag.substring("cp3".length()));
    }

    /** Where a lab says which Python it is, no other is tried. */
    @Test
    void thatComeForTheOtherPythonAloneAreLeftOutWhereTheLabSaysWhichItIs() {
        offerForOne("cp311", "1.2");
        shelf.write("requirements.txt", "alpha==1.2\n");

        PreparedEnvironment built =
                shelf.prepare(new EnvironmentSpec(PythonVersion.PY313, List.of()), Environments.CACHE);

        assertThat(built.python()).isEqualTo(PythonVersion.PY313);
        assertThat(built.facts().installed()).noneMatch(pin -> pin.startsWith("alpha"));
        assertThat(built.facts().setAside())
                .singleElement()
                .satisfies(aside -> assertThat(aside.requirement()).isEqualTo("alpha==1.2"));
    }
}
