package org.labharness.autograder;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the README says of modules and packages, held. */
class ArchitectureTests {
    private static final String ROOT = "org.labharness.";
    private static final String LAB = ROOT + "lab..";
    private static final String PROBE = ROOT + "probe..";
    private static final String PIPELINE = ROOT + "pipeline..";
    private static final String AUTOGRADER = ROOT + "autograder..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(ArchitectureTests::isNoTestJar)
            .importPackages("org.labharness");

    /** Which packages may use a third-party library. */
    static final List<Library> LIBRARIES = List.of(
            new Library("docker-java", "com.github.dockerjava..", Set.of("pipeline.sandbox.docker")),
            new Library("JGit", "org.eclipse.jgit..", Set.of("pipeline.checkout", "autograder.gitserver")),
            new Library("SnakeYAML", "org.snakeyaml..", Set.of("lab.load", "pipeline.document")),
            new Library("GraalPy's parser", "com.oracle.graal.python..", Set.of("pipeline.document")),
            new Library("tomlj", "org.tomlj..", Set.of("pipeline.document")),
            new Library(
                    "Jackson",
                    "com.fasterxml.jackson..",
                    Set.of(
                            "pipeline.evidence",
                            "pipeline.document",
                            "pipeline.fetch",
                            "autograder.api",
                            "autograder.backup",
                            "autograder.client",
                            "autograder.dvcremote",
                            "autograder.report",
                            "autograder.export",
                            "autograder.forge",
                            "autograder.sheet",
                            "autograder.webhook")),
            new Library(
                    "servlets",
                    "jakarta.servlet..",
                    Set.of(
                            "autograder.api",
                            "autograder.dvcremote",
                            "autograder.webhook",
                            "autograder.gitserver",
                            "autograder.serve")),
            new Library("DJL", "ai.djl..", Set.of("probe.model")),
            new Library("ONNX Runtime", "ai.onnxruntime..", Set.of("probe.model")),
            new Library("the validator's Jackson", "tools.jackson..", Set.of("pipeline.serve")),
            new Library("JSON Schema validator", "com.networknt..", Set.of("pipeline.serve")),
            new Library("FastCSV", "de.siegmar.fastcsv..", Set.of("autograder.table")),
            new Library("Spring Batch", "org.springframework.batch..", Set.of("autograder.job")),
            new Library(
                    "Spring",
                    "org.springframework..",
                    Set.of("autograder.api", "autograder.store", "autograder.job", "autograder.serve")),
            new Library("db-scheduler", "com.github.kagkarlsson..", Set.of("autograder.queue")),
            new Library("Tomcat", "org.apache.catalina..", Set.of("autograder.serve")),
            new Library("Micrometer", "io.micrometer..", Set.of("autograder.serve")),
            new Library("Bucket4j", "io.github.bucket4j..", Set.of("autograder.api")),
            new Library("SLF4J", "org.slf4j..", Set.of("autograder.api", "autograder.gitserver", "autograder.serve")),
            new Library("H2", "org.h2..", Set.of("autograder.store")),
            new Library("HikariCP", "com.zaxxer.hikari..", Set.of("autograder.store")),
            new Library("Flyway", "org.flywaydb..", Set.of("autograder.store")),
            new Library(
                    "Commons Numbers",
                    "org.apache.commons.numbers..",
                    Set.of(
                            "autograder.gradebook",
                            "autograder.transcript",
                            "autograder.statistics",
                            "autograder.regrade")),
            new Library("picocli", "picocli..", Set.of("autograder.cli")),
            new Library("mlflow-client", "org.mlflow..", Set.of("pipeline.collect.mlflow")),
            new Library("sqlite-jdbc", "org.sqlite..", Set.of("pipeline.collect.mlflow")));

    record Library(String name, String packages, Set<String> allowed) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static boolean isNoTestJar(Location location) {
        return !location.contains("-tests.jar");
    }

    @Test
    void theScanFoundTheClassesOfAllModules() {
        assertThat(CLASSES.stream()
                        .map(type -> type.getPackageName().replaceAll("^(org\\.labharness\\.[a-z]+).*", "$1"))
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(ROOT + "lab", ROOT + "probe", ROOT + "pipeline", ROOT + "autograder");
        assertThat(CLASSES.size()).isGreaterThan(100);
    }

    @Test
    void theLabsKnowNeitherPipelineNorAutograder() {
        noClasses()
                .that()
                .resideInAPackage(LAB)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PIPELINE, AUTOGRADER)
                .check(CLASSES);
    }

    @Test
    void whatRunsInsideContainersKnowsNothingOfTheHarness() {
        noClasses()
                .that()
                .resideInAPackage(PROBE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(LAB, PIPELINE, AUTOGRADER)
                .check(CLASSES);
    }

    @Test
    void theHarnessKnowsOfItOnlyTheFilesThatCrossTheBorder() {
        noClasses()
                .that()
                .resideInAnyPackage(LAB, PIPELINE, AUTOGRADER)
                .should()
                .dependOnClassesThat(resideInAPackage(PROBE)
                        .and(not(resideInAnyPackage(ROOT + "probe.table", ROOT + "probe.exchange"))))
                .check(CLASSES);
    }

    @Test
    void thePipelineKnowsNoAutograder() {
        noClasses()
                .that()
                .resideInAPackage(PIPELINE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(AUTOGRADER)
                .check(CLASSES);
    }

    @Test
    void theDomainKnowsNotHowItIsLoaded() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "lab")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "lab.load..")
                .check(CLASSES);
    }

    @Test
    void checksKnowNoScoreAndScoresKnowNoReport() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "autograder.check..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "autograder.score..", ROOT + "autograder.report..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "autograder.score..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "autograder.report..")
                .check(CLASSES);
    }

    @Test
    void nothingKnowsTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "autograder.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "autograder.cli..")
                .check(CLASSES);
    }

    @Test
    void theContractOfTheSandboxKnowsNoDocker() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "pipeline.sandbox")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "pipeline.sandbox.docker..")
                .check(CLASSES);
    }

    @Test
    void noPackagesDependOnEachOtherInACircle() {
        slices().matching(ROOT + "autograder.(**)").should().beFreeOfCycles().check(CLASSES);
        slices().matching(ROOT + "(lab|probe|pipeline|autograder)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void checksAndScoresReadAndWriteNothingAndKnowNoTime() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "autograder.check..", ROOT + "autograder.score..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "java.io..",
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.net..",
                        "java.sql..",
                        "java.util.concurrent.."))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "autograder.check..", ROOT + "autograder.score..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getProperty", String.class)
                .orShould()
                .callMethod(Math.class, "random")
                .check(CLASSES);
    }

    @ParameterizedTest
    @FieldSource("LIBRARIES")
    void aLibraryStaysInItsPackages(Library library) {
        String[] allowed = library.allowed().stream().map(name -> ROOT + name).toArray(String[]::new);

        noClasses()
                .that(resideOutsideOfPackages(allowed))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library.packages())
                .check(CLASSES);
    }

    @Test
    void everyOtherLibraryIsInTheTable() {
        String[] known = java.util.stream.Stream.concat(
                        LIBRARIES.stream().map(Library::packages),
                        java.util.stream.Stream.of(
                                ROOT + ".",
                                "java..",
                                "javax..",
                                "org.jspecify..",
                                "com.sun.net.httpserver..",
                                "com.sun.management..",
                                "sun.misc.."))
                .toArray(String[]::new);

        noClasses()
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(known))
                        .and(com.tngtech.archunit.base.DescribedPredicate.describe(
                                "are no primitive or array",
                                type -> !type.getPackageName().isEmpty())))
                .check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> unmarked = packages().stream()
                .filter(name -> !isNullMarked(CLASSES.getPackage(name)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(unmarked)
                .as("packages without a @NullMarked package-info.java")
                .isEmpty();
    }

    @Test
    void packagesFollowTheDataNotLayers() {
        Set<String> drawers =
                Set.of("util", "utils", "common", "helper", "helpers", "service", "services", "impl", "manager", "dto");

        assertThat(packages())
                .allSatisfy(name -> assertThat(List.of(name.split("\\."))).doesNotContainAnyElementsOf(drawers));
    }

    @Test
    void noPackageIsSplitBetweenModules() {
        Map<String, Set<String>> modules = CLASSES.stream()
                .collect(Collectors.groupingBy(
                        JavaClass::getPackageName, Collectors.mapping(ArchitectureTests::module, Collectors.toSet())));

        assertThat(modules)
                .allSatisfy((name, where) -> assertThat(where).as(name).hasSize(1));
    }

    private static String module(JavaClass type) {
        String source = type.getSource().orElseThrow().getUri().toString();
        String path = type.getName().replace('.', '/');
        return source.substring(0, source.indexOf(path.substring(0, path.lastIndexOf('/'))));
    }

    private static Set<String> packages() {
        return CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isNullMarked(JavaPackage found) {
        return found.tryGetPackageInfo()
                .filter(info -> info.isAnnotatedWith(NullMarked.class))
                .isPresent();
    }
}
