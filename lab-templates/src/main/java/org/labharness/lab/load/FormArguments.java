package org.labharness.lab.load;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.labharness.lab.Form;
import org.labharness.lab.FormItem;
import org.labharness.lab.Points;

/** Reads what people give points for. */
final class FormArguments {
    static final List<String> KEYS = List.of("graders", "combine", "blocks");
    static final List<String> BLOCK_KEYS = List.of("title", "personal", "items");
    static final List<String> ITEM_KEYS = List.of("id", "title", "points", "step", "bonus");
    private static final Points SMALLEST = Points.parse("0.01");

    private final List<FormItem> items = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();

    private FormArguments() {}

    static Form read(Value value) {
        YamlMap map = YamlMap.of(value, KEYS);
        FormArguments reading = new FormArguments();
        map.need("blocks", "a list of blocks, each with a title and items")
                .ifPresent(blocks -> blocks.list().forEach(reading::block));
        return new Form(
                map.get("graders").map(number -> number.whole(1, 20)).orElse(1),
                map.get("combine")
                        .flatMap(word -> word.constant(Form.Combine.class))
                        .orElse(Form.Combine.AVERAGE),
                reading.items);
    }

    private void block(Value value) {
        YamlMap map = YamlMap.of(new Value(value.node(), "a block", value.problems()), BLOCK_KEYS);
        String title =
                map.need("title", "the heading of the block").map(Value::text).orElse("");
        boolean personal = map.get("personal").map(Value::yesOrNo).orElse(false);
        map.need("items", "a list of items, each with id, title and points")
                .ifPresent(list -> list.list().forEach(item -> item(item, title, personal)));
    }

    private void item(Value value, String block, boolean personal) {
        YamlMap map = YamlMap.of(new Value(value.node(), "an item", value.problems()), ITEM_KEYS);
        String id = map.need("id", "an id such as 'usability'")
                .map(text -> text.parsed(FormArguments::id, "unknown"))
                .orElse("unknown");
        String title =
                map.need("title", "what the grader reads").map(Value::text).orElse("");
        Points points = map.need("points", "the most that the item is worth")
                .map(number -> number.points("0.01"))
                .orElse(Points.ZERO);
        Points step = map.get("step").map(number -> number.points("0.01")).orElse(SMALLEST);
        if (!step.isZero() && points.value().remainder(step.value()).compareTo(BigDecimal.ZERO) != 0) {
            map.problems()
                    .add(
                            "step",
                            map.line("step"),
                            "Steps of " + step + " do not reach " + points + " points.",
                            "Expected a step that divides the points.");
        }
        Integer other = id.equals("unknown") ? null : lines.putIfAbsent(id, map.line("id"));
        if (other != null) {
            map.problems()
                    .add(
                            "duplicate-id",
                            map.line("id"),
                            "The id '" + id + "' is taken by the item in line " + other + ".",
                            "Give each item an id of its own.");
        }
        boolean bonus = map.get("bonus").map(Value::yesOrNo).orElse(false);
        items.add(new FormItem(id, block, title, points, step, personal, bonus));
    }

    /** What the item itself says of its id. */
    private static String id(String text) {
        return new FormItem(text, "", "", Points.ZERO, SMALLEST, false, false).id();
    }
}
