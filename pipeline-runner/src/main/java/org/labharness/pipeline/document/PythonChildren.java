package org.labharness.pipeline.document;

import com.oracle.graal.python.pegparser.sst.SSTNode;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The parts of a node of a syntax tree, in the order in which its class names them; every kind of node has them as public fields. */
final class PythonChildren {
    private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
            return Arrays.stream(type.getFields())
                    .filter(field -> !Modifier.isStatic(field.getModifiers()))
                    .filter(field -> SSTNode.class.isAssignableFrom(
                            field.getType().isArray() ? field.getType().getComponentType() : field.getType()))
                    .toList();
        }
    };

    private PythonChildren() {}

    static List<SSTNode> of(SSTNode node) {
        List<SSTNode> children = new ArrayList<>();
        for (Field field : FIELDS.get(node.getClass())) {
            switch (value(field, node)) {
                case null -> {}
                case SSTNode child -> children.add(child);
                case SSTNode[] many -> {
                    for (SSTNode child : many) {
                        if (child != null) {
                            children.add(child);
                        }
                    }
                }
                default -> {}
            }
        }
        return children;
    }

    private static @org.jspecify.annotations.Nullable Object value(Field field, SSTNode node) {
        try {
            return field.get(node);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a public field of " + node.getClass(), e);
        }
    }
}
