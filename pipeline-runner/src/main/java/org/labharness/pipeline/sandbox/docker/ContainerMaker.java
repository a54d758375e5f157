package org.labharness.pipeline.sandbox.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.BindOptions;
import com.github.dockerjava.api.model.BindPropagation;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.Ulimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.Mount;
import org.labharness.pipeline.sandbox.Sign;
import org.labharness.pipeline.sandbox.Whose;

/** Makes locked-down containers: no capabilities, no new privileges, read-only root, every limit set. */
final class ContainerMaker {
    private static final String INIT = "/opt/lab/bin/labinit";
    private static final String HOSTNAME = "lab";
    private static final String HOME = "/tmp/home";
    private static final long OPEN_FILES = 8192;
    private static final long SHARED_MEMORY = 64L << 20;
    /** What a process needs that runs others under user ids of their own; only for user 0, with no student code inside. */
    private static final Capability[] ROOT_CAPABILITIES = {
        Capability.CHOWN,
        Capability.DAC_OVERRIDE,
        Capability.FOWNER,
        Capability.KILL,
        Capability.SETGID,
        Capability.SETUID
    };

    private final Engine engine;
    private final String seccomp = SeccompProfile.json();

    ContainerMaker(Engine engine) {
        this.engine = engine;
    }

    /** Creates it, not yet started; gives its id. */
    String create(ContainerCommand command, Placement placement) {
        CreateContainerCmd request = engine.calls()
                .createContainerCmd(command.image())
                .withLabels(placement.labels())
                .withEntrypoint(
                        INIT,
                        "--deadline",
                        seconds(command.caps().time()),
                        "--idle",
                        seconds(command.caps().idle()),
                        "--beat",
                        seconds(beat(command, placement)),
                        "--held")
                .withEnv(environment(command, placement))
                .withUser(command.user() + ":" + command.user())
                .withTty(false)
                .withAttachStdin(true)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .withStdinOpen(true)
                .withStdInOnce(true)
                .withHostConfig(hostConfig(command, placement));
        if (placement.networkMode().equals("none")) {
            request.withHostName(HOSTNAME);
        }
        return engine.call("create a container for " + command.role(), () -> {
            try {
                return request.exec().getId();
            } catch (NotFoundException e) {
                throw notFound(command, e);
            }
        });
    }

    private SystemBroke notFound(ContainerCommand command, NotFoundException e) {
        if (engine.hasImage(command.image())) {
            return new SystemBroke(
                    Breakdown.ENGINE_FAILED, "the container engine could not make a container: " + e.getMessage(), e);
        }
        return new SystemBroke(
                Breakdown.IMAGE_MISSING, "image " + command.image() + " is not on this machine: run ./lab setup", e);
    }

    private static Duration beat(ContainerCommand command, Placement placement) {
        boolean listened = command.whose() == Whose.OURS && !placement.heard().equals(Sign.UNHEARD);
        return listened ? Sign.EVERY : Duration.ZERO;
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
    }

    private static List<String> environment(ContainerCommand command, Placement placement) {
        Map<String, String> all = new TreeMap<>(Map.of("HOME", HOME));
        all.putAll(placement.environment());
        all.putAll(command.environment());
        return all.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    private HostConfig hostConfig(ContainerCommand command, Placement placement) {
        ContainerCommand.Caps caps = command.caps();
        long memory = caps.memory().bytes() + caps.scratch().bytes();
        HostConfig config = HostConfig.newHostConfig()
                .withNetworkMode(placement.networkMode())
                .withSysctls(placement.sysctls())
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges", "seccomp=" + seccomp))
                .withReadonlyRootfs(true)
                .withIpcMode("private")
                .withMemory(memory)
                .withMemorySwap(memory)
                .withShmSize(SHARED_MEMORY)
                .withPidsLimit((long) caps.processes())
                .withNanoCPUs((long) (cpus(caps) * 1e9))
                .withTmpFs(scratch(caps))
                .withUlimits(ulimits(placement))
                .withOomScoreAdj(command.user() == 0 ? 0 : 500)
                .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE))
                .withMounts(mounts(command, placement));
        return command.user() == 0 ? config.withCapAdd(ROOT_CAPABILITIES) : config;
    }

    private static Map<String, String> scratch(ContainerCommand.Caps caps) {
        long bytes = caps.scratch().bytes();
        return bytes == 0 ? Map.of() : Map.of("/tmp", "rw,exec,nosuid,nodev,mode=1777,size=" + bytes);
    }

    private static double cpus(ContainerCommand.Caps caps) {
        return Math.min(caps.cpus(), Runtime.getRuntime().availableProcessors());
    }

    private static List<Ulimit> ulimits(Placement placement) {
        List<Ulimit> limits =
                new ArrayList<>(List.of(new Ulimit("nofile", OPEN_FILES, OPEN_FILES), new Ulimit("core", 0L, 0L)));
        if (placement.maxFileBytes() > 0) {
            limits.add(new Ulimit("fsize", placement.maxFileBytes(), placement.maxFileBytes()));
        }
        return limits;
    }

    private static List<com.github.dockerjava.api.model.Mount> mounts(ContainerCommand command, Placement placement) {
        return Stream.concat(placement.mounts().stream(), command.mounts().stream())
                .map(ContainerMaker::bind)
                .toList();
    }

    private static com.github.dockerjava.api.model.Mount bind(Mount mount) {
        BindPropagation propagation = mount.slave() ? BindPropagation.R_SLAVE : BindPropagation.R_PRIVATE;
        return new com.github.dockerjava.api.model.Mount()
                .withType(MountType.BIND)
                .withSource(mount.source().toString())
                .withTarget(mount.target())
                .withReadOnly(mount.readOnly())
                .withBindOptions(new BindOptions().withPropagation(propagation));
    }
}
