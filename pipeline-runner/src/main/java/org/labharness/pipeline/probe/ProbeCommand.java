package org.labharness.pipeline.probe;

import java.util.List;
import java.util.stream.Collectors;

/** The words that start Java for a program in a container: the same when its cache is made and when it is used. */
final class ProbeCommand {
    /** Name of the cache in a kit. */
    static final String CACHE = "starts.aot";

    private ProbeCommand() {}

    /**
     * @param kit where the kit lies
     * @param heap as Java takes it, such as {@code 512m}; what native libraries take comes on top
     */
    static List<String> java(String kit, String heap) {
        return List.of(
                kit + "/runtime/bin/java",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xmx" + heap,
                "-Dai.djl.offline=true",
                "-Djdk.httpclient.allowRestrictedHeaders=host",
                "-Donnxruntime.native.path=" + kit + "/natives");
    }

    static List<String> classPath(String kit, List<String> jars) {
        return List.of("-cp", jars.stream().map(jar -> kit + "/lib/" + jar).collect(Collectors.joining(":")));
    }
}
