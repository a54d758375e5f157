package org.labharness.pipeline.sandbox.docker;

import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.sandbox.Images;

/**
 * What an engine is and can enforce.
 *
 * @param version the engine's own, such as {@code 20.10.24}
 * @param api version of its interface
 * @param weaknesses what it cannot enforce for this user, a clause each; empty where all is well
 * @param images whether each image is there, by the key of {@code images.properties}
 */
public record EngineCheck(String version, String api, List<String> weaknesses, Map<String, Boolean> images) {
    private static final String OWN_USER = "submissions cannot have user ids of their own, because ";

    public EngineCheck {
        weaknesses = List.copyOf(weaknesses);
        images = Map.copyOf(images);
    }

    /**
     * Asks the engine.
     *
     * @param environment where {@code DOCKER_HOST} is looked up
     * @throws SystemBroke when it does not answer, with the command that starts it
     */
    public static EngineCheck look(Map<String, String> environment, Images images) {
        try (Engine engine = new Engine(environment)) {
            engine.ping();
            Version version = engine.call(
                    "tell its version", () -> engine.calls().versionCmd().exec());
            Map<String, Boolean> present = new TreeMap<>();
            images.names().forEach((key, name) -> present.put(key, engine.hasImage(name)));
            return new EngineCheck(version.getVersion(), version.getApiVersion(), weaknesses(engine), present);
        }
    }

    /**
     * Does nothing where submissions can run here.
     *
     * @throws SystemBroke when they cannot, with what mends it
     */
    public void require(boolean acceptWeaker) {
        images.entrySet().stream()
                .filter(image -> !image.getValue())
                .findFirst()
                .ifPresent(missing -> {
                    throw new SystemBroke(
                            Breakdown.IMAGE_MISSING,
                            "the image " + missing.getKey() + " is not on this machine: run ./lab setup");
                });
        if (!weaknesses.isEmpty() && !acceptWeaker) {
            throw tooWeak(weaknesses);
        }
    }

    static SystemBroke tooWeak(List<String> weaknesses) {
        return new SystemBroke(
                Breakdown.SANDBOX_TOO_WEAK,
                "student code would not be locked in properly here: " + String.join("; ", weaknesses)
                        + ". Run as root on the host of a full Docker engine (./lab doctor says what is missing), or"
                        + " accept it with --accept-weaker-sandbox");
    }

    static List<String> weaknesses(Engine engine) {
        Info info =
                engine.call("describe itself", () -> engine.calls().infoCmd().exec());
        List<String> options = info.getSecurityOptions() == null ? List.of() : info.getSecurityOptions();
        List<String> weak = new ArrayList<>();
        unless(
                options.stream().anyMatch(it -> it.startsWith("name=seccomp")),
                "system calls cannot be filtered (no seccomp)",
                weak);
        unless(Boolean.TRUE.equals(info.getMemoryLimit()), "memory cannot be limited", weak);
        unless(Boolean.TRUE.equals(info.getCpuCfsQuota()), "processor time cannot be limited", weak);
        unless(
                !Boolean.FALSE.equals(info.getRawValues().get("PidsLimit")),
                "the number of processes cannot be limited",
                weak);
        unless(
                Boolean.TRUE.equals(info.getSwapLimit()) || HostRights.hasNoSwap(),
                "the memory limit can be exceeded by swapping",
                weak);
        unless(
                options.stream().noneMatch(it -> it.startsWith("name=rootless")),
                OWN_USER + "the engine runs without root",
                weak);
        unless(HostRights.uid() == 0, OWN_USER + HostRights.NOT_ROOT, weak);
        whyNoDiskLimit(engine)
                .ifPresent(reason -> weak.add("the disk of a submission cannot be limited, because " + reason));
        return weak;
    }

    private static Optional<String> whyNoDiskLimit(Engine engine) {
        if (engine.socket().isEmpty()) {
            return Optional.of("the engine is not on this host");
        }
        return HostRights.whyNoMounts();
    }

    private static void unless(boolean well, String weakness, List<String> weak) {
        if (!well) {
            weak.add(weakness);
        }
    }
}
