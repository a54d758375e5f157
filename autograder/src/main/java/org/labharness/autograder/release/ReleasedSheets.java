package org.labharness.autograder.release;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.sheet.StudentSheet;
import org.labharness.autograder.sheet.StudentSheet.ComponentPart;
import org.labharness.autograder.sheet.StudentSheet.LabPart;
import org.labharness.autograder.sheet.StudentSheet.LateDays;

/** Cuts out of a sheet what is released, and puts what was released together again. */
final class ReleasedSheets {
    private ReleasedSheets() {}

    /** Of a sheet only what is shown; empty where the sheet holds nothing of it. */
    static Optional<StudentSheet> only(StudentSheet sheet, Shown shown) {
        return switch (shown) {
            case Shown.Total all ->
                Optional.of(with(
                        sheet,
                        sheet.total(),
                        sheet.lateDays(),
                        sheet.components().stream()
                                .map(component -> component(component, List.of()))
                                .toList()));
            case Shown.OneLab one -> {
                List<ComponentPart> components = sheet.components().stream()
                        .map(component -> unsummed(
                                component,
                                component.labs().stream()
                                        .filter(lab -> lab.id().equals(one.name()))
                                        .toList()))
                        .filter(component -> !component.labs().isEmpty())
                        .toList();
                yield components.isEmpty()
                        ? Optional.empty()
                        : Optional.of(with(sheet, null, days(sheet.lateDays(), components), components));
            }
        };
    }

    /**
     * What a student sees now.
     *
     * @param total what was shown of the total, or null where it was not released
     * @param labs what was shown of each released lab, in the order of the course
     * @return empty where nothing was released
     */
    static Optional<StudentSheet> together(@Nullable StudentSheet total, List<StudentSheet> labs) {
        if (total == null && labs.isEmpty()) {
            return Optional.empty();
        }
        Map<String, ComponentPart> components = new LinkedHashMap<>();
        if (total != null) {
            total.components().forEach(component -> components.put(component.id(), component));
        }
        for (StudentSheet sheet : labs) {
            for (ComponentPart component : sheet.components()) {
                components.merge(component.id(), component, ReleasedSheets::joined);
            }
        }
        StudentSheet newest = labs.stream()
                .reduce((one, other) -> other.asOf().isAfter(one.asOf()) ? other : one)
                .filter(sheet -> total == null || sheet.asOf().isAfter(total.asOf()))
                .orElse(total == null ? labs.getFirst() : total);
        List<ComponentPart> shown = List.copyOf(components.values());
        return Optional.of(
                total == null
                        ? with(newest, null, days(newest.lateDays(), shown), shown)
                        : with(newest, total.total(), total.lateDays(), shown));
    }

    private static ComponentPart joined(ComponentPart known, ComponentPart more) {
        List<LabPart> labs = new ArrayList<>(known.labs());
        labs.addAll(more.labs());
        return component(known, labs);
    }

    private static StudentSheet with(
            StudentSheet sheet,
            StudentSheet.@Nullable Total total,
            @Nullable LateDays days,
            List<ComponentPart> components) {
        return new StudentSheet(sheet.schema(), sheet.course(), sheet.asOf(), sheet.student(), total, days, components);
    }

    /** Those that were spent on labs that are shown. */
    private static @Nullable LateDays days(@Nullable LateDays all, List<ComponentPart> shown) {
        return all == null
                ? null
                : new LateDays(
                        shown.stream()
                                .flatMap(component -> component.labs().stream())
                                .mapToLong(LabPart::lateDays)
                                .sum(),
                        all.of());
    }

    private static ComponentPart component(ComponentPart part, List<LabPart> labs) {
        return new ComponentPart(part.id(), part.title(), part.weight(), part.points(), part.reasons(), labs);
    }

    /** Without what tells of labs that are not shown, such as that others are better. */
    private static ComponentPart unsummed(ComponentPart part, List<LabPart> labs) {
        return new ComponentPart(
                part.id(),
                part.title(),
                part.weight(),
                null,
                List.of(),
                labs.stream().map(LabPart::byItself).toList());
    }
}
