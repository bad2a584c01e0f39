package io.guildhall.http.route.profile;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the users that a value names, in its records, lists and optional values. */
final class UserFinder {
    /** The accessors of the components of each record that can contain a user. */
    private static final ClassValue<List<Method>> ACCESSORS = new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> record) {
            return Arrays.stream(record.getRecordComponents())
                    .filter(it -> canContainUser(it.getType()))
                    .map(RecordComponent::getAccessor)
                    .peek(it -> it.setAccessible(true))
                    .toList();
        }
    };

    private final Set<String> accountIds = new HashSet<>();

    private UserFinder() {}

    static Set<String> accountIds(Iterable<?> values) {
        var finder = new UserFinder();
        values.forEach(finder::visit);
        return finder.accountIds;
    }

    private static boolean canContainUser(Class<?> type) {
        return type.isRecord() || type.isInterface() || type == Object.class || type == Optional.class;
    }

    private void visit(Object value) {
        switch (value) {
            case UserResource user -> accountIds.add(user.accountId());
            case Optional<?> optional -> optional.ifPresent(this::visit);
            case Iterable<?> all -> all.forEach(this::visit);
            case Record record -> ACCESSORS.get(record.getClass()).forEach(it -> visit(read(it, record)));
            default -> {}
        }
    }

    private static Object read(Method accessor, Record record) {
        try {
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(accessor + " is an accessor of a record", e);
        }
    }
}
