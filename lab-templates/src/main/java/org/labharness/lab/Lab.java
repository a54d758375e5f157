package org.labharness.lab;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lab as {@code lab.yaml} describes it.
 *
 * @param opens the day the lab opened to students, for capping package versions; null if not said
 * @param points the sum of what checks and people give, without bonus
 * @param setsAside whether checks of a family that does not apply to a submission are set aside and the total says so; else they are
 *     worth nothing
 * @param form what people give points for
 * @param hidden data that no submission sees
 * @param folder the folder of {@code lab.yaml}, an absolute path, that {@code inputs} are relative to
 * @param digest SHA-256 (hex) of {@code lab.yaml}, the inputs and whatever else of the lab decides
 */
public record Lab(
        LabId id,
        String title,
        Points points,
        @Nullable LocalDate opens,
        EnvironmentSpec environment,
        Limits limits,
        List<LabInput> inputs,
        List<HiddenData> hidden,
        RunSpec run,
        Prices prices,
        boolean setsAside,
        List<Check> checks,
        Form form,
        Path folder,
        String digest) {
    public Lab {
        inputs = List.copyOf(inputs);
        hidden = List.copyOf(hidden);
        checks = List.copyOf(checks);
    }

    /** The same lab with something else to run, under other limits, and nothing to check. */
    public Lab running(RunSpec other, Limits others) {
        return new Lab(
                id,
                title,
                points,
                opens,
                environment,
                others,
                inputs,
                List.of(),
                other,
                prices,
                false,
                List.of(),
                form,
                folder,
                digest);
    }

    /** The same lab with other checks. */
    public Lab with(List<Check> others) {
        return new Lab(
                id,
                title,
                points,
                opens,
                environment,
                limits,
                inputs,
                hidden,
                run,
                prices,
                setsAside,
                others,
                form,
                folder,
                digest);
    }

    /** Whether people give all of its points, and there is nothing to run. */
    public boolean byPeopleAlone() {
        return checks.isEmpty();
    }

    /** What the harness gives by its checks. */
    public Points machinePoints() {
        return points.minus(form.points());
    }

    /** A lab without hidden data and form. */
    public Lab(
            LabId id,
            String title,
            Points points,
            @Nullable LocalDate opens,
            EnvironmentSpec environment,
            Limits limits,
            List<LabInput> inputs,
            RunSpec run,
            Prices prices,
            boolean setsAside,
            List<Check> checks,
            Path folder,
            String digest) {
        this(
                id,
                title,
                points,
                opens,
                environment,
                limits,
                inputs,
                List.of(),
                run,
                prices,
                setsAside,
                checks,
                Form.NONE,
                folder,
                digest);
    }
}
