package org.labharness.pipeline.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.labharness.lab.Memory;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.Mount;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.SpaceLayout;
import org.labharness.pipeline.sandbox.Whose;

/** The container of the grader's DVC. */
final class DvcContainer {
    /** Longer than any run: the harness ends it, or its own end does. */
    private static final Duration LONGEST = Duration.ofHours(24);

    static final Memory MEMORY = Memory.mebibytes(1024);

    private static final ContainerCommand.Caps CAPS =
            new ContainerCommand.Caps(LONGEST, MEMORY, 256, 2, Memory.mebibytes(256), Memory.mebibytes(16));

    private DvcContainer() {}

    static ContainerCommand command(SpaceLayout layout, String image) {
        return new ContainerCommand(
                image,
                "dvc",
                Whose.OURS,
                List.of("/opt/dvc/bin/python", "-I", "/opt/lab/lib/dvc_driver.py"),
                variables(),
                List.of(Mount.readOnly(layout.control(), "/harness")),
                true,
                "/work",
                Network.NONE,
                layout.uid(),
                CAPS,
                chunk -> {});
    }

    private static Map<String, String> variables() {
        return Map.ofEntries(
                Map.entry("PATH", "/opt/dvc/bin:/usr/local/bin:/usr/bin:/bin"),
                Map.entry("HOME", "/tmp"),
                Map.entry("LANG", "C.UTF-8"),
                Map.entry("SHELL", "/opt/lab/bin/stage-shell"),
                Map.entry("CI", "1"),
                Map.entry("DVC_NO_ANALYTICS", "1"),
                Map.entry("DVC_STUDIO_OFFLINE", "1"),
                Map.entry("DVC_SITE_CACHE_DIR", "/tmp/dvc"),
                Map.entry("DVC_GLOBAL_CONFIG_DIR", "/tmp/dvc-global"),
                Map.entry("DVC_SYSTEM_CONFIG_DIR", "/tmp/dvc-system"),
                Map.entry("GIT_CONFIG_NOSYSTEM", "1"),
                Map.entry("GIT_CONFIG_COUNT", "1"),
                Map.entry("GIT_CONFIG_KEY_0", "safe.directory"),
                Map.entry("GIT_CONFIG_VALUE_0", "*"));
    }
}
