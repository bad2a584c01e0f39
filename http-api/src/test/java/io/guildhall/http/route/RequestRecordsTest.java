package io.guildhall.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.http.endpoint.Endpoint.Feature;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A component of a request record cannot be null: it is required or optional. */
class RequestRecordsTest {
    private static final List<Class<?>> OPTIONAL = List.of(Optional.class, OptionalInt.class);

    @Test
    void everyComponentIsRequiredOrOptional() {
        var server = new TestServer();
        var records = new LinkedHashSet<Class<?>>();
        server.endpoints.forEach(it -> collect(it.operation().body(), records));
        server.close();
        assertThat(records).hasSizeGreaterThan(20);
        assertThat(records.stream()
                        .flatMap(record -> Stream.of(record.getRecordComponents()))
                        .filter(RequestRecordsTest::canBeNull)
                        .map(it -> it.getDeclaringRecord().getSimpleName() + "." + it.getName()))
                .isEmpty();
    }

    /** What is stored for a key contains a fingerprint of the body, which could be used to guess a password. */
    @Test
    void bodiesWithSecretsHaveNoIdempotencyKey() {
        var server = new TestServer();
        var withSecret = server.endpoints.stream()
                .filter(it -> hasSecret(it.operation().body()))
                .toList();
        server.close();
        assertThat(withSecret)
                .extracting(it -> it.operation().path())
                .contains("/api/auth/register", "/api/auth/login");
        assertThat(withSecret).noneMatch(it -> it.operation().has(Feature.IDEMPOTENCY_KEY));
    }

    private static boolean hasSecret(Class<?> body) {
        var records = new LinkedHashSet<Class<?>>();
        collect(body, records);
        return records.stream()
                .flatMap(record -> Stream.of(record.getRecordComponents()))
                .map(it -> it.getName().toLowerCase(Locale.ROOT))
                .anyMatch(it -> it.contains("password") || it.contains("token") || it.contains("secret"));
    }

    private static void collect(Type type, Set<Class<?>> records) {
        switch (type) {
            case ParameterizedType generic ->
                Stream.of(generic.getActualTypeArguments()).forEach(it -> collect(it, records));
            case Class<?> it
            when it.isRecord() && records.add(it) ->
                Stream.of(it.getRecordComponents()).forEach(component -> collect(component.getGenericType(), records));
            default -> {}
        }
    }

    private static boolean canBeNull(RecordComponent component) {
        return !component.getType().isPrimitive()
                && !OPTIONAL.contains(component.getType())
                && !isRequired(component.getAccessor())
                && !isRequired(component.getAnnotatedType());
    }

    private static boolean isRequired(AnnotatedElement element) {
        return Stream.of(NotNull.class, NotBlank.class, NotEmpty.class).anyMatch(element::isAnnotationPresent);
    }
}
