package org.labharness.lab;

import java.util.regex.Pattern;

/**
 * Something that people give points for.
 *
 * @param id unique in its form
 * @param block the heading that it stands under
 * @param points the most that it is worth, in steps of {@code step}
 * @param personal whether each member of a team gets points of their own
 * @param bonus whether its points come on top of the lab's total
 */
public record FormItem(
        String id, String block, String title, Points points, Points step, boolean personal, boolean bonus) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    public FormItem {
        if (!FORM.matcher(id).matches()) {
            throw new IllegalArgumentException("'" + id + "' is no id of an item: expected lower-case letters, digits"
                    + " and hyphens, such as 'usability'");
        }
    }

    /** Whether points can be given for it: none to all, in its steps. */
    public boolean takes(Points given) {
        return given.compareTo(points) <= 0
                && given.value().remainder(step.value()).signum() == 0;
    }
}
