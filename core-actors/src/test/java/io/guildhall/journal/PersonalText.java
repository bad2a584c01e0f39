package io.guildhall.journal;

import io.guildhall.kernel.Personal;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the texts of an event or state that are personal. */
public final class PersonalText {
    private PersonalText() {}

    public static List<String> in(Object value) {
        return texts(value, false, true).filter(it -> !it.isEmpty()).toList();
    }

    /** Whether the records of a family, or those inside them, have components that are personal. */
    public static boolean isIn(Class<?> family) {
        return Names.members(family)
                .flatMap(it -> Arrays.stream(it.getRecordComponents()))
                .anyMatch(it -> it.isAnnotationPresent(Personal.class) || isInType(it.getGenericType()));
    }

    private static boolean isInType(Type type) {
        return switch (type) {
            case ParameterizedType it ->
                Arrays.stream(it.getActualTypeArguments()).anyMatch(PersonalText::isInType);
            case Class<?> it -> it.isRecord() && isIn(it);
            default -> false;
        };
    }

    /** The texts that are not personal. */
    public static List<String> others(Object value) {
        return texts(value, false, false).toList();
    }

    /**
     * @param isPersonal whether the value is a component that is personal, or a part of one
     * @param wanted whether to return personal texts, or all others
     */
    private static Stream<String> texts(Object value, boolean isPersonal, boolean wanted) {
        return switch (value) {
            case String it -> Stream.of(it).filter(_ -> isPersonal == wanted);
            case Record it ->
                Arrays.stream(it.getClass().getRecordComponents())
                        .flatMap(component ->
                                texts(read(it, component), component.isAnnotationPresent(Personal.class), wanted));
            case Optional<?> it -> it.stream().flatMap(content -> texts(content, isPersonal, wanted));
            case Collection<?> it -> it.stream().flatMap(content -> texts(content, isPersonal, wanted));
            case Map<?, ?> it -> it.values().stream().flatMap(content -> texts(content, isPersonal, wanted));
            default -> Stream.empty();
        };
    }

    private static Object read(Record value, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
